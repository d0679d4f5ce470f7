//! Batches that may have been accepted: only those that do no harm when they are sent again are sent again.

use std::{collections::BTreeMap, sync::Mutex};

use bigcommerce_client::CallOptions;
use bigcommerce_tests::{
    server::{Answer, Server, store, store_with},
    time::Hurry,
};
use serde_json::json;

use super::{changes, customers, emails, fates, ids, prices, taken};

#[tokio::test]
async fn creates_that_may_have_happened_are_never_sent_again_nor_returned_as_retryable() {
    let part = json!({
        "data": [{ "id": 1 }], "errors": [{ "status": 422, "title": "bad" }],
        "meta": { "total": 10, "success": 1, "failed": 9 },
    });
    for (answer, fate) in [
        (Answer::json(500, "{}"), "failed"),
        (Answer::json(504, ""), "failed"),
        (Answer::json(200, r#"{"data":[{"#).cut(), "failed"),
        (Answer::json(200, "<html>"), "failed"),
        (Answer::json(422, part.to_string()), "unclear"),
    ] {
        let server = Server::start(move |_| answer.clone()).await;
        let all = store(&server).customers().create_all(customers(25));
        let report = all.await.unwrap();
        let sent: Vec<String> = server.asked().iter().flat_map(emails).collect();
        assert_eq!(sent.len(), 25, "each once");
        assert_eq!(fates(&report), BTreeMap::from([(fate, 25)]));
        assert_eq!(report.may_be_done().count(), 25);
        assert!(report.into_retryable().is_empty());
    }
}

#[tokio::test]
async fn creations_that_are_refused_after_an_attempt_that_may_have_happened_may_be_done() {
    for count in [1, 4] {
        let taken = json!({ "status": 409, "title": "Taken" }).to_string();
        let server = Server::script([Answer::empty(504), Answer::json(409, taken)]).await;
        let all = store(&server).customers().create_all(customers(count));
        let report = all.with_options(CallOptions::new().idempotent(true));
        let report = report.await.unwrap();
        assert_eq!(server.asked().len(), 2);
        assert_eq!(report.may_be_done().count(), count);
        assert!(report.into_retryable().is_empty());
    }
}

#[tokio::test]
async fn changes_that_do_harm_when_they_are_sent_again_are_sent_once() {
    let part = json!({
        "data": [{ "id": 1 }], "errors": [{ "status": 422, "title": "bad" }],
        "meta": { "total": 10, "success": 1, "failed": 9 },
    });
    let server = Server::start(move |_| Answer::json(422, part.to_string())).await;
    let all = store(&server).customers().update_all(changes(1..=10));
    let report = all.with_options(CallOptions::new().idempotent(false));
    let report = report.await.unwrap();
    assert_eq!(server.asked().len(), 1);
    assert_eq!(fates(&report), [("unclear", 10)].into());
}

#[tokio::test]
async fn of_batches_that_may_be_taken_only_those_that_add_nothing_are_retried() {
    let tried = Mutex::new(BTreeMap::<i64, usize>::new());
    let server = Server::start(move |asked| {
        let ids = ids(asked);
        let mut tried = tried.lock().unwrap();
        let times = tried.entry(ids[0]).or_default();
        *times += 1;
        match *times {
            1 => Answer::empty(502),
            _ => taken(&ids),
        }
    })
    .await;
    let store = store_with(&server, |builder| builder.clock(Hurry::new(0.5)));
    let all = store.products().update_all(prices(30)).at_once(1);
    let report = all.await.unwrap();
    assert_eq!(fates(&report), [("done, told", 20), ("failed", 10)].into());
    let failed: Vec<_> = report.may_be_done().map(|(change, _)| change.id).collect();
    let expected: Vec<_> = prices(20).skip(10).map(|change| change.id).collect();
    assert_eq!(failed, expected);
    assert_eq!(server.asked().len(), 2 + 1 + 2);
    assert!(report.into_retryable().is_empty());
}
