//! The store has the stock from the file afterwards, with few calls, and each row's result is printed.

use std::process::Output;

use bigcommerce_client::{
    inventory::{AbsoluteAdjustmentItemUpdate, AbsoluteAdjustmentUpdate},
    products::{InventoryTracking, ProductCreate, ProductType},
    variants::{VariantCreate, VariantOptionValueInput},
};
use bigcommerce_mock::{Plan, Store};
use bigcommerce_tests::root;

use super::program::{run, text};
use super::store::{client, empty, variables};

const SYNC: &str = env!("CARGO_BIN_EXE_sync_inventory");

/// A shirt in this many sizes, with five of each.
async fn filled(sizes: usize) -> Store {
    let store = empty().await;
    let client = client(&store);
    for from in (1..=sizes).step_by(250) {
        let sizes = (from..(from + 250).min(sizes + 1)).map(|size| {
            let value = VariantOptionValueInput::new().option_display_name("Size");
            VariantCreate::new(format!("SHIRT-{size}"), [value.label(size.to_string())])
        });
        let shirt = ProductCreate::new()
            .name(format!("Shirt from {from}"))
            .kind(ProductType::Physical)
            .weight(1)
            .price(20)
            .inventory_tracking(InventoryTracking::Variant);
        let shirt = client.products().create(shirt.variants(sizes)).await;
        assert!(shirt.unwrap().is_complete());
    }
    let stock = (1..=sizes).map(|size| {
        let item = AbsoluteAdjustmentItemUpdate::new().location_id(1);
        item.quantity(5).sku(format!("SHIRT-{size}"))
    });
    let stock = AbsoluteAdjustmentUpdate::new(stock);
    let report = client.inventory().adjust_absolute_all(stock).await;
    assert!(report.unwrap().is_complete());
    store
}

async fn sync(store: &Store, file: &str, options: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stock.csv");
    std::fs::write(&path, file).unwrap();
    let mut arguments = vec![path.to_str().unwrap()];
    arguments.extend(options);
    run(SYNC, &arguments, &variables(store)).await
}

async fn level(store: &Store, sku: &str) -> Option<i64> {
    let items = client(store)
        .inventory()
        .list()
        .sku_in([sku])
        .await
        .unwrap();
    items[0].locations[0].total_inventory_onhand
}

#[tokio::test]
async fn the_stock_of_the_file_is_that_of_the_store_afterwards() {
    let store = filled(3).await;
    let file = "sku,quantity,location_id\nSHIRT-1,12,\nSHIRT-2,5,1\nSHIRT-3,0,1\n";
    let dry = sync(&store, file, &["--dry-run"]).await;
    let shown = "SHIRT-1: 5 would become 12\nSHIRT-3: 5 would become 0\n";
    assert_eq!(text(&dry.stdout), shown);
    assert!(dry.status.success());
    assert_eq!(level(&store, "SHIRT-1").await, Some(5));

    let output = sync(&store, file, &[]).await;
    assert_eq!(
        text(&output.stdout),
        "SHIRT-1: 5 to 12, updated\nSHIRT-3: 5 to 0, updated\n"
    );
    let sums = "3 rows: 2 changed, 1 already correct, 0 not found, 0 failed\n";
    assert_eq!(text(&output.stderr), sums);
    assert!(output.status.success());
    assert_eq!(level(&store, "SHIRT-1").await, Some(12));
    assert_eq!(level(&store, "SHIRT-3").await, Some(0));

    let again = sync(&store, file, &[]).await;
    assert_eq!(text(&again.stdout), "");
    assert!(again.status.success());
}

#[tokio::test]
async fn the_sample_has_skus_of_the_store_that_cargo_mock_starts() {
    let store = Store::builder()
        .plan(Plan::Enterprise)
        .start()
        .await
        .unwrap();
    let sample = root().join("generated-client/examples/data/stock.csv");
    let arguments = [sample.to_str().unwrap(), "--dry-run"];
    let dry = run(SYNC, &arguments, &variables(&store)).await;
    assert!(dry.status.success(), "{}", text(&dry.stdout));
    let sums = "3 rows: 3 would change, 0 already correct, 0 not found, 0 failed\n";
    assert_eq!(text(&dry.stderr), sums);
}

