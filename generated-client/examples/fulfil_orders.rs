//! Ships what the shop's new orders still wait for: a shipment for each address that an order goes to,
//! with the tracking numbers of a CSV file, and then the status Shipped.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example fulfil_orders tracking.csv --dry-run
//! ```
//!
//! The file has the columns `order_id` and `tracking_number`, and may have `carrier`; orders that are not
//! in it wait. Without a file every paid order is shipped, without tracking numbers. What is left to ship
//! is derived from the existing shipments, so an interrupted run can be repeated. The exit code is 0 if
//! nothing was rejected. The token needs the scope `store_v2_orders` (Orders: modify). `BASE_URL` points
//! to a mock store.

mod support;
#[path = "support/tracking.rs"]
mod tracking;

use std::{collections::BTreeMap, process::ExitCode};

use bigcommerce_client::{
    Client, Direction, Error,
    order_statuses::OrderStatus,
    orders::{OrderProduct, OrderProductType, OrderSort, OrderUpdate},
    shipments::{ShipmentCreate, ShipmentItemCreate},
};
use support::Failure;
use tracking::Parcel;

const USAGE: &str = "\
fulfil_orders [FILE] [--dry-run]

  FILE       a CSV file with the columns order_id, tracking_number and optionally carrier;
             without it every paid order is shipped without a tracking number
  --dry-run  print what would be shipped, and change nothing

Variables: STORE_HASH, ACCESS_TOKEN (with the scope store_v2_orders), BASE_URL for a mock store.";

/// The unshipped part of an order line: its id and quantity.
type Left = (i64, i64);

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(run().await)
}

async fn run() -> Result<ExitCode, Failure> {
    let (dry, paths) = support::flag(support::arguments(USAGE), "--dry-run");
    let parcels = match paths.as_slice() {
        [] => None,
        [path] if !path.starts_with('-') => Some(tracking::read(path)?),
        _ => return Err("name one CSV file or none, and --dry-run to change nothing".into()),
    };
    let store = support::connect()?;
    let unnamed = Parcel::default();
    let mut all_taken = true;
    for (id, status) in waiting(&store).await? {
        let parcel = match &parcels {
            Some(parcels) => parcels.get(&id),
            None => Some(&unnamed),
        };
        let Some(parcel) = parcel else {
            println!("order {id}: skipped, because the file has no tracking number for it");
            continue;
        };
        match fulfil(&store, id, status, parcel, dry).await {
            Ok(()) => {}
            // Every other order would fail in the same way.
            Err(error) if error.is_unauthorized() || error.is_missing_scope() => {
                return Err(error.into());
            }
            Err(error) => {
                eprintln!("order {id}: {}", support::told(&error));
                all_taken = false;
            }
        }
    }
    Ok(support::exit(all_taken))
}

/// The orders that are paid and not completely shipped, oldest first. All are collected before the
/// first is shipped, because shipping removes it from these lists.
async fn waiting(store: &Client) -> Result<BTreeMap<i64, i64>, Error> {
    let mut found = BTreeMap::new();
    for status in [
        OrderStatus::AWAITING_FULFILLMENT,
        OrderStatus::AWAITING_SHIPMENT,
        OrderStatus::PARTIALLY_SHIPPED,
    ] {
        let list = store.orders().list().status_id(status);
        let mut orders = list.sort(OrderSort::Id, Direction::Asc).stream();
        while let Some(order) = orders.try_next().await? {
            found.insert(order.id, status);
        }
    }
    Ok(found)
}

/// Ships the rest of an order, and sets its status.
async fn fulfil(
    store: &Client,
    id: i64,
    status: i64,
    parcel: &Parcel,
    dry: bool,
) -> Result<(), Error> {
    let orders = store.orders();
    // The orders before it took a while, in which it may have been cancelled.
    if orders.get(id).await?.status_id != Some(status) {
        println!("order {id}: its status has changed in the meantime");
        return Ok(());
    }
    let lines = orders.products(id).list().stream().into_vec().await?;
    let unshipped = [
        Some(OrderProductType::Digital),
        Some(OrderProductType::Giftcertificate),
    ];
    let physical = lines.iter().filter(|line| !unshipped.contains(&line.kind));
    let physical: Vec<&OrderProduct> = physical.collect();

    let mut left = left(store, id, &physical).await?;
    // Items without an address are picked up, and not handled by this program.
    let picked_up = left.remove(&0).is_some();
    for (address, items) in &left {
        let many: i64 = items.iter().map(|(_, many)| many).sum();
        if dry {
            println!("order {id}: would ship {many} to address {address}{parcel}");
            continue;
        }
        let items = items.iter().map(|(line, many)| {
            let item = ShipmentItemCreate::new().order_product_id(*line);
            item.quantity(*many)
        });
        let shipment = parcel.of(ShipmentCreate::new(*address, items));
        // It is never sent twice: the next run sees in the order's shipments whether it was created.
        let made = orders.shipments(id).create(shipment).await?;
        println!(
            "order {id}: shipped {many} to address {address} in shipment {}{parcel}",
            made.id
        );
    }
    if picked_up {
        println!("order {id}: the remaining items are for pickup");
        return Ok(());
    }
    // Creating a shipment has already changed the status of most orders.
    let to = if physical.is_empty() {
        OrderStatus::COMPLETED
    } else {
        OrderStatus::SHIPPED
    };
    if dry {
        println!("order {id}: would change from status {status} to {to}");
        return Ok(());
    }
    let mut order = orders.get(id).await?;
    if order.status_id != Some(to) {
        let change = OrderUpdate::new().status_id(to);
        order = orders.update(id, change).await?;
    }
    println!(
        "order {id}: is now {}",
        order.status.unwrap_or_else(|| to.to_string())
    );
    Ok(())
}

/// The unshipped items of an order, by their address; 0 if they have none.
async fn left(
    store: &Client,
    id: i64,
    lines: &[&OrderProduct],
) -> Result<BTreeMap<i64, Vec<Left>>, Error> {
    let mut sent: BTreeMap<i64, i64> = BTreeMap::new();
    let mut shipments = store.orders().shipments(id).list().stream();
    while let Some(shipment) = shipments.try_next().await? {
        for item in &shipment.items {
            let line = sent.entry(item.order_product_id.unwrap_or_default());
            *line.or_default() += item.quantity.unwrap_or_default();
        }
    }
    let mut left: BTreeMap<i64, Vec<Left>> = BTreeMap::new();
    for line in lines {
        let gone = line.quantity_refunded.unwrap_or_default();
        let gone = gone + sent.get(&line.id).copied().unwrap_or_default();
        let many = line.quantity.unwrap_or_default() - gone;
        if many > 0 {
            let address = line.order_address_id.unwrap_or_default();
            left.entry(address).or_default().push((line.id, many));
        }
    }
    Ok(left)
}
