//! The events that only hooks of a channel receive.

use serde_json::{Value, json};

use super::{Outcome, Store, store};

/// The events of channels that a call fired, each with its data.
fn told(outcome: &Outcome) -> Value {
    let fired = outcome.fired.iter();
    let fired = fired.filter(|one| one.scope.starts_with("store/channel/"));
    fired.map(|one| json!([one.scope, one.data])).collect()
}

/// The same, for a call.
fn tells(store: &Store, (method, target): (&str, &str), body: Value) -> Value {
    let body = (!body.is_null()).then_some(body);
    let (status, value, outcome) = store.ask(method, target, body);
    assert!(status.is_success(), "{method} {target}: {status} {value:#}");
    told(&outcome)
}

/// A second channel.
fn outlet(store: &Store) -> Value {
    let outlet = json!({ "name": "Outlet", "type": "storefront", "platform": "next" });
    store.good("POST", "/v3/channels", Some(outlet))["data"]["id"].clone()
}

#[test]
fn a_write_to_one_channel_fires_events_with_its_id_in_their_scopes() {
    let store = store(0);
    let page = json!({ "name": "Fair", "type": "link", "link": "/fair/" });
    let (_, made, outcome) = store.ask("POST", "/v3/content/pages", Some(page));
    let about = json!({ "page_id": made["data"]["id"] });
    let expected = json!([["store/channel/1/page/created", about]]);
    assert_eq!(told(&outcome), expected);
    let (_, made, outcome) = store.ask(
        "POST",
        "/v3/content/scripts",
        Some(json!({ "name": "Chat" })),
    );
    let about = json!({ "uuid": made["data"]["uuid"] });
    let expected = json!([["store/channel/1/script/created", about]]);
    assert_eq!(told(&outcome), expected);
}

#[test]
fn the_site_of_a_channel_and_its_checkout_address_are_told_by_the_site() {
    let store = store(0);
    let outlet = outlet(&store);
    let scope = |event: &str| format!("store/channel/{outlet}/settings/site/{event}");
    let site = format!("/v3/channels/{outlet}/site");
    let address = json!({ "url": "https://outlet.example.com" });
    let (_, made, outcome) = store.ask("POST", &site, Some(address));
    let about = json!({ "site_id": made["data"]["id"] });
    assert_eq!(told(&outcome), json!([[scope("updated"), about]]));
    let checkout = format!("{site}/checkout-url");
    let address = json!({ "url": "https://checkout.example.com" });
    let expected = json!([[scope("checkoutUrl/updated"), about]]);
    assert_eq!(tells(&store, ("PUT", &checkout), address), expected);
    let expected = json!([[scope("checkoutUrl/deleted"), about]]);
    assert_eq!(tells(&store, ("DELETE", &checkout), Value::Null), expected);
    let expected = json!([[scope("updated"), about]]);
    assert_eq!(tells(&store, ("DELETE", &site), Value::Null), expected);
}

#[test]
fn a_product_is_assigned_once_to_a_channel_and_to_the_channel_of_a_category() {
    let store = store(0);
    let outlet = outlet(&store);
    let tray = json!({ "name": "Tray", "type": "physical", "weight": 1, "price": 9 });
    let tray = store.good("POST", "/v3/catalog/products", Some(tray));
    let tray = &tray["data"]["id"];
    let about = json!({ "product_id": tray });

    let path = "/v3/catalog/products/channel-assignments";
    let assignment = json!([{ "product_id": tray, "channel_id": outlet }]);
    let assigned = format!("store/channel/{outlet}/product/assigned");
    assert_eq!(
        tells(&store, ("PUT", path), assignment.clone()),
        json!([[assigned, about]])
    );
    assert_eq!(tells(&store, ("PUT", path), assignment), json!([]));
    let gone = format!("{path}?product_id:in={tray}&channel_id:in={outlet}");
    let unassigned = format!("store/channel/{outlet}/product/unassigned");
    assert_eq!(
        tells(&store, ("DELETE", &gone), Value::Null),
        json!([[unassigned, about]])
    );

    let path = "/v3/catalog/products/category-assignments";
    let categories = store.good("GET", "/v3/catalog/trees/categories", None);
    let category = &categories["data"][0]["category_id"];
    let assignment = json!([{ "product_id": tray, "category_id": category }]);
    assert_eq!(
        tells(&store, ("PUT", path), assignment),
        json!([["store/channel/1/category/product/assigned", about]])
    );
}

