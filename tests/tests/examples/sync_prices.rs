//! The store has the prices from the file afterwards, and each row's result is printed.

use std::process::Output;

use bigcommerce_client::{
    products::{ProductCreate, ProductInclude, ProductType},
    variants::{Variant, VariantCreate, VariantOptionValueInput},
};
use bigcommerce_mock::Store;
use rust_decimal::Decimal;

use super::program::{run, text, unread};
use super::store::{client, empty, variables};

const SYNC: &str = env!("CARGO_BIN_EXE_sync_prices");

/// A mug, and a shirt with more variants than a product includes.
async fn filled() -> (Store, Vec<Variant>) {
    let store = empty().await;
    let client = client(&store);
    let mug = ProductCreate::new()
        .name("Mug")
        .kind(ProductType::Physical)
        .weight(1)
        .price(Decimal::new(12_50, 2));
    let mug = client.products().create(mug.sku("MUG")).await.unwrap();
    assert!(mug.is_complete());
    let sizes = (1..=12).map(|size| {
        let value = VariantOptionValueInput::new().option_display_name("Size");
        VariantCreate::new(format!("SHIRT-{size}"), [value.label(size.to_string())])
    });
    let shirt = ProductCreate::new()
        .name("Shirt")
        .kind(ProductType::Physical)
        .weight(1)
        .price(20);
    let shirt = client
        .products()
        .create(shirt.variants(sizes))
        .await
        .unwrap();
    let variants = client
        .products()
        .variants(shirt.id)
        .list()
        .stream()
        .into_vec();
    let variants = variants.await.unwrap();
    (store, variants)
}

async fn sync(store: &Store, file: &str, options: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("prices.csv");
    std::fs::write(&path, file).unwrap();
    let mut arguments = vec![path.to_str().unwrap()];
    arguments.extend(options);
    run(SYNC, &arguments, &variables(store)).await
}

/// The price of each variant of the products that have this one.
async fn prices(store: &Store, product: i64) -> Vec<Option<Decimal>> {
    let list = client(store).products().variants(product).list();
    let variants = list.stream().into_vec().await.unwrap();
    let prices = variants.iter().map(|variant| variant.price.as_ref());
    prices
        .map(|price| price.and_then(|price| price.value()))
        .collect()
}

#[tokio::test]
async fn the_prices_of_the_file_are_those_of_the_store_afterwards() {
    let (store, shirts) = filled().await;
    let eleventh = shirts[10].id;
    let file = format!(
        "sku,variant_id,price\nMUG,,12.5\nSHIRT-1,,19.99\n,{eleventh},21\nSHIRT-12,,22.00\n"
    );
    let output = sync(&store, &file, &[]).await;

    assert_eq!(text(&output.stderr), "");
    let shown = format!(
        "MUG: already has the price 12.5\nSHIRT-1: 20 to 19.99, updated\n\
         variant {eleventh}: 20 to 21, updated\nSHIRT-12: 20 to 22.00, updated\n"
    );
    assert_eq!(text(&output.stdout), shown);
    assert!(output.status.success());
    let prices = prices(&store, shirts[0].product_id.unwrap()).await;
    assert_eq!(prices[0], Some(Decimal::new(19_99, 2)));
    assert_eq!(prices[1], None);
    assert_eq!(prices[10], Some(Decimal::from(21)));
    assert_eq!(prices[11], Some(Decimal::from(22)));

    let again = sync(&store, &file, &[]).await;
    assert!(again.status.success());
    assert_eq!(
        text(&again.stdout)
            .matches(": already has the price ")
            .count(),
        4
    );
}

#[tokio::test]
async fn a_dry_run_changes_nothing() {
    let (store, shirts) = filled().await;
    let output = sync(&store, "sku,price\nSHIRT-2,25\n", &["--dry-run"]).await;
    assert_eq!(text(&output.stdout), "SHIRT-2: 20 would become 25\n");
    assert!(output.status.success());
    let prices = prices(&store, shirts[0].product_id.unwrap()).await;
    assert!(prices.iter().all(Option::is_none));
}

