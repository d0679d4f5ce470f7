//! The sinks of the audit record: what is written before a call is sent and after it, and that no sink
//! holds up or fails a call but one that the call is made to depend on.

use std::{
    io,
    process::{Command, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use bigcommerce_client::{
    Client, ErrorKind, RetryPolicy,
    abandoned_cart_emails::AbandonedCartEmailSettingsUpdate,
    audit::{AuditSink, JsonLines, Record},
    customer_addresses::CustomerAddressEntryUpdate,
    customers::CustomerUpdate,
    observe::{End, Step},
    orders::OrderUpdate,
    policy::Policy,
};
use bigcommerce_tests::{
    server::{Answer, STORE_HASH, Server, TOKEN, nobody, store_with},
    time::Told,
};
use serde_json::Value;

#[tokio::test]
async fn a_call_that_its_caller_drops_leaves_a_record() {
    let slow = Answer::json(200, "[]").after(std::time::Duration::from_secs(30));
    let server = Server::start(move |_| slow.clone()).await;
    let log = Arc::new(JsonLines::new(Vec::new()));
    let store = store_with(&server, |builder| builder.audit(Arc::clone(&log)));
    let call = store.orders().list().send();
    let waited = tokio::time::timeout(std::time::Duration::from_millis(50), call).await;
    assert!(waited.is_err());
    let record: Value = log.with(|written| serde_json::from_slice(written).unwrap());
    assert_eq!(record["end"], "cancelled");
    assert_eq!(record["rule"], "no policy");
}

/// A sink that keeps nothing.
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

#[tokio::test]
async fn a_success_that_cannot_be_read_is_recorded_as_what_it_was() {
    let page = "<html><body>Sign in to the network</body></html>";
    let error = r#"{"status":422,"title":"No such order"}"#;
    for body in [page, error] {
        let server = Server::start(move |_| Answer::text(200, body)).await;
        let (log, told) = (Arc::new(JsonLines::new(Vec::new())), Told::default());
        let store = store_with(&server, |builder| {
            let builder = builder.audit(Arc::clone(&log)).observer(told.clone());
            builder.retry(RetryPolicy::never())
        });
        let update = OrderUpdate::new().status_id(11);
        let errors = [
            store.orders().update(118, update).await.err(),
            store.orders().list().await.err(),
            store.orders().list().stream().try_next().await.err(),
        ];
        for error in errors {
            assert_eq!(
                error.map(|error| error.kind()),
                Some(ErrorKind::Decode),
                "{body}"
            );
        }
        let text = log.with(|written| String::from_utf8_lossy(written).into_owned());
        let records: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .filter(|record: &Value| record["end"] != "pending")
            .collect();
        assert_eq!(records.len(), 3, "{text}");
        for record in records {
            let said = [&record["end"], &record["error"], &record["status"]];
            assert_eq!(
                said.map(Value::to_string),
                [r#""failed""#, r#""decode""#, "200"]
            );
            let sentence = record["sentence"].as_str().unwrap();
            assert!(
                sentence.contains("returned 200 with a body that cannot be read after "),
                "{sentence}"
            );
        }
        let ends = told.steps().into_iter().filter_map(|(_, step)| match step {
            Step::Finished { end, status, .. } => Some((end, status)),
            _ => None,
        });
        let unreadable = (End::Failed(ErrorKind::Decode), Some(200));
        assert_eq!(ends.collect::<Vec<_>>(), [unreadable; 3]);
    }
}

#[tokio::test]
async fn a_write_whose_response_has_another_form_than_was_due_succeeded_and_is_told_as_odd() {
    let server = Server::script([
        Answer::json(200, r#"{"data":{"use_global":true},"meta":{}}"#),
        Answer::json(
            200,
            r#"{"id":7,"customer_id":118,"city":"Austin","meta":{}}"#,
        ),
    ])
    .await;
    let (log, told) = (Arc::new(JsonLines::new(Vec::new())), Told::default());
    let store = store_with(&server, |builder| {
        builder.audit(Arc::clone(&log)).observer(told.clone())
    });

    let settings = AbandonedCartEmailSettingsUpdate::new(true);
    let enveloped = store.abandoned_cart_emails().update_settings(settings);
    let enveloped = enveloped.send().await.unwrap();
    assert!(enveloped.value().use_global);
    let changes = [CustomerAddressEntryUpdate::new(7).city("Austin")];
    let alone = store.customer_addresses().update(changes).send().await;
    let alone = alone.unwrap();
    assert_eq!(alone.value()[0].id, 7);
    let oddities = enveloped.oddities().iter().chain(alone.oddities());
    assert_eq!(
        oddities.map(ToString::to_string).collect::<Vec<_>>(),
        [
            "at the top: expected an object, found an envelope",
            "at the top: expected a list, found an object",
        ]
    );

    assert_eq!(
        words(&log),
        [
            "PUT pending",
            "PUT succeeded",
            "PUT pending",
            "PUT succeeded"
        ]
    );
    let ends = told.steps().into_iter().filter_map(|(_, step)| match step {
        Step::Finished { end, status, .. } => Some(format!("{end:?} {status:?}")),
        Step::Odd { count } => Some(format!("{count} odd")),
        _ => None,
    });
    let (succeeded, odd) = ("Succeeded Some(200)", "1 odd");
    assert_eq!(ends.collect::<Vec<_>>(), [succeeded, odd, succeeded, odd]);
}

#[tokio::test]
async fn lines_of_calls_that_run_at_once_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit.jsonl");
    let store = Client::builder(STORE_HASH, TOKEN)
        .base_url(nobody())
        .policy(Policy::new())
        .audit(JsonLines::append(&path).unwrap())
        .build()
        .unwrap();
    let mut calls = tokio::task::JoinSet::new();
    for id in 0..100 {
        let call = store.orders().get(id).send();
        calls.spawn(async move { call.await.is_err() });
    }
    assert!(calls.join_all().await.into_iter().all(|refused| refused));
    let text = std::fs::read_to_string(path).unwrap();
    let ids: std::collections::BTreeSet<String> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["ids"]["order_id"].to_string())
        .collect();
    assert_eq!(ids.len(), 100);
}

#[tokio::test]
async fn a_record_after_a_line_that_broke_off_begins_a_line_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit.jsonl");
    let whole = "{\"whole\":true}\n";
    for (before, kept) in [
        ("", 0),
        (whole, 1),
        ("{\"ha", 1),
        ("{\"whole\":true}\n{\"ha", 2),
    ] {
        std::fs::write(&path, before).unwrap();
        for _ in 0..2 {
            let store = Client::builder(STORE_HASH, TOKEN).base_url(nobody());
            let store = store.policy(Policy::new());
            let store = store
                .audit(JsonLines::append(&path).unwrap())
                .build()
                .unwrap();
            assert!(store.orders().get(7).await.is_err());
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(text.starts_with(before), "{text}");
        assert_eq!(lines.len(), kept + 2, "{text}");
        for line in &lines[kept..] {
            let record: Value = serde_json::from_str(line).unwrap();
            assert_eq!(record["ids"]["order_id"], "7");
        }
    }
}

/// A disk that is full in the middle of the first line, and has room again afterwards.
#[derive(Default)]
struct Crowded {
    written: Vec<u8>,
    calls: u32,
}

impl io::Write for Crowded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.calls += 1;
        match self.calls {
            1 => self.written.write(&bytes[..bytes.len() / 2]),
            2 => Err(io::Error::from(io::ErrorKind::StorageFull)),
            _ => self.written.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_line_that_could_not_be_written_to_its_end_costs_no_other() {
    let log = Arc::new(JsonLines::new(Crowded::default()));
    let store = Client::builder(STORE_HASH, TOKEN).base_url(nobody());
    let store = store.policy(Policy::new()).audit(Arc::clone(&log));
    let store = store.build().unwrap();
    for id in [7, 8, 9] {
        assert!(store.orders().get(id).await.is_err());
    }
    let text = log.with(|disk| String::from_utf8(disk.written.clone()).unwrap());
    let ids = text.lines().map(|line| {
        let record = serde_json::from_str::<Value>(line).ok()?;
        Some(record["ids"]["order_id"].as_str()?.to_owned())
    });
    let ids: Vec<Option<String>> = ids.collect();
    assert_eq!(ids, [None, Some("8".to_owned()), Some("9".to_owned())]);
}

/// The environment of a program that is killed: where its server is, and its log.
const VICTIM: &str = "AUDIT_VICTIM";

/// No test of its own: what the next one runs as a program and kills.
#[tokio::test]
async fn a_program_that_deletes_until_it_is_killed() {
    let Ok(victim) = std::env::var(VICTIM) else {
        return;
    };
    let (url, log) = victim.split_once(' ').unwrap();
    let store = Client::builder(STORE_HASH, TOKEN)
        .base_url(url)
        .audit(JsonLines::append(log).unwrap())
        .build()
        .unwrap();
    let _ = store.customers().delete_all([7, 8]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_was_sent_stands_in_the_log_of_a_program_that_was_killed_meanwhile() {
    let never = Answer::empty(204).after(Duration::from_secs(60));
    let server = Server::start(move |_| never.clone()).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit.jsonl");
    let name = "audit::a_program_that_deletes_until_it_is_killed";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name])
        .env(VICTIM, format!("{} {}", server.url(), path.display()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while server.asked().is_empty() {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "nothing was sent"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();

    let text = std::fs::read_to_string(path).unwrap();
    let record: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(record["endpoint"], "customers.delete");
    assert_eq!(record["ids"], serde_json::json!({"id:in": "7,8"}));
    assert_eq!(
        (&record["decision"], &record["end"]),
        (&"allowed".into(), &"pending".into())
    );
}

/// What a sink was told of, in words.
fn words(log: &Arc<JsonLines<Vec<u8>>>) -> Vec<String> {
    let text = log.with(|written| String::from_utf8(written.clone()).unwrap());
    let word = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let method = line["method"].as_str().unwrap().to_owned();
        format!("{method} {}", line["end"].as_str().unwrap())
    };
    text.lines().map(word).collect()
}

#[tokio::test]
async fn writes_of_every_way_are_recorded_before_they_are_sent_and_what_is_not_sent_is_not() {
    let log = Arc::new(JsonLines::new(Vec::new()));
    let (seen, before) = (Arc::clone(&log), Arc::new(Mutex::new(Vec::new())));
    let kept = Arc::clone(&before);
    let server = Server::start(move |_| {
        kept.lock().unwrap().push(words(&seen).last().cloned());
        Answer::json(200, r#"{"data":[],"meta":{}}"#)
    })
    .await;
    let store = store_with(&server, |builder| builder.audit(Arc::clone(&log)));
    store.orders().list().await.unwrap();
    store.orders().delete(118).await.unwrap();
    let changes = (1..=11).map(|id| CustomerUpdate::new(id).company("Acme"));
    let _ = store.customers().update_all(changes).await.unwrap();
    store
        .raw(http::Method::POST, "/v3/settings/x")
        .await
        .unwrap();
    let refused = store.under(Policy::new()).orders().delete(118).await;
    assert!(refused.is_err());

    let before: Vec<_> = before.lock().unwrap().iter().skip(1).cloned().collect();
    let methods = ["DELETE", "PUT", "PUT", "POST"];
    for (told, method) in before.iter().zip(methods) {
        assert_eq!(told.as_deref(), Some(&*format!("{method} pending")));
    }
    let told = words(&log);
    let pending = told.iter().filter(|word| word.ends_with("pending")).count();
    assert_eq!(pending, server.asked().len() - 1, "{told:?}");
    assert!(told.contains(&"DELETE failed".to_owned()), "{told:?}");
}

/// A sink that waits to be let go.
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
    // One that fails by itself has all the time it needs to say so on a busy machine.
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

/// A sink that takes its time.
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
    // Beside the timeout there is only the outcome, for which nobody waits long.
    assert!(
        began.elapsed() < TIMEOUT + Duration::from_millis(120),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn a_call_without_a_runtime_is_recorded_as_well() {
    let log = Arc::new(JsonLines::new(Vec::new()));
    let store = Client::builder(STORE_HASH, TOKEN)
        .policy(Policy::new())
        .audit(Arc::clone(&log))
        .build()
        .unwrap();
    let mut call = std::pin::pin!(store.orders().delete(118).into_future());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_ready());
    assert_eq!(words(&log), ["DELETE failed"]);
}
