//! Orders: their statuses, what was ordered twice or elsewhere, and what other systems call them.

use std::collections::HashMap;

use bigcommerce_client::{
    Client, Direction, Error,
    jiff::{Timestamp, ToSpan},
    order_messages::OrderMessage,
    order_statuses::OrderStatus,
    orders::{
        OrderBillingAddressCreate, OrderCreate, OrderLineCreate, OrderShippingAddressCreate,
        OrderSort, OrderUpdate,
    },
    shared::{MetafieldCreate, MetafieldPermission, MetafieldUpdate},
    transactions::TransactionStatus,
};

use super::{ada, order, shop};

/// A connector knows the name of a status, and merchants rename them; the API takes only its id.
async fn set_a_status_by_its_name(store: &Client, order: i64, name: &str) -> Result<bool, Error> {
    let statuses = store.order_statuses().list().await?;
    let wanted = statuses.iter().find(|status| {
        let names = [&status.custom_label, &status.name];
        names.into_iter().flatten().any(|known| known == name)
    });
    let Some(wanted) = wanted else {
        return Ok(false);
    };
    let change = OrderUpdate::new().status_id(wanted.id);
    let order = store.orders().update(order, change).await?;
    Ok(order.status_id == Some(wanted.id))
}

/// Orders of guests belong to the customer with the same email address.
async fn link_the_orders_of_guests(store: &Client) -> Result<usize, Error> {
    let guests = store.orders().list().customer_id(0).stream();
    let mut linked = 0;
    for order in guests.into_vec().await? {
        let Some(email) = order.billing_address.and_then(|address| address.email) else {
            continue;
        };
        let found = store.customers().list().email_in([email]).await?;
        if let [customer] = &found[..] {
            let change = OrderUpdate::new().customer_id(customer.id);
            store.orders().update(order.id, change).await?;
            linked += 1;
        }
    }
    Ok(linked)
}

/// The second of two equal orders that is not paid was submitted by mistake.
async fn cancel_what_was_ordered_twice(
    store: &Client,
    since: Timestamp,
) -> Result<Vec<i64>, Error> {
    let orders = store.orders();
    let recent = orders.list().date_created_min(since);
    let recent = recent.sort(OrderSort::Id, Direction::Asc).stream();
    let mut known = HashMap::new();
    let mut cancelled = Vec::new();
    for order in recent.into_vec().await? {
        let lines = orders.products(order.id).list().stream().into_vec().await?;
        let mut bought: Vec<_> = lines
            .into_iter()
            .map(|line| (line.name, line.sku, line.quantity))
            .collect();
        bought.sort_unstable();
        let buyer = order.billing_address.and_then(|address| address.email);
        let is_first = known.insert((buyer, bought), order.id).is_none();
        if is_first || !orders.transactions(order.id).list().await?.is_empty() {
            continue;
        }
        let change = OrderUpdate::new().status_id(OrderStatus::CANCELLED);
        orders.update(order.id, change).await?;
        cancelled.push(order.id);
    }
    Ok(cancelled)
}

/// An order of a marketplace is created once, however often its connector runs.
async fn take_over_an_order_of_a_marketplace(
    store: &Client,
    number: &str,
    sku: &str,
) -> Result<Option<i64>, Error> {
    let known = store.orders().list().external_order_id(number);
    if let Some(order) = known.first().await? {
        return Ok(Some(order.id));
    }
    // A product without options has the SKU itself.
    let product = store.products().list().sku(sku).first().await?;
    let variant = store.variants().list_across().sku(sku).first().await?;
    let simple = product.map(|it| (it.base_variant_id, it.id));
    let of_options = variant.and_then(|it| Some((Some(it.id), it.product_id?)));
    let Some((Some(variant), product)) = simple.or(of_options) else {
        return Ok(None);
    };
    let line = OrderLineCreate::new().product_id(product).quantity(1);
    let address = OrderBillingAddressCreate::new("78701")
        .first_name("Ada")
        .last_name("Example")
        .email("ada@example.com");
    let shipping = OrderShippingAddressCreate::new()
        .first_name("Ada")
        .last_name("Example")
        .zip("78701");
    let order = OrderCreate::new(address)
        .products([line.variant_id(variant)])
        .shipping_addresses([shipping])
        .external_source("marketplace")
        .external_order_id(number)
        .status_id(OrderStatus::AWAITING_FULFILLMENT);
    Ok(Some(store.orders().create(order).await?.id))
}

/// A warehouse finds in the notes of an order that it waits for too long.
async fn note_what_waits_too_long(store: &Client, since: Timestamp) -> Result<usize, Error> {
    const NOTE: &str = "Past its shipping date";
    let orders = store.orders();
    let mut noted = 0;
    for status in [
        OrderStatus::AWAITING_SHIPMENT,
        OrderStatus::AWAITING_FULFILLMENT,
    ] {
        let waiting = orders.list().status_id(status).date_created_max(since);
        for order in waiting.stream().into_vec().await? {
            let notes = order.staff_notes.unwrap_or_default();
            if notes.contains(NOTE) || !orders.shipments(order.id).list().await?.is_empty() {
                continue;
            }
            let change = OrderUpdate::new().staff_notes(format!("{notes}\n{NOTE}"));
            orders.update(order.id, change).await?;
            noted += 1;
        }
    }
    Ok(noted)
}