#[test]
fn settings_are_told_to_the_channel_or_to_every_channel_that_inherits_them() {
    let store = store(0);
    let outlet = outlet(&store);
    let path = "/v3/settings/store/profile";
    let own = format!("{path}?channel_id=1");
    let name = json!({ "store_name": "Harbour" });
    assert_eq!(
        tells(&store, ("PUT", &own), name.clone()),
        json!([["store/channel/1/settings/profile/updated", {}]])
    );
    let expected = format!("store/channel/{outlet}/settings/profile/updated");
    assert_eq!(
        tells(&store, ("PUT", path), name),
        json!([[expected, {}]]),
        "the first has a name of its own"
    );
}

#[test]
fn an_email_template_is_told_only_when_a_channel_overrides_it() {
    let store = store(0);
    let path = "/v3/marketing/email-templates/invoice_email";
    let thanks = json!({ "subject": "Thanks" });
    assert_eq!(tells(&store, ("PUT", path), thanks.clone()), json!([]));
    let own = format!("{path}?channel_id=1");
    let about = json!({ "template_kind": "invoice_email" });
    assert_eq!(
        tells(&store, ("PUT", &own), thanks),
        json!([["store/channel/1/email/templates/updated", about]])
    );
    assert_eq!(
        tells(&store, ("DELETE", &own), Value::Null),
        json!([["store/channel/1/email/templates/deleted", about]])
    );
}

#[test]
fn each_email_that_a_channel_switches_is_told_by_its_name() {
    let store = store(0);
    let own = "/v3/settings/email-statuses?channel_id=1";
    let about = json!({ "template_kind": "invoice_email" });
    let off = json!({ "invoice_email": false });
    assert_eq!(
        tells(&store, ("PUT", own), off.clone()),
        json!([["store/channel/1/settings/emailStatus/updated", about]])
    );
    assert_eq!(tells(&store, ("PUT", own), off), json!([]));
    assert_eq!(
        tells(&store, ("PUT", own), json!({ "invoice_email": null })),
        json!([["store/channel/1/settings/emailStatus/deleted", about]])
    );
}

#[test]
fn settings_of_customers_tell_of_the_part_that_changed() {
    let store = store(0);
    let path = "/v3/customers/settings/channels/1";
    let logins = json!({ "allow_global_logins": true });
    assert_eq!(tells(&store, ("PUT", path), logins), json!([]));
    let privacy = json!({ "privacy_settings": { "policy_url": "https://example.com/privacy" } });
    assert_eq!(
        tells(&store, ("PUT", path), privacy),
        json!([["store/channel/1/settings/customerPrivacy/updated", {}]])
    );
}

#[test]
fn an_activated_theme_and_the_filters_of_a_category_are_told_with_what_they_are() {
    let store = store(0);
    let themes = store.good("GET", "/v3/themes", None);
    let theme = &themes["data"][0];
    let variation = &theme["variations"][1]["uuid"];
    let body = json!({ "variation_id": variation });
    let fired = tells(&store, ("POST", "/v3/themes/actions/activate"), body);
    let (scope, data) = (&fired[0][0], &fired[0][1]);
    assert_eq!(scope, "store/channel/1/theme/configuration/activated");
    assert_eq!(data["theme_id"], theme["uuid"]);
    assert_eq!(data["variation_id"], *variation);
    assert!(data["configuration_id"].is_string(), "{data}");

    let filters = json!([{
        "context": { "channel_id": 1, "category_id": 24 },
        "data": [{ "id": "brand", "type": "brand", "is_enabled": true }],
    }]);
    assert_eq!(
        tells(
            &store,
            ("PUT", "/v3/settings/search/filters/contexts"),
            filters
        ),
        json!([["store/channel/1/settings/searchContextFilters/updated", { "category_id": 24 }]])
    );
}
