//! The audit record: what is recorded before a call is sent and after it.

mod files;
mod sinks;

use std::sync::{Arc, Mutex};

use bigcommerce_client::{
    Client, ErrorKind, RetryPolicy,
    abandoned_cart_emails::AbandonedCartEmailSettingsUpdate,
    audit::JsonLines,
    customer_addresses::CustomerAddressEntryUpdate,
    customers::CustomerUpdate,
    observe::{End, Step},
    order_statuses::OrderStatus,
    orders::OrderUpdate,
    policy::Policy,
};
use bigcommerce_tests::{
    server::{Answer, STORE_HASH, Server, TOKEN, store_with},
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
        let update = OrderUpdate::new().status_id(OrderStatus::AWAITING_FULFILLMENT);
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
                sentence.contains("returned 200 with a body that cannot be decoded after "),
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
async fn a_write_with_an_unexpected_response_format_succeeded_and_is_reported_as_odd() {
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

/// What a sink received, in words.
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
async fn writes_of_every_kind_are_recorded_before_they_are_sent_and_unsent_ones_are_not() {
    let log = Arc::new(JsonLines::new(Vec::new()));
    let (seen, before) = (Arc::clone(&log), Arc::new(Mutex::new(Vec::new())));
    let kept = Arc::clone(&before);
    let server = Server::start(move |_| {
        let pending = words(&seen).into_iter();
        let pending = pending.filter_map(|word| word.strip_suffix(" pending").map(str::to_owned));
        kept.lock().unwrap().push(pending.collect::<Vec<_>>());
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
    let denied = store.under(Policy::new()).orders().delete(118).await;
    assert!(denied.is_err());

    let before: Vec<_> = before.lock().unwrap().iter().skip(1).cloned().collect();
    let methods = ["DELETE", "PUT", "PUT", "POST"];
    assert_eq!(before.len(), methods.len());
    for (at, told) in before.iter().enumerate() {
        // The two batches are sent concurrently, so both may be pending when the first arrives.
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        assert!(told.len() > at && methods.starts_with(&told), "{told:?}");
    }
    let told = words(&log);
    let pending = told.iter().filter(|word| word.ends_with("pending")).count();
    assert_eq!(pending, server.asked().len() - 1, "{told:?}");
    assert!(told.contains(&"DELETE failed".to_owned()), "{told:?}");
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