/// The number of an order in another system is kept with the order, and replaced when it changes.
async fn keep_the_number_of_another_system(
    store: &Client,
    order: i64,
    number: &str,
) -> Result<(), Error> {
    let metafields = store.orders().metafields(order);
    let known = metafields.list().namespace("erp").key("number");
    if let Some(known) = known.first().await? {
        let change = MetafieldUpdate::new().value(number);
        metafields.update(known.id, change).await?;
        return Ok(());
    }
    let metafield = MetafieldCreate::new()
        .namespace("erp")
        .key("number")
        .value(number)
        .permission_set(MetafieldPermission::AppOnly);
    metafields.create(metafield).await?;
    Ok(())
}

/// A person has approved an order that waits for verification: it is in the staff notes or in a message.
async fn release_what_was_verified(store: &Client) -> Result<Vec<i64>, Error> {
    let orders = store.orders();
    let is_approval =
        |text: &Option<String>| text.as_deref().is_some_and(|it| it.contains("approved"));
    let mut released = Vec::new();
    let waiting = orders
        .list()
        .status_id(OrderStatus::MANUAL_VERIFICATION_REQUIRED)
        .stream();
    for order in waiting.into_vec().await? {
        let messages = orders.messages(order.id).list().stream().into_vec().await?;
        let approves = |message: &OrderMessage| is_approval(&message.message);
        if !is_approval(&order.staff_notes) && !messages.iter().any(approves) {
            continue;
        }
        let payments = orders.transactions(order.id).list().await?;
        let failed = Some(TransactionStatus::Error);
        if payments.iter().any(|payment| payment.status == failed) {
            continue;
        }
        let change = OrderUpdate::new().status_id(OrderStatus::AWAITING_FULFILLMENT);
        orders.update(order.id, change).await?;
        released.push(order.id);
    }
    Ok(released)
}

#[tokio::test]
async fn an_order_gets_the_status_that_has_the_name() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_PAYMENT).await.id;
    let set = set_a_status_by_its_name(&client, id, "Awaiting Shipment").await;
    assert!(set.unwrap());
    let set = set_a_status_by_its_name(&client, id, "No such status").await;
    assert!(!set.unwrap());
    let order = client.orders().get(id).await.unwrap();
    assert_eq!(order.status_id, Some(OrderStatus::AWAITING_SHIPMENT));
}

#[tokio::test]
async fn an_order_of_a_guest_belongs_to_the_customer_with_the_same_address() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_PAYMENT).await.id;
    let ada = ada(&client, "ada@example.com").await;
    assert_eq!(link_the_orders_of_guests(&client).await.unwrap(), 1);
    let order = client.orders().get(id).await.unwrap();
    assert_eq!(order.customer_id, Some(ada));
}

#[tokio::test]
async fn of_two_equal_orders_the_second_is_cancelled() {
    let (_store, client) = shop(0).await;
    let first = order(&client, OrderStatus::AWAITING_PAYMENT).await.id;
    let second = order(&client, OrderStatus::AWAITING_PAYMENT).await.id;
    let yesterday = Timestamp::now() - 24.hours();
    let cancelled = cancel_what_was_ordered_twice(&client, yesterday).await;
    assert_eq!(cancelled.unwrap(), [second]);
    let left = client.orders().get(first).await.unwrap();
    assert_eq!(left.status_id, Some(OrderStatus::AWAITING_PAYMENT));
}

#[tokio::test]
async fn an_order_of_a_marketplace_is_created_once() {
    let (_store, client) = shop(1).await;
    let sku = client.variants().list_across().await.unwrap()[0]
        .sku
        .clone();
    let sku = sku.unwrap();
    let first = take_over_an_order_of_a_marketplace(&client, "M-7", &sku).await;
    let again = take_over_an_order_of_a_marketplace(&client, "M-7", &sku).await;
    let first = first.unwrap();
    assert_eq!(first, again.unwrap());
    assert!(first.is_some());
    let none = take_over_an_order_of_a_marketplace(&client, "M-8", "no such sku").await;
    assert_eq!(none.unwrap(), None);
    let orders = client.orders().list().external_order_id("M-7");
    assert_eq!(orders.await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_order_that_waits_is_noted_once() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_SHIPMENT).await.id;
    let later = Timestamp::now() + 1.hours();
    let noted = note_what_waits_too_long(&client, later).await;
    assert_eq!(noted.unwrap(), 1);
    let noted = note_what_waits_too_long(&client, later).await;
    assert_eq!(noted.unwrap(), 0);
    let notes = client.orders().get(id).await.unwrap().staff_notes;
    assert!(notes.unwrap().contains("Past its shipping date"));
}

#[tokio::test]
async fn the_number_of_another_system_is_kept_and_replaced() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_PAYMENT).await.id;
    for number in ["SO-1", "SO-2"] {
        let kept = keep_the_number_of_another_system(&client, id, number).await;
        kept.unwrap();
    }
    let kept = client.orders().metafields(id).list().await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].value.as_deref(), Some("SO-2"));
}

#[tokio::test]
async fn an_order_is_released_when_its_notes_say_so() {
    let (_store, client) = shop(0).await;
    let approved = order(&client, OrderStatus::MANUAL_VERIFICATION_REQUIRED)
        .await
        .id;
    let note = OrderUpdate::new().staff_notes("approved by Ida");
    client.orders().update(approved, note).await.unwrap();
    let other = order(&client, OrderStatus::MANUAL_VERIFICATION_REQUIRED)
        .await
        .id;
    let released = release_what_was_verified(&client).await.unwrap();
    assert_eq!(released, [approved]);
    let other = client.orders().get(other).await.unwrap();
    assert_eq!(
        other.status_id,
        Some(OrderStatus::MANUAL_VERIFICATION_REQUIRED)
    );
}
