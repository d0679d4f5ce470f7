//! Calls through the engine, each response validated against the schema of its endpoint.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod channels;
mod cost;
mod fleeting;
mod limits;
mod payments;
mod stock;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use super::{Caller, Engine, EngineOptions, Outcome, Route};
use crate::catalogue::Catalogue;
use crate::exchange::Request;

pub(super) struct Store(pub(super) Engine);

pub(super) fn store(products: usize) -> Store {
    let options = EngineOptions {
        seed: 1,
        products,
        strict: false,
        hash: "abc123".to_owned(),
        url: "http://127.0.0.1:1".to_owned(),
    };
    Store(Engine::new(Catalogue::shared().unwrap(), options).unwrap())
}

impl Store {
    pub(super) fn ask(
        &self,
        method: &str,
        target: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value, Outcome) {
        self.ask_with(method, target, body, &[])
    }

    fn ask_with(
        &self,
        method: &str,
        target: &str,
        body: Option<Value>,
        sent: &[(&'static str, &str)],
    ) -> (StatusCode, Value, Outcome) {
        self.ask_as("client", (method, target), body, sent)
    }

    fn ask_as(
        &self,
        client_id: &str,
        (method, target): (&str, &str),
        body: Option<Value>,
        sent: &[(&'static str, &str)],
    ) -> (StatusCode, Value, Outcome) {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let method: Method = method.parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json".parse().unwrap());
        for (name, value) in sent {
            headers.insert(*name, value.parse().unwrap());
        }
        let request = Request {
            method: method.clone(),
            path: path.to_owned(),
            query: query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            headers,
            body: body
                .map(|body| Bytes::from(body.to_string()))
                .unwrap_or_default(),
        };
        let Route::Endpoint { endpoint, path } = self.0.route(&method, path, request.is_form())
        else {
            panic!("no endpoint for {method} {target}");
        };
        let caller = Caller {
            client_id: client_id.to_owned(),
            ..Caller::default()
        };
        let outcome = self.0.run(endpoint, &path, &request, &caller);
        let body = &outcome.answer.body;
        let value: Value = if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(body)
                .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(body)))
        };
        if outcome.answer.status.is_success() && !body.is_empty() {
            let definitions = &Catalogue::shared().unwrap().schemas.responses;
            let schema = definitions.complete(endpoint.response_schema().unwrap());
            let judge = jsonschema::validator_for(&schema).unwrap();
            let wrong: Vec<String> = judge
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .take(5)
                .collect();
            assert!(wrong.is_empty(), "{method} {target}: {wrong:#?}\n{value:#}");
        }
        (outcome.answer.status, value, outcome)
    }

    pub(super) fn good(&self, method: &str, target: &str, body: Option<Value>) -> Value {
        let (status, value, _) = self.ask(method, target, body.clone());
        assert!(
            status.is_success(),
            "{method} {target} {body:?}: {status} {value:#}"
        );
        value
    }

    pub(super) fn refused(&self, method: &str, target: &str, body: Option<Value>) -> (u16, Value) {
        let (status, value, _) = self.ask(method, target, body);
        (status.as_u16(), value)
    }
}

#[test]
fn what_is_made_is_found_changed_and_removed() {
    let store = store(10);
    let made = store.good(
        "POST",
        "/v3/catalog/brands",
        Some(json!({ "name": "Fog Linen" })),
    );
    let id = made["data"]["id"].as_i64().unwrap();
    assert_eq!(made["data"]["custom_url"]["url"], "/fog-linen/");
    let one = format!("/v3/catalog/brands/{id}");
    assert_eq!(store.good("GET", &one, None)["data"]["name"], "Fog Linen");
    let list = store.good("GET", "/v3/catalog/brands?name=fog linen", None);
    assert_eq!(list["meta"]["pagination"]["total"], 1);
    store.good("PUT", &one, Some(json!({ "name": "Fog" })));
    assert_eq!(store.good("GET", &one, None)["data"]["name"], "Fog");
    store.good("DELETE", &one, None);
    assert_eq!(store.refused("GET", &one, None).0, 404);
}

#[test]
fn a_name_that_is_taken_is_refused_in_any_case_of_letters() {
    let store = store(10);
    store.good("POST", "/v3/catalog/brands", Some(json!({ "name": "Fog" })));
    let (status, body) =
        store.refused("POST", "/v3/catalog/brands", Some(json!({ "name": "fog" })));
    assert_eq!(status, 409);
    assert!(body["errors"]["name"].is_string(), "{body}");
}

#[test]
fn a_body_that_its_schema_refuses_names_the_field() {
    let store = store(0);
    let (status, body) = store.refused(
        "POST",
        "/v3/catalog/brands",
        Some(json!({ "page_title": "x" })),
    );
    assert_eq!(status, 422);
    assert_eq!(
        body["errors"]["name"],
        "name is a required field and cannot be empty."
    );
}

#[test]
fn fields_of_which_one_is_needed_are_named_and_so_are_those_that_exclude_each_other() {
    let store = store(0);
    let refused =
        |target: &str, method: &str, body: Value| store.refused(method, target, Some(body));
    let (status, body) = refused(
        "/v3/catalog/trees/categories",
        "POST",
        json!([{ "name": "Tea" }]),
    );
    assert_eq!(status, 422);
    for field in ["0.tree_id", "0.parent_id"] {
        assert!(body["errors"][field].is_string(), "{field}: {body}");
    }
    let item = json!({ "location_id": 1, "sku": "A", "variant_id": 1, "quantity": 1 });
    let (status, body) = refused(
        "/v3/inventory/adjustments/absolute",
        "PUT",
        json!({ "items": [item] }),
    );
    assert_eq!(status, 422);
    for field in ["items.0.sku", "items.0.variant_id"] {
        assert!(body["errors"][field].is_string(), "{field}: {body}");
    }
    assert!(body["errors"]["items.0.product_id"].is_null(), "{body}");
    let (status, body) = refused("/v2/coupons", "POST", json!({ "name": "Half" }));
    assert_eq!(status, 400);
    assert!(body[0]["details"]["code"].is_string(), "{body}");
}

#[test]
fn a_product_of_a_thousand_images_takes_no_more() {
    let store = store(0);
    let image = json!({ "image_url": "https://example.com/mug.png" });
    let product = json!({
        "name": "Mug", "type": "physical", "weight": 1, "price": 5,
        "images": vec![image.clone(); 1000],
    });
    let product = store.good("POST", "/v3/catalog/products", Some(product));
    let images = format!("/v3/catalog/products/{}/images", product["data"]["id"]);
    let (status, body) = store.refused("POST", &images, Some(image));
    assert_eq!(status, 422, "{body}");
    assert!(body["errors"]["images"].is_string(), "{body}");
}

#[test]
fn a_product_of_two_hundred_custom_fields_takes_no_more() {
    let store = store(0);
    let field = |n: usize| json!({ "name": format!("Size {n}"), "value": "Large" });
    let product = json!({
        "name": "Mug", "type": "physical", "weight": 1, "price": 5,
        "custom_fields": (1..200).map(field).collect::<Vec<_>>(),
    });
    let product = store.good("POST", "/v3/catalog/products", Some(product));
    let fields = format!(
        "/v3/catalog/products/{}/custom-fields",
        product["data"]["id"]
    );
    store.good("POST", &fields, Some(field(200)));
    let (status, body) = store.refused("POST", &fields, Some(field(201)));
    assert_eq!(status, 422, "{body}");
}

#[test]
fn pages_tell_where_they_are() {
    let store = store(0);
    for n in 0..5 {
        store.good(
            "POST",
            "/v3/catalog/brands",
            Some(json!({ "name": format!("Brand {n}") })),
        );
    }
    let page = store.good("GET", "/v3/catalog/brands?limit=2&page=2", None);
    let pagination = &page["meta"]["pagination"];
    assert_eq!(pagination["total"], 5);
    assert_eq!(pagination["total_pages"], 3);
    assert_eq!(pagination["links"]["next"], "?page=3&limit=2");
    assert_eq!(page["data"][0]["name"], "Brand 2");
    let beyond = store.good("GET", "/v3/catalog/brands?limit=2&page=9", None);
    assert_eq!(beyond["data"], json!([]));
}

#[test]
fn an_update_that_archives_an_order_tells_that_and_no_other_change() {
    let store = store(0);
    let line = json!({ "name": "Mug", "quantity": 1, "price_ex_tax": 1, "price_inc_tax": 1 });
    let order = json!({ "billing_address": { "zip": "78701" }, "products": [line] });
    let order = store.good("POST", "/v2/orders", Some(order));
    let one = format!("/v2/orders/{}", order["id"]);
    let told = |body: Value| -> Vec<String> {
        let (_, _, outcome) = store.ask("PUT", &one, Some(body));
        let scopes = outcome.fired.iter().map(|one| one.scope.clone());
        let scopes = scopes.filter(|scope| scope.starts_with("store/order/"));
        scopes.collect()
    };
    let (updated, archived) = ("store/order/updated", "store/order/archived");
    assert_eq!(told(json!({ "staff_notes": "Ring." })), [updated]);
    assert_eq!(told(json!({ "is_deleted": true })), [archived]);
    assert_eq!(told(json!({ "is_deleted": true })), [updated]);
    assert_eq!(told(json!({ "is_deleted": false })), [updated]);
    let both = json!({ "is_deleted": true, "staff_notes": "Gone." });
    assert_eq!(told(both), [updated, archived]);
}
