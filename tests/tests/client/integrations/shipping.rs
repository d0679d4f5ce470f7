//! Shipping: parcels with tracking numbers, and orders whose status or address is wrong.

use std::collections::BTreeMap;

use bigcommerce_client::{
    Client, Error, Linked,
    order_consignments::OrderConsignmentsInclude,
    order_shipping_addresses::ShippingAddressUpdate,
    order_statuses::OrderStatus,
    orders::{OrderBillingAddressCreate, OrderCreate, OrderProductType, OrderUpdate},
    shipments::{ShipmentCreate, ShipmentItemCreate, ShipmentUpdate, ShippingProvider},
};

use super::{mugs, order, shop};

/// A warehouse reports a tracking number: what is left of the order goes out, to each address in a parcel.
async fn ship_the_rest_of_an_order(
    store: &Client,
    order: i64,
    number: &str,
) -> Result<usize, Error> {
    let orders = store.orders();
    let lines = orders.products(order).list().stream().into_vec().await?;
    let mut parcels: BTreeMap<i64, Vec<ShipmentItemCreate>> = BTreeMap::new();
    for line in &lines {
        let left = line.quantity.unwrap_or_default() - line.quantity_shipped.unwrap_or_default();
        let Some(address) = line.order_address_id.filter(|_| left > 0) else {
            continue;
        };
        let item = ShipmentItemCreate::new().order_product_id(line.id);
        parcels
            .entry(address)
            .or_default()
            .push(item.quantity(left));
    }
    let many = parcels.len();
    for (address, items) in parcels {
        let shipment = ShipmentCreate::new(address, items)
            .tracking_number(number)
            .shipping_provider(ShippingProvider::Usps);
        orders.shipments(order).create(shipment).await?;
    }
    Ok(many)
}

/// An order that was shipped in part has the status of what was shipped.
async fn correct_the_status_of_what_was_shipped(
    store: &Client,
    order: i64,
) -> Result<Option<i64>, Error> {
    let orders = store.orders();
    let lines = orders.products(order).list().stream().into_vec().await?;
    let shipments = orders.shipments(order).list().stream().into_vec().await?;
    let ordered: i64 = lines.iter().filter_map(|line| line.quantity).sum();
    let items = shipments.iter().flat_map(|shipment| &shipment.items);
    let shipped: i64 = items.filter_map(|item| item.quantity).sum();
    let right = match shipped {
        0 => return Ok(None),
        some if some < ordered => OrderStatus::PARTIALLY_SHIPPED,
        _ => OrderStatus::SHIPPED,
    };
    if orders.get(order).await?.status_id == Some(right) {
        return Ok(None);
    }
    let change = OrderUpdate::new().status_id(right);
    Ok(orders.update(order, change).await?.status_id)
}

