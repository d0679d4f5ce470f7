//! Every product is exported as a row, wherever the rows go.

use bigcommerce_client::products::{ProductCreate, ProductType};
use bigcommerce_mock::{Body, Fault, Store};
use http::StatusCode;

use super::program::{run, text};
use super::store::{client, empty, variables};

const EXPORT: &str = env!("CARGO_BIN_EXE_export_products");

/// More than a page contains.
const MANY: usize = 260;

async fn filled() -> Store {
    let store = empty().await;
    let products = client(&store).products();
    for number in 1..=MANY {
        let name = match number {
            2 => "Mug, \"large\"".to_owned(),
            _ => format!("Mug {number}"),
        };
        let mug = ProductCreate::new()
            .name(name)
            .kind(ProductType::Physical)
            .weight(1)
            .price(10);
        let mug = products.create(mug.sku(format!("M-{number}")));
        assert!(mug.await.unwrap().is_complete());
    }
    store
}

#[tokio::test]
async fn the_export_has_every_product_of_every_page() {
    let store = filled().await;
    let output = run(EXPORT, &[], &variables(&store)).await;

    assert_eq!(text(&output.stderr), format!("{MANY} products\n"));
    assert!(output.status.success());
    let mut csv = csv::Reader::from_reader(output.stdout.as_slice());
    assert_eq!(
        csv.headers().unwrap(),
        vec!["product_id", "sku", "name", "price"]
    );
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), MANY);
    assert_eq!(&rows[1][1], "M-2");
    assert_eq!(&rows[1][2], "Mug, \"large\"");
    assert_eq!(&rows[MANY - 1][1], format!("M-{MANY}"));
    assert_eq!(rows[0][3].parse::<f64>(), Ok(10.0));
}

#[tokio::test]
async fn the_export_goes_into_the_file_that_is_named() {
    let store = empty().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("products.csv");
    let path = path.to_str().unwrap();
    let variables = variables(&store);
    let output = run(EXPORT, &[path], &variables).await;
    assert_eq!(text(&output.stdout), "");
    assert!(output.status.success());
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        "product_id,sku,name,price\n"
    );

    let nowhere = folder.path().join("none/products.csv");
    let nowhere = nowhere.to_str().unwrap();
    let output = run(EXPORT, &[nowhere], &variables).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.starts_with(&format!("{nowhere}: ")), "{said}");
}

#[tokio::test]
async fn a_refused_export_leaves_no_file_and_spoils_none_that_is_there() {
    let store = filled().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("products.csv");
    std::fs::write(&path, "an older export").unwrap();
    let path = path.to_str().unwrap();
    let nothing = store.token_with([""; 0]);
    let mut refused = variables(&store);
    refused[1].1 = &nothing;
    let output = run(EXPORT, &[path], &refused).await;
    assert_eq!(output.status.code(), Some(1));
    // The second page is cut off after the first was written.
    store
        .faults()
        .add(Fault::error(StatusCode::FORBIDDEN, Body::Json).after(1));
    let output = run(EXPORT, &[path], &variables(&store)).await;
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(path).unwrap(), "an older export");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    std::fs::remove_file(path).unwrap();
    let output = run(EXPORT, &[path], &refused).await;
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
