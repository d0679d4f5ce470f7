//! The minimum scopes are printed with both names, and so are those that a token lacks.

use super::program::{run, text};

const LEAST: &str = env!("CARGO_BIN_EXE_least_privilege");

#[tokio::test]
async fn the_least_scopes_are_told_by_name_and_label() {
    let output = run(
        LEAST,
        &["products.list", "orders.get", "orders.update"],
        &[],
    )
    .await;
    let shown = "\
Calls:
  products.list            store_v2_products_read_only     Products: read-only
  orders.get               store_v2_orders_read_only       Orders: read-only
  orders.update            store_v2_orders                 Orders: modify
The minimum scopes for all of them:
  store_v2_products_read_only     Products: read-only
  store_v2_orders                 Orders: modify
";
    assert_eq!(text(&output.stdout), shown);
    assert!(output.status.success());
}

#[tokio::test]
async fn what_a_token_lacks_is_told_and_the_exit_code_says_so() {
    let calls = ["products.list", "orders.update"];
    let scopes = "store_v2_products store_v2_orders_read_only store_v2_default";
    let output = run(LEAST, &calls, &[("SCOPES", scopes)]).await;
    let shown = text(&output.stdout);
    let end = "The token lacks:\n  store_v2_orders                 Orders: modify\n";
    assert!(shown.ends_with(end), "{shown}");
    assert_eq!(output.status.code(), Some(1));

    let scopes = "store_v2_products store_v2_orders";
    let output = run(LEAST, &calls, &[("SCOPES", scopes)]).await;
    assert!(text(&output.stdout).ends_with("The token has them.\n"));
    assert!(output.status.success());
}

#[tokio::test]
async fn a_group_stands_for_its_calls_and_doubts_are_told() {
    let output = run(LEAST, &["webhooks"], &[]).await;
    let shown = text(&output.stdout);
    assert!(shown.contains("webhooks.create "), "{shown}");
    assert!(
        shown.contains(" sources disagree on the scope: "),
        "{shown}"
    );
    let end = "The minimum scopes for all of them:\n  \
               store_v2_information            Information & Settings: modify\n";
    assert!(shown.ends_with(end), "{shown}");
}

#[tokio::test]
async fn a_call_that_is_not_there_is_told_with_those_that_are() {
    let output = run(LEAST, &["orders.fetch"], &[]).await;
    let sentence = "there is no call orders.fetch; there are orders.list, orders.get, \
                    orders.create, orders.update, orders.delete, orders.archive_everything, orders.count\n";
    assert_eq!(text(&output.stderr), sentence);
    assert_eq!(output.status.code(), Some(1));
    let output = run(LEAST, &[], &[]).await;
    let sentence = "name calls, such as products.list, or groups of them\n";
    assert_eq!(text(&output.stderr), sentence);
}
