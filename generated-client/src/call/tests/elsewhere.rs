//! Other hosts than that of the store: files at their URLs, whose responses are cut off, and the quota of
//! another server.

use std::time::Duration;

use tokio::io::AsyncWriteExt;

use super::uploads::{served, whole};
use super::{Server, answer};
use crate::call::Call;
use crate::upload::FilePart;
use crate::{Endpoint, ErrorKind};

#[tokio::test]
async fn a_rejection_by_a_host_is_one_even_if_its_body_is_cut_off() {
    let (client, seen) = served(|mut stream, seen| async move {
        let request = whole(&mut stream).await.unwrap();
        seen.lock().unwrap().push(request);
        let answer = "HTTP/1.1 403 X\r\nContent-Length: 100\r\nConnection: close\r\n\r\n<Error>";
        stream.write_all(answer.as_bytes()).await.unwrap();
    })
    .await;
    let url = format!("{}/theme.zip?signature=Sg7n4t", client.base_url());
    let download = client.file_at(&url).await.unwrap_err();
    let upload = client.upload_to(&url, FilePart::bytes("theme.zip", "PK"));
    let upload = upload.await.unwrap_err();
    for error in [download, upload] {
        assert_eq!(error.kind(), ErrorKind::Status, "{error}");
        assert_eq!(error.status().map(|it| it.as_u16()), Some(403), "{error}");
        assert!(!error.is_retryable(), "{error}");
    }
    assert_eq!(seen.lock().unwrap().len(), 2, "neither is repeated");
}

#[tokio::test]
async fn the_status_of_a_host_that_accepted_a_file_is_in_the_error_if_its_body_is_cut_off() {
    let (client, _) = served(|mut stream, _| async move {
        whole(&mut stream).await.unwrap();
        let answer = "HTTP/1.1 201 X\r\nContent-Length: 100\r\nConnection: close\r\n\r\n<Done>";
        stream.write_all(answer.as_bytes()).await.unwrap();
    })
    .await;
    let url = format!("{}/theme.zip", client.base_url());
    let upload = client.upload_to(url, FilePart::bytes("theme.zip", "PK"));
    let error = upload.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(201), "{error}");
}

#[tokio::test]
async fn a_call_that_may_not_wait_says_whose_quota_is_used_up() {
    let spent = "HTTP/1.1 200 X\r\nX-Rate-Limit-Requests-Quota: 10\r\nX-Rate-Limit-Requests-Left: 0\r\n\
                 X-Rate-Limit-Time-Window-Ms: 30000\r\nX-Rate-Limit-Time-Reset-Ms: 20000\r\n\
                 Content-Length: 2\r\nConnection: close\r\n\r\n[]";
    let at_once = |builder: crate::ClientBuilder| builder.max_wait(Duration::ZERO);
    let server = Server::with(&[spent, spent], at_once).await;
    let endpoint = Endpoint::from_id("payments.create").unwrap();
    let elsewhere = endpoint.facts().server.unwrap();
    let payment = || {
        let client = server.client.at(elsewhere, "of-one-order".into());
        Call::new(&client, endpoint).nothing()
    };
    let list = || server.call("brands.list").nothing();
    payment().await.unwrap();
    list().await.unwrap();
    let named = format!("the quota of the server `{}`", elsewhere.name);
    for (error, says) in [
        (payment().await.unwrap_err(), named.as_str()),
        (list().await.unwrap_err(), "the store's quota"),
    ] {
        assert_eq!(error.kind(), ErrorKind::Busy, "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[tokio::test]
async fn a_server_other_than_that_of_the_store_has_a_quota_of_its_own() {
    let spent = "HTTP/1.1 429 X\r\nX-Rate-Limit-Requests-Left: 0\r\nX-Rate-Limit-Time-Reset-Ms: 60000\r\n\
                 Content-Length: 0\r\nConnection: close\r\n\r\n";
    let at_once = |builder: crate::ClientBuilder| builder.max_wait(Duration::ZERO);
    let server = Server::with(&[spent, &answer(200, "[]")], at_once).await;
    let endpoint = Endpoint::from_id("payments.create").unwrap();
    let at = |token: &str| {
        let client = server
            .client
            .at(endpoint.facts().server.unwrap(), token.into());
        Call::new(&client, endpoint)
    };
    let refused = at("of-one-order").nothing().await.unwrap_err();
    assert_eq!(
        refused.status().map(|it| it.as_u16()),
        Some(429),
        "{refused}"
    );

    // The store's server is not asked to wait, and the other one is, whatever the token.
    server.call("brands.list").nothing().await.unwrap();
    let held = at("of-another-order").nothing().await.unwrap_err();
    assert_eq!(held.kind(), ErrorKind::Busy, "{held}");

    // The same in the other direction.
    let server = Server::with(&[spent, &answer(201, "{}")], at_once).await;
    let refused = server.call("brands.list").nothing().await.unwrap_err();
    assert!(refused.is_rate_limited(), "{refused}");
    let client = server
        .client
        .at(endpoint.facts().server.unwrap(), "of-one-order".into());
    Call::new(&client, endpoint).nothing().await.unwrap();
    assert_eq!(server.first_lines().len(), 2);
}