#[tokio::test]
async fn what_the_store_does_not_know_keeps_no_other_row() {
    let store = filled(4).await;
    let file = "sku,quantity\nSHIRT-1,6\nHAT,3\nSHIRT-2,7\n";
    let output = sync(&store, file, &[]).await;
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stdout);
    assert!(
        shown.starts_with("HAT: not found in the inventory\n"),
        "{shown}"
    );
    assert_eq!(level(&store, "SHIRT-2").await, Some(7));
}

#[tokio::test]
async fn a_batch_that_is_refused_is_sent_in_halves_until_what_is_at_fault_is_alone() {
    use bigcommerce_mock::{Body, Fault};
    let store = filled(4).await;
    let file = "sku,quantity\nSHIRT-1,6\nSHIRT-2,7\nSHIRT-3,8\nSHIRT-4,9\n";
    // The whole batch, its first half and the first item.
    let refused = Fault::error(http::StatusCode::UNPROCESSABLE_ENTITY, Body::Json);
    store
        .faults()
        .add(refused.on("inventory.adjust_absolute").times(3));
    let output = sync(&store, file, &[]).await;
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stdout);
    let lines: Vec<&str> = shown
        .lines()
        .filter(|line| line.starts_with("SHIRT"))
        .collect();
    assert!(
        lines[0].starts_with("SHIRT-1: 5 to 6, refused: "),
        "{shown}"
    );
    let updated = [
        "SHIRT-2: 5 to 7, updated",
        "SHIRT-3: 5 to 8, updated",
        "SHIRT-4: 5 to 9, updated",
    ];
    assert_eq!(lines[1..], updated);
    assert_eq!(level(&store, "SHIRT-1").await, Some(5));
    assert_eq!(level(&store, "SHIRT-4").await, Some(9));
}

#[tokio::test]
async fn thousands_of_rows_go_out_in_batches() {
    // A long run has as many as a large store.
    let many = match std::env::var_os("BIGCOMMERCE_LONG") {
        Some(_) => 10_000,
        None => 1_500,
    };
    let store = filled(many).await;
    let rows: String = (1..=many)
        .map(|size| format!("SHIRT-{size},{}\n", size + 6))
        .collect();
    let before = store.log().len();
    let output = sync(&store, &format!("sku,quantity\n{rows}"), &[]).await;
    assert!(output.status.success(), "{}", text(&output.stderr));
    let log = store.log();
    let asked = log[before..].iter().filter(|logged| logged.method == "PUT");
    assert_eq!(asked.count(), many / 500);
    assert_eq!(level(&store, "SHIRT-1").await, Some(7));
    let last = level(&store, &format!("SHIRT-{many}")).await;
    assert_eq!(last, Some(i64::try_from(many).unwrap() + 6));
}

#[tokio::test]
async fn a_file_of_stock_that_is_wrong_is_told_before_anything_is_asked() {
    let store = empty().await;
    for (file, sentence) in [
        ("sku,quantity\nMUG,many\n", "record 1 (line: 2, "),
        (
            "sku,quantity\nMUG,-1\n",
            "row 1: MUG has an invalid quantity; use 0 to 2147483647",
        ),
        ("sku,quantity\nMUG,1\nMUG,2\n", "row 2: MUG is listed twice"),
        (
            "sku,quantity,location_id\nMUG,1,2\n,2,2\n",
            "row 2:  at location 2 has no sku",
        ),
        ("sku\nMUG\n", "missing field `quantity`"),
    ] {
        let output = sync(&store, file, &[]).await;
        assert_eq!(output.status.code(), Some(1), "{file}");
        let said = text(&output.stderr);
        assert!(said.contains(sentence), "{said}");
    }
    assert!(store.log().is_empty());
}
