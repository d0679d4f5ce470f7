//! A response with a value of the wrong type: what it affects, and who is notified.

use std::sync::{Arc, Mutex};

use super::{Server, answer};
use crate::json::tests::Brand;
use crate::observe::{Observer, Signal, Step};
use crate::{CallOptions, ErrorKind};

const BODY: &str = r#"{"data":[{"id":1},{"id":2,"views":3.2},null,{"id":4}],"meta":{"total":"?"}}"#;
const TOLD: [&str; 3] = [
    "at data[1].views: expected an integer, found a number",
    "at data[2]: expected a value, found null",
    "at meta.total: expected an integer, found a string",
];

/// The oddities that an observer was notified of, and whether the call was over by then.
type Notes = Vec<(u64, Option<usize>)>;

#[derive(Clone, Default)]
struct Told(Arc<Mutex<Notes>>);

impl Observer for Told {
    fn observe(&self, signal: &Signal<'_>) {
        let count = match signal.step {
            Step::Odd { count } => Some(count),
            Step::Finished { .. } => None,
            _ => return,
        };
        self.0.lock().unwrap().push((signal.call, count));
    }
}

#[tokio::test]
async fn one_odd_value_costs_no_other_item_and_everybody_is_told() {
    let told = Told::default();
    let watching = told.clone();
    let server = Server::with(&[&answer(200, BODY)], |builder| builder.observer(watching)).await;
    let response = server.call("brands.list").page::<Brand>().await.unwrap();
    let said: Vec<_> = response
        .oddities()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(said, TOLD);
    let page = response.into_value();
    assert_eq!(page.oddities().len(), 3);
    assert_eq!(
        page.iter().map(|brand| brand.id).collect::<Vec<_>>(),
        [1, 2, 4]
    );
    assert!(page[1].rest.oddities().eq(["views"]));
    assert!(page.meta.as_ref().unwrap().rest.oddities().eq(["total"]));
    let told = told.0.lock().unwrap();
    assert_eq!(
        told.iter().map(|(_, count)| *count).collect::<Vec<_>>(),
        [None, Some(3)]
    );
    assert_eq!(told[0].0, told[1].0, "of the same call");
}

#[tokio::test]
async fn an_ordinary_answer_tells_of_no_oddity() {
    let told = Told::default();
    let watching = told.clone();
    let body = answer(
        200,
        r#"{"data":[{"id":"1","price":"","views":"7"}],"meta":{}}"#,
    );
    let server = Server::with(&[&body], |builder| builder.observer(watching)).await;
    let page = server.call("brands.list").page::<Brand>().await.unwrap();
    assert!(page.oddities().is_empty());
    assert_eq!(told.0.lock().unwrap().len(), 1, "the end alone");
}

#[tokio::test]
async fn a_strict_client_and_a_strict_call_take_the_first_oddity_for_an_error() {
    let body = answer(200, BODY);
    let server = Server::with(&[&body, &body], |builder| builder.strict(true)).await;
    let error = server
        .call("brands.list")
        .page::<Brand>()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains(TOLD[0]), "{error}");
    let mut call = server.call("brands.list");
    call.options(CallOptions::new().strict(false));
    assert_eq!(call.page::<Brand>().await.unwrap().value().len(), 3);

    let server = Server::new(&[&body]).await;
    let mut call = server.call("brands.list");
    call.options(CallOptions::new().strict(true));
    assert!(call.page::<Brand>().await.is_err());

    // A null that would be lost is an error of the whole list too.
    let server = Server::new(&[&answer(200, r#"[{"id":1},null]"#)]).await;
    let mut call = server.call("brands.list");
    call.options(CallOptions::new().strict(true));
    let error = call.page::<Brand>().await.unwrap_err();
    assert!(error.to_string().contains("at [1]"), "{error}");
}
