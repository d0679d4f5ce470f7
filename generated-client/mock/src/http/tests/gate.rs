//! What is let through, and what the log says about it.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{BRANDS, Line, call, status};
use crate::{Plan, Store};

#[tokio::test]
async fn what_may_not_pass_is_refused_with_the_status_of_the_live_api() {
    let store = Store::start().await.unwrap();
    let (all, reads) = (store.token(), store.read_only_token());
    let nothing = store.token_with(Vec::<String>::new());
    for (token, method, path, more, expected) in [
        (all, "GET", BRANDS, "", 200),
        (reads, "GET", BRANDS, "", 200),
        ("wrong", "GET", BRANDS, "", 401),
        (reads, "POST", BRANDS, "", 403),
        (nothing.as_str(), "GET", BRANDS, "", 403),
        (all, "PATCH", BRANDS, "", 501),
        (all, "GET", BRANDS, "accept: application/xml\r\n", 406),
        (all, "GET", "/v3/never/heard/of", "", 501),
        (all, "GET", "/graphql", "", 501),
        (all, "GET", "/v3/catalog/brands/", "", 404),
        (all, "GET", "/v3/loyalty/", "", 501),
    ] {
        let got = status(&store, token, method, path, more).await;
        assert_eq!(got, expected, "{method} {path} {more}");
    }
    let other = Line::to(&store)
        .await
        .ask("GET", "/stores/other/v3/hooks", "", "")
        .await
        .unwrap();
    assert_eq!(other.status, 404);
    let missing = format!("/stores/{}{BRANDS}", store.hash());
    let missing = Line::to(&store)
        .await
        .ask("GET", &missing, "", "")
        .await
        .unwrap();
    assert_eq!(missing.status, 401);
    assert!(store.revoke(&nothing));
    assert_eq!(status(&store, &nothing, "GET", BRANDS, "").await, 401);
}

#[tokio::test]
async fn the_log_says_who_asked_and_why_it_was_decided_so_and_holds_no_token() {
    let store = Store::start().await.unwrap();
    let token = store.read_only_token();
    status(
        &store,
        token,
        "POST",
        &format!("{BRANDS}?token={token}&name=Acme"),
        "",
    )
    .await;
    let log = store.log();
    let logged = log.last().unwrap();
    assert_eq!(logged.path, format!("{BRANDS}?token=…&name=Acme"));
    assert_eq!(logged.endpoint, Some("brands.create"));
    assert_eq!(logged.client.as_deref(), Some("read-only"));
    assert_eq!(logged.status, Some(403));
    assert_eq!(
        logged.decision,
        "Refused: brands.create needs store_v2_products; the token “read-only” has neither it nor one \
         that includes it."
    );
    assert!(!format!("{log:?}").contains(token));
}

#[tokio::test]
async fn a_spent_quota_is_refused_until_its_window_is_over() {
    let window = Duration::from_millis(300);
    let store = Store::builder()
        .plan(Plan::Of {
            requests: 2,
            window,
        })
        .start()
        .await
        .unwrap();
    let token = store.token();
    let first = call(&store, token, "GET", BRANDS, "").await.unwrap();
    assert_eq!(first.header("x-rate-limit-requests-left"), Some("1"));
    assert_eq!(first.header("x-rate-limit-requests-quota"), Some("2"));
    assert_eq!(status(&store, token, "GET", BRANDS, "").await, 200);
    let refused = call(&store, token, "GET", BRANDS, "").await.unwrap();
    assert_eq!(
        (refused.status, refused.header("x-retry-after")),
        (429, Some("1"))
    );
    let decided = store.log().pop().unwrap().decision;
    assert_eq!(decided, "Refused: the store's quota is used up for now.");
    tokio::time::sleep(window).await;
    assert_eq!(status(&store, token, "GET", BRANDS, "").await, 200);
}

#[tokio::test]
async fn a_call_to_another_server_is_not_counted_against_the_quota_of_the_store() {
    let window = Duration::from_secs(60);
    let plan = Plan::Of {
        requests: 1,
        window,
    };
    let store = Store::builder().plan(plan).start().await.unwrap();
    let pat = "authorization: PAT of-one-order\r\n";
    for _ in 0..2 {
        let path = format!("/stores/{}/payments", store.hash());
        let mut line = Line::to(&store).await;
        let paid = line.ask("POST", &path, pat, "").await.unwrap();
        assert_ne!(paid.status, 429, "{}", paid.body);
        assert_eq!(paid.header("x-rate-limit-requests-quota"), None);
    }
    let token = store.token();
    assert_eq!(status(&store, token, "GET", BRANDS, "").await, 200);
    assert_eq!(status(&store, token, "GET", BRANDS, "").await, 429);
}

