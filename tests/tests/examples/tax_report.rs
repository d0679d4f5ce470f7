//! The taxes of a period are summed exactly, by class, zone and rate, minus refunds.

use bigcommerce_client::{
    Client,
    order_statuses::OrderStatus,
    orders::{OrderBillingAddressCreate, OrderCreate, OrderLineCreate, OrderUpdate},
    refunds::{RefundCreate, RefundItemCreate, RefundItemItemType, RefundPaymentCreate},
    tax_rates::{ClassRateCreate, TaxRateCreate},
};
use bigcommerce_mock::Store;
use rust_decimal::Decimal;

#[path = "../../../generated-client/examples/support/shares.rs"]
mod shares;

use super::program::{run, text, unread};
use super::store::{client, empty, variables};

const REPORT: &str = env!("CARGO_BIN_EXE_tax_report");
const EVER: [&str; 2] = ["2000-01-01", "2999-12-31"];

/// Sells items for a price in a currency, with a tax, refunds some of them, and returns the order's id.
async fn sold(
    client: &Client,
    (currency, status): (&str, i64),
    (price, tax): (i64, i64),
    back: i64,
) -> i64 {
    let (net, gross) = (Decimal::new(price, 2), Decimal::new(price + tax, 2));
    let line = OrderLineCreate::new().name("Mug").quantity(2);
    let line = line.price_ex_tax(net).price_inc_tax(gross);
    let address = OrderBillingAddressCreate::new("78701").email("ada@example.com");
    let order = OrderCreate::new(address).products([line]).status_id(status);
    let order = order.default_currency_code(currency);
    let id = client.orders().create(order).await.unwrap().id;
    if back > 0 {
        let line = client.orders().products(id).list().await.unwrap()[0].id;
        let item = RefundItemCreate::new(RefundItemItemType::Product, line).quantity(back);
        let payment = RefundPaymentCreate::new().provider_id("custom");
        let payment = payment.amount(gross * Decimal::from(back));
        let refund = RefundCreate::new().items([item]).payments([payment]);
        client.orders().refunds(id).create(refund).await.unwrap();
    }
    id
}

#[tokio::test]
async fn taxes_are_summed_exactly_by_class_zone_and_rate_less_refunds() {
    let store = empty().await;
    let client = client(&store);
    let rate = TaxRateCreate::new(1, "Levy", [ClassRateCreate::new().rate(10).tax_class_id(0)]);
    client.tax_rates().create([rate]).await.unwrap();
    for _ in 0..3 {
        sold(&client, ("USD", 11), (100, 10), 0).await;
    }
    sold(&client, ("USD", 11), (100, 10), 1).await;
    sold(&client, ("EUR", 11), (1_000, 190), 2).await;
    // Cancelled: neither its tax nor that of its refund counts.
    let cancelled = sold(&client, ("USD", 11), (100, 10), 1).await;
    let cancel = OrderUpdate::new().status_id(OrderStatus::CANCELLED);
    client.orders().update(cancelled, cancel).await.unwrap();

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("taxes.csv");
    let arguments = [EVER[0], EVER[1], "--csv", path.to_str().unwrap()];
    let output = run(REPORT, &arguments, &variables(&store)).await;
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        text(&output.stderr),
        "5 orders, 2 refunds; 0 amounts split in proportion to tax records\n"
    );
    let table = "\
currency  class             zone     name  rate  tax  refunded  net
EUR       API Tax Override  Default  Tax     19  3.8       3.8    0
USD       API Tax Override  Default  Tax     10  0.8       0.1  0.7
EUR       all                                     3.8       3.8    0
USD       all                                     0.8       0.1  0.7
";
    let squeezed = |text: &str| {
        let lines = text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>()
    };
    assert_eq!(squeezed(&text(&output.stdout)), squeezed(table));
    let mut rows = csv::Reader::from_path(&path).unwrap();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    let wanted = [
        "USD",
        "API Tax Override",
        "Default",
        "Tax",
        "10",
        "0.8",
        "0.1",
        "0.7",
    ];
    assert_eq!(rows[1], wanted[..]);

    let again = run(REPORT, &EVER, &variables(&store)).await;
    assert_eq!(again.stdout, output.stdout);
    let (code, message) = unread(REPORT, &EVER, &variables(&store)).await;
    assert_eq!((code, &*message), (Some(141), ""));
}

#[tokio::test]
async fn names_that_the_token_may_not_read_are_left_out_and_told() {
    let store = empty().await;
    sold(&client(&store), ("USD", 11), (100, 10), 0).await;
    let token = store.token_with(["store_v2_orders_read_only"]);
    let mut variables = variables(&store);
    variables[1].1 = &token;
    let output = run(REPORT, &EVER, &variables).await;
    assert!(output.status.success(), "{output:?}");
    assert!(
        text(&output.stderr).starts_with("tax classes and zones are shown without their names: "),
        "{output:?}"
    );
    assert!(text(&output.stdout).contains("USD"), "{output:?}");
}

#[tokio::test]
async fn a_new_mock_store_has_taxes_to_report() {
    let store = Store::builder().start().await.unwrap();
    let output = run(REPORT, &EVER, &variables(&store)).await;
    assert!(output.status.success(), "{output:?}");
    let table = text(&output.stdout);
    assert!(
        table.lines().any(|line| line.starts_with("USD")),
        "{output:?}"
    );
}

#[tokio::test]
async fn a_period_without_taxes_and_an_invalid_one_are_reported() {
    let store = empty().await;
    let output = run(REPORT, &["1999-01-01", "1999-12-31"], &variables(&store)).await;
    assert!(output.status.success(), "{output:?}");
    assert!(
        text(&output.stderr).starts_with("no taxes from 1999-01-01 to 1999-12-31\n"),
        "{output:?}"
    );
    for (arguments, sentence) in [
        (
            &["2026-02-31", "2026-03-01"][..],
            "2026-02-31 is not a date; write it as 2026-01-31\n",
        ),
        (
            &["2026-02-01", "2026-01-01"],
            "the last day is before the first\n",
        ),
        (
            &["2026-02-01"],
            "name the first and the last day, such as 2026-01-01 2026-01-31\n",
        ),
        (
            &["2026-01-01", "2026-01-31", "--csv"],
            "--csv needs a value\n",
        ),
    ] {
        let output = run(REPORT, arguments, &[]).await;
        assert_eq!(text(&output.stderr), sentence);
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn the_shares_of_an_amount_add_up_to_it_and_what_no_decimal_holds_is_refused() {
    let one = |value: &str| value.parse::<Decimal>().unwrap();
    let large = "1000000000000000";
    for (amount, weights, shares) in [
        ("1", &["1", "1", "1"][..], Some("0.3333 0.3333 0.3334")),
        ("1", &["0.25", "0.75"], Some("0.25 0.75")),
        ("-0.5", &["0", "0"], Some("-0.25 -0.25")),
        ("2", &[], Some("")),
        (large, &[large, "1"], None),
        ("10000000000", &[large, "-999999999999999.9999"], None),
    ] {
        let weights: Vec<Decimal> = weights.iter().copied().map(one).collect();
        let found = shares::spread(one(amount), &weights).map(|shares| {
            let shares = shares.iter().map(|share| share.normalize().to_string());
            shares.collect::<Vec<_>>().join(" ")
        });
        assert_eq!(found.as_deref(), shares, "{amount}");
    }
}
