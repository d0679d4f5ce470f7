//! Timeouts while the runtime is blocked or nobody polls the call.

use std::time::{Duration, Instant};

use bigcommerce_client::{CallOptions, Client, RetryPolicy, customers::CustomerUpdate};
use bigcommerce_tests::server::{Answer, STORE_HASH, Server, TOKEN, store_with};

use super::{begin, soon};

#[tokio::test]
async fn a_timeout_is_kept_however_a_neighbour_blocks_the_runtime() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let store = Client::builder(STORE_HASH, TOKEN)
        .base_url(format!("http://{}", silent.local_addr().unwrap()))
        .timeout(Duration::from_millis(300))
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let neighbour = tokio::spawn(async {
        for _ in 0..6 {
            std::thread::sleep(Duration::from_millis(1400));
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    let began = Instant::now();
    assert!(store.brands().list().await.unwrap_err().is_timeout());
    assert!(
        began.elapsed() < Duration::from_secs(4),
        "{:?}",
        began.elapsed()
    );
    neighbour.abort();
}

#[tokio::test]
async fn an_answer_that_came_in_time_is_taken_however_late_somebody_looks() {
    let answer = |_: &_| Answer::json(200, r#"{"data":[],"meta":{}}"#);
    let server = Server::start(answer).await;
    let store = store_with(&server, |builder| {
        builder
            .timeout(Duration::from_millis(100))
            .retry(RetryPolicy::never())
    });
    let patient = CallOptions::new().timeout(Duration::from_secs(5));
    soon(store.brands().list().with_options(patient)).await;
    let update = begin(store.customers().update([CustomerUpdate::new(1)])).await;
    let list = begin(store.brands().list()).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    soon(update).await;
    soon(list).await;
}
