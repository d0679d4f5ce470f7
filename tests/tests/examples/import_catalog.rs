//! A catalog file becomes products with options, variants and images, once, even if a run is
//! interrupted.

use bigcommerce_client::{
    Client,
    products::{Product, ProductInclude},
};
use bigcommerce_mock::{Body, Fault};
use bigcommerce_tests::root;
use http::StatusCode;
use rust_decimal::Decimal;

use super::program::{run, text};
use super::store::{client, empty, variables};

const IMPORT: &str = env!("CARGO_BIN_EXE_import_catalog");

/// The sample file of the example.
fn sample() -> String {
    let path = root().join("generated-client/examples/data/catalog.csv");
    path.to_str().unwrap().to_owned()
}

async fn products(client: &Client) -> Vec<Product> {
    let list = client.products().list();
    let include = [
        ProductInclude::Images,
        ProductInclude::Options,
        ProductInclude::Variants,
    ];
    list.include(include).stream().into_vec().await.unwrap()
}

#[tokio::test]
async fn the_sample_becomes_products_with_options_variants_and_images_and_is_not_made_twice() {
    let store = empty().await;
    let client = client(&store);
    let dry = run(IMPORT, &[&sample(), "--dry-run"], &variables(&store)).await;
    assert!(dry.status.success(), "{dry:?}");
    let shown = "MUG: would be created, with 0 variants and 1 images\n\
                 SHIRT: would be created, with 3 variants and 1 images\n";
    assert_eq!(text(&dry.stdout), shown);
    assert!(products(&client).await.is_empty());

    for _ in 0..2 {
        let output = run(IMPORT, &[&sample()], &variables(&store)).await;
        assert!(output.status.success(), "{output:?}");
        let made = products(&client).await;
        let [mug, shirt] = &made[..] else {
            panic!("{made:?}")
        };
        assert_eq!(mug.name.as_deref(), Some("Enamel mug"));
        assert_eq!(
            mug.price.as_ref().and_then(|it| it.value()),
            Some(Decimal::new(12_50, 2))
        );
        assert_eq!((mug.images.len(), shirt.images.len()), (1, 1));
        let options = shirt
            .options
            .iter()
            .filter_map(|it| it.display_name.as_deref());
        assert_eq!(options.collect::<Vec<_>>(), ["Color", "Size"]);
        let skus = shirt.variants.iter().filter_map(|it| it.sku.as_deref());
        assert_eq!(
            skus.collect::<Vec<_>>(),
            ["SHIRT-S-BLUE", "SHIRT-L-BLUE", "SHIRT-L-RED"]
        );
        let red = shirt.variants[2].price.as_ref().and_then(|it| it.value());
        assert_eq!(red, Some(Decimal::new(54_90, 2)));
    }
}

#[tokio::test]
async fn an_interrupted_run_is_continued() {
    let store = empty().await;
    let client = client(&store);
    let refused = Fault::error(StatusCode::UNPROCESSABLE_ENTITY, Body::Json);
    store
        .faults()
        .add(refused.on("product_images.upload").times(1));
    let output = run(IMPORT, &[&sample()], &variables(&store)).await;
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stdout);
    assert!(
        shown.contains("MUG: product_images.upload was refused with 422"),
        "{shown}"
    );
    assert!(text(&output.stderr).contains("run it again"));
    let made = products(&client).await;
    assert_eq!((made[0].images.len(), made[1].images.len()), (0, 1));

    let again = run(IMPORT, &[&sample()], &variables(&store)).await;
    assert!(again.status.success(), "{again:?}");
    let made = products(&client).await;
    assert_eq!(made.len(), 2);
    assert_eq!((made[0].images.len(), made[1].images.len()), (1, 1));
}

#[tokio::test]
async fn a_json_file_works_as_well() {
    let store = empty().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalog.json");
    let file = r#"[{"sku": "CAP", "name": "Cap", "price": "9.90", "weight": "0.1",
        "variants": [{"sku": "CAP-S", "options": {"Size": "S"}}]}]"#;
    std::fs::write(&path, file).unwrap();
    let output = run(IMPORT, &[path.to_str().unwrap()], &variables(&store)).await;
    assert!(output.status.success(), "{output:?}");
    let made = products(&client(&store)).await;
    assert_eq!(made[0].variants[0].sku.as_deref(), Some("CAP-S"));
}

#[tokio::test]
async fn all_that_is_wrong_with_a_file_is_told_at_once_and_nothing_is_sent() {
    let store = empty().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalog.csv");
    let file = "sku,name,price,weight,images,variant_sku,option:Size\n\
                MUG,,cheap,1,none.png,,\nCAP,Cap,3,1,,,Large\nCAP,,,,,CAP-S,\n";
    std::fs::write(&path, file).unwrap();
    let output = run(IMPORT, &[path.to_str().unwrap()], &variables(&store)).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    for sentence in [
        "MUG: has no name",
        "MUG: the price \"cheap\" is not a number of at least 0",
        "MUG: there is no file ",
        "CAP, variant : needs a sku of its own",
        "CAP, variant CAP-S: has no option",
    ] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
    assert!(store.log().is_empty());
}