#[tokio::test]
async fn one_call_more_than_may_be_under_way_is_refused_without_a_word_about_the_quota() {
    let store = Store::builder()
        .latency(Duration::from_millis(300))
        .start()
        .await
        .unwrap();
    // The catalogue allows one at a time.
    let path = "/v3/catalog/trees/1/categories";
    let ask = || call(&store, store.token(), "GET", path, "");
    let (one, other) = tokio::join!(ask(), ask());
    let (one, other) = (one.unwrap(), other.unwrap());
    let refused = if one.status == 429 { &one } else { &other };
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("x-rate-limit-requests-quota"), None);
    assert_ne!(one.status, other.status);
    let says = "Refused: too many calls of categories.tree are in progress.";
    assert!(store.log().iter().any(|logged| logged.decision == says));
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused_in_words_and_strictly_as_a_problem() {
    for (strict, kind) in [
        (false, "text/plain; charset=utf-8"),
        (true, "application/json"),
    ] {
        let store = Store::builder().strict(strict).start().await.unwrap();
        let (token, hash) = (store.token(), store.hash());
        let headers = format!("x-auth-token: {token}\r\ncontent-type: text/plain\r\n");
        let path = format!("/stores/{hash}{BRANDS}");
        let mut line = Line::to(&store).await;
        let got = line.ask("POST", &path, &headers, "name=Ostwind").await;
        let got = got.unwrap();
        assert_eq!((got.status, got.header("content-type")), (415, Some(kind)));
    }
}

#[tokio::test]
async fn a_page_of_another_site_reaches_nothing_by_a_name_of_its_own_or_across_origins() {
    let store = Store::start().await.unwrap();
    let token = format!("x-auth-token: {}\r\n", store.token());
    let brands = format!("/stores/{}{BRANDS}", store.hash());
    let paths = ["/", "/control/store", "/oauth2/authorize", &brands];
    for path in paths.into_iter().chain(["/oauth2/token", "/app/x/install"]) {
        let ask = async |more: &str| {
            let headers = format!("{token}{more}");
            let asked = Line::to(&store).await.ask("GET", path, &headers, "").await;
            asked.unwrap().status
        };
        // The second Host represents a client that lets the caller set it.
        assert_eq!(ask("host: evil.example\r\n").await, 403, "{path}");
        assert_eq!(ask("origin: http://evil.example\r\n").await, 403, "{path}");
        assert_eq!(ask("origin: null\r\n").await, 403, "{path}");
        assert_ne!(ask("").await, 403, "{path}");
        let own = format!("origin: {}\r\n", store.url());
        assert_ne!(ask(&own).await, 403, "{path}");
    }
    let decided = "Refused: its Host or Origin is not this store's own.";
    let log = store.log();
    let refused = log.iter().filter(|logged| logged.decision == decided);
    assert_eq!(refused.count(), 18);
    assert!(!format!("{log:?}").contains(store.token()));
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for_and_its_connection_ends() {
    let mut builder = Store::builder();
    builder.patience = Duration::from_millis(100);
    let store = builder.start().await.unwrap();
    let mut line = Line::to(&store).await;
    let request = format!(
        "POST /stores/{}{BRANDS} HTTP/1.1\r\nhost: {}\r\nx-auth-token: {}\r\n\
         content-type: application/json\r\ncontent-length: 400\r\n\r\n{{\"name\"",
        store.hash(),
        store.url().trim_start_matches("http://"),
        store.token()
    );
    line.0.write_all(request.as_bytes()).await.unwrap();
    let mut said = String::new();
    let ended = line.0.read_to_string(&mut said);
    let ended = tokio::time::timeout(Duration::from_secs(5), ended).await;
    ended.expect("the connection stays open").unwrap();
    assert!(said.starts_with("HTTP/1.1 408 "), "{said}");
    assert!(
        said.contains("The body did not arrive within 100ms"),
        "{said}"
    );
}

#[tokio::test]
async fn what_the_catalogue_does_not_know_is_not_implemented_and_nothing_is_said_of_the_api() {
    let store = Store::start().await.unwrap();
    for (path, says) in [
        (
            "/v3/inventory/adjustments/absolute",
            ". For this path it models PUT",
        ),
        ("/v3/loyalty", ""),
        ("/v3/settings/store/loyalty", ""),
        ("/v2/loyalty", ""),
    ] {
        let got = call(&store, store.token(), "GET", path, "").await.unwrap();
        assert_eq!((got.status, got.header("allow")), (501, None), "{path}");
        let title = format!(
            "Not Implemented: this mock does not model GET {path}; the live API may have it{says}"
        );
        let body: serde_json::Value = serde_json::from_str(&got.body).unwrap();
        assert_eq!(body["title"], title);
    }
}
