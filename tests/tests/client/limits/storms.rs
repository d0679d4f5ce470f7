//! Servers that reject calls, fail and contradict themselves: how much load the client causes, and that
//! it recovers.

use std::{
    collections::VecDeque,
    future::{Ready, ready},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use bigcommerce_client::{
    Client, RetryPolicy, customers::CustomerUpdate, quota::Quota, transport::TransportError,
};
use bigcommerce_tests::{
    choices::{Choices, cases},
    server::{Answer, STORE_HASH, Server, TOKEN, store_with},
    time::{Fast, Hurry},
};
use bytes::Bytes;
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, any},
    prop_assert_eq,
    test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use tower_service::Service;

use super::list_at_once;

#[tokio::test]
async fn all_calls_wait_together_for_a_storm_of_refusals_to_end() {
    let left = AtomicUsize::new(10);
    let storm = move |_: &_| {
        let refuse = |left: usize| left.checked_sub(1);
        match left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, refuse) {
            Ok(_) => Answer::empty(429),
            Err(_) => Answer::json(200, r#"{"data":[],"meta":{}}"#),
        }
    };
    let server = Server::start(storm).await;
    let long = Duration::from_secs(1_000_000);
    let store = store_with(&server, |builder| {
        builder.clock(Fast::new(1000)).max_wait(long)
    });
    list_at_once(&[store], 40).await;
    assert_eq!(server.asked().len(), 50);
}

/// A transport that returns responses in order, and then those of a healthy store.
#[derive(Clone, Default)]
struct Scripted(
    Arc<Mutex<VecDeque<http::Response<Bytes>>>>,
    Arc<AtomicUsize>,
);

