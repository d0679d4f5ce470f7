//! The refunds of a period are summed exactly, by currency.

use bigcommerce_client::{
    Client,
    order_statuses::OrderStatus,
    orders::{OrderBillingAddressCreate, OrderCreate, OrderLineCreate},
    refunds::{RefundCreate, RefundItemCreate, RefundItemItemType, RefundPaymentCreate},
};
use bigcommerce_mock::Store;
use rust_decimal::Decimal;

use super::program::{run, text, unread};
use super::store::{client, empty, variables};

const REPORT: &str = env!("CARGO_BIN_EXE_refund_report");

/// Sells an item for a price in a currency, and refunds all of it.
async fn refunded(client: &Client, currency: &str, price: Decimal) -> i64 {
    let line = OrderLineCreate::new().name("Mug").quantity(1);
    let line = line.price_ex_tax(price).price_inc_tax(price);
    let address = OrderBillingAddressCreate::new("78701").email("ada@example.com");
    let order = OrderCreate::new(address)
        .products([line])
        .status_id(OrderStatus::AWAITING_FULFILLMENT);
    let order = order.default_currency_code(currency);
    let id = client.orders().create(order).await.unwrap().id;
    let line = client.orders().products(id).list().await.unwrap()[0].id;
    let item = RefundItemCreate::new(RefundItemItemType::Product, line).quantity(1);
    let payment = RefundPaymentCreate::new()
        .provider_id("custom")
        .amount(price);
    let refund = RefundCreate::new().items([item]).payments([payment]);
    client.orders().refunds(id).create(refund).await.unwrap();
    id
}

#[tokio::test]
async fn refunds_are_rows_and_their_sums_are_exact_for_each_currency() {
    let store = empty().await;
    let client = client(&store);
    for _ in 0..3 {
        refunded(&client, "USD", Decimal::new(10, 2)).await;
    }
    let euros = refunded(&client, "EUR", Decimal::new(19_99, 2)).await;

    let period = ["2000-01-01", "2999-12-31"];
    let output = run(REPORT, &period, &variables(&store)).await;
    assert!(output.status.success(), "{output:?}");
    let sums = "EUR: 1 refunds, 19.99, of which 0 is tax\nUSD: 3 refunds, 0.3, of which 0 is tax\n";
    assert_eq!(text(&output.stderr), sums);
    let mut rows = csv::Reader::from_reader(output.stdout.as_slice());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(
        (&rows[3][1], &rows[3][3], &rows[3][4]),
        (&*euros.to_string(), "EUR", "19.99")
    );

    let (code, message) = unread(REPORT, &period, &variables(&store)).await;
    assert_eq!((code, &*message), (Some(141), ""));

    let earlier = run(REPORT, &["1999-01-01", "1999-12-31"], &variables(&store)).await;
    assert_eq!(
        text(&earlier.stderr),
        "no refunds from 1999-01-01 to 1999-12-31\n"
    );
    assert!(earlier.status.success());
}

#[tokio::test]
async fn a_new_mock_store_has_refunds_to_report() {
    let store = Store::builder().start().await.unwrap();
    let period = ["2000-01-01", "2999-12-31"];
    let output = run(REPORT, &period, &variables(&store)).await;
    assert!(output.status.success(), "{output:?}");
    assert!(
        text(&output.stderr).starts_with("USD: 2 refunds, "),
        "{output:?}"
    );
}

#[tokio::test]
async fn an_amount_whose_sum_could_overflow_is_an_error_that_names_the_refund() {
    let store = empty().await;
    let price = Decimal::from(1_000_000_000_000_001_i64);
    refunded(&client(&store), "USD", price).await;
    let period = ["2000-01-01", "2999-12-31"];
    let output = run(REPORT, &period, &variables(&store)).await;
    let message = text(&output.stderr);
    let end = format!(": {price} is too large to be added up\n");
    assert!(
        message.starts_with("refund ") && message.ends_with(&end),
        "{message}"
    );
    assert_eq!(output.status.code(), Some(1));
}

#[tokio::test]
async fn an_invalid_period_is_reported() {
    for (days, sentence) in [
        (
            vec!["2026-02-31", "2026-03-01"],
            "2026-02-31 is not a date; write it as 2026-01-31\n",
        ),
        (
            vec!["2026-02-01", "2026-01-01"],
            "the last day is before the first\n",
        ),
        (
            vec!["2026-02-01"],
            "name the first and the last day, such as 2026-01-01 2026-01-31\n",
        ),
    ] {
        let output = run(REPORT, &days, &[]).await;
        assert_eq!(text(&output.stderr), sentence);
        assert_eq!(output.status.code(), Some(1));
    }
}
