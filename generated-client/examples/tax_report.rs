//! Reports the taxes of a period: sums for each tax class, zone and rate, less what was refunded.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example tax_report 2026-01-01 2026-01-31 --csv taxes.csv
//! ```
//!
//! Both days belong to the period, in UTC. Orders count by the day they were placed, refunds by the day
//! they were made, also those of earlier orders; orders that are incomplete, cancelled or declined do not
//! count, and neither do their refunds. Amounts are exact and never converted: each currency has its own
//! sums. An order counts with its whole tax. Where its tax records do not add up to that, as after some
//! refunds, it is split in proportion to them, as is what was refunded; the report says how often. The table
//! goes to standard output. The token needs the scopes `store_v2_orders_read_only` (Orders: read-only) and, for names of classes and zones,
//! `store_v2_information_read_only` (Information & Settings: read-only). `BASE_URL` points to a mock store.

#[path = "support/exact.rs"]
mod exact;
#[path = "support/shares.rs"]
mod shares;
mod support;
#[path = "support/tax_names.rs"]
mod tax_names;
#[path = "support/tax_orders.rs"]
mod tax_orders;
#[path = "support/tax_sums.rs"]
mod tax_sums;

use std::{fs::File, io, process::ExitCode};

use bigcommerce_client::value::DateTime;
use support::Failure;
use tax_names::Names;
use tax_orders::Report;

const USAGE: &str = "\
tax_report FROM TO [--csv FILE]

  FROM, TO    the first and the last day of the period, such as 2026-01-01 and 2026-01-31, in UTC
  --csv FILE  write the sums to a file as well

Variables: STORE_HASH, ACCESS_TOKEN (with the scopes store_v2_orders_read_only and
store_v2_information_read_only), BASE_URL for a mock store.";

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(run().await)
}

async fn run() -> Result<ExitCode, Failure> {
    let (csv, days) = support::option(support::arguments(USAGE), "--csv")?;
    let [from, to] = days.as_slice() else {
        return Err("name the first and the last day, such as 2026-01-01 2026-01-31".into());
    };
    let (from, to) = (support::day(from)?, support::day(to)?);
    if to < from {
        return Err("the last day is before the first".into());
    }
    let store = support::connect()?;
    let names = match Names::of(&store).await {
        Err(error) if error.is_missing_scope() => {
            eprintln!("tax classes and zones are shown without their names: {error}");
            Names::default()
        }
        names => names?,
    };
    // A file that cannot be written should be noticed before thousands of calls.
    let file = csv.map(|path| File::create(&path).map_err(|error| format!("{path}: {error}")));
    let file = file.transpose()?;
    let mut report = Report::new(store, names);
    let first = DateTime::from_wire(&format!("{from}T00:00:00Z"));
    let last = DateTime::from_wire(&format!("{to}T23:59:59Z"));
    let orders = report.orders(&first, &last).await?;
    let refunds = report.refunds(&first, &last).await?;
    report.bar.finish_and_clear();
    if report.sums.is_empty() {
        eprintln!("no taxes from {from} to {to}");
    } else {
        report.sums.write_table(io::stdout().lock())?;
    }
    if let Some(file) = file {
        report.sums.write_csv(file)?;
    }
    eprintln!(
        "{orders} orders, {refunds} refunds; {} amounts split in proportion to tax records",
        report.spread
    );
    Ok(ExitCode::SUCCESS)
}
