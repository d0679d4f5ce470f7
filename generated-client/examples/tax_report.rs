//! Reports the taxes of a period: sums for each tax class, zone and rate, less what was refunded.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example tax_report 2026-01-01 2026-01-31 --csv taxes.csv
//! ```
//!
//! Both days belong to the period, in UTC. Orders count by the day they were placed, refunds by the day
//! they were made, also those of earlier orders; orders that are incomplete, cancelled or declined do not
//! count. Amounts are exact and never converted: each currency has its own sums. An order counts with its
//! whole tax. Where its tax records do not add up to that, as after some refunds, it is spread over them in
//! proportion, as is what was refunded; how often is told. The table goes to standard output. The token
//! needs the scopes `store_v2_orders_read_only` (Orders: read-only) and, for names of classes and zones,
//! `store_v2_information_read_only` (Information & Settings: read-only). `BASE_URL` leads to a mock store.

mod support;
#[path = "support/tax_names.rs"]
mod tax_names;
#[path = "support/tax_sums.rs"]
mod tax_sums;

use std::{fs::File, io, process::ExitCode};

use bigcommerce_client::{
    Client, Error,
    order_taxes::OrderTax,
    orders::Order,
    value::{DateTime, Number},
};
use indicatif::ProgressBar;
use rust_decimal::Decimal;
use support::Failure;
use tax_names::Names;
use tax_sums::{Kind, Sums, exact, spread};

const USAGE: &str = "\
tax_report FROM TO [--csv FILE]

  FROM, TO    the first and the last day of the period, such as 2026-01-01 and 2026-01-31, in UTC
  --csv FILE  write the sums to a file as well

Variables: STORE_HASH, ACCESS_TOKEN (with the scopes store_v2_orders_read_only and
store_v2_information_read_only), BASE_URL for a mock store.";

/// Incomplete, cancelled and declined: nobody paid for them. The ids are fixed; merchants can rename them.
const UNPAID: [i64; 3] = [0, 5, 6];

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
            eprintln!("classes and zones have no names: {error}");
            Names::default()
        }
        names => names?,
    };
    // What cannot be written is better known before thousands of calls.
    let file = csv.map(|path| File::create(&path).map_err(|error| format!("{path}: {error}")));
    let file = file.transpose()?;
    let mut report = Report {
        store,
        names,
        sums: Sums::default(),
        spread: 0,
        bar: ProgressBar::new_spinner(),
    };
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
        "{orders} orders, {refunds} refunds; {} amounts were spread in proportion",
        report.spread
    );
    Ok(ExitCode::SUCCESS)
}

struct Report {
    store: Client,
    names: Names,
    sums: Sums,
    /// How many amounts were not those of the records.
    spread: u64,
    bar: ProgressBar,
}

impl Report {
    /// Adds the taxes of orders as they come, a page ahead, and says how many orders there were.
    async fn orders(&mut self, first: &DateTime, last: &DateTime) -> Result<u64, Failure> {
        let list = self.store.orders().list();
        let list = list
            .date_created_min(first.clone())
            .date_created_max(last.clone());
        let mut orders = list.limit(250).stream();
        let mut count = 0;
        while let Some(order) = orders.try_next().await? {
            if order
                .status_id
                .is_some_and(|status| UNPAID.contains(&status))
            {
                continue;
            }
            count += 1;
            self.bar.set_message(format!("{count} orders"));
            self.bar.tick();
            let tax = exact(order.id, order.total_tax.as_ref())?;
            for (kind, part) in self.parts(&order, tax).await? {
                self.sums.sold(kind, part);
            }
        }
        Ok(count)
    }

    /// Takes off what was refunded of the taxes of orders, whenever those were placed.
    async fn refunds(&mut self, first: &DateTime, last: &DateTime) -> Result<u64, Failure> {
        let list = self.store.refunds().list_all();
        let list = list.created_min(first.clone()).created_max(last.clone());
        let mut refunds = list.limit(250).stream();
        let mut count = 0;
        while let Some(refund) = refunds.try_next().await? {
            count += 1;
            let id = refund.order_id.unwrap_or_default();
            let tax = exact(id, refund.total_tax.as_ref())?;
            if tax.is_zero() {
                continue;
            }
            let order = match self.store.orders().get(id).await {
                // A deleted order keeps its refunds.
                Err(error) if error.is_not_found() => {
                    self.sums.refunded(Kind::unknown("?"), tax);
                    continue;
                }
                order => order?,
            };
            for (kind, part) in self.parts(&order, tax).await? {
                self.sums.refunded(kind, part);
            }
        }
        Ok(count)
    }

    /// The parts of a tax by the records of its order.
    async fn parts(
        &mut self,
        order: &Order,
        tax: Decimal,
    ) -> Result<Vec<(Kind, Decimal)>, Failure> {
        let currency = order.default_currency_code.as_deref();
        let currency = currency.or(order.currency_code.as_deref()).unwrap_or("?");
        let records = self.records(order.id).await?;
        if records.is_empty() {
            let unknown = vec![(Kind::unknown(currency), tax)];
            return Ok(if tax.is_zero() { Vec::new() } else { unknown });
        }
        let amounts = records.iter().map(|record| {
            let own = record
                .line_amount
                .as_ref()
                .or(record.priority_amount.as_ref());
            exact(order.id, own)
        });
        let amounts: Vec<Decimal> = amounts.collect::<Result<_, _>>()?;
        if amounts.len() > 1 && amounts.iter().sum::<Decimal>() != tax {
            self.spread += 1;
        }
        let kinds = records.iter().map(|record| Kind {
            currency: currency.to_owned(),
            class: self.names.class(record),
            zone: self.names.zone(record),
            name: record.name.clone().unwrap_or_default(),
            rate: record
                .rate
                .as_ref()
                .and_then(Number::value)
                .unwrap_or_default(),
        });
        Ok(kinds.zip(spread(tax, &amounts)).collect())
    }

    async fn records(&self, order: i64) -> Result<Vec<OrderTax>, Error> {
        self.store
            .orders()
            .taxes(order)
            .list()
            .stream()
            .into_vec()
            .await
    }
}
