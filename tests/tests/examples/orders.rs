//! New orders are shown, and paid ones go on to where they belong.

use bigcommerce_client::{
    Client,
    orders::{OrderBillingAddressCreate, OrderCreate, OrderLineCreate},
};
use bigcommerce_tests::server::{STORE_HASH, Server, TOKEN};

use super::program::{Running, run, text};
use super::shelves::Shelves;
use super::store::{Store, pairs};

const ORDERS: &str = env!("CARGO_BIN_EXE_orders");

fn order(status: i64) -> OrderCreate {
    let address = OrderBillingAddressCreate::new("78701")
        .first_name("Ada")
        .last_name("Example")
        .street_1("1 Main Street")
        .city("Austin")
        .state("Texas")
        .country("United States")
        .country_iso2("US")
        .email("ada@example.com");
    let line = OrderLineCreate::new().name("Mug").quantity(1);
    let line = line.price_inc_tax(10).price_ex_tax(10);
    let order = OrderCreate::new(address).products([line]);
    order.status_id(status).total_inc_tax(10).total_ex_tax(10)
}

async fn created(client: &Client, order: OrderCreate) -> i64 {
    client.orders().create(order).await.unwrap().id
}

async fn status(client: &Client, id: i64) -> Option<i64> {
    client.orders().get(id).await.unwrap().status_id
}

#[tokio::test]
async fn a_look_shows_the_latest_orders_and_moves_the_paid_ones() {
    let store = Store::start().await;
    let client = store.client();
    let pending = created(&client, order(1)).await;
    let paid = created(&client, order(11)).await;
    let digital = created(&client, order(11).order_is_digital(true)).await;
    let output = run(ORDERS, &["--once"], &pairs(&store.variables())).await;

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
    assert_eq!(status(&client, pending).await, Some(1));
    assert_eq!(status(&client, paid).await, Some(9));
    assert_eq!(status(&client, digital).await, Some(10));
}

#[tokio::test]
async fn an_empty_store_has_nothing_to_show() {
    let store = Store::start().await;
    let output = run(ORDERS, &["--once"], &pairs(&store.variables())).await;
    assert_eq!(
        (text(&output.stdout), text(&output.stderr)),
        Default::default()
    );
    assert!(output.status.success());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn new_orders_are_shown_until_ctrl_c() {
    let store = Store::start().await;
    let client = store.client();
    let first = created(&client, order(1)).await;
    let variables = store.variables();
    let watching = Running::start(ORDERS, &["--every", "0.05"], &pairs(&variables));
    assert!(watching.line().starts_with(&format!("order {first}: ")));
    let second = created(&client, order(11)).await;
    assert!(watching.line().starts_with(&format!("order {second}: ")));
    let moved = format!("order {second}: is now Awaiting Shipment (9)");
    assert_eq!(watching.line(), moved);
    let third = created(&client, order(1)).await;
    assert!(watching.line().starts_with(&format!("order {third}: ")));
    assert_eq!(watching.interrupt(), Some(0));
}

#[tokio::test]
async fn an_order_that_the_api_does_not_move_is_told_and_the_others_go_on() {
    // A refusal of no known reason needs a store that is made for it.
    let shelves = Shelves::default();
    let server = Server::start(move |asked| shelves.answer(asked)).await;
    let client = bigcommerce_tests::server::store(&server);
    let locked = created(&client, order(11).staff_notes("locked")).await;
    let paid = created(&client, order(11)).await;
    let url = server.url();
    let variables = [
        ("STORE_HASH", STORE_HASH),
        ("ACCESS_TOKEN", TOKEN),
        ("BASE_URL", url.as_str()),
    ];
    let output = run(ORDERS, &["--once"], &variables).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    let start = format!("order {locked}: orders.update was refused with 409 Conflict");
    assert!(said.starts_with(&start), "{said}");
    assert_eq!(status(&client, paid).await, Some(9));

    let wrong = [variables[0], ("ACCESS_TOKEN", "wr0ng"), variables[2]];
    let output = run(ORDERS, &["--once"], &wrong).await;
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
