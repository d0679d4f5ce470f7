//! Sinks that fail, block or panic: none delays or fails a call, except a required one.

use std::{
    io,
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use bigcommerce_client::{
    ErrorKind, RetryPolicy,
    audit::{AuditSink, JsonLines, Record},
    observe::Step,
};
use bigcommerce_tests::{
    server::{Answer, Server, store_with},
    time::Told,
};

use super::words;

/// A sink that stores nothing.
struct Full(Mutex<u32>);

impl AuditSink for Full {
    fn record(&self, _: &Record<'_>) -> io::Result<()> {
        *self.0.lock().unwrap() += 1;
        Err(io::Error::from(io::ErrorKind::StorageFull))
    }
}

#[tokio::test]
async fn a_sink_that_fails_does_not_fail_the_call_and_observers_are_told() {
    let server = Server::script([Answer::json(200, "[]")]).await;
    let (sink, told) = (Arc::new(Full(Mutex::new(0))), Told::default());
    let log = Arc::new(JsonLines::new(Vec::new()));
    let store = store_with(&server, |builder| {
        let builder = builder.audit(Arc::clone(&sink)).audit(Arc::clone(&log));
        builder.observer(told.clone())
    });
    assert!(store.orders().list().await.is_ok());
    let steps: Vec<Step> = told.steps().into_iter().map(|(_, step)| step).collect();
    let failures = steps.iter().filter(|step| matches!(step, Step::Unrecorded));
    assert_eq!((failures.count(), *sink.0.lock().unwrap()), (1, 1));
    assert!(matches!(steps.last(), Some(Step::Finished { .. })));
    assert!(
        log.with(|written| !written.is_empty()),
        "the others still have it"
    );
}

/// A sink that waits until it is released.
struct Stuck(Mutex<mpsc::Receiver<()>>);

fn stuck() -> (mpsc::Sender<()>, Stuck) {
    let (go, wait) = mpsc::channel();
    (go, Stuck(Mutex::new(wait)))
}

impl AuditSink for Stuck {
    fn record(&self, _: &Record<'_>) -> io::Result<()> {
        let _ = self.0.lock().unwrap().recv();
        Ok(())
    }
}

struct Panics;

impl AuditSink for Panics {
    fn record(&self, _: &Record<'_>) -> io::Result<()> {
        std::panic::panic_any("the sink's own fault");
    }
}

const TIMEOUT: Duration = Duration::from_millis(400);

#[tokio::test]
async fn a_sink_that_blocks_holds_up_no_call_beyond_its_timeout_and_nobody_waits_for_it_again() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let (go, sink) = stuck();
    let (told, log) = (Told::default(), Arc::new(JsonLines::new(Vec::new())));
    let store = store_with(&server, |builder| {
        let builder = builder.timeout(TIMEOUT).observer(told.clone());
        builder.audit(sink).audit(Arc::clone(&log))
    });
    let began = Instant::now();
    store.orders().delete(118).await.unwrap();
    assert!(began.elapsed() < TIMEOUT, "{:?}", began.elapsed());
    let began = Instant::now();
    for id in 0..20 {
        store.orders().delete(id).await.unwrap();
    }
    assert!(began.elapsed() < TIMEOUT, "{:?}", began.elapsed());
    assert_eq!(words(&log).len(), 42, "the other sink has them all");
    let steps = told.steps();
    let late = steps
        .iter()
        .filter(|(_, step)| matches!(step, Step::Unrecorded));
    assert_eq!(late.count(), 42);
    drop(go);
}

#[tokio::test]
async fn a_dropped_call_does_not_wait_for_a_sink_that_blocks() {
    let slow = Answer::empty(204).after(Duration::from_secs(30));
    let server = Server::start(move |_| slow.clone()).await;
    let (go, sink) = stuck();
    let store = store_with(&server, |builder| builder.audit(sink));
    let began = Instant::now();
    let call = store.orders().list().send();
    assert!(
        tokio::time::timeout(Duration::from_millis(50), call)
            .await
            .is_err()
    );
    assert!(
        began.elapsed() < Duration::from_millis(400),
        "{:?}",
        began.elapsed()
    );
    drop(go);
}