#[tokio::test]
async fn what_is_refused_is_sent_alone_and_the_exit_code_says_so() {
    let (store, shirts) = filled().await;
    let file = "sku,price\nSHIRT-1,19\nSHIRT-2,-1\nHAT,3\nSHIRT-3,18\n";
    let output = sync(&store, file, &[]).await;
    let shown = text(&output.stdout);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 4, "{shown}");
    assert_eq!(lines[0], "HAT: not found in the store");
    assert_eq!(lines[1], "SHIRT-1: 20 to 19, updated");
    assert!(lines[2].starts_with("SHIRT-2: 20 to -1, "), "{shown}");
    assert!(!lines[2].ends_with("updated"), "{shown}");
    assert_eq!(lines[3], "SHIRT-3: 20 to 18, updated");
    assert_eq!(output.status.code(), Some(1));
    let prices = prices(&store, shirts[0].product_id.unwrap()).await;
    assert_eq!(prices[1], None);
    assert_eq!(prices[2], Some(Decimal::from(18)));
}

#[tokio::test]
async fn a_file_that_is_wrong_is_told_with_its_place() {
    let (store, shirts) = filled().await;
    let first = shirts[0].id;
    for (file, sentence) in [
        ("sku,price\nMUG,cheap\n", "the price of MUG: "),
        (
            "sku,variant_id,price\n,,3\n",
            "a row has neither a sku nor a variant_id nor a product_id",
        ),
        ("variant_id,price\nMUG,3\n", "record 1 (line: 2, "),
        (
            "id,price\n1,3\n",
            "the column id may be that of a variant or a product",
        ),
        ("sku\nMUG\n", "missing field `price`"),
        (
            &format!("sku,variant_id,price\nSHIRT-1,,3\n,{first},4\n"),
            ": the file sets this price twice",
        ),
    ] {
        let output = sync(&store, file, &[]).await;
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(said.contains(sentence), "{said}");
    }
    for arguments in [vec![], vec!["--dryrun"]] {
        let nothing = run(SYNC, &arguments, &[]).await;
        let sentence = "name one CSV file, and --dry-run to change nothing\n";
        assert_eq!(text(&nothing.stderr), sentence);
    }
}

#[tokio::test]
async fn an_export_that_is_synced_again_changes_the_products_that_were_exported_and_no_others() {
    let (store, shirts) = filled().await;
    let mug = client(&store).products().list().name("Mug").await.unwrap();
    let mug = mug.iter().next().unwrap().id;
    // The id of a product that is also the id of a variant.
    let hat = ProductCreate::new()
        .name("Hat")
        .kind(ProductType::Physical)
        .weight(1)
        .price(7);
    let hat = client(&store).products().create(hat).await.unwrap().id;
    let export = env!("CARGO_BIN_EXE_export_products");
    let (code, message) = unread(export, &[], &variables(&store)).await;
    assert_eq!((code, &*message), (Some(141), ""));
    let exported = run(export, &[], &variables(&store)).await;
    let exported = text(&exported.stdout).to_owned();
    let shirt = shirts[0].product_id.unwrap();

    let again = sync(&store, &exported, &[]).await;
    assert!(again.status.success(), "{again:?}");
    let told = format!(
        "product {shirt} (12 variants): already has the price 20\n\
         MUG: already has the price 12.5\nproduct {hat}: already has the price 7\n"
    );
    let mut lines: Vec<&str> = told.lines().collect();
    lines.sort_unstable();
    let shown = text(&again.stdout);
    let mut found: Vec<&str> = shown.lines().collect();
    found.sort_unstable();
    assert_eq!(found, lines, "{exported}");

    let cheaper = exported
        .replace(",12.5\n", ",11.5\n")
        .replace(",20\n", ",18\n");
    let synced = sync(&store, &cheaper, &[]).await;
    assert!(synced.status.success(), "{synced:?}");
    let shown = text(&synced.stdout);
    assert!(shown.contains("MUG: 12.5 to 11.5, updated"), "{shown}");
    let of_shirt = format!("product {shirt} (12 variants): 20 to 18, updated\n");
    assert!(shown.contains(&of_shirt), "{shown}");
    let price = client(&store).products().get(shirt).await.unwrap().price;
    assert!(price.is_some_and(|price| price == 18));
    let price = client(&store).products().get(mug).await.unwrap().price;
    assert!(price.is_some_and(|price| price == Decimal::new(115, 1)));
    assert_eq!(prices(&store, mug).await, [None]);
    assert_eq!(prices(&store, hat).await, [None]);
    assert!(prices(&store, shirt).await.iter().all(Option::is_none));

    // What is exported now is what was synced.
    let exported = run(export, &[], &variables(&store)).await;
    let again = sync(&store, &text(&exported.stdout), &[]).await;
    assert_eq!(text(&again.stdout).matches(": already has ").count(), 3);
}

