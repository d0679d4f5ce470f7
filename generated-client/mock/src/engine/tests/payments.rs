//! What a payment requires, and that no secrets of a request are stored.

use serde_json::{Value, json};

use super::store;

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

/// A card payment with this card holder.
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
