//! Calls through the engine, each response held against the schema of its endpoint.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use super::{Caller, Engine, EngineOptions, Outcome, Route};
use crate::catalogue::Catalogue;
use crate::exchange::Asked;

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
        let asked = Asked {
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
        let Route::Endpoint { endpoint, path } = self.0.route(&method, path, asked.is_form())
        else {
            panic!("no endpoint for {method} {target}");
        };
        let caller = Caller {
            client_id: client_id.to_owned(),
        };
        let outcome = self.0.run(endpoint, &path, &asked, &caller);
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
fn credentials_that_no_call_reads_are_not_kept() {
    let store = store(0);
    let secret = "wr1te-0nly";
    let carrier = json!({ "carrier_id": "fedex", "connection": { "key": secret } });
    store.good(
        "POST",
        "/v2/shipping/carrier/connection",
        Some(carrier.clone()),
    );
    store.good("PUT", "/v2/shipping/carrier/connection", Some(carrier));
    let provider = json!({ "username": "shop", "password": secret });
    store.good("PUT", "/v3/tax/providers/acme/connection", Some(provider));
    let upload = store.good(
        "POST",
        "/v3/infrastructure/deployments/uploads",
        Some(json!({})),
    );
    let project = json!({ "name": "outlet" });
    let project = store.good("POST", "/v3/infrastructure/projects", Some(project));
    let deployment = json!({
        "project_uuid": project["data"]["uuid"], "upload_uuid": upload["data"]["upload_uuid"],
        "environment_variables": [{ "type": "secret", "key": "KEY", "value": secret }],
    });
    store.good("POST", "/v3/infrastructure/deployments", Some(deployment));
    let certificate = json!({ "certificate": { "certificate": "c", "private_key": secret } });
    store.good("PUT", "/v3/sites/1000/certificate", Some(certificate));
    let order = json!({
        "status_id": 0, "billing_address": { "zip": "78701" },
        "products": [{ "name": "Mug", "quantity": 1, "price_ex_tax": 5, "price_inc_tax": 5 }],
    });
    let order = store.good("POST", "/v2/orders", Some(order));
    let token = json!({ "order": { "id": order["id"] } });
    let token = store.good("POST", "/v3/payments/access_tokens", Some(token));
    let token = format!("PAT {}", token["data"]["id"].as_str().unwrap());
    let sent = [("authorization", token.as_str())];
    let (status, body, _) = store.ask_with("POST", "/payments", Some(card(secret)), &sent);
    assert_eq!(status, 201, "{body}");
    for (name, _) in store.0.collections() {
        for record in store.0.records(&name) {
            let kept = serde_json::to_string(&*record).unwrap();
            assert!(!kept.contains(secret), "{name}: {kept}");
        }
    }
}

/// A payment by a card of this holder.
fn card(holder: &str) -> Value {
    let card = json!({
        "type": "card", "cardholder_name": holder, "number": "4111111111111111",
        "expiry_month": 12, "expiry_year": 2030,
    });
    json!({ "payment": { "instrument": card, "payment_method_id": "stripe.card" } })
}

#[test]
fn a_token_that_is_older_than_an_hour_pays_nothing() {
    let store = store(0);
    let order = json!({
        "status_id": 0, "billing_address": { "zip": "78701" },
        "products": [{ "name": "Mug", "quantity": 1, "price_ex_tax": 5, "price_inc_tax": 5 }],
    });
    let order = store.good("POST", "/v2/orders", Some(order));
    let token = json!({ "order": { "id": order["id"] } });
    let token = store.good("POST", "/v3/payments/access_tokens", Some(token));
    let token = format!("PAT {}", token["data"]["id"].as_str().unwrap());
    let pay = || {
        let sent = [("authorization", token.as_str())];
        let paid = store.ask_with("POST", "/payments", Some(card("Ida Ash")), &sent);
        paid.0.as_u16()
    };
    let made = store.0.records("payment_access_tokens")[0].clone();
    let age = |seconds: i64| {
        let then = made["made"].as_i64().unwrap() - seconds;
        let fields = json!({ "made": then }).as_object().unwrap().clone();
        assert!(store.0.amend("payment_access_tokens", &made["id"], fields));
    };
    age(3_700);
    assert_eq!(pay(), 401);
    age(3_500);
    assert_eq!(pay(), 201);
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

/// The events about stock and carts that a call fired, each with what it says.
fn told(outcome: &Outcome) -> Value {
    let fired = outcome.fired.iter();
    let fired = fired.filter(|one| one.scope.contains("inventory") || one.scope.contains("cart"));
    fired.map(|one| json!([one.scope, one.data])).collect()
}

#[test]
fn an_order_of_a_caller_without_an_account_takes_stock_like_any_other() {
    let store = store(0);
    let tray = json!({
        "name": "Tray", "type": "physical", "weight": 1, "price": 9, "inventory_tracking": "product",
        "inventory_level": 3,
    });
    let tray = store.good("POST", "/v3/catalog/products", Some(tray));
    let id = &tray["data"]["id"];
    let order = json!({
        "billing_address": { "zip": "78701" }, "products": [{ "product_id": id, "quantity": 2 }],
    });
    let ask = |order: &Value| store.ask_as("", ("POST", "/v2/orders"), Some(order.clone()), &[]);
    assert_eq!(ask(&order).0, 200);
    let left = store.good("GET", &format!("/v3/catalog/products/{id}"), None);
    assert_eq!(left["data"]["inventory_level"], 1);
    assert_eq!(ask(&order).0, 400, "there are fewer than two left");
}

#[test]
fn an_order_tells_of_the_stock_that_it_takes_and_brings_back() {
    let store = store(0);
    let tray = json!({
        "name": "Tray", "type": "physical", "weight": 1, "price": 9, "inventory_tracking": "product",
        "inventory_level": 3, "inventory_warning_level": 1,
    });
    let tray = store.good("POST", "/v3/catalog/products", Some(tray));
    let (id, variant) = (&tray["data"]["id"], &tray["data"]["base_variant_id"]);
    let order = json!({
        "billing_address": { "zip": "78701" }, "products": [{ "product_id": id, "quantity": 2 }],
    });
    let (_, made, outcome) = store.ask("POST", "/v2/orders", Some(order));
    let by = |value: i64| {
        let inventory = json!({ "product_id": id, "method": "relative", "value": value });
        json!({ "type": "product", "id": id, "inventory": inventory })
    };
    let place = json!({ "variant_id": variant, "product_id": id, "location_id": 1 });
    assert_eq!(
        told(&outcome),
        json!([
            ["store/product/inventory/order/updated", by(-2)],
            ["store/channel/*/inventory/product/stock_changed", place],
            ["store/channel/*/inventory/product/low_stock_reached", place],
        ])
    );
    let order = format!("/v2/orders/{}", made["id"]);
    let (_, _, outcome) = store.ask("PUT", &order, Some(json!({ "staff_notes": "Call." })));
    assert_eq!(told(&outcome), json!([]));
    let (_, _, outcome) = store.ask("PUT", &order, Some(json!({ "status_id": 5 })));
    assert_eq!(
        told(&outcome),
        json!([
            ["store/product/inventory/order/updated", by(2)],
            ["store/channel/*/inventory/product/stock_changed", place],
        ])
    );
}

#[test]
fn a_payment_tells_that_a_cart_became_an_order_and_of_the_last_that_it_took() {
    let store = store(0);
    let cap = json!({
        "name": "Cap", "type": "digital", "weight": 0, "price": 9, "inventory_tracking": "variant",
        "variants": [{
            "sku": "CAP-R", "inventory_level": 1,
            "option_values": [{ "option_display_name": "Colour", "label": "Red" }],
        }],
    });
    let cap = store.good("POST", "/v3/catalog/products", Some(cap));
    let id = &cap["data"]["id"];
    let red = store.good("GET", &format!("/v3/catalog/products/{id}/variants"), None);
    let red = &red["data"][0];
    let line = json!({ "product_id": id, "variant_id": red["id"], "quantity": 1 });
    let cart = store.good("POST", "/v3/carts", Some(json!({ "line_items": [line] })));
    let cart = cart["data"]["id"].as_str().unwrap();
    let orders = format!("/v3/checkouts/{cart}/orders");
    let [order, other] = [(); 2].map(|()| {
        let (_, made, outcome) = store.ask("POST", &orders, None);
        assert_eq!(told(&outcome), json!([]), "it is not complete");
        made["data"]["id"].clone()
    });
    let pay = |order: &Value| {
        let token = json!({ "order": { "id": order } });
        let token = store.good("POST", "/v3/payments/access_tokens", Some(token));
        let token = format!("PAT {}", token["data"]["id"].as_str().unwrap());
        let card = json!({
            "type": "card", "cardholder_name": "Ida Ash", "number": "4111111111111111",
            "expiry_month": 12, "expiry_year": 2030,
        });
        let payment = json!({ "instrument": card, "payment_method_id": "stripe.card" });
        let sent = [("authorization", token.as_str())];
        store.ask_with(
            "POST",
            "/payments",
            Some(json!({ "payment": payment })),
            &sent,
        )
    };
    let (_, _, outcome) = pay(&order);
    let inventory = json!({
        "product_id": id, "method": "relative", "value": -1, "variant_id": red["id"],
    });
    let place = json!({ "variant_id": red["id"], "product_id": id, "location_id": 1 });
    assert_eq!(
        told(&outcome),
        json!([
            ["store/cart/converted", { "type": "cart", "id": cart, "orderId": order }],
            ["store/sku/inventory/order/updated", { "type": "sku", "id": red["sku_id"], "inventory": inventory }],
            ["store/channel/*/inventory/product/stock_changed", place],
            ["store/channel/*/inventory/product/low_stock_reached", place],
            ["store/channel/*/inventory/product/out_of_stock_reached", place],
        ])
    );
    let in_channel = |scope: &str| {
        let mut fired = outcome.fired.iter();
        fired.find(|one| one.scope == scope).unwrap().channel
    };
    assert_eq!(in_channel("store/order/statusUpdated"), Some(1));
    assert_eq!(in_channel("store/cart/converted"), Some(1));
    assert_eq!(in_channel("store/order/transaction/created"), None);
    assert_eq!(in_channel("store/sku/inventory/order/updated"), None);
    let (status, _, _) = pay(&other);
    assert_eq!(status, 422, "the first to pay has the last one");
}

#[test]
fn stock_that_a_caller_sets_is_told_of_the_product_or_of_the_variant() {
    let store = store(0);
    let tray = json!({
        "name": "Tray", "type": "physical", "weight": 1, "price": 9, "inventory_tracking": "product",
        "inventory_level": 3,
    });
    let tray = store.good("POST", "/v3/catalog/products", Some(tray));
    let id = &tray["data"]["id"];
    let by = |value: i64| {
        let inventory = json!({ "product_id": id, "method": "absolute", "value": value });
        let data = json!({ "type": "product", "id": id, "inventory": inventory });
        json!(["store/product/inventory/updated", data])
    };
    let one = format!("/v3/catalog/products/{id}");
    let (_, _, outcome) = store.ask("PUT", &one, Some(json!({ "inventory_level": 1 })));
    assert_eq!(told(&outcome), json!([by(-2)]));
    let (_, _, outcome) = store.ask("PUT", &one, Some(json!({ "price": 8 })));
    assert_eq!(told(&outcome), json!([]));
    let five = json!({ "items": [{ "location_id": 1, "product_id": id, "quantity": 5 }] });
    let (_, _, outcome) = store.ask("PUT", "/v3/inventory/adjustments/absolute", Some(five));
    assert_eq!(told(&outcome)[1], by(4));

    let cap = json!({
        "name": "Cap", "type": "physical", "weight": 1, "price": 9, "inventory_tracking": "variant",
        "variants": [{
            "sku": "CAP-R", "inventory_level": 1,
            "option_values": [{ "option_display_name": "Colour", "label": "Red" }],
        }],
    });
    let cap = store.good("POST", "/v3/catalog/products", Some(cap));
    let variants = format!("/v3/catalog/products/{}/variants", cap["data"]["id"]);
    let red = store.good("GET", &variants, None)["data"][0].clone();
    let one = format!("{variants}/{}", red["id"]);
    let (_, _, outcome) = store.ask("PUT", &one, Some(json!({ "inventory_level": 4 })));
    let inventory = json!({
        "product_id": cap["data"]["id"], "method": "absolute", "value": 3, "variant_id": red["id"],
    });
    let data = json!({ "type": "sku", "id": red["sku_id"], "inventory": inventory });
    assert_eq!(
        told(&outcome),
        json!([["store/sku/inventory/updated", data]])
    );
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
