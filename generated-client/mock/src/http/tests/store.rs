//! Several stores, how they stop, and the control page.

use std::time::Duration;

use tokio::net::TcpStream;

use super::{BRANDS, Line, call, status};
use crate::Store;

#[tokio::test]
async fn stores_stand_side_by_side_and_end_when_they_are_dropped() {
    let (one, other) = (
        Store::start().await.unwrap(),
        Store::builder().seed(2).start().await.unwrap(),
    );
    assert_ne!(
        (one.url(), one.hash(), one.token()),
        (other.url(), other.hash(), other.token())
    );
    let address = one.url().trim_start_matches("http://").to_owned();
    let mut line = Line::to(&one).await;
    drop(one);
    let gone = async {
        while TcpStream::connect(&address).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(2), gone)
        .await
        .unwrap();
    assert!(line.ask("GET", "/", "", "").await.is_err());
    assert_eq!(status(&other, other.token(), "GET", BRANDS, "").await, 200);
}

#[tokio::test]
async fn a_stop_lets_the_answer_under_way_arrive() {
    let store = Store::builder()
        .latency(Duration::from_millis(100))
        .start()
        .await
        .unwrap();
    let (path, token) = (
        format!("/stores/{}{BRANDS}", store.hash()),
        store.token().to_owned(),
    );
    let mut line = Line::to(&store).await;
    let asking = tokio::spawn(async move {
        line.ask("GET", &path, &format!("x-auth-token: {token}\r\n"), "")
            .await
            .map(|got| got.status)
    });
    tokio::time::sleep(Duration::from_millis(40)).await;
    store.stop().await;
    assert_eq!(asking.await.unwrap().unwrap(), 200);
}

#[tokio::test]
async fn the_same_seed_makes_the_same_store_and_another_one_another() {
    let keys = |store: &Store| (store.hash().to_owned(), store.token().to_owned());
    let one = Store::builder().seed(5).start().await.unwrap();
    let same = Store::builder().seed(5).start().await.unwrap();
    let other = Store::builder().seed(6).start().await.unwrap();
    assert_eq!(keys(&one), keys(&same));
    assert_ne!(keys(&one), keys(&other));
}

#[tokio::test]
async fn without_a_seed_the_hash_and_the_tokens_are_random_and_the_records_are_not() {
    let (one, other) = (Store::start().await.unwrap(), Store::start().await.unwrap());
    assert_ne!(one.hash(), other.hash());
    let names = async |store: &Store| {
        let path = format!("{BRANDS}?include_fields=name");
        call(store, store.token(), "GET", &path, "").await
    };
    assert_eq!(
        names(&one).await.unwrap().body,
        names(&other).await.unwrap().body
    );
    let secrets = |store: &Store| {
        let own = [store.token(), store.read_only_token()].map(str::to_owned);
        let account = [store.client_id(), store.client_secret()].map(str::to_owned);
        [own, account].concat()
    };
    for secret in secrets(&one) {
        assert!(!secrets(&other).contains(&secret));
    }
}

#[tokio::test]
async fn a_port_that_is_taken_is_named_with_what_to_do() {
    let store = Store::start().await.unwrap();
    let port: u16 = store.url().rsplit_once(':').unwrap().1.parse().unwrap();
    let said = Store::builder()
        .port(port)
        .start()
        .await
        .unwrap_err()
        .to_string();
    assert!(
        said.starts_with(&format!("port {port} is in use; stop the program")),
        "{said}"
    );
}

#[tokio::test]
async fn the_control_page_shows_the_store_and_takes_faults_but_not_from_other_sites() {
    let store = Store::start().await.unwrap();
    status(&store, store.token(), "GET", BRANDS, "").await;
    let page = Line::to(&store)
        .await
        .ask("GET", "/", "", "")
        .await
        .unwrap();
    assert_eq!(page.status, 200);
    for part in [
        store.hash(),
        "brands.list",
        "Allowed: brands.list",
        "Remove all faults",
    ] {
        assert!(page.body.contains(part), "{part}");
    }
    let json = "content-type: application/json\r\n";
    let fault = r#"{"do": "error", "times": 1}"#;
    let foreign = format!("{json}origin: http://example.com\r\n");
    let ask = async |headers: &str, body: &str| {
        Line::to(&store)
            .await
            .ask("POST", "/control/faults", headers, body)
            .await
            .unwrap()
    };
    assert_eq!(ask(&foreign, fault).await.status, 403);
    assert!(store.faults().list().is_empty());
    assert_eq!(ask(json, fault).await.status, 201);
    let wrong = ask(json, r#"{"do": "boom"}"#).await;
    assert_eq!(wrong.status, 400);
    assert!(
        wrong.body.contains("unknown variant `boom`"),
        "{}",
        wrong.body
    );
    let form = "content-type: application/x-www-form-urlencoded\r\n";
    let pressed = ask(
        form,
        "endpoint=brands.get&fault=%7B%22do%22%3A%22reset%22%7D",
    )
    .await;
    assert_eq!(
        (pressed.status, pressed.header("location")),
        (303, Some("/#faults"))
    );
    assert_eq!(store.faults().list().len(), 2);
}

#[tokio::test]
async fn files_go_and_come_by_the_addresses_that_calls_return() {
    let store = Store::start().await.unwrap();
    let mut line = Line::to(&store).await;
    let put = line.ask("PUT", "/uploads/1?signature=2", "", "PK").await;
    assert_eq!(put.unwrap().status, 200);
    let got = line.ask("GET", "/files/1.zip", "", "").await.unwrap();
    assert_eq!(got.header("content-type"), Some("application/zip"));
    assert!(got.body.starts_with("PK"), "{}", got.body);
    let image = line.ask("GET", "/files/products/1/images/2/a.66.100.jpg", "", "");
    assert!(image.await.unwrap().body.contains("PNG"));
    let behind = "range: bytes=2-\r\nif-range: \"1\"\r\n";
    let rest = line.ask("GET", "/files/1.zip", behind, "").await.unwrap();
    assert_eq!(
        (rest.status, rest.header("content-range")),
        (206, Some("bytes 2-21/22"))
    );
    let other = "range: bytes=2-\r\nif-range: \"2\"\r\n";
    let whole = line.ask("GET", "/files/1.zip", other, "").await.unwrap();
    assert_eq!(whole.status, 200, "it is another file");
    let none = line.ask("GET", "/files/1.exe", "", "").await.unwrap();
    assert_eq!(none.status, 404);
}

#[tokio::test]
async fn the_control_page_serves_what_the_readme_lists() {
    let store = Store::start().await.unwrap();
    let readme = include_str!("../../../README.md");
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `"));
    let listed = rows.filter_map(|row| row.split('`').next()?.split_once(' '));
    let listed: Vec<_> = listed
        .filter(|(_, path)| path.starts_with("/control/"))
        .collect();
    assert_eq!(listed.len(), 8, "{listed:?}");
    for (method, path) in listed {
        let path = path.replace("NAME", "brands").replace("=N", "=2");
        let fault = match method {
            "POST" => r#"{"do":"reset","times":1,"endpoint":"orders.create"}"#,
            _ => "",
        };
        let kind = "content-type: application/json\r\n";
        let got = Line::to(&store).await.ask(method, &path, kind, fault).await;
        let status = got.unwrap().status;
        assert!(
            matches!(status, 200 | 201 | 303),
            "{method} {path}: {status}"
        );
    }
}
