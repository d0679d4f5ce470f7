//! The events about stock and carts, whatever changes them.

use serde_json::{Value, json};

use super::{Outcome, store};

/// The events about stock and carts that a call fired, each with its data.
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
    let (id, base) = (&tray["data"]["id"], &tray["data"]["base_variant_id"]);
    let place = |variant: &Value, product: &Value| {
        let place = json!({ "variant_id": variant, "product_id": product, "location_id": 1 });
        json!(["store/channel/*/inventory/product/stock_changed", place])
    };
    let by = |value: i64| {
        let inventory = json!({ "product_id": id, "method": "absolute", "value": value });
        let data = json!({ "type": "product", "id": id, "inventory": inventory });
        json!(["store/product/inventory/updated", data])
    };
    let one = format!("/v3/catalog/products/{id}");
    let (_, _, outcome) = store.ask("PUT", &one, Some(json!({ "inventory_level": 1 })));
    assert_eq!(told(&outcome), json!([by(-2), place(base, id)]));
    let (_, _, outcome) = store.ask("PUT", &one, Some(json!({ "price": 8 })));
    assert_eq!(told(&outcome), json!([]));
    let five = json!({ "items": [{ "location_id": 1, "product_id": id, "quantity": 5 }] });
    let (_, _, outcome) = store.ask("PUT", "/v3/inventory/adjustments/absolute", Some(five));
    assert_eq!(told(&outcome), json!([place(base, id), by(4)]));

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
    let place = place(&red["id"], &cap["data"]["id"]);
    assert_eq!(
        told(&outcome),
        json!([["store/sku/inventory/updated", data], place])
    );
}

#[test]
fn a_new_product_tells_of_the_skus_of_its_variants_and_of_no_other() {
    let store = store(0);
    let skus = |product: Value| {
        let (status, made, outcome) = store.ask("POST", "/v3/catalog/products", Some(product));
        assert_eq!(status, 200, "{made}");
        let fired = outcome.fired.iter();
        let told: Vec<Value> = fired
            .filter(|one| one.scope == "store/sku/created")
            .map(|one| one.data.clone())
            .collect();
        (made["data"]["id"].clone(), told)
    };
    let tray = json!({ "name": "Tray", "type": "physical", "weight": 1, "price": 9, "sku": "T" });
    assert_eq!(skus(tray).1, [] as [Value; 0]);
    let of = |sku: &str, label: &str| {
        let value = json!({ "option_display_name": "Colour", "label": label });
        json!({ "sku": sku, "option_values": [value] })
    };
    let cap = json!({
        "name": "Cap", "type": "physical", "weight": 1, "price": 9,
        "variants": [of("CAP-R", "Red"), of("CAP-B", "Blue")],
    });
    let (id, told) = skus(cap);
    let made = store.good("GET", &format!("/v3/catalog/products/{id}/variants"), None);
    let made: Vec<Value> = made["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| {
            json!({
                "type": "sku", "id": own["sku_id"],
                "sku": { "product_id": id, "variant_id": own["id"] },
            })
        })
        .collect();
    assert_eq!(told, made);
}

#[test]
fn a_line_of_a_cart_that_only_gets_another_share_of_a_discount_is_not_told_as_changed() {
    let store = store(0);
    let promotion = json!({
        "name": "Three off", "redemption_type": "AUTOMATIC",
        "rules": [{ "action": { "cart_value": { "discount": { "fixed_amount": "3" } } } }],
    });
    store.good("POST", "/v3/promotions", Some(promotion));
    let lines = ["Card", "Font"].map(|name| {
        let product = json!({ "name": name, "type": "digital", "weight": 0, "price": 10 });
        let product = store.good("POST", "/v3/catalog/products", Some(product));
        json!({ "product_id": product["data"]["id"], "quantity": 1 })
    });
    let cart = store.good("POST", "/v3/carts", Some(json!({ "line_items": lines })));
    let cart = &cart["data"];
    let line = &cart["line_items"]["digital_items"][1];
    assert_eq!(line["discount_amount"], 1.5);
    let (id, item) = (cart["id"].as_str().unwrap(), line["id"].as_str().unwrap());
    let more = json!({ "line_item": { "product_id": line["product_id"], "quantity": 2 } });
    let target = format!("/v3/carts/{id}/items/{item}");
    let (_, changed, outcome) = store.ask("PUT", &target, Some(more));
    let lines = &changed["data"]["line_items"]["digital_items"];
    let shares = [&lines[0]["discount_amount"], &lines[1]["discount_amount"]];
    assert_eq!(shares, [1, 2]);
    let fired = outcome.fired.iter();
    let fired = fired.filter(|one| one.scope == "store/cart/lineItem/updated");
    let told: Vec<&Value> = fired.map(|one| &one.data["id"]).collect();
    assert_eq!(told, [item]);
}
