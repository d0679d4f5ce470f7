//! Payments: what was captured, refunded and returned to the shelf.

use std::collections::HashSet;

use bigcommerce_client::{
    Client, Error, Number,
    inventory::{RelativeAdjustmentCreate, RelativeAdjustmentItemCreate},
    jiff::{Timestamp, ToSpan},
    json,
    order_statuses::OrderStatus,
    orders::{OrderBillingAddressCreate, OrderCreate, OrderUpdate},
    refunds::{
        RefundCreate, RefundItemCreate, RefundItemItemType, RefundPaymentCreate,
        RefundQuoteRequestCreate,
    },
    rust_decimal::Decimal,
    transactions::{Transaction, TransactionEvent, TransactionStatus},
};

use super::{level, mugs, order, order_of_two, shop};

/// An order is paid, but its status did not follow.
async fn move_on_what_was_paid(store: &Client) -> Result<Vec<i64>, Error> {
    let orders = store.orders();
    let mut moved = Vec::new();
    for status in [OrderStatus::INCOMPLETE, OrderStatus::AWAITING_PAYMENT] {
        let waiting = orders.list().status_id(status).stream().into_vec();
        for order in waiting.await? {
            let payments = orders.transactions(order.id).list().await?;
            let taken = payments.iter().filter(|payment| {
                let events = [TransactionEvent::Capture, TransactionEvent::Purchase];
                payment.status == Some(TransactionStatus::Ok) && events.contains(&payment.event)
            });
            let paid = Number::sum(taken.map(|payment| &payment.amount))?;
            if paid.is_zero() || paid < Number::sum(&order.total_inc_tax)? {
                continue;
            }
            let change = OrderUpdate::new().status_id(OrderStatus::AWAITING_FULFILLMENT);
            orders.update(order.id, change).await?;
            moved.push(order.id);
        }
    }
    Ok(moved)
}

/// What was reserved on a card is captured when the order is ready, or else released.
async fn capture_or_void_a_reservation(
    store: &Client,
    order: i64,
    is_ready: bool,
) -> Result<(), Error> {
    let actions = store.orders().payment_actions(order);
    if is_ready {
        actions.capture().await?;
    } else {
        actions.void().await?;
    }
    Ok(())
}

/// Part of a line is refunded the way the quote offers.
pub(super) async fn refund_a_line(
    store: &Client,
    order: i64,
    line: i64,
    quantity: i64,
) -> Result<Decimal, Error> {
    let item = RefundItemCreate::new(RefundItemItemType::Product, line).quantity(quantity);
    let refunds = store.orders().refunds(order);
    let asked = RefundQuoteRequestCreate::new().items([item.clone()]);
    let quote = refunds.quote(asked).await?;
    let offered = quote.refund_methods.first().into_iter().flatten();
    let payments = offered.map(json::convert);
    let payments = payments.collect::<Result<Vec<RefundPaymentCreate>, _>>()?;
    let refund = RefundCreate::new().items([item]).payments(payments);
    let refund = refunds.create(refund).await?;
    Ok(Number::sum(&refund.total_amount)?)
}

/// The refunds of an order decide its status.
async fn correct_the_status_of_what_was_refunded(
    store: &Client,
    order: i64,
) -> Result<Option<i64>, Error> {
    let orders = store.orders();
    let refunds = orders.refunds(order).list().await?;
    let refunded = Number::sum(refunds.iter().flat_map(|it| &it.total_amount))?;
    let order = orders.get(order).await?;
    let total = Number::sum(&order.total_inc_tax)?;
    let right = match refunded {
        none if none.is_zero() => return Ok(None),
        part if part < total => OrderStatus::PARTIALLY_REFUNDED,
        _ => OrderStatus::REFUNDED,
    };
    if order.status_id != Some(right) {
        let change = OrderUpdate::new().status_id(right);
        orders.update(order.id, change).await?;
    }
    Ok(Some(right))
}

/// Somebody chose the status Refunded by hand, and no money went back.
async fn find_orders_that_are_refunded_in_name_only(store: &Client) -> Result<Vec<i64>, Error> {
    let orders = store.orders();
    let mut found = Vec::new();
    for status in [OrderStatus::REFUNDED, OrderStatus::PARTIALLY_REFUNDED] {
        let mut refunded = orders.list().status_id(status).stream();
        while let Some(order) = refunded.try_next().await? {
            if orders.refunds(order.id).list().await?.is_empty() {
                found.push(order.id);
            }
        }
    }
    Ok(found)
}

