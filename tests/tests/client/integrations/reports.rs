//! Reports: revenue, taxes, payments, and an export that only reads what changed.

use std::collections::BTreeMap;

use bigcommerce_client::{
    Client, Direction, Error, Number,
    jiff::{Timestamp, ToSpan},
    order_statuses::OrderStatus,
    orders::{Order, OrderSort},
    rust_decimal::Decimal,
    transactions::{TransactionEvent, TransactionGateway},
};

use super::{order, shop};

/// What the orders of a period brought in, by currency, without those that were only tests.
async fn sum_the_revenue(
    store: &Client,
    since: Timestamp,
) -> Result<BTreeMap<String, Decimal>, Error> {
    let orders = store.orders();
    let mut revenue: BTreeMap<String, Decimal> = BTreeMap::new();
    let mut all = orders.list().date_created_min(since).stream();
    while let Some(order) = all.try_next().await? {
        let payments = orders.transactions(order.id).list().await?;
        let is_test = payments.iter().any(|payment| {
            payment.test == Some(true) || payment.gateway == TransactionGateway::Testgateway
        });
        if !is_test {
            let refunded = Number::sum(&order.refunded_amount)?;
            let total = Number::sum(&order.total_inc_tax)? - refunded;
            *revenue
                .entry(order.default_currency_code.unwrap_or_default())
                .or_default() += total;
        }
    }
    Ok(revenue)
}

/// Taxes are rounded by line, so their sum may differ from the total of the order.
async fn find_taxes_that_do_not_add_up(store: &Client) -> Result<Vec<(i64, Decimal)>, Error> {
    let orders = store.orders();
    let mut found = Vec::new();
    let mut all = orders.list().stream();
    while let Some(order) = all.try_next().await? {
        let taxes = orders.taxes(order.id).list().stream().into_vec().await?;
        let sum = Number::sum(taxes.iter().flat_map(|tax| &tax.line_amount))?;
        let gap = Number::sum(&order.total_tax)? - sum;
        if !gap.is_zero() {
            found.push((order.id, gap));
        }
    }
    Ok(found)
}

/// The count of the control panel and that of a full scan are compared.
async fn count_orders_in_two_ways(
    store: &Client,
    status: i64,
) -> Result<(Option<i64>, usize), Error> {
    let count = store.orders().count().status_id(status).await?.count;
    let scan = store.orders().list().status_id(status).stream();
    Ok((count, scan.into_vec().await?.len()))
}

/// What the payments of an order add up to is not its total.
async fn find_payments_that_differ_from_their_order(
    store: &Client,
) -> Result<Vec<(i64, Decimal)>, Error> {
    let orders = store.orders();
    let mut found = Vec::new();
    let mut paid = orders
        .list()
        .status_id(OrderStatus::AWAITING_FULFILLMENT)
        .stream();
    while let Some(order) = paid.try_next().await? {
        let mut sum = Decimal::ZERO;
        for payment in orders.transactions(order.id).list().await? {
            let value = Decimal::try_from(&payment.amount)?;
            match payment.event {
                TransactionEvent::Purchase | TransactionEvent::Capture => sum += value,
                TransactionEvent::Refund => sum -= value,
                _ => {}
            }
        }
        if sum != Number::sum(&order.total_inc_tax)? {
            found.push((order.id, sum));
        }
    }
    Ok(found)
}

/// The currency in which a shopper saw the prices is not the one that was charged.
async fn find_orders_charged_in_another_currency(
    store: &Client,
) -> Result<Vec<(i64, String)>, Error> {
    let orders = store.orders();
    let mut found = Vec::new();
    let mut all = orders.list().stream();
    while let Some(order) = all.try_next().await? {
        for payment in orders.transactions(order.id).list().await? {
            if order.currency_code.as_ref() != Some(&payment.currency) {
                found.push((order.id, payment.currency));
            }
        }
    }
    Ok(found)
}

/// An export reads the orders that have changed since its last run, and returns when the latest change was.
async fn export_what_has_changed(
    store: &Client,
    since: Timestamp,
) -> Result<(Vec<i64>, Timestamp), Error> {
    let changed = store.orders().list().date_modified_min(since);
    let mut changed = changed
        .sort(OrderSort::DateModified, Direction::Asc)
        .stream();
    let (mut ids, mut latest) = (Vec::new(), since);
    while let Some(order) = changed.try_next().await? {
        let modified = order.date_modified.and_then(|date| date.timestamp());
        latest = latest.max(modified.unwrap_or(latest));
        ids.push(order.id);
    }
    Ok((ids, latest))
}

#[tokio::test]
async fn revenue_is_summed_by_currency() {
    let (_store, client) = shop(0).await;
    order(&client, OrderStatus::AWAITING_FULFILLMENT).await;
    order(&client, OrderStatus::AWAITING_FULFILLMENT).await;
    let yesterday = Timestamp::now() - 24.hours();
    let revenue = sum_the_revenue(&client, yesterday).await.unwrap();
    let revenue: Vec<_> = revenue.into_values().collect();
    assert_eq!(revenue, [Decimal::from(48)]);
}

#[tokio::test]
async fn the_taxes_of_an_order_add_up() {
    let (_store, client) = shop(5).await;
    let orders = client.orders().list().await.unwrap();
    let is_taxed = |order: &Order| !Number::sum(&order.total_tax).unwrap().is_zero();
    assert!(orders.iter().any(is_taxed));
    let gaps = find_taxes_that_do_not_add_up(&client).await.unwrap();
    assert!(gaps.is_empty(), "{gaps:?}");
}

#[tokio::test]
async fn a_count_and_a_scan_agree() {
    let (_store, client) = shop(60).await;
    let (count, scanned) = count_orders_in_two_ways(&client, OrderStatus::AWAITING_FULFILLMENT)
        .await
        .unwrap();
    assert!(scanned > 0);
    assert_eq!(count, i64::try_from(scanned).ok());
}

#[tokio::test]
async fn payments_add_up_to_their_order_in_its_currency() {
    let (_store, client) = shop(0).await;
    order(&client, OrderStatus::AWAITING_FULFILLMENT).await;
    let differ = find_payments_that_differ_from_their_order(&client).await;
    assert!(differ.unwrap().is_empty());
    let foreign = find_orders_charged_in_another_currency(&client).await;
    assert!(foreign.unwrap().is_empty());
}

#[tokio::test]
async fn an_export_continues_where_the_last_one_ended() {
    let (_store, client) = shop(0).await;
    let yesterday = Timestamp::now() - 24.hours();
    let id = order(&client, OrderStatus::AWAITING_PAYMENT).await.id;
    let (ids, latest) = export_what_has_changed(&client, yesterday).await.unwrap();
    assert_eq!(ids, [id]);
    assert!(latest > yesterday);
    let later = latest + 1.seconds();
    let (ids, same) = export_what_has_changed(&client, later).await.unwrap();
    assert!(ids.is_empty());
    assert_eq!(same, later);
}
