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
