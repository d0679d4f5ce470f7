//! What only computes leaves nothing behind.

use serde_json::json;

use super::store;

#[test]
fn what_a_call_computes_is_returned_and_not_kept() {
    let store = store(2);
    let variants = store.good("GET", "/v3/catalog/variants?limit=1", None);
    let (product, variant) = (
        &variants["data"][0]["product_id"],
        &variants["data"][0]["id"],
    );
    let before = store.0.collections();
    for (method, target, body) in [
        (
            "POST",
            "/v3/customers/validate-credentials",
            json!({ "email": "ida@example.com", "password": "guess" }),
        ),
        (
            "POST",
            "/v3/tax/zonecheck",
            json!([{ "country_code": "US" }, { "country_code": "CA" }]),
        ),
        (
            "POST",
            "/v3/pricing/products",
            json!({ "channel_id": 1, "currency_code": "USD", "items": [{ "product_id": product }] }),
        ),
        (
            "POST",
            "/v3/pickup/options",
            json!({
                "search_area": {
                    "coordinates": { "latitude": 30.2, "longitude": -97.7 },
                    "radius": { "value": 20, "unit": "KM" },
                },
                "items": [{ "variant_id": variant, "quantity": 1 }],
            }),
        ),
        (
            "PUT",
            "/v3/inventory/adjustments/absolute",
            json!({ "items": [{ "location_id": 1, "variant_id": variant, "quantity": 3 }] }),
        ),
    ] {
        store.good(method, target, Some(body));
        assert_eq!(store.0.collections(), before, "{method} {target}");
    }
}
