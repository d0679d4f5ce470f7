//! Many items in as many calls as they need: no call too large, no item lost, none sent twice that may
//! have been taken, and a fate for each.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bigcommerce_client::{
    RetryPolicy,
    bulk::{Fate, Report},
    categories::CategoryCreate,
    customers::{Customer, CustomerCreate, CustomerUpdate},
};
use bigcommerce_tests::server::{Answer, Asked, Server, store, store_with};
use serde_json::{Value, json};

fn ids(asked: &Asked) -> Vec<i64> {
    let body: Value = serde_json::from_slice(&asked.body).unwrap();
    let items = body.as_array().unwrap().iter();
    items.map(|item| item["id"].as_i64().unwrap()).collect()
}

fn taken(ids: &[i64]) -> Answer {
    let data: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
    Answer::json(200, json!({ "data": data, "meta": {} }).to_string())
}

fn changes(ids: impl IntoIterator<Item = i64>) -> impl Iterator<Item = CustomerUpdate> {
    ids.into_iter()
        .map(|id| CustomerUpdate::new(id).company("Acme"))
}

fn fates<I, T>(report: &Report<I, T>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for (_, fate) in report.iter() {
        let name = match fate {
            Fate::Done(Some(_)) => "done, told",
            Fate::Done(None) => "done",
            Fate::Refused(_) => "refused",
            Fate::Failed(_) => "failed",
            Fate::Unclear(_) => "unclear",
            Fate::NotAttempted => "not attempted",
            _ => "unknown",
        };
        *counts.entry(name).or_default() += 1;
    }
    counts
}

#[tokio::test]
async fn items_go_out_in_batches_that_the_api_takes_and_come_back_in_their_order() {
    let server = Server::start(|asked| match ids(asked) {
        ids if ids.len() > 10 => Answer::empty(413),
        ids => taken(&ids),
    })
    .await;
    let report = store(&server)
        .customers()
        .update_all(changes(1..=95))
        .await
        .unwrap();
    assert!(report.is_complete());
    assert_eq!(server.asked().len(), 10);
    for (at, (change, fate)) in report.into_iter().enumerate() {
        let Fate::Done(Some(Customer { id, .. })) = fate else {
            panic!("{fate:?}")
        };
        assert_eq!((change.id, id), (at as i64 + 1, at as i64 + 1));
    }
}

#[tokio::test]
async fn no_more_batches_are_under_way_than_the_endpoint_allows() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let peak = Arc::clone(&most);
    let server = Server::start(move |asked| {
        let running = now.fetch_add(1, Ordering::SeqCst) + 1;
        most.fetch_max(running, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(5));
        now.fetch_sub(1, Ordering::SeqCst);
        taken(&ids(asked))
    })
    .await;
    let all = store(&server)
        .customers()
        .update_all(changes(1..=200))
        .at_once(16);
    assert!(all.await.unwrap().is_complete());
    assert!(
        peak.load(Ordering::SeqCst) <= 3,
        "customers.update allows three at once"
    );
}

#[tokio::test]
async fn batches_beyond_what_the_endpoint_allows_do_not_end_the_call() {
    let server = Server::start(|asked| match asked.method.as_str() {
        "PUT" => taken(&ids(asked)).after(Duration::from_millis(20)),
        _ => taken(&[]),
    })
    .await;
    let store = store_with(&server, |builder| builder.max_wait(Duration::ZERO));
    // It tells that there is no quota to wait for.
    store.brands().list().await.unwrap();
    let all = store.customers().update_all(changes(1..=100)).at_once(16);
    assert!(all.await.unwrap().is_complete());
}

