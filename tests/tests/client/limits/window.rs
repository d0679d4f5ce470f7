//! The window of a store: shared by everything that uses its quota, and not blocked by waiting calls.

use std::time::{Duration, Instant};

use bigcommerce_client::{CallOptions, Client, ErrorKind, RetryPolicy};
use bigcommerce_tests::{
    server::{Answer, STORE_HASH, Server, TOKEN, store_with},
    windows::Windows,
};

use super::{begin, list_at_once, soon};

#[test]
fn the_headers_that_the_client_learns_from_are_those_that_the_spec_describes() {
    let told = bigcommerce_client::catalogue::service::RATE_HEADERS;
    let api = bigcommerce_tests::api();
    let described: Vec<&str> = api
        .service
        .rates
        .iter()
        .flat_map(|(_, rate)| rate.headers.iter().map(|(name, _)| name))
        .collect();
    for name in [
        told.quota,
        told.left,
        told.window_ms,
        told.reset_ms,
        told.retry_after_seconds,
    ] {
        assert!(
            described.contains(&name),
            "`{name}` is not among {described:?}"
        );
    }
}

#[tokio::test]
async fn calls_at_once_do_not_overspend_the_window_and_none_is_refused() {
    let windows = Windows::new(20, Duration::from_millis(300));
    let server = windows.serve().await;
    let store = store_with(&server, |builder| builder.retry(RetryPolicy::never()));
    list_at_once(&[store.clone(), store.clone()], 70).await;
    assert_eq!(windows.refused(), 0);
    assert_eq!(server.asked().len(), 70);
}

#[tokio::test]
async fn clients_of_one_store_share_a_quota_when_they_are_told_to() {
    let windows = Windows::new(10, Duration::from_millis(200));
    let server = windows.serve().await;
    let store = store_with(&server, |builder| builder.retry(RetryPolicy::never()));
    let other = store_with(&server, |builder| {
        builder
            .quota(store.quota().clone())
            .retry(RetryPolicy::never())
    });
    list_at_once(&[store, other], 25).await;
    assert_eq!(windows.refused(), 0);
}

#[tokio::test]
async fn a_quota_is_not_shared_between_stores() {
    let store = Client::builder("abc123", TOKEN).build().unwrap();
    let other = Client::builder("xyz789", TOKEN).quota(store.quota().clone());
    let error = other.build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the client could not be built: the quota belongs to another store"
    );
}

#[tokio::test]
async fn a_store_that_waits_holds_up_no_other_store() {
    let refuse = |_: &_| Answer::empty(429).header("x-retry-after", "3600");
    let busy = Server::start(refuse).await;
    let windows = Windows::new(50, Duration::from_millis(100));
    let free = windows.serve().await;
    let waiting = store_with(&busy, |builder| builder.max_wait(Duration::from_secs(7200)));
    let policy = RetryPolicy::standard().within(Duration::from_secs(7200));
    let call = waiting
        .brands()
        .list()
        .with_options(CallOptions::new().retry(policy));
    let call = tokio::spawn(async move { call.await.map(|_| ()) });
    while busy.asked().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let other = store_with(&free, |builder| builder);
    list_at_once(&[other], 20).await;
    assert!(!call.is_finished());
    call.abort();
}

#[tokio::test]
async fn a_call_that_may_not_wait_is_told_so_while_others_are_asked_for_the_quota() {
    let slow =
        |_: &_| Answer::json(200, r#"{"data":[],"meta":{}}"#).after(Duration::from_millis(300));
    let server = Server::start(slow).await;
    let store = store_with(&server, |builder| builder.max_wait(Duration::ZERO));
    let first = tokio::spawn({
        let list = store.brands().list();
        async move { list.await.map(|_| ()) }
    });
    while server.asked().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let error = store.brands().list().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Busy, 0));
    assert!(error.wait().is_some() && error.is_retryable());
    first.await.unwrap().unwrap();
    assert_eq!(store.store_hash(), STORE_HASH);
}

#[tokio::test]
async fn a_call_that_waits_for_the_first_answer_goes_on_as_soon_as_that_is_there() {
    let slow = |_: &_| {
        let answer = Answer::json(200, r#"{"data":[],"meta":{}}"#);
        answer.after(Duration::from_millis(100))
    };
    let server = Server::start(slow).await;
    let store = store_with(&server, |builder| builder);
    let began = Instant::now();
    list_at_once(&[store], 5).await;
    assert!(
        began.elapsed() < Duration::from_millis(800),
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test]
async fn those_who_leave_the_line_hold_up_nobody_behind_them() {
    let windows = Windows::new(1, Duration::from_millis(300));
    let server = windows.serve().await;
    let store = store_with(&server, |builder| builder);
    list_at_once(std::slice::from_ref(&store), 1).await;
    let waiting: Vec<_> = (0..3)
        .map(|_| {
            let list = store.brands().list();
            tokio::spawn(async move { list.await.map(|_| ()) })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(server.asked().len(), 1, "the window is spent");
    for call in &waiting {
        call.abort();
    }
    let began = Instant::now();
    list_at_once(&[store], 1).await;
    assert!(
        began.elapsed() < Duration::from_millis(600),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn pages_asked_for_ahead_hold_up_nobody_while_the_caller_works_on_another_one() {
    const PAGE: &str =
        r#"{"data":[{"id":PAGE}],"meta":{"pagination":{"per_page":1,"total_pages":3}}}"#;
    let windows = Windows::new(1, Duration::from_millis(300));
    let server = windows.serve_body(PAGE).await;
    let store = store_with(&server, |builder| builder.retry(RetryPolicy::never()));
    let mut brands = store.brands().list().stream();
    let mut seen = 0;
    while soon(brands.try_next()).await.is_some() {
        seen += 1;
        soon(store.brands().list()).await;
    }
    assert_eq!((seen, windows.refused()), (3, 0));
    assert_eq!(server.asked().len(), 6);
}

#[tokio::test]
async fn an_answer_that_nobody_looks_at_keeps_no_share_of_the_windows_that_follow() {
    let windows = Windows::new(1, Duration::from_millis(300));
    let server = windows.serve().await;
    let store = store_with(&server, |builder| builder.retry(RetryPolicy::never()));
    soon(store.brands().list()).await;
    tokio::time::sleep(Duration::from_millis(320)).await;
    let begun = begin(store.brands().list()).await;
    while server.asked().len() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    soon(store.brands().list()).await;
    soon(begun).await;
    assert_eq!(windows.refused(), 0);
}
