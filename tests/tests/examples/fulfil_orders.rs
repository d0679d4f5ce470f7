//! Paid orders are shipped once, with their tracking numbers, however often the program runs.

use std::{process::Output, time::Duration};

use bigcommerce_client::{
    Client,
    order_statuses::OrderStatus,
    orders::{
        OrderBillingAddressCreate, OrderCreate, OrderLineCreate, OrderShippingAddressCreate,
        OrderUpdate,
    },
    shipments::{Shipment, ShipmentCreate, ShipmentItemCreate},
};
use bigcommerce_mock::{Body, Fault, Store};
use http::StatusCode;

use super::program::{run, text};
use super::store::{client, empty, variables};

const FULFIL: &str = env!("CARGO_BIN_EXE_fulfil_orders");

/// A paid order of two mugs and a plate.
async fn paid(client: &Client) -> i64 {
    let line = |name: &str, quantity| {
        let line = OrderLineCreate::new().name(name).quantity(quantity);
        line.price_ex_tax(10).price_inc_tax(12)
    };
    let address = OrderBillingAddressCreate::new("78701").email("ada@example.com");
    let order = OrderCreate::new(address)
        .products([line("Mug", 2), line("Plate", 1)])
        .shipping_addresses([OrderShippingAddressCreate::new().city("Austin")]);
    client
        .orders()
        .create(order.status_id(OrderStatus::AWAITING_FULFILLMENT))
        .await
        .unwrap()
        .id
}

async fn shipments(client: &Client, order: i64) -> Vec<Shipment> {
    let list = client.orders().shipments(order).list().stream();
    list.into_vec().await.unwrap()
}

async fn status(client: &Client, order: i64) -> Option<i64> {
    client.orders().get(order).await.unwrap().status_id
}

/// Runs it with a file of tracking numbers.
async fn fulfil(store: &Store, file: &str, options: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tracking.csv");
    std::fs::write(&path, file).unwrap();
    let mut arguments = vec![path.to_str().unwrap()];
    arguments.extend(options);
    run(FULFIL, &arguments, &variables(store)).await
}

#[tokio::test]
async fn an_order_with_a_tracking_number_is_shipped_once_and_the_others_wait() {
    let store = empty().await;
    let client = client(&store);
    let (first, second) = (paid(&client).await, paid(&client).await);
    let file = format!("order_id,tracking_number,carrier\n{first},EJ958083578US,usps\n");

    let dry = fulfil(&store, &file, &["--dry-run"]).await;
    assert!(dry.status.success(), "{dry:?}");
    let shown = text(&dry.stdout);
    assert!(
        shown.contains(&format!("order {first}: would ship 3 to address ")),
        "{shown}"
    );
    assert!(shipments(&client, first).await.is_empty());
    assert_eq!(
        status(&client, first).await,
        Some(OrderStatus::AWAITING_FULFILLMENT)
    );

    for shipped in [true, false] {
        let output = fulfil(&store, &file, &[]).await;
        assert!(output.status.success(), "{output:?}");
        let shown = text(&output.stdout);
        let now = format!("order {first}: is now Shipped\n");
        assert_eq!(shown.contains(&now), shipped, "{shown}");
        let waits =
            format!("order {second}: skipped, because the file has no tracking number for it\n");
        assert!(shown.contains(&waits), "{shown}");
    }
    let [sent] = &shipments(&client, first).await[..] else {
        panic!("one shipment")
    };
    assert_eq!(sent.tracking_number.as_deref(), Some("EJ958083578US"));
    assert_eq!(sent.tracking_carrier.as_deref(), Some("usps"));
    let many: Vec<_> = sent.items.iter().map(|item| item.quantity).collect();
    assert_eq!(many, [Some(2), Some(1)]);
    assert_eq!(status(&client, first).await, Some(OrderStatus::SHIPPED));
    assert!(shipments(&client, second).await.is_empty());
}

