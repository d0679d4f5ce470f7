//! Limits on numbers of records.

use serde_json::{Value, json};

use super::store;

#[test]
fn an_account_has_at_most_250_metafields_on_a_thing_and_another_account_has_its_own() {
    let store = store(2);
    let products = store.good("GET", "/v3/catalog/products", None);
    let of = |at: usize| {
        let id = &products["data"][at]["id"];
        format!("/v3/catalog/products/{id}/metafields")
    };
    let metafield = |key: usize| -> Value {
        json!({
            "permission_set": "app_only", "namespace": "sizes", "key": key.to_string(), "value": "7",
        })
    };
    for key in 0..250 {
        let (status, ..) = store.ask("POST", &of(0), Some(metafield(key)));
        assert!(status.is_success(), "{key}");
    }
    let one_more = || Some(metafield(250));
    assert_eq!(store.refused("POST", &of(0), one_more()).0, 422);
    store.good("POST", &of(1), one_more());
    let (status, ..) = store.ask_as("other", ("POST", of(0).as_str()), one_more(), &[]);
    assert!(status.is_success());
}

#[test]
fn the_least_number_in_stock_is_counted_with_like_any_other() {
    let store = store(0);
    let sized = |size: &str| {
        json!({
            "sku": format!("HAT-{size}"), "inventory_level": 1,
            "option_values": [{ "option_display_name": "Size", "label": size }],
        })
    };
    for tracking in ["none", "variant"] {
        let sizes = ["S", "M"].map(|size| sized(&format!("{size}-{tracking}")));
        let hat = json!({
            "name": format!("Hat {tracking}"), "type": "physical", "weight": 1, "price": 9,
            "inventory_tracking": tracking,
            "variants": sizes,
        });
        let hat = store.good("POST", "/v3/catalog/products", Some(hat));
        let own = format!("/v3/catalog/products/{}/variants", hat["data"]["id"]);
        let variants = store.good("GET", &own, None);
        for level in [i64::MIN, 5, i64::MIN] {
            for variant in variants["data"].as_array().unwrap() {
                let target = format!("{own}/{}", variant["id"]);
                let body = json!({ "inventory_level": level });
                let (status, value, _) = store.ask("PUT", &target, Some(body));
                assert!(!status.is_server_error(), "{level}: {value}");
            }
        }
    }
}
