//! New orders are shown, and paid ones get their next status.

use bigcommerce_client::{Client, order_statuses::OrderStatus, orders::OrderCreate};
use bigcommerce_mock::{Body, Fault};
use http::StatusCode;

use super::program::{Running, run, text};
use super::store::{client, empty, order, variables};

const ORDERS: &str = env!("CARGO_BIN_EXE_orders");

async fn created(client: &Client, order: OrderCreate) -> i64 {
    client.orders().create(order).await.unwrap().id
}

async fn status(client: &Client, id: i64) -> Option<i64> {
    client.orders().get(id).await.unwrap().status_id
}

#[tokio::test]
async fn the_latest_orders_are_shown_and_the_paid_ones_moved() {
    let store = empty().await;
    let client = client(&store);
    let pending = created(&client, order(OrderStatus::PENDING)).await;
    let paid = created(&client, order(OrderStatus::AWAITING_FULFILLMENT)).await;
    let digital = created(
        &client,
        order(OrderStatus::AWAITING_FULFILLMENT).order_is_digital(true),
    )
    .await;
    let output = run(ORDERS, &["--once"], &variables(&store)).await;

    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    let shown = text(&output.stdout);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 5, "{shown}");
    for (line, id, end) in [
        (lines[0], pending, ", Pending (1)"),
        (lines[1], paid, ", Awaiting Fulfillment (11)"),
        (lines[2], digital, ", Awaiting Fulfillment (11)"),
        (lines[3], paid, ": is now Awaiting Shipment (9)"),
        (lines[4], digital, ": is now Completed (10)"),
    ] {
        assert!(line.starts_with(&format!("order {id}: ")), "{line}");
        assert!(line.ends_with(end), "{line}");
    }
    assert_eq!(status(&client, pending).await, Some(OrderStatus::PENDING));
    assert_eq!(
        status(&client, paid).await,
        Some(OrderStatus::AWAITING_SHIPMENT)
    );
    assert_eq!(status(&client, digital).await, Some(OrderStatus::COMPLETED));
}

#[tokio::test]
async fn an_empty_store_has_nothing_to_show() {
    let store = empty().await;
    let output = run(ORDERS, &["--once"], &variables(&store)).await;
    assert_eq!(
        (text(&output.stdout), text(&output.stderr)),
        Default::default()
    );
    assert!(output.status.success());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn new_orders_are_shown_until_ctrl_c() {
    let store = empty().await;
    let client = client(&store);
    let first = created(&client, order(OrderStatus::PENDING)).await;
    let watching = Running::start(ORDERS, &["--every", "0.05"], &variables(&store));
    assert!(watching.line().starts_with(&format!("order {first}: ")));
    let second = created(&client, order(OrderStatus::AWAITING_FULFILLMENT)).await;
    assert!(watching.line().starts_with(&format!("order {second}: ")));
    let moved = format!("order {second}: is now Awaiting Shipment (9)");
    assert_eq!(watching.line(), moved);
    let third = created(&client, order(OrderStatus::PENDING)).await;
    assert!(watching.line().starts_with(&format!("order {third}: ")));
    assert_eq!(watching.interrupt(), Some(0));
}

#[tokio::test]
async fn an_order_that_the_api_does_not_move_is_told_and_the_others_go_on() {
    let store = empty().await;
    let client = client(&store);
    let locked = created(&client, order(OrderStatus::AWAITING_FULFILLMENT)).await;
    let paid = created(&client, order(OrderStatus::AWAITING_FULFILLMENT)).await;
    // An error response without a known reason, for the order that is moved first.
    let refusal = Fault::error(StatusCode::CONFLICT, Body::Json);
    store.faults().add(refusal.on("orders.update").times(1));
    let mut variables = variables(&store);
    let output = run(ORDERS, &["--once"], &variables).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    let start = format!("order {locked}: orders.update was refused with 409 Conflict");
    assert!(said.starts_with(&start), "{said}");
    assert_eq!(
        status(&client, paid).await,
        Some(OrderStatus::AWAITING_SHIPMENT)
    );

    variables.push(("ACCESS_TOKEN", "wr0ng"));
    let output = run(ORDERS, &["--once"], &variables).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.starts_with("orders.list was refused with 401"),
        "{said}"
    );
    assert!(!said.contains("wr0ng"), "{said}");
}

#[tokio::test]
async fn options_that_are_not_known_are_told() {
    for (options, sentence) in [
        (
            &["--twice"][..],
            "the options are --once, or --every SECONDS\n",
        ),
        (&["--every", "-1"], "--every takes a number of seconds\n"),
    ] {
        let output = run(ORDERS, options, &[]).await;
        assert_eq!(text(&output.stderr), sentence);
        assert_eq!(output.status.code(), Some(1));
    }
}