/// Shipments without a tracking number get the one that the carrier reported later.
async fn add_a_tracking_number_later(
    store: &Client,
    order: i64,
    number: &str,
) -> Result<usize, Error> {
    let shipments = store.orders().shipments(order);
    let mut changed = 0;
    for shipment in shipments.list().await? {
        let known = shipment.tracking_number.as_deref().unwrap_or_default();
        if known.is_empty() {
            let change = ShipmentUpdate::new().tracking_number(number);
            shipments.update(shipment.id, change).await?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// A carrier rejects an address without a phone number or email address: the buyer's own are used.
async fn complete_the_addresses_of_an_order(store: &Client, order: i64) -> Result<usize, Error> {
    let Some(buyer) = store.orders().get(order).await?.billing_address else {
        return Ok(0);
    };
    let is_blank = |text: &Option<String>| text.as_deref().unwrap_or_default().is_empty();
    let addresses = store.orders().shipping_addresses(order);
    let mut completed = 0;
    for before in addresses.list().await? {
        let mut after = before.clone();
        if is_blank(&before.phone) && buyer.phone.is_some() {
            after.phone.clone_from(&buyer.phone);
        }
        if is_blank(&before.email) && buyer.email.is_some() {
            after.email.clone_from(&buyer.email);
        }
        if let Some(change) = ShippingAddressUpdate::between(&before, &after)? {
            addresses.update(before.id, change).await?;
            completed += 1;
        }
    }
    Ok(completed)
}

/// Nobody can ship an order of physical items that has no shipping address.
async fn find_orders_without_an_address(store: &Client) -> Result<Vec<i64>, Error> {
    let orders = store.orders();
    let mut found = Vec::new();
    let mut paid = orders
        .list()
        .status_id(OrderStatus::AWAITING_FULFILLMENT)
        .stream();
    while let Some(order) = paid.try_next().await? {
        let mut lines = orders.products(order.id).list().stream();
        let mut is_shipped = false;
        while let Some(line) = lines.try_next().await? {
            is_shipped |= line.kind == Some(OrderProductType::Physical);
        }
        let addresses = orders.shipping_addresses(order.id);
        if is_shipped && addresses.list().await?.is_empty() {
            found.push(order.id);
        }
    }
    Ok(found)
}

/// After a checkout with several addresses, lines may be in no consignment, or in two: the difference for each line.
async fn find_lines_that_differ_from_their_consignments(
    store: &Client,
    order: i64,
) -> Result<BTreeMap<i64, i64>, Error> {
    let orders = store.orders();
    let lines = orders.products(order).list().stream().into_vec().await?;
    let mut left: BTreeMap<i64, i64> = lines
        .iter()
        .map(|line| (line.id, line.quantity.unwrap_or_default()))
        .collect();
    let include = [OrderConsignmentsInclude::ConsignmentsLineItems];
    let consignments = orders.consignments(order).get().include(include).await?;
    let sent = consignments.shipping.into_iter();
    let sent = sent.filter_map(|consignment| consignment.line_items?.into_embedded());
    for line in sent.flatten().filter_map(Linked::into_embedded) {
        *left.entry(line.id).or_default() -= line.quantity.unwrap_or_default();
    }
    left.retain(|_, quantity| *quantity != 0);
    Ok(left)
}

#[tokio::test]
async fn the_rest_of_an_order_is_shipped_and_nothing_twice() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    let sent = ship_the_rest_of_an_order(&client, id, "EJ1").await;
    assert_eq!(sent.unwrap(), 1);
    let again = ship_the_rest_of_an_order(&client, id, "EJ2").await;
    assert_eq!(again.unwrap(), 0);
    let shipments = client.orders().shipments(id).list().await.unwrap();
    assert_eq!(shipments[0].tracking_number.as_deref(), Some("EJ1"));
}

#[tokio::test]
async fn a_status_that_contradicts_the_shipments_is_corrected() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    ship_the_rest_of_an_order(&client, id, "EJ1").await.unwrap();
    let wrong = OrderUpdate::new().status_id(OrderStatus::PARTIALLY_SHIPPED);
    client.orders().update(id, wrong).await.unwrap();
    let right = correct_the_status_of_what_was_shipped(&client, id).await;
    assert_eq!(right.unwrap(), Some(OrderStatus::SHIPPED));
    let right = correct_the_status_of_what_was_shipped(&client, id).await;
    assert_eq!(right.unwrap(), None);
}

#[tokio::test]
async fn a_shipment_gets_its_tracking_number_later() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    ship_the_rest_of_an_order(&client, id, "").await.unwrap();
    let changed = add_a_tracking_number_later(&client, id, "EJ7").await;
    assert_eq!(changed.unwrap(), 1);
    let shipments = client.orders().shipments(id).list().await.unwrap();
    assert_eq!(shipments[0].tracking_number.as_deref(), Some("EJ7"));
}

#[tokio::test]
async fn an_address_is_completed_from_the_buyers_own() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_PAYMENT).await.id;
    let completed = complete_the_addresses_of_an_order(&client, id).await;
    assert_eq!(completed.unwrap(), 1);
    let addresses = client.orders().shipping_addresses(id).list().await.unwrap();
    assert_eq!(addresses[0].phone.as_deref(), Some("555-0100"));
}

#[tokio::test]
async fn of_two_orders_the_one_without_an_address_is_found() {
    let (_store, client) = shop(0).await;
    order(&client, OrderStatus::AWAITING_FULFILLMENT).await;
    let other = OrderCreate::new(OrderBillingAddressCreate::new("78701"))
        .products([mugs(1)])
        .status_id(OrderStatus::AWAITING_FULFILLMENT);
    let other = client.orders().create(other).await.unwrap().id;
    let found = find_orders_without_an_address(&client).await.unwrap();
    assert_eq!(found, [other]);
}

#[tokio::test]
async fn a_line_without_a_consignment_is_found() {
    let (_store, client) = shop(0).await;
    let whole = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    let differ = find_lines_that_differ_from_their_consignments(&client, whole).await;
    assert!(differ.unwrap().is_empty());
    let lost = OrderCreate::new(OrderBillingAddressCreate::new("78701")).products([mugs(2)]);
    let lost = client.orders().create(lost).await.unwrap().id;
    let line = client.orders().products(lost).list().await.unwrap()[0].id;
    let differ = find_lines_that_differ_from_their_consignments(&client, lost).await;
    assert_eq!(differ.unwrap(), BTreeMap::from([(line, 2)]));
}