/// Items that were refunded go back on the shelf of a location.
async fn restock_what_was_refunded(
    store: &Client,
    order: i64,
    location: i64,
) -> Result<usize, Error> {
    let orders = store.orders();
    let lines = orders.products(order).list().stream().into_vec().await?;
    let refunds = orders.refunds(order).list().await?;
    let returned = refunds.iter().flat_map(|refund| &refund.items);
    let returned = returned.filter(|it| it.item_type == Some(RefundItemItemType::Product));
    let items = returned.filter_map(|item| {
        let line = lines.iter().find(|line| Some(line.id) == item.item_id)?;
        let change = RelativeAdjustmentItemCreate::new().location_id(location);
        // It is found by its SKU, whether its stock is tracked by product or by variant.
        Some(change.quantity(item.quantity?).sku(line.sku.clone()?))
    });
    let change = RelativeAdjustmentCreate::new(items).reason("Refunded");
    let many = change.items.len();
    if many > 0 {
        store.inventory().adjust_relative(change).await?;
    }
    Ok(many)
}

/// Two jobs have refunded the same items of an order: the refunds after the first one.
async fn find_refunds_that_were_made_twice(
    store: &Client,
    since: Timestamp,
) -> Result<Vec<i64>, Error> {
    let mut known = HashSet::new();
    let mut twice = Vec::new();
    let mut refunds = store.refunds().list_across().created_min(since).stream();
    while let Some(refund) = refunds.try_next().await? {
        let items = refund
            .items
            .iter()
            .map(|item| (item.item_id, item.quantity));
        let mut items: Vec<_> = items.collect();
        items.sort_unstable();
        let total = Number::sum(&refund.total_amount)?;
        if !known.insert((refund.order_id, items, total)) {
            twice.push(refund.id);
        }
    }
    Ok(twice)
}

/// A cancelled order still reserves an amount on a card, because its status says nothing to the bank.
async fn release_what_cancelled_orders_reserve(store: &Client) -> Result<Vec<i64>, Error> {
    let orders = store.orders();
    let cancelled = orders.list().status_id(OrderStatus::CANCELLED).stream();
    let mut released = Vec::new();
    for order in cancelled.into_vec().await? {
        let payments = orders.transactions(order.id).list().await?;
        let has = |event: TransactionEvent| {
            let mut payments = payments.iter();
            payments.any(|payment| {
                payment.status == Some(TransactionStatus::Ok) && payment.event == event
            })
        };
        let is_settled = [TransactionEvent::Capture, TransactionEvent::Void];
        if has(TransactionEvent::Authorization) && !is_settled.into_iter().any(has) {
            orders.payment_actions(order.id).void().await?;
            released.push(order.id);
        }
    }
    Ok(released)
}

/// The API has no name for a dispute: its provider's own appears among the transactions.
async fn flag_disputed_orders(
    store: &Client,
    since: Timestamp,
    is_dispute: impl Fn(&Transaction) -> bool,
) -> Result<Vec<i64>, Error> {
    let orders = store.orders();
    let settled = [
        OrderStatus::DISPUTED,
        OrderStatus::REFUNDED,
        OrderStatus::PARTIALLY_REFUNDED,
        OrderStatus::CANCELLED,
    ];
    let mut flagged = Vec::new();
    let recent = orders.list().date_created_min(since).stream();
    for order in recent.into_vec().await? {
        let payments = orders.transactions(order.id).list().await?;
        let is_settled = order.status_id.is_some_and(|id| settled.contains(&id));
        if !is_settled && payments.iter().any(&is_dispute) {
            let change = OrderUpdate::new().status_id(OrderStatus::DISPUTED);
            orders.update(order.id, change).await?;
            flagged.push(order.id);
        }
    }
    Ok(flagged)
}

#[tokio::test]
async fn an_order_that_is_not_paid_stays_where_it_is() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_PAYMENT).await.id;
    assert!(move_on_what_was_paid(&client).await.unwrap().is_empty());
    let order = client.orders().get(id).await.unwrap();
    assert_eq!(order.status_id, Some(OrderStatus::AWAITING_PAYMENT));
}

