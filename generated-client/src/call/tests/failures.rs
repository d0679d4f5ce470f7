//! Calls that fail: what the error is, contains and says.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{Server, answer};
use crate::call::Call;
use crate::json::tests::Brand;
use crate::observe::{Observer, Signal};
use crate::{Client, Endpoint, Error, ErrorKind};

async fn refused(answers: &[&str]) -> Error {
    let server = Server::new(answers).await;
    server
        .call("brands.list")
        .page::<Brand>()
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_refusal_keeps_everything_and_says_what_to_do() {
    let body = r#"{"status":403,"title":"You don't have a required scope","errors":{}}"#;
    let error = refused(&[&answer(403, body)]).await;
    assert!(error.is_missing_scope() && !error.is_not_found());
    assert_eq!(error.status().unwrap(), 403);
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(error.headers().unwrap()["x-q"], "1");
    assert_eq!(
        error.missing_scope().unwrap().as_str(),
        "store_v2_products_read_only"
    );
    let text = error.to_string();
    assert!(
        text.starts_with(
            "brands.list was refused with 403 Forbidden (You don't have a required scope); grant \
             the token the scope `store_v2_products_read_only` (Products: "
        ),
        "{text}"
    );

    let body = r#"{"status":422,"title":"Invalid.","errors":{"name":"too long","x":"y"}}"#;
    assert_eq!(
        refused(&[&answer(422, body)]).await.to_string(),
        "brands.list was refused with 422 Unprocessable Entity (Invalid; `name` too long; `x` y); \
         correct the named fields and send it again"
    );
    let error = refused(&[&answer(429, "")]).await;
    assert!(error.is_rate_limited() && error.problem().is_none());
    assert!(
        refused(&[&answer(502, "<html><title>Bad</title>")])
            .await
            .is_server_error()
    );
    assert!(
        refused(&[&answer(401, "Unauthorized")])
            .await
            .is_unauthorized()
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let away = "HTTP/1.1 301 X\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let error = refused(&[away]).await;
    assert_eq!(error.status().unwrap(), 301);
}

#[tokio::test]
async fn silence_no_connection_and_a_large_body_are_told_apart() {
    let short = |b: crate::ClientBuilder| b.timeout(Duration::from_millis(50));
    let server = Server::with(&["hang"], short).await;
    let error = server.call("brands.list").nothing().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "brands.list got no response in time; the call may have happened"
    );

    let free = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let client = Client::builder("abc123", "s3cret-token").base_url(format!("http://{free}"));
    let client = client.retry(crate::RetryPolicy::never());
    let call = Call::new(
        &client.build().unwrap(),
        Endpoint::from_id("brands.list").unwrap(),
    );
    let error = call.nothing().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");

    let server = Server::with(&[&answer(200, &"x".repeat(101))], |b| b.max_body(100)).await;
    let error = server.call("brands.list").nothing().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);

    let error = refused(&["HTTP/1.1 200 X\r\nContent-Length: 50\r\n\r\n{"]).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(
        (error.status().unwrap().as_u16(), &error.body().unwrap()[..]),
        (200, &b"{"[..])
    );
}

/// An observer that always panics, like one whose lock is poisoned.
struct Broken;

impl Observer for Broken {
    fn observe(&self, _: &Signal<'_>) {
        panic!("it is broken");
    }
}

#[tokio::test]
async fn an_observer_that_always_panics_ends_its_call_and_not_the_program() {
    let server = Server::with(&[], |it| it.observer(Broken)).await;
    let call = server.call("brands.list");
    let ended = tokio::spawn(async move { call.nothing().await.is_ok() }).await;
    assert!(ended.unwrap_err().is_panic());
}

#[tokio::test]
async fn a_stream_that_ends_with_an_error_closes_its_connection_before_it_is_dropped() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let closed = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            assert!(stream.read_buf(&mut request).await.unwrap() > 0);
        }
        let head =
            "HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked";
        let data = format!("data: {}", "x".repeat(5_000));
        let answer = format!("{head}\r\n\r\n{:x}\r\n{data}\r\n", data.len());
        stream.write_all(answer.as_bytes()).await.unwrap();
        // The response does not end, so only the client can close the connection.
        while stream.read_buf(&mut request).await.unwrap_or(0) > 0 {}
    });
    let builder = Client::builder("abc123", "s3cret-token").max_body(1_000);
    let builder = builder.base_url(format!("http://{address}/"));
    let client = builder.build().unwrap();
    let call = Call::new(&client, Endpoint::BrandsList);
    let mut events = call.events().await.unwrap().into_value();
    let error = events.try_next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    let closed = tokio::time::timeout(Duration::from_secs(10), closed);
    closed.await.unwrap().unwrap();
    assert_eq!(events.try_next().await.unwrap(), None);
}
