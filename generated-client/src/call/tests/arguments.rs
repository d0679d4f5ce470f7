//! Arguments in headers, lists whose parameter is repeated, and request bodies of every kind, as
//! generated requests declare them.

#![allow(dead_code, reason = "a request declares more than is called here")]

use super::{Server, answer};
use crate::json::tests::{Brand, BrandCreate};
use crate::{Bulk, Call, DateTime, Endpoint, OneOrMany, Patch, RawJson};

crate::declare::request! {
    /// Revokes a token.
    Revoke(
        Endpoint::BrandsDelete,
        brand_id: own i64 = path "brand_id",
        sf_api_token: into String = header "sf-api-token",
    ) -> nothing(()) {
        /// The ids.
        ids = "id:in" (each i64),
        /// The names.
        names = "name" (each_into String),
        /// An optional header.
        shelf = header "x-shelf" (own i64),
        /// The request body.
        body = body "" (list_into String),
    }
}

crate::declare::request! {
    /// Creates one brand or several.
    Make(
        Endpoint::BrandsCreate,
        brand: own OneOrMany<BrandCreate> = body,
    ) -> data(OneOrMany<Brand>) {}
}

crate::declare::write! {
    /// A note with a time.
    Note(id: own i64) {
        id: i64 = required "id",
        at: Patch<DateTime> = "at" (into DateTime),
    }
}

/// The body of a request.
fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}

const DONE: &str = "HTTP/1.1 204 X\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn a_list_whose_name_is_repeated_has_no_commas_and_is_set_anew() {
    let server = Server::new(&[DONE]).await;
    let call = Revoke::new(&server.client, 7, "shelf-token");
    let call = call.ids([1]).ids([2, 3]).names(["a&b", "c,d"]);
    call.await.unwrap();
    let line =
        "DELETE /stores/abc123/v3/catalog/brands/7?id:in=2&id:in=3&name=a%26b&name=c%2Cd HTTP/1.1";
    assert_eq!(server.first_lines(), [line]);
    // Without any value it would affect everything.
    let call = Revoke::new(&server.client, 7, "shelf-token").ids([]);
    let error = call.await.unwrap_err().to_string();
    assert!(error.contains("`id:in` has no values"), "{error}");
}

#[tokio::test]
async fn a_bulk_call_repeats_the_name_for_each_item() {
    let server = Server::new(&[DONE]).await;
    let call = Call::new(&server.client, Endpoint::CustomersDelete);
    let report = Bulk::exploded(call, "id:in", [4, 5], Call::each_untold).await;
    assert!(report.unwrap().is_complete());
    let line = "DELETE /stores/abc123/v3/customers?id:in=4&id:in=5 HTTP/1.1";
    assert_eq!(server.first_lines(), [line]);
}

#[tokio::test]
async fn a_blank_id_among_others_keeps_a_bulk_call_from_being_sent_at_all() {
    let server = Server::new(&[]).await;
    let ids = || {
        let many = (0..1000).map(|id| format!("an-id-that-is-not-short-{id}"));
        many.chain([" ".to_owned()])
    };
    let call = || Call::new(&server.client, Endpoint::CustomersDelete);
    let joined = Bulk::ids(call(), "id:in", ids(), Call::each_untold).await;
    let repeated = Bulk::exploded(call(), "id:in", ids(), Call::each_untold).await;
    for sent in [joined, repeated] {
        let error = sent.unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Request);
        let says = "one of the values of `id:in` is blank";
        assert!(error.to_string().contains(says), "{error}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn an_item_that_must_not_be_sent_keeps_a_bulk_call_from_being_sent_at_all() {
    let server = Server::new(&[]).await;
    let notes = (0..1000).map(|id| match id {
        999 => Note::new(id).at("soon"),
        id => Note::new(id),
    });
    let call = Call::new(&server.client, Endpoint::CustomersUpdate);
    let error = Bulk::bodies(call, notes, Call::each::<Brand>).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), crate::ErrorKind::Request);
    let says = "in item 999, counted from 0: `soon` is not a date-time";
    assert!(error.to_string().contains(says), "{error}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_header_is_sent_and_shown_by_nothing() {
    let refused = answer(422, r#"{"title":"no such token: shelf-token"}"#);
    let server = Server::new(&[&refused]).await;
    let call = Revoke::new(&server.client, 7, "shelf-token").shelf(12);
    assert!(!format!("{call:?}").contains("shelf-token"), "{call:?}");
    let error = call.await.unwrap_err();
    let request = &server.seen()[0];
    for line in ["sf-api-token: shelf-token\r\n", "x-shelf: 12\r\n"] {
        assert!(request.contains(line), "{request}");
    }
    for shown in [format!("{error}"), format!("{error:?}")] {
        assert!(shown.contains("no such token"), "{shown}");
        assert!(!shown.contains("shelf-token"), "{shown}");
    }
    let error = Revoke::new(&server.client, 7, "shelf\ntoken").await;
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("`sf-api-token` contains characters"),
        "{error}"
    );
    assert!(!error.contains("shelf\ntoken"), "{error}");
}

