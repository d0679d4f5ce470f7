//! Uploads and files with transports of one's own.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tower_service::Service;

use super::uploads::{Scratch, pieces, upload};
use crate::call::Call;
use crate::quota::{Asking, Decision, Quota, Settled, Shared};
use crate::transport::TransportError;
use crate::upload::FilePart;
use crate::{Client, Endpoint, ErrorKind, RetryPolicy};

/// A transport that does not support streams.
#[derive(Clone, Default)]
struct Plain(Arc<Mutex<Vec<Bytes>>>);

impl Service<http::Request<Bytes>> for Plain {
    type Response = http::Response<Bytes>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Bytes>) -> Self::Future {
        self.0.lock().unwrap().push(request.into_body());
        ready(Ok(http::Response::new(Bytes::from_static(b"[1,2]"))))
    }
}

#[tokio::test]
async fn a_transport_of_ones_own_gets_what_is_in_memory_whole_and_never_nothing_for_a_stream() {
    let plain = Plain::default();
    let builder = Client::builder("abc123", "token").transport(plain.clone());
    let client = builder.build().unwrap();
    let call = upload(&client, FilePart::bytes("acme.png", "content"));
    call.nothing().await.unwrap();
    let sent = plain.0.lock().unwrap()[0].clone();
    assert!(String::from_utf8_lossy(&sent).contains("\r\n\r\ncontent\r\n--"));
    let error = upload(&client, pieces()).nothing().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("does not support streamed bodies"),
        "{error}"
    );
    // A response that it returns in full is a file too.
    let file = Call::new(&client, Endpoint::BrandsList)
        .download()
        .await
        .unwrap();
    assert_eq!(file.value().length(), Some(5));
    assert_eq!(file.into_value().bytes().await.unwrap(), "[1,2]");
}

/// A transport that removes a file and then loses the connection.
#[derive(Clone)]
struct Removing(PathBuf);

impl Service<http::Request<Bytes>> for Removing {
    type Response = http::Response<Bytes>;
    type Error = TransportError;
    type Future = Ready<Result<Self::Response, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Bytes>) -> Self::Future {
        std::fs::remove_file(&self.0).unwrap();
        ready(Err(TransportError::broken("reset by peer")))
    }
}

#[tokio::test]
async fn an_upload_that_cannot_be_made_again_fails_as_its_last_attempt_did() {
    let file = Scratch::new("acme.png", "content");
    let at_once = RetryPolicy::standard().backoff(Duration::ZERO, Duration::ZERO);
    let builder = Client::builder("abc123", "token").transport(Removing(file.0.clone()));
    let client = builder.retry(at_once).build().unwrap();
    let mut call = upload(&client, FilePart::path(&file.0));
    call.options(crate::CallOptions::new().idempotent(true));
    let error = call.nothing().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    assert!(error.may_have_happened(), "{error}");
    assert!(error.to_string().contains("reset by peer"), "{error}");
}

/// A shared budget that counts the calls that it admitted and that have not been settled.
#[derive(Clone, Default)]
struct Open(Arc<Mutex<u32>>);

impl Shared for Open {
    fn take(&self) -> Asking<Decision> {
        *self.0.lock().unwrap() += 1;
        Box::pin(ready(Ok(Decision::Go { ticket: 7 })))
    }

    fn settle(&self, _: Settled) -> Asking<()> {
        *self.0.lock().unwrap() -= 1;
        Box::pin(ready(Ok(())))
    }
}

#[tokio::test]
async fn an_upload_that_cannot_be_made_again_takes_no_share_of_a_quota_that_others_share() {
    let (file, open) = (Scratch::new("acme.png", "content"), Open::default());
    let at_once = RetryPolicy::standard().backoff(Duration::ZERO, Duration::ZERO);
    let builder = Client::builder("abc123", "token").transport(Removing(file.0.clone()));
    let builder = builder.quota(Quota::shared(open.clone()));
    let client = builder.retry(at_once).build().unwrap();
    let mut call = upload(&client, FilePart::path(&file.0));
    call.options(crate::CallOptions::new().idempotent(true));
    assert!(call.nothing().await.is_err());
    assert_eq!(*open.0.lock().unwrap(), 0, "each share is settled");
}
