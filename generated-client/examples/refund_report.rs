//! Reports the refunds of a period: a row of CSV for each, and exact sums for each currency.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example refund_report 2026-01-01 2026-01-31
//! ```
//!
//! Both days belong to the period, in UTC. The rows go to standard output and the sums afterwards to
//! standard error. The token needs the scope `store_v2_orders_read_only` (Orders: read-only). `BASE_URL`
//! points to a mock store.

#[path = "support/exact.rs"]
mod exact;
mod support;

use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    io,
    process::ExitCode,
};

use bigcommerce_client::{Client, Error, rust_decimal::Decimal, value::DateTime};
use exact::exact;
use support::Failure;

const USAGE: &str = "\
refund_report FROM TO

  FROM, TO  the first and the last day of the period, such as 2026-01-01 and 2026-01-31, in UTC

Variables: STORE_HASH, ACCESS_TOKEN (with the scope store_v2_orders_read_only), BASE_URL for a mock store.";

/// The refunded amounts in a currency.
#[derive(Default)]
struct Sum {
    refunds: u64,
    amount: Decimal,
    tax: Decimal,
}

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(run().await)
}

async fn run() -> Result<ExitCode, Failure> {
    let days = support::arguments(USAGE);
    let [from, to] = days.as_slice() else {
        return Err("name the first and the last day, such as 2026-01-01 2026-01-31".into());
    };
    let (from, to) = (support::day(from)?, support::day(to)?);
    if to < from {
        return Err("the last day is before the first".into());
    }
    let store = support::connect()?;
    // Processed while they are read, with one page prefetched; only the sums and the currency of each order are kept.
    let list = store.refunds().list_across();
    let list = list.created_min(DateTime::from_wire(&format!("{from}T00:00:00Z")));
    let list = list.created_max(DateTime::from_wire(&format!("{to}T23:59:59Z")));
    let mut refunds = list.limit(250).stream();

    let mut currencies = HashMap::new();
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    let mut rows = csv::Writer::from_writer(io::stdout());
    rows.write_record([
        "refund_id",
        "order_id",
        "created",
        "currency",
        "amount",
        "tax",
    ])?;
    while let Some(refund) = refunds.try_next().await? {
        let order = refund.order_id.unwrap_or_default();
        let currency = match currencies.entry(order) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(currency(&store, order).await?),
        };
        let of = format!("refund {}", refund.id);
        let amount = exact(&of, refund.total_amount.as_ref())?;
        let tax = exact(&of, refund.total_tax.as_ref())?;
        let created = refund.created.as_ref().map(DateTime::as_str);
        let (shown, taxed) = (amount.to_string(), tax.to_string());
        rows.serialize((refund.id, order, created, &*currency, shown, taxed))?;
        let sum = sums.entry(currency.clone()).or_default();
        sum.refunds += 1;
        sum.amount += amount;
        sum.tax += tax;
    }
    rows.flush()?;
    if sums.is_empty() {
        eprintln!("no refunds from {from} to {to}");
    }
    for (
        currency,
        Sum {
            refunds,
            amount,
            tax,
        },
    ) in sums
    {
        eprintln!("{currency}: {refunds} refunds, {amount}, of which {tax} is tax");
    }
    Ok(ExitCode::SUCCESS)
}

/// The currency in which an order was paid, and therefore of its refunds.
async fn currency(store: &Client, order: i64) -> Result<String, Error> {
    match store.orders().get(order).await {
        Ok(order) => {
            let paid = order.default_currency_code.or(order.currency_code);
            Ok(paid.unwrap_or_else(|| "?".to_owned()))
        }
        // A deleted order keeps its refunds.
        Err(error) if error.is_not_found() => Ok("?".to_owned()),
        Err(error) => Err(error),
    }
}