#[tokio::test]
async fn what_was_reserved_on_a_card_is_captured_and_the_order_moves_on() {
    let (_store, client) = shop(0).await;
    let reserved = async || {
        let order = OrderCreate::new(OrderBillingAddressCreate::new("78701"))
            .products([mugs(1)])
            .payment_method("Credit Card")
            .status_id(OrderStatus::AWAITING_PAYMENT);
        client.orders().create(order).await.unwrap().id
    };
    let (ready, other) = (reserved().await, reserved().await);
    for (order, is_ready) in [(ready, true), (other, false)] {
        let done = capture_or_void_a_reservation(&client, order, is_ready).await;
        done.unwrap();
    }
    let moved = move_on_what_was_paid(&client).await.unwrap();
    assert_eq!(moved, [ready]);
}

#[tokio::test]
async fn a_line_is_refunded_and_the_status_follows() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    let line = client.orders().products(id).list().await.unwrap()[0].id;
    let refunded = refund_a_line(&client, id, line, 1).await.unwrap();
    assert_eq!(refunded, Decimal::from(12));
    let wrong = OrderUpdate::new().status_id(OrderStatus::AWAITING_FULFILLMENT);
    client.orders().update(id, wrong).await.unwrap();
    let right = correct_the_status_of_what_was_refunded(&client, id).await;
    assert_eq!(right.unwrap(), Some(OrderStatus::PARTIALLY_REFUNDED));
    let order = client.orders().get(id).await.unwrap();
    assert_eq!(order.status_id, Some(OrderStatus::PARTIALLY_REFUNDED));
}

#[tokio::test]
async fn an_order_that_is_refunded_in_name_only_is_found() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    let by_hand = OrderUpdate::new().status_id(OrderStatus::REFUNDED);
    client.orders().update(id, by_hand).await.unwrap();
    let found = find_orders_that_are_refunded_in_name_only(&client).await;
    assert_eq!(found.unwrap(), [id]);
}

#[tokio::test]
async fn what_was_refunded_is_in_stock_again() {
    let (_store, client) = shop(3).await;
    let (variant, order) = order_of_two(&client).await;
    let line = client.orders().products(order).list().await.unwrap()[0].id;
    refund_a_line(&client, order, line, 2).await.unwrap();
    let before = level(&client, variant).await.unwrap();
    let items = restock_what_was_refunded(&client, order, 1).await;
    assert_eq!(items.unwrap(), 1);
    assert_eq!(level(&client, variant).await, Some(before + 2));
}

#[tokio::test]
async fn the_second_of_two_equal_refunds_is_found() {
    let (_store, client) = shop(0).await;
    let since = Timestamp::now() - 1.hours();
    let id = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    let line = client.orders().products(id).list().await.unwrap()[0].id;
    refund_a_line(&client, id, line, 1).await.unwrap();
    let twice = find_refunds_that_were_made_twice(&client, since).await;
    assert!(twice.unwrap().is_empty());
    refund_a_line(&client, id, line, 1).await.unwrap();
    let refunds = client.orders().refunds(id).list().await.unwrap();
    let twice = find_refunds_that_were_made_twice(&client, since).await;
    assert_eq!(twice.unwrap(), [refunds[1].id]);
}

#[tokio::test]
async fn a_cancelled_order_reserves_nothing() {
    let (_store, client) = shop(0).await;
    let order = OrderCreate::new(OrderBillingAddressCreate::new("78701"))
        .products([mugs(1)])
        .payment_method("Credit Card")
        .status_id(OrderStatus::AWAITING_PAYMENT);
    let id = client.orders().create(order).await.unwrap().id;
    let cancelled = OrderUpdate::new().status_id(OrderStatus::CANCELLED);
    client.orders().update(id, cancelled).await.unwrap();
    for released in [vec![id], Vec::new()] {
        let run = release_what_cancelled_orders_reserve(&client).await;
        assert_eq!(run.unwrap(), released);
    }
}

#[tokio::test]
async fn a_disputed_order_is_flagged_once() {
    let (_store, client) = shop(0).await;
    let since = Timestamp::now() - 1.hours();
    let id = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    for (word, flagged) in [
        ("dispute", Vec::new()),
        ("purchase", vec![id]),
        ("purchase", Vec::new()),
    ] {
        let is_dispute = |payment: &Transaction| payment.event.as_str().contains(word);
        let run = flag_disputed_orders(&client, since, is_dispute).await;
        assert_eq!(run.unwrap(), flagged);
    }
    let order = client.orders().get(id).await.unwrap();
    assert_eq!(order.status_id, Some(OrderStatus::DISPUTED));
}
