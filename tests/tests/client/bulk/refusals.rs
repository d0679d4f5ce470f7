//! Batches that the API refuses, whole or in part: which items are at fault, and that the others are
//! accepted.

use std::sync::{Arc, Mutex};

use bigcommerce_client::{bulk::Fate, categories::CategoryCreate, pricelists::PriceRecordInput};
use bigcommerce_tests::server::{Answer, Server, store};
use serde_json::{Value, json};

use super::{changes, customers, emails, fates, ids, prices, taken};

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
