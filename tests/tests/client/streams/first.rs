//! The first item of a list.

use bigcommerce_client::RawJson;
use bigcommerce_tests::server::{Answer, Server, store};
use serde_json::{Value, json};

use super::{LIST, List};

/// The queries that were sent.
fn queries(server: &Server) -> Vec<String> {
    let asked = server.take();
    let queries = asked.into_iter().map(|asked| asked.query);
    queries.map(Option::unwrap_or_default).collect()
}

#[tokio::test]
async fn the_first_item_takes_one_request_for_one_item() {
    let server = List {
        crossing: false,
        ..LIST
    };
    let server = server.serve().await;
    let brands = || store(&server).brands().list();
    let first = brands().name_like("A").first().await.unwrap();
    assert_eq!(first.map(|it| it.id), Some(1));
    let sized = brands().limit(50).first().await.unwrap();
    assert_eq!(sized.map(|it| it.id), Some(1));
    // The page begins where it would without `first`.
    let later = brands().page(2).first().await.unwrap();
    assert_eq!(later.map(|it| it.id), Some(251));
    let raw = brands().decoding::<RawJson>().first().await.unwrap();
    assert_eq!(raw.as_ref().map(RawJson::get), Some(r#"{"id":1}"#));
    let sent = [
        "name:like=A&limit=1",
        "limit=50",
        "page=2&limit=250",
        "limit=1",
    ];
    assert_eq!(queries(&server), sent);
}

#[tokio::test]
async fn an_empty_list_has_no_first_item_and_a_failed_one_an_error() {
    let empty = r#"{"data":[],"meta":{"pagination":{"total":0,"count":0}}}"#;
    let answers = [
        Answer::json(200, empty),
        Answer::empty(204),
        Answer::json(403, r#"{"status":403,"title":"No"}"#),
    ];
    let server = Server::script(answers).await;
    let store = store(&server);
    assert_eq!(store.brands().list().first().await.unwrap(), None);
    // A page of V2 without items has no body.
    assert_eq!(store.orders().list().first().await.unwrap(), None);
    let refused = store.orders().list().first().await.unwrap_err();
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(403));
    assert_eq!(server.take().len(), 3);
}

#[tokio::test]
async fn nulls_before_the_first_item_are_skipped() {
    let page = |number: i64, item: Value| {
        let pagination = json!({
            "total": 2, "count": 1, "per_page": 1, "current_page": number, "total_pages": 2,
        });
        let body = json!({ "data": [item], "meta": { "pagination": pagination } });
        Answer::json(200, body.to_string())
    };
    let server = Server::script([page(1, Value::Null), page(2, json!({ "id": 7 }))]).await;
    let first = store(&server).brands().list().first().await.unwrap();
    assert_eq!(first.map(|it| it.id), Some(7));
}