#[tokio::test]
async fn a_row_whose_names_disagree_is_refused_before_anything_is_written() {
    let (store, shirts) = filled().await;
    let shirt = shirts[0].product_id.unwrap();
    let other = shirts[1].id;
    for row in [
        format!("SHIRT-1,{other},,3"),
        format!("MUG,,{shirt},3"),
        format!(",{other},999999,3"),
    ] {
        let file = format!("sku,variant_id,product_id,price\nSHIRT-3,,{shirt},9\n{row}\n");
        let output = sync(&store, &file, &["--dry-run"]).await;
        assert_eq!(output.status.code(), Some(1), "{row}");
        let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
        let refused = said.contains("the identifiers of a row do not belong together: ");
        let unknown = said.contains("not found in the store");
        assert_eq!(
            (refused, unknown),
            (!row.contains("999999"), row.contains("999999")),
            "{said}"
        );
    }
    let file = format!("sku,variant_id,price\nSHIRT-3,,9\nSHIRT-1,{other},3\n");
    let output = sync(&store, &file, &[]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(prices(&store, shirt).await.iter().all(Option::is_none));
}

#[tokio::test]
async fn a_variant_keeps_the_price_of_the_file_when_that_of_its_product_changes() {
    let (store, shirts) = filled().await;
    let shirt = shirts[0].product_id.unwrap();
    let file = format!("sku,product_id,price\n,{shirt},25\nSHIRT-1,,20\n");
    let dry = sync(&store, &file, &["--dry-run"]).await;
    let shown =
        format!("product {shirt} (12 variants): 20 would become 25\nSHIRT-1: 20 would become 20\n");
    assert_eq!(text(&dry.stdout), shown);

    let output = sync(&store, &file, &[]).await;
    assert!(output.status.success(), "{output:?}");
    let prices = prices(&store, shirt).await;
    assert_eq!(prices[0], Some(Decimal::from(20)));
    assert!(prices[1..].iter().all(Option::is_none));
    let log = store.log();
    let at = |id: &str| log.iter().position(|logged| logged.endpoint == Some(id));
    let order = [at("variants.update_batch"), at("products.update_batch")];
    assert!(order[0].is_some() && order.is_sorted(), "{order:?}");
    let price = client(&store).products().get(shirt).await.unwrap().price;
    assert!(price.is_some_and(|price| price == 25));
}

#[tokio::test]
async fn the_only_variant_of_a_product_keeps_a_price_of_its_own() {
    let (store, _) = filled().await;
    let list = client(&store).products().list().name("Mug");
    let mug = list.include([ProductInclude::Variants]).await.unwrap()[0].clone();
    let variant = mug.variants[0].id;
    let output = sync(&store, &format!("variant_id,price\n{variant},11\n"), &[]).await;
    let shown = format!("variant {variant}: 12.5 to 11, updated\n");
    assert_eq!(text(&output.stdout), shown);
    assert_eq!(prices(&store, mug.id).await, [Some(Decimal::from(11))]);

    // An export has the price of the product.
    let export = env!("CARGO_BIN_EXE_export_products");
    let exported = run(export, &[], &variables(&store)).await;
    let again = sync(&store, &text(&exported.stdout), &[]).await;
    assert_eq!(text(&again.stdout).matches(": already has ").count(), 2);
    assert_eq!(prices(&store, mug.id).await, [Some(Decimal::from(11))]);

    let output = sync(&store, "sku,price\nMUG,10\n", &[]).await;
    assert_eq!(text(&output.stdout), "MUG: 11 to 10, updated\n");
    assert_eq!(prices(&store, mug.id).await, [Some(Decimal::from(10))]);
}
