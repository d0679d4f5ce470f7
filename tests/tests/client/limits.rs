//! Calls that run at once: one quota for a store, its caps, and what is given back when a caller
//! goes away. The server keeps count as the API does; a few tests take real time, all of it short.

use std::{
    collections::VecDeque,
    fmt::Debug,
    future::{Ready, poll_fn, ready},
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use bigcommerce_client::{
    CallOptions, Client, Endpoint, Error, ErrorKind, RetryPolicy,
    customers::CustomerUpdate,
    observe::{End, Observer, Signal, Step, Wait},
    quota::Quota,
    transport::TransportError,
};
use bigcommerce_tests::{
    choices::{Choices, cases},
    server::{Answer, Received, STORE_HASH, Server, TOKEN, store_with},
    time::{Fast, Hurry, Told},
    windows::Windows,
};
use bytes::Bytes;
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, any},
    prop_assert_eq,
    test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use tokio::{sync::watch, task::JoinSet};
use tower_service::Service;

/// Lists brands so many times at once, over all of the clients.
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
        "the client could not be made: the quota belongs to another store"
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

/// Counts how many calls of customers are on their way at once.
#[derive(Clone, Default)]
struct OnTheWay(Arc<(AtomicUsize, AtomicUsize)>);

impl Observer for OnTheWay {
    fn observe(&self, signal: &Signal<'_>) {
        let (now, most) = &*self.0;
        match signal.step {
            _ if signal.endpoint != Some(Endpoint::CustomersUpdate) => {}
            Step::Sent { .. } => {
                let running = now.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(running, Ordering::SeqCst);
            }
            Step::Answered { .. } => {
                now.fetch_sub(1, Ordering::SeqCst);
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn an_endpoint_with_a_cap_runs_no_more_calls_at_once_and_others_run_beside_it() {
    let (let_go, held) = watch::channel(false);
    let server = Server::start(move |asked| {
        let answer = Answer::json(200, r#"{"data":[],"meta":{}}"#);
        if asked.method == "PUT" {
            answer.when(held.clone())
        } else {
            answer
        }
    })
    .await;
    let (told, running) = (Told::default(), OnTheWay::default());
    let store = store_with(&server, |builder| {
        builder.observer(told.clone()).observer(running.clone())
    });
    // The first response tells that there is no quota.
    list_at_once(std::slice::from_ref(&store), 1).await;

    let mut calls = JoinSet::new();
    for id in 0..10 {
        let update = store.customers().update([CustomerUpdate::new(id)]);
        calls.spawn(async move { update.await.map(|_| ()) });
    }
    // The other calls begin after these and are done before them.
    list_at_once(std::slice::from_ref(&store), 5).await;
    assert!(calls.try_join_next().is_none());
    let waiting = || {
        let place = |step: &Step| {
            matches!(
                step,
                Step::Waiting {
                    why: Wait::Place,
                    ..
                }
            )
        };
        told.steps().iter().filter(|(_, step)| place(step)).count()
    };
    while server.asked().len() < 6 + cap() || waiting() < 10 - cap() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(calls.try_join_next().is_none());
    let_go.send(true).unwrap();
    while let Some(call) = calls.join_next().await {
        call.unwrap().unwrap();
    }
    assert_eq!(running.0.1.load(Ordering::SeqCst), cap());
    assert_eq!(waiting(), 10 - cap());
}

/// Work that goes on at the server whoever still listens: how many calls are under way, and how many
/// were at most.
#[derive(Clone, Default)]
struct Work(Arc<(AtomicUsize, AtomicUsize)>);

impl Work {
    /// A server on which each write takes so long.
    async fn serve(&self, time: Duration) -> Server {
        let work = self.clone();
        Server::start(move |asked| {
            let answer = Answer::json(200, r#"{"data":[],"meta":{}}"#);
            if asked.method == "GET" {
                return answer;
            }
            let running = work.0.0.fetch_add(1, Ordering::SeqCst) + 1;
            work.0.1.fetch_max(running, Ordering::SeqCst);
            let work = work.clone();
            tokio::spawn(async move {
                tokio::time::sleep(time).await;
                work.0.0.fetch_sub(1, Ordering::SeqCst);
            });
            answer.after(time + Duration::from_millis(5))
        })
        .await
    }

    fn most(&self) -> usize {
        self.0.1.load(Ordering::SeqCst)
    }
}

fn cap() -> usize {
    let cap = Endpoint::CustomersUpdate.facts().concurrency;
    usize::try_from(cap.unwrap()).unwrap()
}

#[tokio::test]
async fn callers_who_go_away_or_time_out_never_make_more_calls_run_at_once_than_the_cap() {
    for own in [false, true] {
        let work = Work::default();
        let server = work.serve(Duration::from_millis(100)).await;
        let patience = Duration::from_millis(20);
        let store = store_with(&server, |builder| {
            let builder = builder.retry(RetryPolicy::never());
            if own {
                builder.timeout(patience)
            } else {
                builder
            }
        });
        let patient = CallOptions::new().timeout(Duration::from_secs(5));
        soon(store.brands().list().with_options(patient.clone())).await;
        let mut callers = JoinSet::new();
        for id in 0..12 {
            let update = store.customers().update([CustomerUpdate::new(id)]);
            callers.spawn(async move {
                if own {
                    assert!(update.await.unwrap_err().is_timeout());
                } else {
                    let update = update.into_future();
                    let left = tokio::time::timeout(patience * 50, async {
                        // Some leave as soon as the call is sent, and some while they wait for it.
                        tokio::time::timeout(patience, update).await.is_err()
                    });
                    assert!(left.await.unwrap());
                }
            });
        }
        while let Some(caller) = callers.join_next().await {
            caller.unwrap();
        }
        // Everyone has gone, and the place of each is free when its response comes, not sooner or
        // later.
        for id in 20..26 {
            let update = store.customers().update([CustomerUpdate::new(id)]);
            soon(update.with_options(patient.clone())).await;
        }
        assert_eq!(work.most(), cap(), "by their own timeout: {own}");
    }
}

#[tokio::test]
async fn a_caller_who_goes_away_is_told_as_cancelled_and_its_place_is_kept_until_the_answer() {
    let work = Work::default();
    let server = work.serve(Duration::from_millis(400)).await;
    let told = Told::default();
    let store = store_with(&server, |builder| builder.observer(told.clone()));
    soon(store.brands().list()).await;
    let mut calls = Vec::new();
    for id in 0..3 {
        let update = store.customers().update([CustomerUpdate::new(id)]);
        calls.push(tokio::spawn(async move { update.await.map(|_| ()) }));
    }
    while server.asked().len() < 4 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    for call in calls {
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
    }
    let cancelled = |step: &Step| {
        matches!(
            step,
            Step::Finished {
                end: End::Cancelled,
                ..
            }
        )
    };
    let steps = told.steps();
    assert_eq!(steps.iter().filter(|(_, step)| cancelled(step)).count(), 3);

    let update = || store.customers().update([CustomerUpdate::new(9)]);
    let hurried = CallOptions::new().max_wait(Duration::from_millis(30));
    let error = update().with_options(hurried).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy);
    let why = "for a place among the calls that run at once";
    assert!(error.to_string().contains(why), "{error}");
    soon(update()).await;
    assert_eq!(work.most(), cap());
}

#[tokio::test]
async fn a_place_whose_answer_never_comes_is_free_again_after_the_bound() {
    let silent = |asked: &Received| {
        let slow = if asked.method == "PUT" { 3600 } else { 0 };
        let answer = Answer::json(200, r#"{"data":[],"meta":{}}"#);
        answer.after(Duration::from_secs(slow))
    };
    let server = Server::start(silent).await;
    let store = store_with(&server, |builder| {
        builder
            .quota(Quota::new().max_hold(Duration::from_millis(300)))
            .timeout(Duration::from_millis(50))
            .retry(RetryPolicy::never())
    });
    let patient = CallOptions::new().timeout(Duration::from_secs(5));
    soon(store.brands().list().with_options(patient)).await;
    let began = Instant::now();
    for id in 0..4 {
        let update = store.customers().update([CustomerUpdate::new(id)]);
        assert!(update.await.unwrap_err().is_timeout());
    }
    let waited = began.elapsed();
    let (least, most) = (Duration::from_millis(300), Duration::from_secs(2));
    assert!(waited >= least && waited < most, "{waited:?}");
}

#[tokio::test]
async fn a_connection_that_is_dead_keeps_no_place() {
    let server = Server::start(|asked| {
        let answer = Answer::json(200, r#"{"data":[],"meta":{}}"#);
        if asked.method == "PUT" {
            answer.cut()
        } else {
            answer
        }
    })
    .await;
    let store = store_with(&server, |builder| builder.retry(RetryPolicy::never()));
    soon(store.brands().list()).await;
    for id in 0..8 {
        let update = store.customers().update([CustomerUpdate::new(id)]);
        let update = tokio::time::timeout(Duration::from_secs(2), update.into_future());
        assert!(update.await.unwrap().is_err());
    }
}

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

/// A call under way.
type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// Polls a call once and then no more, as a caller does who works on something else.
async fn begin<T>(call: impl IntoFuture<IntoFuture = Pending<T>>) -> Pending<T> {
    let mut call = call.into_future();
    let sent = poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready()));
    assert!(!sent.await);
    call
}

/// What a call gives that must not be held up.
async fn soon<T, E: Debug>(call: impl IntoFuture<Output = Result<T, E>>) -> T {
    let answer = tokio::time::timeout(Duration::from_secs(2), call).await;
    answer.expect("it is held up").unwrap()
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

#[tokio::test]
async fn a_call_that_waits_for_the_quota_holds_no_place_meanwhile() {
    let windows = Windows::new(1, Duration::from_millis(300));
    let server = windows.serve().await;
    let store = store_with(&server, |builder| builder.retry(RetryPolicy::never()));
    soon(store.brands().list()).await;
    let update = |id| store.customers().update([CustomerUpdate::new(id)]);
    let mut begun = Vec::new();
    for id in 0..4 {
        begun.push(begin(update(id)).await);
    }
    soon(update(9)).await;
    for call in begun {
        soon(call).await;
    }
    assert_eq!(windows.refused(), 0);
}

#[tokio::test]
async fn a_place_is_not_kept_for_one_who_does_not_come_for_it() {
    let slow =
        |_: &_| Answer::json(200, r#"{"data":[],"meta":{}}"#).after(Duration::from_millis(50));
    let server = Server::start(slow).await;
    let store = store_with(&server, |builder| builder);
    soon(store.brands().list()).await;
    let update = |id| store.customers().update([CustomerUpdate::new(id)]);
    let mut running = JoinSet::new();
    for id in 0..3 {
        let update = update(id).into_future();
        running.spawn(async move { update.await.map(|_| ()) });
    }
    while server.asked().len() < 4 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let mut begun = Vec::new();
    for id in 3..7 {
        begun.push(begin(update(id)).await);
    }
    soon(update(9)).await;
    for call in begun {
        soon(call).await;
    }
    while let Some(call) = running.join_next().await {
        call.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_storm_of_refusals_is_sat_out_by_all_calls_together() {
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

/// A transport that gives responses in their order, and then those of a healthy store.
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

/// A transport that fails to connect once, after a response that leaves one call of the window.
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
    // The second attempt takes what the first one gave back; only their backoff is waited for.
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
