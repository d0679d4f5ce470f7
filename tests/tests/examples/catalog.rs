//! Brands are listed; one is created, renamed and deleted, and errors are reported.

use std::process::Output;

use bigcommerce_client::{
    Client, Direction,
    brands::{BrandCreate, BrandSort},
};
use bigcommerce_mock::Store;
use bigcommerce_tests::server::{STORE_HASH, TOKEN, nobody};

use super::program::{run, text};
use super::store::{client, empty, variables};

const CATALOG: &str = env!("CARGO_BIN_EXE_catalog");

/// More than a page contains.
const MANY: usize = 102;

async fn filled(names: impl IntoIterator<Item: Into<String>>) -> Store {
    let store = empty().await;
    let brands = client(&store).brands();
    for name in names {
        let made = brands.create(BrandCreate::new(name)).await;
        assert!(made.unwrap().is_complete());
    }
    store
}

async fn names(store: &Client) -> Vec<String> {
    let list = store.brands().list().sort(BrandSort::Name, Direction::Asc);
    let brands = list.stream().into_vec().await.unwrap();
    brands.into_iter().filter_map(|brand| brand.name).collect()
}

#[tokio::test]
async fn the_example_lists_creates_updates_and_deletes() {
    let before: Vec<String> = (1..=MANY).map(|n| format!("Bücher {n:03}")).collect();
    let store = filled(before.clone()).await;
    let output = run(CATALOG, &[], &variables(&store)).await;

    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    let shown = text(&output.stdout);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], format!("Brands of {}:", store.hash()));
    assert_eq!(lines.len(), 1 + MANY + 3);
    for (line, name) in lines[1..].iter().zip(&before) {
        assert!(line.starts_with(&format!("  {name} (id ")), "{line}");
    }
    let id = lines[1 + MANY].strip_prefix("Added Example Brand (id ");
    let id = id.and_then(|rest| rest.strip_suffix(')')).unwrap();
    let renamed = format!("Renamed it to Example Brand 2 (id {id})");
    assert_eq!(lines[1 + MANY + 1..], [&renamed, "Removed it"]);

    let log = store.log();
    let asked: Vec<String> = log[MANY..]
        .iter()
        .map(|logged| format!("{} {}", logged.method, logged.path))
        .collect();
    let path = "/v3/catalog/brands";
    assert_eq!(
        asked,
        [
            format!("GET {path}?sort=name&direction=asc&limit=100"),
            format!("GET {path}?sort=name&direction=asc&limit=100&page=2"),
            format!("POST {path}"),
            format!("PUT {path}/{id}"),
            format!("DELETE {path}/{id}"),
        ]
    );
    assert_eq!(names(&client(&store)).await, before);
}

#[tokio::test]
async fn the_example_removes_its_brand_when_the_new_name_is_taken() {
    let store = filled(["Example Brand 2"]).await;
    let output = run(CATALOG, &[], &variables(&store)).await;

    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.starts_with("brands.update was refused with 409 Conflict"),
        "{said}"
    );
    assert!(said.contains("\n  name: "), "{said}");
    assert!(said.ends_with("An earlier run may have left its brand behind.\n"));
    assert!(text(&output.stdout).ends_with("Removed it\n"));
    assert_eq!(names(&client(&store)).await, ["Example Brand 2"]);
}

#[tokio::test]
async fn the_example_says_what_is_wrong_and_never_shows_the_token() {
    let store = empty().await;
    let url = nobody();
    let with = |token, url| {
        [
            ("STORE_HASH", store.hash()),
            ("ACCESS_TOKEN", token),
            ("BASE_URL", url),
        ]
    };
    let mut shown: Vec<Output> = Vec::new();
    for (variables, sentence) in [
        (
            with("wr0ng-t0ken", store.url()),
            "brands.list was refused with 401 Unauthorized (Unauthorized); check that the token is \
             valid and belongs to this store\n",
        ),
        (
            with("t0ken", &url),
            "brands.list was not sent: no connection was made",
        ),
        (
            with(store.read_only_token(), store.url()),
            "brands.create was refused with 403 Forbidden",
        ),
    ] {
        let output = run(CATALOG, &[], &variables).await;
        assert_eq!(output.status.code(), Some(1));
        let said = text(&output.stderr);
        assert!(said.starts_with(sentence), "{said}");
        assert!(
            !format!("{output:?}").contains(variables[1].1),
            "{output:?}"
        );
        shown.push(output);
    }
    let said = text(&shown[2].stderr);
    assert!(said.contains("Products: modify"), "{said}");
}

#[tokio::test]
async fn the_example_names_the_variable_that_is_missing() {
    let missing = run(CATALOG, &[], &[("STORE_HASH", STORE_HASH)]).await;
    assert_eq!(
        text(&missing.stderr),
        "set the environment variable ACCESS_TOKEN\n"
    );
    assert_eq!(missing.status.code(), Some(1));
    let plain = [
        ("STORE_HASH", STORE_HASH),
        ("ACCESS_TOKEN", TOKEN),
        ("BASE_URL", "http://example.com"),
    ];
    let plain = run(CATALOG, &[], &plain).await;
    let sentence = "the client could not be built: the base URL must begin with https: secrets \
        are not sent without TLS\n";
    assert_eq!(text(&plain.stderr), sentence);
}
