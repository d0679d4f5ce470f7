//! Concurrent calls: one quota for a store, its caps, and what is freed when a caller leaves. The
//! server counts as the API does; a few tests take a short time.

mod places;
mod storms;
mod timeouts;
mod window;

use std::{fmt::Debug, future::poll_fn, pin::Pin, task::Poll, time::Duration};

use bigcommerce_client::{Client, Error};
use tokio::task::JoinSet;

/// Lists brands this many times concurrently, across all of the clients.
async fn list_at_once(stores: &[Client], times: usize) {
    let mut calls = JoinSet::new();
    for store in stores.iter().cycle().take(times) {
        let list = store.brands().list();
        calls.spawn(async move { list.await.map(|_| ()) });
    }
    while let Some(call) = calls.join_next().await {
        call.unwrap().unwrap();
    }
}

/// A call in progress.
type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// Polls a call once and then no more, like a caller that works on something else.
async fn begin<T>(call: impl IntoFuture<IntoFuture = Pending<T>>) -> Pending<T> {
    let mut call = call.into_future();
    let sent = poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready()));
    assert!(!sent.await);
    call
}

/// The result of a call that must not be delayed.
async fn soon<T, E: Debug>(call: impl IntoFuture<Output = Result<T, E>>) -> T {
    let answer = tokio::time::timeout(Duration::from_secs(2), call).await;
    answer.expect("it is held up").unwrap()
}