impl Scripted {
    fn add(&self, status: u16, headers: &[(&str, &str)]) {
        let mut answer = http::Response::builder().status(status);
        for (name, value) in headers {
            answer = answer.header(*name, *value);
        }
        let body = Bytes::from_static(br#"{"data":[],"retry_after_seconds":1764000000}"#);
        self.0.lock().unwrap().push_back(answer.body(body).unwrap());
    }
}

impl Service<http::Request<Bytes>> for Scripted {
    type Response = http::Response<Bytes>;
    type Error = TransportError;
    type Future = Ready<Result<Self::Response, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Bytes>) -> Self::Future {
        if let Some(answer) = self.0.lock().unwrap().pop_front() {
            return ready(Ok(answer));
        }
        self.1.fetch_add(1, Ordering::SeqCst);
        let healthy = http::Response::builder()
            .header("x-rate-limit-requests-quota", "150")
            .header("x-rate-limit-requests-left", "149")
            .header("x-rate-limit-time-window-ms", "30000")
            .header("x-rate-limit-time-reset-ms", "30000");
        ready(Ok(healthy
            .body(Bytes::from_static(br#"{"data":[]}"#))
            .unwrap()))
    }
}

#[test]
fn after_any_sequence_of_answers_a_healthy_server_is_reached_within_the_bound() {
    const STATUSES: [u16; 6] = [200, 404, 429, 500, 502, 503];
    const NAMES: [&str; 6] = [
        "x-rate-limit-requests-quota",
        "x-rate-limit-requests-left",
        "x-rate-limit-time-window-ms",
        "x-rate-limit-time-reset-ms",
        "x-retry-after",
        "retry-after",
    ];
    const VALUES: [&str; 12] = [
        "0",
        "1",
        "150",
        "30000",
        "3600000",
        "-1",
        "1764000000",
        "1764000000000",
        "1e300",
        "NaN",
        "soon",
        "Mon, 06 Nov 2034 08:49:37 GMT",
    ];
    let bound = Duration::from_secs(60);
    let config = ProptestConfig {
        cases: cases(300),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().build().unwrap();
    let property = |numbers: Vec<u32>| {
        let mut choices = Choices::new(&numbers);
        let (clock, transport) = (Hurry::new(0.5), Scripted::default());
        let store = Client::builder(STORE_HASH, TOKEN)
            .clock(clock.clone())
            .transport(transport.clone())
            .quota(Quota::new().max_hold(bound))
            .retry(RetryPolicy::never())
            .max_wait(bound);
        let store = store.build().unwrap();
        runtime.block_on(async {
            for _ in 0..choices.below(12) {
                let mut headers = Vec::new();
                for name in NAMES {
                    if choices.below(3) > 0 {
                        headers.push((name, VALUES[choices.below(VALUES.len())]));
                    }
                }
                transport.add(STATUSES[choices.below(STATUSES.len())], &headers);
                clock.pass(Duration::from_millis(choices.below(100_000) as u64));
                // Reads, and writes of an endpoint with a cap.
                if choices.below(2) == 0 {
                    let _ = store.brands().list().await;
                } else {
                    let _ = store.customers().update([CustomerUpdate::new(1)]).await;
                }
            }
            transport.0.lock().unwrap().clear();
            for _ in 0..3 {
                let reached = transport.1.load(Ordering::SeqCst);
                store
                    .brands()
                    .list()
                    .await
                    .map_err(|error| refuse(error.to_string()))?;
                prop_assert_eq!(transport.1.load(Ordering::SeqCst), reached + 1);
            }
            Ok(())
        })
    };
    let refused =
        TestRunner::new_with_rng(config, random).run(&vec(any::<u32>(), 0..200), property);
    if let Err(error) = refused {
        panic!("{error}");
    }
}

fn refuse(why: String) -> TestCaseError {
    TestCaseError::fail(why)
}

/// A transport that fails to connect once, after a response that leaves one call in the window.
#[derive(Clone, Default)]
struct Flaky(Arc<AtomicUsize>);

impl Service<http::Request<Bytes>> for Flaky {
    type Response = http::Response<Bytes>;
    type Error = TransportError;
    type Future = Ready<Result<Self::Response, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Bytes>) -> Self::Future {
        if self.0.fetch_add(1, Ordering::SeqCst) == 1 {
            return ready(Err(TransportError::connect("nobody is there")));
        }
        let answer = http::Response::builder()
            .header("x-rate-limit-requests-quota", "9")
            .header("x-rate-limit-requests-left", "1")
            .header("x-rate-limit-time-window-ms", "30000")
            .header("x-rate-limit-time-reset-ms", "20000");
        ready(Ok(answer
            .body(Bytes::from_static(br#"{"data":[]}"#))
            .unwrap()))
    }
}

#[tokio::test]
async fn a_call_that_found_no_connection_takes_nothing_from_the_quota() {
    let clock = Hurry::new(0.0);
    let store = Client::builder(STORE_HASH, TOKEN).clock(clock.clone());
    let store = store.transport(Flaky::default()).build().unwrap();
    store.brands().list().await.unwrap();
    // The second attempt takes the call that the first one returned; only the backoff is waited for.
    store.brands().list().await.unwrap();
    assert_eq!(clock.waits_ms(), Vec::<u64>::new());
}

#[tokio::test]
async fn a_clock_with_an_odd_chance_breaks_nothing() {
    for chance in [-1.0, 9.0, f64::NAN] {
        let answers = [
            Answer::empty(429),
            Answer::empty(429).header("x-retry-after", "1"),
            Answer::empty(503),
            Answer::json(200, r#"{"data":[],"meta":{}}"#),
        ];
        let server = Server::script(answers).await;
        let store = store_with(&server, |builder| builder.clock(Hurry::new(chance)));
        store.brands().list().await.unwrap();
        assert_eq!(server.asked().len(), 4, "{chance}");
    }
}

#[tokio::test]
async fn an_outage_is_not_multiplied_by_the_retries_of_all_calls() {
    let server = Server::start(|_| Answer::empty(503)).await;
    let quick = RetryPolicy::standard().backoff(Duration::from_millis(1), Duration::from_millis(2));
    let store = store_with(&server, |builder| builder.retry(quick).retry_budget(20));
    for _ in 0..100 {
        assert!(store.brands().list().await.unwrap_err().is_server_error());
    }
    assert_eq!(server.asked().len(), 120);
}