#[tokio::test]
async fn items_at_fault_are_found_whether_or_not_the_api_names_them() {
    for named in [true, false] {
        let server = Server::start(move |asked| {
            let ids = ids(asked);
            let Some(at) = ids.iter().position(|id| id % 20 == 7) else {
                return taken(&ids);
            };
            let field = if named {
                format!("{at}.email")
            } else {
                "email".to_owned()
            };
            let problem = json!({ "status": 422, "title": "bad", "errors": { field: "is taken" } });
            Answer::json(422, problem.to_string())
        })
        .await;
        let report = store(&server)
            .customers()
            .update_all(changes(1..=60))
            .await
            .unwrap();
        let failed: Vec<_> = report.failures().map(|(change, _)| change.id).collect();
        assert_eq!(failed, [7, 27, 47], "named: {named}");
        assert_eq!(report.done(), 57);
        assert!(server.asked().len() < 30, "{} calls", server.asked().len());
    }
}

#[tokio::test]
async fn creations_are_never_sent_twice_whatever_became_of_them() {
    for answer in [
        Answer::json(422, r#"{"status":422,"title":"bad","errors":{}}"#),
        Answer::json(500, "{}"),
        Answer::json(200, r#"{"data":[{"#).cut(),
        Answer::empty(413),
    ] {
        let server = Server::start(move |_| answer.clone()).await;
        let new = (0..25).map(|n| {
            CustomerCreate::new()
                .email(format!("{n}@example.com"))
                .first_name("A")
                .last_name("B")
        });
        let report = store(&server).customers().create_all(new).await.unwrap();
        let sent: Vec<String> = server
            .asked()
            .iter()
            .flat_map(|asked| {
                let body: Value = serde_json::from_slice(&asked.body).unwrap();
                let emails = body.as_array().unwrap().iter();
                emails.map(|it| it["email"].to_string()).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(sent.len(), 25, "each once");
        assert_eq!(fates(&report), BTreeMap::from([("failed", 25)]));
        assert_eq!(report.into_left().len(), 25);
    }
}

#[tokio::test]
async fn a_success_in_part_tells_which_items_failed() {
    let some = |errors: Value, failed: Value| {
        let body = json!({
            "data": [{ "category_id": 1, "name": "a" }],
            "errors": errors,
            "meta": { "total": 3, "failed": failed },
        });
        Answer::json(207, body.to_string())
    };
    let problem = |fields: Value| json!({ "status": 422, "title": "bad", "errors": fields });
    let named = problem(json!({ "1.name": "is taken" }));
    let unnamed = problem(json!({ "name": "is taken" }));
    let both = problem(json!({ "1.name": "is taken", "name": "is taken" }));
    for (errors, failed, told) in [
        (&named, json!(1), [("done", 2), ("refused", 1)].as_slice()),
        (&named, Value::Null, &[("done", 2), ("refused", 1)]),
        (&unnamed, json!(1), &[("unclear", 3)]),
        // Another one failed that is not named.
        (&named, json!(2), &[("refused", 1), ("unclear", 2)]),
        (&both, Value::Null, &[("refused", 1), ("unclear", 2)]),
    ] {
        let server = Server::script([some(errors.clone(), failed)]).await;
        let new = ["a", "b", "c"].map(|name| CategoryCreate::new(name).tree_id(1));
        let report = store(&server).categories().create_all(new).await.unwrap();
        assert_eq!(fates(&report), told.iter().copied().collect(), "{errors}");
    }
}

#[tokio::test]
async fn ids_are_cut_so_that_no_address_grows_too_long() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let all = 1_000_000..1_001_000;
    let report = store(&server)
        .customers()
        .delete_all(all.clone())
        .await
        .unwrap();
    assert!(report.is_complete());
    let asked = server.asked();
    let mut seen: Vec<i64> = Vec::new();
    for asked in &asked {
        assert!(asked.line().len() < 4000);
        let (_, ids) = asked
            .pairs()
            .into_iter()
            .find(|(key, _)| *key == "id:in")
            .unwrap();
        seen.extend(ids.split(',').map(|id| id.parse::<i64>().unwrap()));
    }
    seen.sort_unstable();
    assert_eq!(seen, all.collect::<Vec<_>>());
}

#[tokio::test]
async fn what_would_meet_every_item_ends_the_call_and_tells_what_was_not_attempted() {
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
    let left: Vec<_> = report.into_left().iter().map(|change| change.id).collect();
    assert_eq!(left, (21..=100).collect::<Vec<_>>());
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
