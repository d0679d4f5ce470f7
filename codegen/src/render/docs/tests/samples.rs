//! The responses in samples of the real spec do not contradict themselves.

use serde_json::{Map, Value};

use super::*;

/// The sample response of each endpoint.
fn responses() -> Vec<(String, Value)> {
    let files = markdown(&api()).unwrap();
    let mut all = Vec::new();
    for part in files.iter().flat_map(|file| file.text.split("\n### ")) {
        let id = part.lines().next().unwrap_or_default();
        let body = part.split_once("\nResponse:\n\n```json\n");
        let body = body.and_then(|(_, body)| body.split_once("\n```"));
        if let Some((body, _)) = body {
            all.push((id.to_owned(), serde_json::from_str(body).unwrap()));
        }
    }
    all
}

/// Calls `judge` with each object in a value.
fn objects(value: &Value, judge: &mut impl FnMut(&Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| objects(item, judge)),
        Value::Object(fields) => {
            judge(fields);
            fields.values().for_each(|field| objects(field, judge));
        }
        _ => {}
    }
}

/// Whether one value is below another one.
fn is_less(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one < other,
        _ => one.as_str() < other.as_str(),
    }
}

#[test]
fn what_a_sample_says_in_one_field_does_not_contradict_another_one() {
    let mut wrong = Vec::new();
    let mut judged = 0;
    for (id, body) in responses() {
        objects(&body, &mut |fields| {
            for (one, other) in [
                ("num_uses", "max_uses"),
                ("current_uses", "max_uses"),
                ("quantity_min", "quantity_max"),
                ("parent_id", "id"),
                ("total_tax", "total_amount"),
                ("discount_amount", "base_amount"),
                ("cart_amount_ex_tax", "cart_amount_inc_tax"),
                ("validity_not_before", "validity_not_after"),
                ("oldest_variant_date", "newest_variant_date"),
            ] {
                let (Some(less), Some(more)) = (fields.get(one), fields.get(other)) else {
                    continue;
                };
                judged += 1;
                if !is_less(less, more) {
                    wrong.push(format!("{id}: {one} {less}, but {other} {more}"));
                }
            }
            let flag = |name: &str| fields.get(name).and_then(Value::as_bool);
            if flag("is_declined") == Some(false) && fields.contains_key("declined_message") {
                wrong.push(format!("{id}: a reason without a decline"));
            }
            let status = fields.get("status").and_then(Value::as_str);
            if status == Some("AWAITING_COLLECTION") && fields.contains_key("collected_at") {
                wrong.push(format!("{id}: collected, but awaiting collection"));
            }
        });
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(judged > 20, "only {judged} pairs were compared");
}

#[test]
fn a_metafield_belongs_to_what_its_group_is_about() {
    let mut found = 0;
    for (id, body) in responses() {
        let Some((owner, _)) = id.split_once("_metafields.") else {
            continue;
        };
        objects(&body, &mut |fields| {
            if let Some(of) = fields.get("resource_type") {
                assert_eq!(of, owner, "{id}");
                assert_eq!(fields["resource_id"].is_string(), owner == "cart", "{id}");
                found += 1;
            }
        });
    }
    assert!(found > 20, "only {found} metafields were found");
}

#[test]
fn an_example_in_the_spec_is_what_a_sample_shows_whatever_its_type() {
    let responses = responses();
    let body = |id: &str| &responses.iter().find(|(one, _)| one == id).unwrap().1;
    // A member of an enumeration, several of them, a boolean and a time that is not set yet.
    assert_eq!(body("shipments.get")["shipping_provider"], "usps");
    assert_eq!(body("customer_consent.get")["deny"][0], "targeting");
    let refund = &body("refunds.get")["data"];
    assert_eq!(refund["uses_merchant_override_values"], false);
    assert_eq!(body("orders.get")["date_shipped"], "");
    // An object, and a list without items.
    let redirect = &body("redirects.list")["data"][0];
    assert_eq!(
        redirect["to"],
        serde_json::json!({ "type": "url", "url": "/sale/" })
    );
    let job = &body("themes.get_job")["data"];
    assert_eq!(job["errors"], serde_json::json!([]));
}

#[test]
fn an_update_is_shown_with_what_it_changes() {
    let api = api();
    let files = markdown(&api).unwrap();
    let parts: HashMap<&str, &str> = files
        .iter()
        .flat_map(|file| file.text.split("\n### "))
        .filter_map(|part| part.split_once('\n'))
        .collect();
    let updates = api.endpoints.iter();
    let updates = updates.filter(|one| one.method == model::Method::Put && one.body.is_some());
    for endpoint in updates {
        let text = parts[&*endpoint.id];
        assert!(text.contains("--data '"), "{} without a body", endpoint.id);
    }
}
