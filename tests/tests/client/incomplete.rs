//! Calls that succeed in part: an error with what failed, where the caller asks for all or nothing.

use std::error::Error as _;

use bigcommerce_client::{
    Client, Error, ErrorKind, Incomplete,
    categories::{Category, CategoryCreate},
    customers::{CustomerCreate, CustomerUpdate},
};
use bigcommerce_tests::server::{Answer, Received, Server, store};
use serde_json::{Value, json};

async fn create(store: &Client) -> Result<Vec<Category>, Error> {
    let new = ["a", "b", "c"].map(|name| CategoryCreate::new(name).tree_id(1));
    Ok(store.categories().create(new).await?.complete()?)
}

async fn update(store: &Client, ids: std::ops::RangeInclusive<i64>) -> Result<usize, Error> {
    let changes = ids.map(|id| CustomerUpdate::new(id).company("Acme"));
    let changed = store.customers().update_all(changes).await?.complete()?;
    Ok(changed.len())
}

/// This many new customers.
fn new(many: usize) -> impl Iterator<Item = CustomerCreate> {
    (0..many).map(|n| {
        let new = CustomerCreate::new().email(format!("{n}@example.com"));
        new.first_name("A").last_name("B")
    })
}

/// Accepts the ids of a batch, or rejects all of it if 7 is among them.
fn all_but_seven(asked: &Received) -> Answer {
    let body: Value = serde_json::from_slice(&asked.body).unwrap();
    let ids: Vec<_> = body
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["id"])
        .collect();
    if ids.contains(&&json!(7)) {
        let problem = json!({ "status": 422, "title": "bad", "errors": { "email": "is taken" } });
        return Answer::json(422, problem.to_string());
    }
    let data: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
    Answer::json(200, json!({ "data": data, "meta": {} }).to_string())
}

/// What failed, from the error that a function ended with.
fn incomplete(error: &Error) -> &Incomplete {
    assert_eq!(error.kind(), ErrorKind::Partial, "{error}");
    assert!(!error.is_retryable());
    error.incomplete().unwrap()
}

#[tokio::test]
async fn a_call_that_succeeds_in_part_ends_a_function_with_what_failed() {
    let some = |errors: Value, meta: Value| {
        let body = json!({
            "data": [{ "category_id": 1, "name": "a" }], "errors": errors, "meta": meta,
        });
        Answer::json(207, body.to_string())
    };
    let problem = json!({ "status": 422, "title": "bad", "errors": { "1.name": "is taken" } });
    let server = Server::script([
        some(
            problem.clone(),
            json!({ "total": 3, "success": 1, "failed": 2 }),
        ),
        some(problem, json!({})),
        some(json!([]), json!({ "total": 1, "success": 1, "failed": 0 })),
    ])
    .await;
    let store = store(&server);

    let error = create(&store).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the call was not completed: 2 of 3 items failed (bad; `1.name` is taken)"
    );
    assert!(error.may_have_happened() && error.source().is_none());
    assert_eq!(error.problems()[0].fields[0].message, "is taken");
    let told = incomplete(&error);
    assert_eq!((told.failed(), told.total()), (Some(2), Some(3)));
    assert!(told.error().is_none());

    let error = create(&store).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the call was not completed: a part of it failed (bad; `1.name` is taken)"
    );
    assert_eq!(create(&store).await.unwrap()[0].category_id, 1);
}

#[tokio::test]
async fn a_bulk_call_ends_a_function_unless_all_items_are_accepted() {
    let server = Server::start(all_but_seven).await;
    let store = store(&server);
    assert_eq!(update(&store, 11..=40).await.unwrap(), 30);

    let error = update(&store, 1..=20).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the call was not completed: 1 of 20 items failed (bad; `email` is taken)"
    );
    assert!(error.may_have_happened(), "the others were accepted");
    assert_eq!(incomplete(&error).problems().len(), 1);

    let error = update(&store, 7..=7).await.unwrap_err();
    assert!(!error.may_have_happened(), "nothing was accepted");
}

#[tokio::test]
async fn the_error_of_a_batch_is_in_that_of_the_bulk_call() {
    let server = Server::start(|_| Answer::json(500, "{}")).await;
    let report = store(&server).customers().create_all(new(15));
    let report = report.await.unwrap();
    let error = Error::from(report.complete().unwrap_err());
    let batch = incomplete(&error).error().unwrap();
    assert!(batch.is_server_error());
    assert_eq!(
        error.to_string(),
        format!("the call was not completed: 15 of 15 items failed: {batch}")
    );
    assert!(error.may_have_happened() && error.problems().is_empty());
    assert!(error.source().is_none(), "the message has all of it");
}

#[tokio::test]
async fn items_of_which_nothing_is_known_give_their_reason_once() {
    let part = json!({
        "data": [{ "id": 1 }], "errors": [{ "status": 422, "title": "bad" }],
        "meta": { "total": 10, "success": 1, "failed": 9 },
    });
    let server = Server::start(move |_| Answer::json(422, part.to_string())).await;
    let report = store(&server).customers().create_all(new(10));
    let report = report.await.unwrap();
    let told = report.complete().unwrap_err();
    assert_eq!(told.to_string(), "10 of 10 items failed (bad)");
    assert_eq!(told.problems().len(), 1);
}
