//! Stock: counts from a warehouse, and levels that cannot be right.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use bigcommerce_client::{
    Client, Error,
    inventory::{
        AbsoluteAdjustmentItemUpdate, AbsoluteAdjustmentUpdate, InventoryIdentityInput,
        InventoryItem, RelativeAdjustmentCreate, RelativeAdjustmentItemCreate,
    },
    jiff::{Timestamp, ToSpan},
    location_items::{LocationItemSettingsUpdate, LocationItemsUpdate},
    order_statuses::OrderStatus,
    orders::OrderUpdate,
    products::{InventoryTracking, ProductUpdate},
};
use bigcommerce_mock::{Fault, Moment};
use tokio::time::sleep;

use super::{level, order_of_two, shop};

/// A warehouse sends its counts by SKU: only what differs is adjusted, and unknown SKUs are returned.
async fn set_the_stock_of_a_warehouse(
    store: &Client,
    location: i64,
    counts: HashMap<String, i64>,
) -> Result<(usize, Vec<String>), Error> {
    let mut unknown = counts;
    let mut changes = Vec::new();
    let mut items = store.locations().items(location).list().stream();
    while let Some(item) = items.try_next().await? {
        let sku = item.identity.and_then(|identity| identity.sku);
        let Some(sku) = sku.filter(|sku| unknown.contains_key(sku)) else {
            continue;
        };
        let count = unknown.remove(&sku).unwrap_or_default();
        if item.total_inventory_onhand != Some(count) {
            let change = AbsoluteAdjustmentItemUpdate::new().location_id(location);
            changes.push(change.quantity(count).sku(sku));
        }
    }
    let change = AbsoluteAdjustmentUpdate::new(changes).reason("Counted");
    let report = store.inventory().adjust_absolute_all(change).await?;
    Ok((report.complete()?.len(), unknown.into_keys().collect()))
}

/// What a shopper can buy drifts from what is on hand: the differences by SKU.
async fn find_stock_that_cannot_be_sold(store: &Client) -> Result<HashMap<String, i64>, Error> {
    let on_hand = |item: &InventoryItem| -> i64 {
        let levels = item.locations.iter();
        levels.filter_map(|it| it.total_inventory_onhand).sum()
    };
    let for_sale = |item: &InventoryItem| -> i64 {
        let levels = item.locations.iter();
        levels.filter_map(|it| it.available_to_sell).sum()
    };
    let items = store.inventory().list().limit(1_000).stream();
    let items = items.into_vec().await?;
    let differ = items.into_iter().filter_map(|item| {
        let gap = on_hand(&item) - for_sale(&item);
        let sku = item.identity?.sku?;
        (gap != 0).then_some((sku, gap))
    });
    Ok(differ.collect())
}

/// Stock below zero was oversold: it is set to zero, and what has to be ordered is returned.
async fn reset_what_was_oversold(store: &Client) -> Result<HashMap<i64, i64>, Error> {
    let mut oversold = HashMap::new();
    let mut items = Vec::new();
    let mut stock = store.inventory().list().limit(1_000).stream();
    while let Some(item) = stock.try_next().await? {
        let variant = item.identity.and_then(|identity| identity.variant_id);
        for place in &item.locations {
            let level = place.total_inventory_onhand.unwrap_or_default();
            let (Some(variant), Some(location)) = (variant, place.location_id) else {
                continue;
            };
            if level < 0 {
                *oversold.entry(variant).or_insert(0) -= level;
                let change = AbsoluteAdjustmentItemUpdate::new().location_id(location);
                items.push(change.quantity(0).variant_id(variant));
            }
        }
    }
    let change = AbsoluteAdjustmentUpdate::new(items).reason("Oversold");
    let report = store.inventory().adjust_absolute_all(change).await?;
    for (item, _) in report.failures() {
        if let Some(variant) = item.variant_id.as_option() {
            oversold.remove(variant);
        }
    }
    Ok(oversold)
}

/// A reorder report: names and levels of what is at or below its warning level.
async fn report_low_stock(store: &Client) -> Result<Vec<(String, i64)>, Error> {
    let low = store.products().list().inventory_low(true).stream();
    let low = low.into_vec().await?.into_iter();
    Ok(low
        .filter_map(|product| Some((product.name?, product.inventory_level?)))
        .collect())
}

