//! What ends a bulk call before all of its items were sent, and what the report then says about them.

use std::sync::Mutex;

use bigcommerce_client::{
    RetryPolicy,
    bulk::{Fate, Known},
};
use bigcommerce_tests::server::{Answer, Server, store, store_with};

use super::{changes, fates, ids, taken};

#[tokio::test]
async fn an_error_that_affects_every_item_ends_the_call_and_reports_what_was_not_attempted() {
    let calls = Mutex::new(0);
    let server = Server::start(move |asked| {
        let mut calls = calls.lock().unwrap();
        *calls += 1;
        match *calls {
            1 | 2 => taken(&ids(asked)),
            _ => Answer::json(403, r#"{"status":403,"title":"You lack a scope"}"#),
        }
    })
    .await;
    let all = store(&server)
        .customers()
        .update_all(changes(1..=100))
        .at_once(1);
    let report = all.await.unwrap();
    let counts = fates(&report);
    assert_eq!(
        counts,
        [("done, told", 20), ("failed", 10), ("not attempted", 70)].into()
    );
    assert!(report.stopped().unwrap().is_missing_scope());
    let left = report.into_retryable();
    let left: Vec<_> = left.iter().map(|change| change.id).collect();
    assert_eq!(left, (21..=100).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_batch_that_was_refused_does_not_count_as_never_sent_when_the_call_stops() {
    let calls = Mutex::new(0);
    let server = Server::start(move |_| {
        let mut calls = calls.lock().unwrap();
        *calls += 1;
        match *calls {
            1 => Answer::json(422, r#"{"status":422,"title":"bad"}"#),
            _ => Answer::json(401, r#"{"status":401,"title":"Unauthorized"}"#),
        }
    })
    .await;
    let all = store(&server).customers().update_all(changes(1..=30));
    let report = all.at_once(1).await.unwrap();
    assert_eq!(server.asked().len(), 2);
    assert_eq!(
        fates(&report),
        [("failed", 10), ("not attempted", 20)].into()
    );
    let failed = report.failures().filter_map(|(change, fate)| match fate {
        Fate::Failed(error) => Some((change.id, error.status().unwrap().as_u16(), fate.known())),
        _ => None,
    });
    // The first half was sent again, and the other was not.
    let expected = (1..=10).map(|id| (id, if id <= 5 { 401 } else { 422 }, Known::NotDone));
    assert!(failed.eq(expected), "{report:?}");
    assert_eq!(report.into_retryable().len(), 30);
}

#[tokio::test]
async fn when_nothing_could_be_sent_the_call_fails_as_a_whole() {
    let server = Server::script([]).await;
    let nobody = bigcommerce_tests::server::nobody();
    let store = store_with(&server, |builder| {
        builder.base_url(nobody).retry(RetryPolicy::never())
    });
    let error = store
        .customers()
        .update_all(changes(1..=30))
        .await
        .unwrap_err();
    assert!(error.is_connect());
    assert!(store.customers().update_all([]).await.unwrap().is_empty());
}
