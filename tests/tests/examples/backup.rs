//! Everything that a token may read is saved in files, and an interrupted run is continued.

use std::{fs, path::Path, process::Output};

use bigcommerce_client::{RawJson, catalogue::Method, settings_storefront::SeoSettingsUpdate};
use bigcommerce_mock::{Body, Fault, Plan, Store};
use bigcommerce_tests::{
    server::{Answer, Server},
    text as repository_text,
};
use http::StatusCode;
use serde_json::Value;

use super::program::{run, text};
use super::store::{client, variables};

const BACKUP: &str = env!("CARGO_BIN_EXE_backup");

async fn filled() -> Store {
    let store = Store::builder().products(30).plan(Plan::Enterprise);
    store.start().await.unwrap()
}

async fn backup(store: &Store, folder: &Path, more: &[&str]) -> Output {
    let mut arguments = vec![folder.to_str().unwrap()];
    arguments.extend(more);
    run(BACKUP, &arguments, &variables(store)).await
}

fn records(folder: &Path, name: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder.join(format!("{name}.jsonl"))).unwrap();
    let records = text.lines().map(|line| serde_json::from_str(line).unwrap());
    records.collect()
}

#[tokio::test]
async fn everything_that_a_token_can_read_is_in_files_of_json_lines() {
    let store = filled().await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("new");
    let output = backup(&store, &folder, &[]).await;
    assert!(output.status.success(), "{}", text(&output.stderr));
    let products = records(&folder, "products.list");
    assert_eq!(products.len(), 30);
    assert!(products.iter().all(|product| product["sku"].is_string()));
    let orders = records(&folder, "orders.list");
    assert!(!orders.is_empty());
    let entries = fs::read_dir(&folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: Vec<String> = names.collect();
    assert!(
        names.iter().all(|name| name.ends_with(".jsonl")),
        "{names:?}"
    );
    assert!(names.len() > 40, "{names:?}");
    let lines = records(&folder, "order_products.list");
    assert!(lines.len() >= orders.len());

    let before = store.log().len();
    let again = backup(&store, &folder, &[]).await;
    assert!(again.status.success());
    // What was skipped is requested again: the token may have received its scope.
    let left_out = text(&again.stderr).matches(": left out, ").count();
    assert_eq!(store.log().len(), before + left_out);
}

#[tokio::test]
async fn a_folder_with_the_backup_of_another_store_is_refused() {
    let (one, other) = (filled().await, filled().await);
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["brands", "--no-nested"];
    assert!(
        backup(&one, folder.path(), &arguments)
            .await
            .status
            .success()
    );
    let output = backup(&other, folder.path(), &arguments).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    let refused = format!(
        " has the backup of another store, {{\"store_hash\":\"{}\"}}\n",
        one.hash()
    );
    assert!(said.ends_with(&refused), "{said}");
    assert!(other.log().is_empty());
    let store = records(folder.path(), "store");
    assert_eq!(store[0]["store_hash"], one.hash());
    assert!(
        backup(&one, folder.path(), &arguments)
            .await
            .status
            .success()
    );
}

#[tokio::test]
async fn what_belongs_to_single_records_is_read_unless_it_is_excluded() {
    let store = filled().await;
    let folder = tempfile::tempdir().unwrap();
    let output = backup(&store, folder.path(), &["orders", "order_products"]).await;
    assert!(output.status.success(), "{}", text(&output.stderr));
    let orders = records(folder.path(), "orders.list");
    let lines = records(folder.path(), "order_products.list");
    assert!(lines.len() >= orders.len());
    assert!(
        lines
            .iter()
            .all(|line| line["record"]["order_id"] == line["of"])
    );
    assert!(!folder.path().join("products.list.jsonl").exists());

    let folder = tempfile::tempdir().unwrap();
    let output = backup(&store, folder.path(), &["orders", "--no-nested"]).await;
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(records(folder.path(), "orders.list").len(), orders.len());
    assert!(!folder.path().join("order_products.list.jsonl").exists());
}

#[tokio::test]
async fn what_is_listed_across_all_records_is_not_read_of_each_one() {
    let store = filled().await;
    let folder = tempfile::tempdir().unwrap();
    let output = backup(&store, folder.path(), &["countries"]).await;
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(!records(folder.path(), "countries.list_states_across").is_empty());
    assert!(!folder.path().join("countries.list_states.jsonl").exists());
}

#[tokio::test]
async fn what_belongs_to_a_list_without_pages_is_read_too() {
    let store = filled().await;
    let client = client(&store);
    let post = async |path: &str, body: &str| {
        let body = RawJson::new(body).unwrap();
        let made = client.raw(Method::Post, path).json(&body).await.unwrap();
        serde_json::from_slice::<Value>(made.body()).unwrap()
    };
    let zone = r#"{"name":"South","type":"country","locations":[{"country_iso2":"AU"}]}"#;
    let zone = post("/v2/shipping/zones", zone).await["id"].clone();
    let method = r#"{"name":"Bicycle","type":"perorder","settings":{"rate":6}}"#;
    post(&format!("/v2/shipping/zones/{zone}/methods"), method).await;

    let folder = tempfile::tempdir().unwrap();
    let output = backup(&store, folder.path(), &["shipping_zones"]).await;
    assert!(output.status.success(), "{}", text(&output.stderr));
    let methods = records(folder.path(), "shipping_methods.list");
    let bicycle = methods
        .iter()
        .find(|method| method["record"]["name"] == "Bicycle");
    assert_eq!(bicycle.unwrap()["of"], zone);
}

#[tokio::test]
async fn the_positions_of_products_in_categories_are_read_too() {
    let store = filled().await;
    let folder = tempfile::tempdir().unwrap();
    let output = backup(&store, folder.path(), &["categories"]).await;
    assert!(output.status.success(), "{}", text(&output.stderr));
    let categories = records(folder.path(), "categories.list");
    let positions = records(folder.path(), "categories.product_sort_orders");
    assert!(!positions.is_empty());
    for position in positions {
        assert!(position["record"]["product_id"].is_i64(), "{position}");
        let mut ids = categories.iter().map(|one| &one["category_id"]);
        assert!(ids.any(|id| *id == position["of"]), "{position}");
    }
}

#[tokio::test]
async fn what_a_channel_overrides_has_files_of_its_own() {
    let store = filled().await;
    let storefront = client(&store).settings().storefront();
    let seo = SeoSettingsUpdate::new().page_title("Lamps");
    storefront.update_seo(seo).channel_id(1).await.unwrap();

    let folder = tempfile::tempdir().unwrap();
    backup(&store, folder.path(), &["channels"]).await;
    let seo = records(folder.path(), "settings_storefront.get_seo.of_channels");
    let of_channel = seo.iter().find(|seo| seo["of"] == 1).unwrap();
    assert_eq!(of_channel["record"]["page_title"], "Lamps");
    let carts = records(folder.path(), "cart_settings.get_channel");
    assert!(carts.iter().any(|settings| settings["of"] == 1));
    // Those of the store are another list, and another group.
    let of_store = folder.path().join("settings_storefront.get_seo.jsonl");
    assert!(!of_store.exists());
}

#[tokio::test]
async fn a_list_whose_pages_have_no_numbers_is_read_to_its_end() {
    let server = Server::start(|asked| {
        let query = asked.query.as_deref().unwrap_or_default();
        match asked.path.rsplit('/').next() {
            Some("channels") if query.contains("page=2") => {
                Answer::json(200, r#"{"data":[],"meta":{}}"#)
            }
            Some("channels") => Answer::json(200, r#"{"data":[{"id":7}],"meta":{}}"#),
            Some("listings") if query.contains("after=1") => {
                let last = r#"{"data":[{"listing_id":2}],"meta":{"pagination":{"links":{}}}}"#;
                Answer::json(200, last)
            }
            Some("listings") => {
                let next = r#"{"pagination":{"links":{"next":"?limit=1000&after=1"}}}"#;
                Answer::json(
                    200,
                    format!(r#"{{"data":[{{"listing_id":1}}],"meta":{next}}}"#),
                )
            }
            _ => Answer::empty(404),
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let url = server.url();
    let variables = [
        ("STORE_HASH", "abc123"),
        ("ACCESS_TOKEN", "token"),
        ("BASE_URL", url.as_str()),
    ];
    let arguments = [folder.path().to_str().unwrap(), "channels"];
    let output = run(BACKUP, &arguments, &variables).await;
    let said = text(&output.stderr);
    assert!(
        said.contains("channel_listings.list: 2 records\n"),
        "{said}"
    );
    let listings = records(folder.path(), "channel_listings.list");
    let ids: Vec<_> = listings
        .iter()
        .map(|listing| &listing["record"]["listing_id"])
        .collect();
    assert_eq!(ids, [1, 2]);
}

#[tokio::test]
async fn what_the_token_may_not_read_is_left_out_and_told() {
    let store = filled().await;
    let folder = tempfile::tempdir().unwrap();
    let token = store.token_with(["store_v2_products_read_only"]);
    let mut variables = variables(&store);
    variables[1].1 = &token;
    let arguments = [
        folder.path().to_str().unwrap(),
        "products",
        "orders",
        "--no-nested",
    ];
    let output = run(BACKUP, &arguments, &variables).await;
    let said = text(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("  store_v2_products_read_only "), "{said}");
    assert!(
        said.contains("orders.list: skipped, because it needs the scope Orders: read-only\n"),
        "{said}"
    );
    assert_eq!(records(folder.path(), "products.list").len(), 30);
    assert!(!folder.path().join("orders.list.jsonl").exists());
}

#[tokio::test]
async fn an_interrupted_list_continues_after_its_last_page() {
    let store = Store::builder().products(600).plan(Plan::Enterprise);
    let store = store.start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let broken = Fault::error(StatusCode::UNAUTHORIZED, Body::Json);
    store
        .faults()
        .add(broken.on("products.list").after(1).times(1));
    let output = backup(&store, folder.path(), &["products", "--no-nested"]).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("products.list: interrupted after 250 records; run it again"),
        "{said}"
    );
    assert!(!folder.path().join("products.list.jsonl").exists());

    let before = store.log().len();
    let again = backup(&store, folder.path(), &["products", "--no-nested"]).await;
    assert!(again.status.success(), "{again:?}");
    let log = store.log();
    assert!(log[before].path.contains("page=2"), "{}", log[before].path);
    let records = records(folder.path(), "products.list");
    let mut ids: Vec<i64> = records.iter().filter_map(|it| it["id"].as_i64()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((records.len(), ids.len()), (600, 600));
}

#[tokio::test]
async fn the_least_scopes_are_told_without_a_store() {
    let output = run(
        BACKUP,
        &["folder", "products", "--no-nested", "--scopes"],
        &[],
    )
    .await;
    let told = "The minimum scopes for all of it:\n  store_v2_products_read_only              \
                Products: read-only\n";
    assert_eq!(text(&output.stderr), told);
    assert!(output.status.success());
    let output = run(BACKUP, &["folder", "prodcuts"], &[]).await;
    let said = text(&output.stderr);
    assert!(
        said.starts_with("there is no group prodcuts; there are products, "),
        "{said}"
    );
}

#[test]
fn the_calls_that_want_a_parameter_are_those_that_the_catalogue_says_want_one() {
    let api: Value =
        serde_json::from_str(&repository_text("generated-client/docs/api.json")).unwrap();
    let endpoints = api["endpoints"].as_array().unwrap().iter();
    let wanting = endpoints.filter(|endpoint| {
        let parameters = endpoint["parameters"].as_array().into_iter().flatten();
        let mut required = parameters.filter(|parameter| parameter["required"] == true);
        let path = endpoint["path"].as_str().unwrap();
        let reads = endpoint["method"] == "GET" && !path.contains('{');
        reads && endpoint["needs_filter"] != true && required.next().is_some()
    });
    let mut wanting: Vec<&str> = wanting.filter_map(|it| it["id"].as_str()).collect();
    wanting.sort_unstable();
    let source = repository_text("generated-client/examples/support/lists.rs");
    let (_, known) = source.split_once("const WANT_MORE").unwrap();
    let (known, _) = known.split_once("];").unwrap();
    let known: Vec<&str> = known.split('"').skip(1).step_by(2).collect();
    assert_eq!(known, wanting);
}