#[tokio::test]
async fn a_sink_that_panics_fails_no_call_and_goes_on() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let told = Told::default();
    let store = store_with(&server, |builder| {
        builder.observer(told.clone()).audit(Panics)
    });
    for id in [118, 119] {
        store.orders().delete(id).await.unwrap();
    }
    let steps = told.steps();
    let failed = steps
        .iter()
        .filter(|(_, step)| matches!(step, Step::Unrecorded));
    assert_eq!(failed.count(), 4);
}

#[tokio::test]
async fn a_write_is_not_sent_when_a_sink_that_is_required_fails_and_the_error_says_so() {
    let server = Server::start(|_| Answer::json(200, "[]")).await;
    let (go, blocking) = stuck();
    let full: Arc<dyn AuditSink> = Arc::new(Full(Mutex::new(0)));
    // A sink that fails on its own has enough time to do so on a busy machine.
    let enough = Duration::from_secs(30);
    let sinks: [(Arc<dyn AuditSink>, Duration, &str); 3] = [
        (full, enough, "no storage space"),
        (Arc::new(Panics), enough, "it panicked"),
        (Arc::new(blocking), TIMEOUT, "timed out"),
    ];
    for (sink, timeout, why) in sinks {
        let log = Arc::new(JsonLines::new(Vec::new()));
        let store = store_with(&server, |builder| {
            let builder = builder.timeout(timeout).audit(Arc::clone(&log));
            builder.required_audit(sink)
        });
        let began = Instant::now();
        let error = store.orders().delete(118).await.unwrap_err();
        assert!(began.elapsed() < timeout * 2, "{:?}", began.elapsed());
        assert_eq!(error.kind(), ErrorKind::Unrecorded);
        assert!(!error.may_have_happened() && !error.is_retryable() && error.attempts() == 0);
        let said = error.to_string();
        let expected =
            "orders.delete was not sent: a required audit sink could not record it before: ";
        assert!(said.starts_with(expected) && said.contains(why), "{said}");
        assert_eq!(words(&log), ["DELETE pending", "DELETE failed"]);
        let line = log.with(|written| String::from_utf8(written.clone()).unwrap());
        assert!(line.contains("not sent: unrecorded after"), "{line}");

        let report = store.customers().delete_all([7]).await;
        let error = report.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unrecorded, "{error}");
        let raw = store.raw(http::Method::PUT, "/v2/orders/118").await;
        assert_eq!(raw.unwrap_err().kind(), ErrorKind::Unrecorded);
        assert!(server.asked().is_empty());
        assert!(
            store.orders().list().await.is_ok(),
            "reading does not depend on it"
        );
        assert_eq!(server.take().len(), 1);
    }
    drop(go);
}

/// A slow sink.
struct Slow(Duration);

impl AuditSink for Slow {
    fn record(&self, _: &Record<'_>) -> io::Result<()> {
        thread::sleep(self.0);
        Ok(())
    }
}

#[tokio::test]
async fn the_time_that_a_required_sink_takes_is_part_of_the_timeout() {
    let late = Answer::empty(204).after(TIMEOUT);
    let server = Server::start(move |_| late.clone()).await;
    let store = store_with(&server, |builder| {
        let builder = builder.timeout(TIMEOUT).retry(RetryPolicy::never());
        builder.required_audit(Slow(Duration::from_millis(150)))
    });
    let began = Instant::now();
    let error = store.orders().delete(118).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    // Besides the intent, which counts towards the timeout, there is only the result, for which the
    // call does not wait long.
    assert!(
        began.elapsed() < TIMEOUT + Duration::from_millis(120),
        "{:?}",
        began.elapsed()
    );
}