/// A shop keeps a few pieces of everything at a location in reserve.
async fn keep_a_reserve(store: &Client, location: i64, pieces: i64) -> Result<usize, Error> {
    let items = store.locations().items(location);
    let all = items.list().stream().into_vec().await?.into_iter();
    let settings = all.filter_map(|item| {
        // An item is found by its SKU, whether its stock is tracked by product or by variant.
        let identity = InventoryIdentityInput::new().sku(item.identity?.sku?);
        Some(LocationItemSettingsUpdate::new(identity).safety_stock(pieces))
    });
    let change = LocationItemsUpdate::new(settings);
    Ok(items.update_all(change).await?.complete()?.len())
}

/// A level is read until it is the one that was written, because reading lags behind, and some levels are
/// not kept at all.
async fn set_a_level_and_see_it(
    store: &Client,
    location: i64,
    (sku, level): (&str, i64),
) -> Result<bool, Error> {
    let item = AbsoluteAdjustmentItemUpdate::new().location_id(location);
    let change = AbsoluteAdjustmentUpdate::new([item.quantity(level).sku(sku)]);
    store.inventory().adjust_absolute(change).await?;
    for pause in [0, 1, 2, 4] {
        sleep(Duration::from_secs(pause)).await;
        let items = store.inventory().list().sku_in([sku]);
        let items = items.location_id_in([location]).await?;
        let mut levels = items.iter().flat_map(|item| &item.locations);
        if levels.any(|place| place.total_inventory_onhand == Some(level)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A declined order keeps its stock: it goes back on the shelf, and notes say so. An adjustment cannot be repeated,
/// so the first note precedes it; an order with only that note is for people to look at. Returns the released
/// orders, and those.
async fn release_the_stock_of_declined_orders(
    store: &Client,
    location: i64,
    since: Timestamp,
) -> Result<(Vec<i64>, Vec<i64>), Error> {
    const BEFORE: &str = "Its stock is being released";
    const AFTER: &str = "Its stock was released";
    let orders = store.orders();
    let declined = orders.list().status_id(OrderStatus::DECLINED);
    let declined = declined.date_modified_min(since).stream();
    let (mut released, mut unclear) = (Vec::new(), Vec::new());
    for order in declined.into_vec().await? {
        let notes = order.staff_notes.unwrap_or_default();
        if notes.contains(AFTER) {
            continue;
        }
        if notes.contains(BEFORE) {
            unclear.push(order.id);
            continue;
        }
        let lines = orders.products(order.id).list().stream().into_vec().await?;
        let items = lines.into_iter().filter_map(|line| {
            let item = RelativeAdjustmentItemCreate::new().location_id(location);
            Some(item.quantity(line.quantity?).sku(line.sku?))
        });
        let change = RelativeAdjustmentCreate::new(items).reason("Declined");
        let note = |text: &str| OrderUpdate::new().staff_notes(format!("{notes}\n{text}"));
        orders.update(order.id, note(BEFORE)).await?;
        store.inventory().adjust_relative(change).await?;
        orders.update(order.id, note(AFTER)).await?;
        released.push(order.id);
    }
    Ok((released, unclear))
}

/// Stock is not kept by channel, so only what the channel sells is taken from its counts.
async fn set_the_stock_of_a_channel(
    store: &Client,
    (location, channel): (i64, i64),
    counts: &[(i64, i64)],
) -> Result<usize, Error> {
    let assignments = store.products().channel_assignments().list();
    let assignments = assignments.channel_id_in([channel]).stream();
    let sold = assignments.into_vec().await?.into_iter();
    let sold: HashSet<i64> = sold.filter_map(|it| it.product_id).collect();
    let own = counts.iter().filter(|(product, _)| sold.contains(product));
    let items = own.map(|(product, count)| {
        let item = AbsoluteAdjustmentItemUpdate::new().location_id(location);
        item.quantity(*count).product_id(*product)
    });
    let change = AbsoluteAdjustmentUpdate::new(items).reason("Counted");
    let report = store.inventory().adjust_absolute_all(change).await?;
    Ok(report.complete()?.len())
}

#[tokio::test]
async fn counts_are_set_and_unknown_skus_are_returned() {
    let (_store, client) = shop(3).await;
    let items = client.locations().items(1).list().await.unwrap();
    let sku = items[0].identity.as_ref().and_then(|it| it.sku.clone());
    let counts = HashMap::from([(sku.unwrap(), 777), ("none".to_owned(), 1)]);
    let set = set_the_stock_of_a_warehouse(&client, 1, counts.clone()).await;
    assert_eq!(set.unwrap(), (1, vec!["none".to_owned()]));
    let (again, _) = set_the_stock_of_a_warehouse(&client, 1, counts)
        .await
        .unwrap();
    assert_eq!(again, 0);
    let items = client.locations().items(1).list().await.unwrap();
    assert_eq!(items[0].total_inventory_onhand, Some(777));
}

#[tokio::test]
async fn a_reserve_cannot_be_sold() {
    let (_store, client) = shop(3).await;
    let differ = find_stock_that_cannot_be_sold(&client).await.unwrap();
    assert!(differ.is_empty(), "{differ:?}");
    let kept = keep_a_reserve(&client, 1, 2).await.unwrap();
    assert!(kept > 0);
    let differ = find_stock_that_cannot_be_sold(&client).await.unwrap();
    assert_eq!(differ.len(), kept);
    assert!(differ.values().all(|gap| *gap == 2), "{differ:?}");
    let items = client.locations().items(1).list().await.unwrap();
    let settings = items[0].settings.as_ref();
    assert_eq!(settings.and_then(|it| it.safety_stock), Some(2));
}

#[tokio::test]
async fn nothing_is_oversold() {
    let (_store, client) = shop(8).await;
    let oversold = reset_what_was_oversold(&client).await.unwrap();
    assert!(oversold.is_empty(), "{oversold:?}");
}

#[tokio::test]
async fn what_has_to_be_ordered_is_reported() {
    let (_store, client) = shop(3).await;
    let product = client.products().list().await.unwrap()[0].clone();
    let low = ProductUpdate::new()
        .inventory_tracking(InventoryTracking::Product)
        .inventory_warning_level(5)
        .inventory_level(1);
    let low = client.products().update(product.id, low).await.unwrap();
    assert!(low.is_complete());
    let report = report_low_stock(&client).await.unwrap();
    let name = product.name.unwrap();
    assert!(report.contains(&(name, 1)), "{report:?}");
}

#[tokio::test]
async fn a_level_is_seen_once_it_is_set() {
    let (_store, client) = shop(3).await;
    let items = client.locations().items(1).list().await.unwrap();
    let sku = items[0].identity.as_ref().and_then(|it| it.sku.clone());
    let level = (sku.as_deref().unwrap(), 321);
    assert!(set_a_level_and_see_it(&client, 1, level).await.unwrap());
}

#[tokio::test]
async fn a_declined_order_gives_its_stock_back_once() {
    let (_store, client) = shop(3).await;
    let (variant, order) = order_of_two(&client).await;
    let declined = OrderUpdate::new().status_id(OrderStatus::DECLINED);
    client.orders().update(order, declined).await.unwrap();
    let before = level(&client, variant).await.unwrap();
    let since = Timestamp::now() - 1.hours();
    for orders in [vec![order], Vec::new()] {
        let released = release_the_stock_of_declined_orders(&client, 1, since).await;
        assert_eq!(released.unwrap(), (orders, Vec::new()));
        assert_eq!(level(&client, variant).await, Some(before + 2));
    }
}

#[tokio::test]
async fn stock_that_was_released_before_the_connection_broke_is_not_released_again() {
    let (store, client) = shop(3).await;
    let (variant, order) = order_of_two(&client).await;
    let declined = OrderUpdate::new().status_id(OrderStatus::DECLINED);
    client.orders().update(order, declined).await.unwrap();
    let before = level(&client, variant).await.unwrap();
    let broken = Fault::reset(Moment::Before).on("inventory.adjust_relative");
    store.faults().add(broken.times(1));
    let since = Timestamp::now() - 1.hours();
    let released = release_the_stock_of_declined_orders(&client, 1, since).await;
    assert!(released.is_err());
    let released = release_the_stock_of_declined_orders(&client, 1, since).await;
    assert_eq!(released.unwrap(), (Vec::new(), vec![order]));
    assert_eq!(level(&client, variant).await, Some(before + 2));
}

#[tokio::test]
async fn only_what_a_channel_sells_is_counted_for_it() {
    let (_store, client) = shop(3).await;
    let products = client.products().list().await.unwrap();
    let counts: Vec<(i64, i64)> = products.iter().map(|it| (it.id, 44)).collect();
    let removed = client.products().channel_assignments().delete();
    let removed = removed.product_id_in([products[0].id]).channel_id_in([1]);
    removed.await.unwrap();
    let set = set_the_stock_of_a_channel(&client, (1, 1), &counts).await;
    assert_eq!(set.unwrap(), 2);
    let first = client.products().get(products[0].id).await.unwrap();
    assert_ne!(first.inventory_level, Some(44));
}