#[tokio::test]
async fn of_the_path_only_numbers_are_shown() {
    let server = Server::new(&[DONE]).await;
    let call = || Call::new(&server.client, Endpoint::BrandsDelete);
    let shown = format!("{:?}", call().path("brand_id", 118));
    assert!(shown.contains(r#"("brand_id", "118")"#), "{shown}");
    for token in ["shelf-token", "1b4e28ba-2fa1-11d2-883f-0016d3cca427"] {
        let shown = format!("{:?}", call().path("brand_id", token.to_owned()));
        assert!(!shown.contains(token), "{shown}");
        assert!(shown.contains(r#"("brand_id", "[hidden]")"#), "{shown}");
    }
}

#[tokio::test]
async fn an_optional_body_is_sent_only_when_it_is_given() {
    let server = Server::new(&[DONE, DONE]).await;
    let call = Revoke::new(&server.client, 7, "shelf-token");
    call.clone().await.unwrap();
    call.body(["a", "b"]).await.unwrap();
    let seen = server.seen();
    assert_eq!(body(&seen[0]), "");
    assert!(!seen[0].contains("content-type"), "{}", seen[0]);
    assert_eq!(body(&seen[1]), r#"["a","b"]"#);
    assert!(seen[1].contains("content-type: application/json\r\n"));
}

#[tokio::test]
async fn one_goes_out_as_an_object_and_many_as_a_list_and_the_answer_may_be_either() {
    let one = answer(200, r#"{"data":{"id":1},"meta":{}}"#);
    let many = answer(200, r#"{"data":[{"id":1},{"id":2}],"meta":{}}"#);
    let bare = answer(200, r#"[{"id":3}]"#);
    let server = Server::new(&[&one, &many, &bare]).await;
    let brand = || BrandCreate::new("Acme");
    let made = Make::new(&server.client, brand().into()).await.unwrap();
    assert!(matches!(made, OneOrMany::One(brand) if brand.id == 1));
    let made = Make::new(&server.client, [brand(), brand()].into()).await;
    assert_eq!(
        made.unwrap().iter().map(|it| it.id).collect::<Vec<_>>(),
        [1, 2]
    );
    let made = Make::new(&server.client, vec![brand()].into())
        .await
        .unwrap();
    assert!(matches!(&made, OneOrMany::Many(many) if many[0].id == 3));
    let seen = server.seen();
    assert!(body(&seen[0]).starts_with(r#"{"name":"Acme""#));
    assert!(body(&seen[1]).starts_with(r#"[{"name":"Acme""#));
    assert!(body(&seen[2]).starts_with(r#"[{"name":"Acme""#));
}

#[tokio::test]
async fn any_json_goes_out_as_it_is() {
    let server = Server::new(&[DONE]).await;
    let json = RawJson::new(r#"{"a": [1, null]}"#).unwrap();
    server
        .call("brands.create")
        .body(&json)
        .nothing()
        .await
        .unwrap();
    assert_eq!(body(&server.seen()[0]), r#"{"a": [1, null]}"#);
}

#[test]
fn ids_in_a_body_name_the_records() {
    let records = super::super::records(&["id"], std::iter::empty(), Some(b"[4, \"5\", 6]"));
    assert_eq!(records, [("id", "4,5,6".to_owned())]);
}