#[tokio::test]
async fn what_an_earlier_run_or_a_person_has_shipped_is_not_shipped_again() {
    let store = empty().await;
    let client = client(&store);
    let order = paid(&client).await;
    let lines = client.orders().products(order).list().await.unwrap();
    let item = ShipmentItemCreate::new().order_product_id(lines[0].id);
    let address = lines[0].order_address_id.unwrap();
    let one = ShipmentCreate::new(address, [item.quantity(1)]);
    client.orders().shipments(order).create(one).await.unwrap();
    assert_eq!(status(&client, order).await, Some(3));

    // The shipment is recorded, but its response is lost.
    let lost = Fault::truncate().on("shipments.create").times(1);
    store.faults().add(lost);
    let output = run(FULFIL, &[], &variables(&store)).await;
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(text(&output.stderr).contains(&format!("order {order}: ")));
    let again = run(FULFIL, &[], &variables(&store)).await;
    assert!(again.status.success(), "{again:?}");
    let sent = shipments(&client, order).await;
    let items = sent.iter().flat_map(|shipment| &shipment.items);
    let many: i64 = items.filter_map(|item| item.quantity).sum();
    assert_eq!(many, 3, "{sent:?}");
    assert_eq!(status(&client, order).await, Some(OrderStatus::SHIPPED));
}

#[tokio::test]
async fn an_order_that_is_cancelled_while_others_are_shipped_is_not_shipped() {
    let store = empty().await;
    let client = client(&store);
    let (first, second) = (paid(&client).await, paid(&client).await);
    let slow = Fault::latency(Duration::from_secs(3)).on("shipments.create");
    store.faults().add(slow.times(1));
    let variables = variables(&store);
    let cancel = async {
        // The lists were read, and the first order was looked at.
        while !store
            .log()
            .iter()
            .any(|it| it.endpoint == Some("orders.get"))
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let cancel = OrderUpdate::new().status_id(OrderStatus::CANCELLED);
        client.orders().update(second, cancel).await.unwrap();
    };
    let (output, ()) = tokio::join!(run(FULFIL, &[], &variables), cancel);
    assert!(output.status.success(), "{output:?}");
    let shown = text(&output.stdout);
    let changed = format!("order {second}: its status has changed in the meantime\n");
    assert!(shown.contains(&changed), "{shown}");
    assert_eq!(shipments(&client, first).await.len(), 1);
    assert!(shipments(&client, second).await.is_empty());
    assert_eq!(status(&client, second).await, Some(OrderStatus::CANCELLED));
}

#[tokio::test]
async fn a_refused_order_does_not_keep_the_others_and_the_exit_code_tells_of_it() {
    let store = empty().await;
    let client = client(&store);
    let (first, second) = (paid(&client).await, paid(&client).await);
    let refused = Fault::error(StatusCode::BAD_REQUEST, Body::Json);
    store.faults().add(refused.on("shipments.create").times(1));
    let output = run(FULFIL, &[], &variables(&store)).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    let start = format!("order {first}: shipments.create was refused with 400");
    assert!(said.starts_with(&start), "{said}");
    assert_eq!(
        status(&client, first).await,
        Some(OrderStatus::AWAITING_FULFILLMENT)
    );
    assert_eq!(status(&client, second).await, Some(OrderStatus::SHIPPED));
}

#[tokio::test]
async fn a_file_of_tracking_numbers_that_is_wrong_is_told_with_its_line() {
    let store = empty().await;
    for (file, sentence) in [
        ("tracking_number\nEJ1\n", "there is no column order_id"),
        (
            "order_id,tracking_number\nten,EJ1\n",
            "line 2: the order_id is not a number",
        ),
        (
            "order_id,tracking_number\n7,\n",
            "line 2: there is no tracking_number",
        ),
        (
            "order_id,tracking_number\n7,EJ1\n7,EJ2\n",
            "line 3: order 7 is listed twice",
        ),
    ] {
        let output = fulfil(&store, file, &[]).await;
        assert_eq!(output.status.code(), Some(1), "{file}");
        let said = text(&output.stderr);
        assert!(said.contains(sentence), "{said}");
    }
    assert!(store.log().is_empty());
}
