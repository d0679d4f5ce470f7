//! Brands are listed, one is added, renamed and removed, and what goes wrong is told.

use std::process::Output;

use bigcommerce_tests::server::{STORE_HASH, Server, TOKEN, nobody};

use super::brands::Brands;
use super::program::{run, text};

const CATALOG: &str = env!("CARGO_BIN_EXE_catalog");

async fn run_against(url: &str, token: &str) -> Output {
    let variables = [
        ("STORE_HASH", STORE_HASH),
        ("ACCESS_TOKEN", token),
        ("BASE_URL", url),
    ];
    run(CATALOG, &[], &variables).await
}

#[tokio::test]
async fn the_example_lists_creates_updates_and_deletes() {
    let brands = Brands::new(&["Acme", "Bücher", "Zephyr"]);
    let answers = brands.clone();
    let server = Server::start(move |asked| answers.answer(asked)).await;
    let output = run_against(&server.url(), TOKEN).await;

    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    let shown = "Brands of abc123:\n  Acme (id 1)\n  Bücher (id 2)\n  Zephyr (id 3)\n\
                 Added Example Brand (id 4)\nRenamed it to Example Brand 2 (id 4)\nRemoved it\n";
    assert_eq!(text(&output.stdout), shown);
    let lines: Vec<String> = server.asked().iter().map(|asked| asked.line()).collect();
    let path = "/stores/abc123/v3/catalog/brands";
    assert_eq!(
        lines,
        [
            format!("GET {path}?sort=name&direction=asc&limit=100"),
            format!("GET {path}?sort=name&direction=asc&limit=100&page=2"),
            format!("POST {path}"),
            format!("PUT {path}/4"),
            format!("DELETE {path}/4"),
        ]
    );
    assert_eq!(brands.names(), ["Acme", "Bücher", "Zephyr"]);
}

#[tokio::test]
async fn the_example_removes_its_brand_when_the_new_name_is_taken() {
    let brands = Brands::new(&["Example Brand 2"]);
    let answers = brands.clone();
    let server = Server::start(move |asked| answers.answer(asked)).await;
    let output = run_against(&server.url(), TOKEN).await;

    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.starts_with("brands.update was refused with 409 Conflict"),
        "{said}"
    );
    assert!(said.contains("\n  name: is taken\n"), "{said}");
    assert!(text(&output.stdout).ends_with("Removed it\n"));
    assert_eq!(brands.names(), ["Example Brand 2"]);
}

#[tokio::test]
async fn the_example_says_what_is_wrong_and_never_shows_the_token() {
    let brands = Brands::new(&[]);
    let server = Server::start(move |asked| brands.answer(asked)).await;
    let wrong = run_against(&server.url(), "wr0ng-t0ken").await;
    assert_eq!(wrong.status.code(), Some(1));
    let said = text(&wrong.stderr);
    let sentence = "brands.list was refused with 401 Unauthorized (Unauthorized); check that the \
                    token is valid and belongs to this store\n";
    assert_eq!(said, sentence);

    let alone = run_against(&nobody(), TOKEN).await;
    let said = text(&alone.stderr);
    assert_eq!(alone.status.code(), Some(1));
    assert!(
        said.starts_with("brands.list was not sent: no connection was made"),
        "{said}"
    );

    for output in [wrong, alone] {
        assert!(!format!("{output:?}").contains("t0ken"), "{output:?}");
    }
}

#[tokio::test]
async fn the_example_names_the_variable_that_is_missing() {
    let missing = run(CATALOG, &[], &[("STORE_HASH", STORE_HASH)]).await;
    assert_eq!(text(&missing.stderr), "set the variable ACCESS_TOKEN\n");
    assert_eq!(missing.status.code(), Some(1));
    let plain = [
        ("STORE_HASH", STORE_HASH),
        ("ACCESS_TOKEN", TOKEN),
        ("BASE_URL", "http://example.com"),
    ];
    let plain = run(CATALOG, &[], &plain).await;
    let sentence = "the client could not be made: the base URL must begin with https: what is secret is not sent without TLS\n";
    assert_eq!(text(&plain.stderr), sentence);
}
