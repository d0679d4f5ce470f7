//! What a call costs in a store with many records: how many of them it reads to find those it needs.

use serde_json::{Value, json};

use super::{Store, store};
use crate::state::LOOKED_AT;

/// How many records a call reads to find others.
fn cost(store: &Store, method: &str, target: &str, body: Option<Value>) -> usize {
    let before = LOOKED_AT.with(std::cell::Cell::get);
    store.good(method, target, body);
    LOOKED_AT.with(std::cell::Cell::get) - before
}

/// A product with an option of this many values, and a variant with the last one.
fn product(store: &Store, values: usize) -> (Value, Value) {
    let name = format!("Thread {values}");
    let body = json!({
        "name": name, "type": "physical", "weight": 1, "price": 9,
        "variants": [{ "sku": name, "option_values": [{ "option_display_name": "Colour", "label": "0" }] }],
    });
    let made = store.good("POST", "/v3/catalog/products", Some(body));
    let id = made["data"]["id"].clone();
    let options = format!("/v3/catalog/products/{id}/options");
    let option = store.good("GET", &options, None)["data"][0]["id"].clone();
    for label in 1..values {
        let value = json!({ "label": label.to_string(), "sort_order": label });
        store.good("POST", &format!("{options}/{option}/values"), Some(value));
    }
    let variants = format!("/v3/catalog/products/{id}/variants");
    let variant = store.good("GET", &variants, None)["data"][0]["id"].clone();
    (id, variant)
}

#[test]
fn a_write_of_a_variant_does_not_read_the_other_values_of_its_option() {
    let store = store(0);
    let of_variant = |(product, variant): (Value, Value)| {
        let target = format!("/v3/catalog/products/{product}/variants/{variant}");
        cost(&store, "PUT", &target, Some(json!({ "price": 7 })))
    };
    // Both exist before either is written.
    let [few, many] = [2, 40]
        .map(|values| product(&store, values))
        .map(of_variant);
    assert_eq!(few, many);
}

#[test]
fn a_checkout_does_not_read_the_orders_of_others() {
    let store = store(0);
    let line = json!({ "product_id": tray(&store, "Tray"), "quantity": 1 });
    let line = json!({ "line_items": [line] });
    let cart = store.good("POST", "/v3/carts", Some(line));
    let checkout = format!("/v3/checkouts/{}", cart["data"]["id"].as_str().unwrap());
    let before = cost(&store, "GET", &checkout, None);
    let order = json!({
        "billing_address": { "zip": "78701" },
        "products": [{ "name": "Engraving", "quantity": 1, "price_inc_tax": 5, "price_ex_tax": 5 }],
    });
    for _ in 0..4 {
        store.good("POST", "/v2/orders", Some(order.clone()));
    }
    assert_eq!(cost(&store, "GET", &checkout, None), before);
}

#[test]
fn prices_read_the_assignments_of_price_lists_once_for_all_items() {
    let store = store(0);
    let all = ["Tray", "Bowl", "Dish"].map(|name| json!({ "product_id": tray(&store, name) }));
    let more = |store: &Store| {
        let items = |count: usize| {
            let body = json!({
                "channel_id": 1, "currency_code": "USD", "items": all[..count],
            });
            cost(store, "POST", "/v3/pricing/products", Some(body))
        };
        items(3) - items(1)
    };
    let without = more(&store);
    let list = store.good("POST", "/v3/pricelists", Some(json!({ "name": "Trade" })));
    let assignment = json!([{ "price_list_id": list["data"]["id"], "channel_id": 1 }]);
    store.good("POST", "/v3/pricelists/assignments", Some(assignment));
    assert_eq!(more(&store), without);
}

#[test]
fn a_promotion_reads_one_of_its_codes_to_tell_that_it_has_some() {
    let store = store(0);
    let of_codes = |count: usize| {
        let promotion = json!({
            "name": format!("Letters {count}"), "redemption_type": "COUPON", "coupon_type": "BULK",
            "rules": [{ "action": { "cart_value": { "discount": { "percentage_amount": "5" } } } }],
        });
        let made = store.good("POST", "/v3/promotions", Some(promotion));
        let target = format!("/v3/promotions/{}", made["data"]["id"]);
        let codes = json!({ "batch_size": count });
        store.good("POST", &format!("{target}/codegen"), Some(codes));
        target
    };
    let cost = |target: String| {
        let before = LOOKED_AT.with(std::cell::Cell::get);
        assert_eq!(store.refused("DELETE", &target, None).0, 422);
        LOOKED_AT.with(std::cell::Cell::get) - before
    };
    let [few, many] = [2, 40].map(of_codes).map(cost);
    assert_eq!(few, many);
}

/// A product without options.
fn tray(store: &Store, name: &str) -> Value {
    let tray = json!({ "name": name, "type": "physical", "weight": 1, "price": 9 });
    store.good("POST", "/v3/catalog/products", Some(tray))["data"]["id"].clone()
}
