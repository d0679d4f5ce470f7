//! What a client sees of injected faults.

use std::io;
use std::time::{Duration, Instant};

use http::StatusCode;

use super::{BRANDS, Line, call, status};
use crate::{Body, Fault, Moment, Script, Store};

fn with(fault: Fault) -> Script {
    Script::new().fault(fault)
}

#[tokio::test]
async fn a_connection_breaks_where_the_fault_says() {
    for moment in [Moment::BeforeCall, Moment::Before, Moment::During] {
        let store = Store::builder()
            .faults(with(Fault::reset(moment).times(1)))
            .start()
            .await
            .unwrap();
        let broken = call(&store, store.token(), "GET", BRANDS, "").await;
        let kind = broken.map(|got| got.status).unwrap_err().kind();
        assert_eq!(kind, io::ErrorKind::ConnectionReset, "{moment:?}");
        assert_eq!(status(&store, store.token(), "GET", BRANDS, "").await, 200);
    }
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_answer_fails_the_next_request_on_it() {
    let fault = Fault::reset(Moment::After).times(1);
    let store = Store::builder().faults(with(fault)).start().await.unwrap();
    let path = format!("/stores/{}{BRANDS}", store.hash());
    let token = format!("x-auth-token: {}\r\n", store.token());
    let mut line = Line::to(&store).await;
    assert_eq!(
        line.ask("GET", &path, &token, "").await.unwrap().status,
        200
    );
    assert!(line.ask("GET", &path, &token, "").await.is_err());
}

#[tokio::test]
async fn a_body_that_is_cut_off_promises_more_than_it_has() {
    let store = Store::builder()
        .faults(with(Fault::truncate().times(1)))
        .start()
        .await
        .unwrap();
    let broken = call(&store, store.token(), "GET", BRANDS, "").await;
    assert_eq!(
        broken.map(|got| got.status).unwrap_err().kind(),
        io::ErrorKind::UnexpectedEof
    );
}

#[tokio::test]
async fn a_storm_comes_with_headers_or_without_and_an_error_in_the_body_it_was_told() {
    let store = Store::start().await.unwrap();
    let ask = || call(&store, store.token(), "GET", BRANDS, "");
    for (fault, expected, quota, body) in [
        (Fault::limit(7), 429, Some("150"), "{"),
        (Fault::limit_without_headers(), 429, None, "{"),
        (
            Fault::error(StatusCode::BAD_GATEWAY, Body::Html),
            502,
            None,
            "<html>",
        ),
        (
            Fault::error(StatusCode::SERVICE_UNAVAILABLE, Body::Json),
            503,
            None,
            "{",
        ),
        (
            Fault::degraded(30),
            503,
            None,
            r#"{"error":{"code":"SERVICE_DEGRADED","#,
        ),
        (
            Fault::error(StatusCode::GATEWAY_TIMEOUT, Body::None),
            504,
            None,
            "",
        ),
    ] {
        store.faults().add(fault.times(1));
        let got = ask().await.unwrap();
        assert_eq!(got.status, expected);
        assert_eq!(got.header("x-rate-limit-requests-quota"), quota);
        assert!(
            got.body.starts_with(body) && got.body.is_empty() == body.is_empty(),
            "{}",
            got.body
        );
    }
    assert_eq!(ask().await.unwrap().status, 200);
}

#[tokio::test]
async fn a_wait_holds_an_answer_back() {
    let wait = Duration::from_millis(80);
    let store = Store::builder()
        .faults(with(Fault::latency(wait)))
        .start()
        .await
        .unwrap();
    let began = Instant::now();
    assert_eq!(status(&store, store.token(), "GET", BRANDS, "").await, 200);
    assert!(began.elapsed() >= wait);
}
