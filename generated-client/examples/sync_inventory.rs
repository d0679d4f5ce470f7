//! Sets a store's stock from a CSV file: with absolute adjustments, in batches, after every row was checked.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example sync_inventory stock.csv --dry-run
//! ```
//!
//! The file has the columns `sku` and `quantity`, and may have `location_id`, which is 1 without it. Each row
//! gets a line with its result; the exit code is 0 if the store then has all stock of the file. The token
//! needs the scope `store_inventory` (Store Inventory: modify), and the read-only one for a dry run.
//! `BASE_URL` points to a mock store.

#[path = "support/stock.rs"]
mod stock;
mod support;

use std::{collections::HashMap, process::ExitCode};

use bigcommerce_client::{
    Client, Error,
    inventory::{AbsoluteAdjustmentItemUpdate, AbsoluteAdjustmentUpdate},
};
use stock::{Place, Row};
use support::Failure;

/// How many items an adjustment contains. The maximum is 2,000, but a smaller one returns sooner.
const BATCH: usize = 500;
/// How many SKUs are requested at once, and how long they may be in a URL.
const ASKED: usize = 100;
const ASKED_BYTES: usize = 4_000;

const USAGE: &str = "\
sync_inventory FILE [--dry-run]

  FILE       a CSV file with the columns sku, quantity and optionally location_id
  --dry-run  check the file against the store and print what would change, and change nothing

Variables: STORE_HASH, ACCESS_TOKEN (with the scope store_inventory), BASE_URL for a mock store.";

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(run().await)
}

async fn run() -> Result<ExitCode, Failure> {
    let (dry, paths) = support::flag(support::arguments(USAGE), "--dry-run");
    let Some(path) = support::one(&paths) else {
        return Err("name one CSV file, and --dry-run to change nothing".into());
    };
    let rows = stock::read(path)?;
    let store = support::connect()?;
    let found = find(&store, &rows).await?;

    let (mut same, mut unknown, mut changes) = (0, 0, Vec::new());
    for row in &rows {
        match found.get(&row.place) {
            None => {
                println!("{row}: not found in the inventory");
                unknown += 1;
            }
            Some(now) if *now == row.quantity => same += 1,
            Some(now) => changes.push((row, *now)),
        }
    }
    // Items are sent by location, as the API requires.
    changes.sort_by_key(|(row, _)| row.place.location);
    let mut failed = 0;
    if dry {
        for (row, now) in &changes {
            println!("{row}: {now} would become {}", row.quantity);
        }
    } else {
        failed = adjust(&store, &changes).await?;
    }
    let (all, changed) = (rows.len(), changes.len() - failed);
    let verb = if dry { "would change" } else { "changed" };
    eprintln!(
        "{all} rows: {changed} {verb}, {same} already correct, {unknown} not found, {failed} failed"
    );
    Ok(support::exit(unknown + failed == 0))
}

/// The store's stock of the items in the rows, where it is tracked.
async fn find(store: &Client, rows: &[Row]) -> Result<HashMap<Place, i64>, Error> {
    let mut found = HashMap::new();
    let mut skus: Vec<&str> = rows.iter().map(|row| row.place.sku.as_str()).collect();
    skus.sort_unstable();
    skus.dedup();
    let mut rest = skus.as_slice();
    while !rest.is_empty() {
        let mut bytes = 0;
        let many = rest.iter().take(ASKED).take_while(|sku| {
            bytes += 3 * sku.len();
            bytes < ASKED_BYTES
        });
        let (asked, others) = rest.split_at(many.count().max(1));
        rest = others;
        let list = store.inventory().list().sku_in(asked.iter().copied());
        let mut items = list.limit(1_000).stream();
        while let Some(item) = items.try_next().await? {
            let Some(sku) = item.identity.and_then(|identity| identity.sku) else {
                continue;
            };
            for stock in &item.locations {
                let location = stock.location_id.unwrap_or_default();
                let sku = sku.clone();
                let level = stock.total_inventory_onhand.unwrap_or_default();
                found.insert(Place { sku, location }, level);
            }
        }
    }
    Ok(found)
}

/// Sends the changes in batches, one after the other, and returns how many were not accepted. A rejected
/// batch is sent again in parts until the invalid items are alone: setting stock twice does no harm.
async fn adjust(store: &Client, changes: &[(&Row, i64)]) -> Result<usize, Failure> {
    let items = changes.iter().map(|(row, _)| {
        let item = AbsoluteAdjustmentItemUpdate::new().location_id(row.place.location);
        item.quantity(row.quantity).sku(&row.place.sku)
    });
    let adjustment = AbsoluteAdjustmentUpdate::new(items).reason("Synchronized from a file");
    let adjust = store.inventory().adjust_absolute_all(adjustment);
    let report = adjust.batch_size(BATCH).await?;
    for ((row, now), (_, fate)) in changes.iter().zip(report.iter()) {
        println!("{row}: {now} to {}, {}", row.quantity, support::fate(fate));
    }
    if let Some(error) = report.stopped() {
        eprintln!("{}", support::told(error));
    }
    Ok(report.failures().count())
}
