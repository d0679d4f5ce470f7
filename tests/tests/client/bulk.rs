//! Many items in as many calls as needed: no call is too large, no item is lost, none that may have
//! been accepted is sent twice, and each has a fate.

mod ends;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bigcommerce_client::{
    CallOptions, RetryPolicy,
    bulk::{Fate, Known, Report},
    categories::CategoryCreate,
    customers::{Customer, CustomerCreate, CustomerUpdate},
    pricelists::PriceRecordInput,
    products::{ProductImageUpdate, ProductUpdate},
};
use bigcommerce_tests::server::{Answer, Received, Server, store, store_with};
use bigcommerce_tests::time::Hurry;
use serde_json::{Value, json};

fn ids(asked: &Received) -> Vec<i64> {
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
async fn progress_counts_the_items_that_are_settled_and_only_grows() {
    // A batch with 7 in it is rejected as a whole until 7 is alone.
    let server = Server::start(|asked| match ids(asked) {
        ids if ids.contains(&7) && ids.len() > 1 => Answer::empty(413),
        ids if ids.contains(&7) => Answer::json(422, json!({ "title": "bad" }).to_string()),
        ids => taken(&ids),
    })
    .await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let update = store(&server).customers().update_all(changes(1..=25));
    let update = update.on_progress(move |done, all| tell.lock().unwrap().push((done, all)));
    let report = update.at_once(1).await.unwrap();
    assert_eq!(report.failures().count(), 1);
    let told = told.lock().unwrap();
    assert_eq!(told.last(), Some(&(25, 25)));
    assert!(
        told.len() > 3 && told.windows(2).all(|two| two[0].0 < two[1].0),
        "{told:?}"
    );
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
    // It reports that there is no quota to wait for.
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

fn emails(asked: &Received) -> Vec<String> {
    let body: Value = serde_json::from_slice(&asked.body).unwrap();
    let items = body.as_array().unwrap().iter();
    let email = |it: &Value| it["email"].as_str().unwrap().to_owned();
    items.map(email).collect()
}

fn customers(count: usize) -> impl Iterator<Item = CustomerCreate> {
    (0..count).map(|n| {
        CustomerCreate::new()
            .email(format!("{n}@example.com"))
            .first_name("A")
            .last_name("B")
    })
}

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

/// Updates of this many products' prices, with a new image in the second batch.
fn prices(count: i64) -> impl Iterator<Item = ProductUpdate> {
    (1..=count).map(|id| {
        let change = ProductUpdate::new().id(id).price(25);
        match id {
            15 => change.images([ProductImageUpdate::new().image_url("https://example.com/a.jpg")]),
            _ => change,
        }
    })
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

#[tokio::test]
async fn a_batch_that_is_refused_in_part_is_divided_where_it_adds_nothing() {
    let server = Server::start(|asked| {
        let ids = ids(asked);
        if !ids.contains(&3) && !ids.contains(&13) {
            return taken(&ids);
        }
        if ids.len() == 1 {
            return Answer::json(422, json!({ "title": "bad" }).to_string());
        }
        let refused = json!({
            "data": [{ "id": 1 }], "errors": [{ "status": 422, "title": "bad" }],
            "meta": { "total": ids.len(), "success": 1, "failed": ids.len() - 1 },
        });
        Answer::json(422, refused.to_string())
    })
    .await;
    let report = store(&server).products().update_all(prices(20)).await;
    let expected = [("done, told", 9), ("refused", 1), ("unclear", 10)];
    assert_eq!(fates(&report.unwrap()), expected.into());
}

#[tokio::test]
async fn rejected_creates_are_divided_until_the_invalid_ones_are_alone() {
    let taken = ["3@example.com", "4@example.com", "22@example.com"];
    for (status, body) in [
        (
            422,
            json!({ "status": 422, "title": "Taken", "errors": {} }),
        ),
        (409, json!({ "status": 409, "title": "Taken" })),
        (
            422,
            json!({ "errors": [{ "title": "Taken" }], "meta": { "success": 0, "failed": 10 } }),
        ),
    ] {
        let made = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&made);
        let server = Server::start(move |asked| {
            let new = emails(asked);
            if new.iter().any(|email| taken.contains(&&**email)) {
                return Answer::json(status, body.to_string());
            }
            let made = new.iter().map(|email| json!({ "id": 1, "email": email }));
            let body = json!({ "data": made.collect::<Vec<_>>(), "meta": {} });
            kept.lock().unwrap().extend(new);
            Answer::json(200, body.to_string())
        })
        .await;
        let all = store(&server).customers().create_all(customers(25));
        let report = all.await.unwrap();
        assert_eq!(fates(&report), [("done, told", 22), ("refused", 3)].into());
        for (customer, fate) in report.failures() {
            let Fate::Refused(problem) = fate else {
                panic!("{fate:?}")
            };
            assert_eq!(problem.title.as_deref(), Some("Taken"));
            assert!(taken.contains(&&*customer.email));
        }
        let mut made = made.lock().unwrap().clone();
        made.sort_unstable();
        made.dedup();
        assert_eq!(made.len(), 22, "each once");
        assert!(server.asked().len() < 25, "{} calls", server.asked().len());
        let again: Vec<_> = report.clone().into_retryable();
        assert_eq!(again.iter().map(|it| &*it.email).collect::<Vec<_>>(), taken);
        let values = report.into_values();
        assert_eq!(values.len(), 22);
        assert_eq!(values[0].email.as_deref(), Some("0@example.com"));
    }
}

#[tokio::test]
async fn a_batch_too_large_is_halved_and_one_that_stays_so_fails_alone() {
    let server = Server::start(|_| Answer::empty(413)).await;
    let report = store(&server)
        .customers()
        .create_all(customers(4))
        .await
        .unwrap();
    assert_eq!(fates(&report), [("failed", 4)].into());
    assert_eq!(server.asked().len(), 1 + 2 + 4);
    assert_eq!(report.into_retryable().len(), 4, "nothing was done");
}

#[tokio::test]
async fn items_that_the_api_identifies_by_value_are_refused_and_the_others_accepted() {
    let server = Server::start(|asked| {
        let body: Value = serde_json::from_slice(&asked.body).unwrap();
        let bad = body
            .as_array()
            .unwrap()
            .iter()
            .filter(|record| record["variant_id"] == 7);
        let errors: Vec<_> = bad
            .map(|record| {
                let data = json!({
                    "price_list_id": 5, "variant_id": record["variant_id"],
                    "currency": record["currency"],
                });
                json!({ "data": data, "field_errors": { "price": "must not be negative" } })
            })
            .collect();
        if errors.is_empty() {
            return Answer::json(200, r#"{"data":{},"meta":{}}"#);
        }
        Answer::json(422, json!({ "batch_errors": errors }).to_string())
    })
    .await;
    let record = |id| PriceRecordInput::new("usd").variant_id(id).price(10);
    let all = store(&server)
        .pricelists()
        .upsert_all_records(5, (1..=20).map(record));
    let report = all.await.unwrap();
    assert_eq!(fates(&report), [("done", 19), ("refused", 1)].into());
    let (_, fate) = report.failures().next().unwrap();
    let Fate::Refused(problem) = fate else {
        panic!("{fate:?}")
    };
    assert!(
        problem
            .about
            .contains(&("variant_id".to_owned(), "7".to_owned()))
    );
    assert_eq!(problem.fields[0].message, "must not be negative");
    assert_eq!(server.asked().len(), 2, "all at once, and the others");
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
        // Another, unnamed item failed as well.
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
