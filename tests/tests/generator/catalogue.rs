//! The schemas of the machine-readable catalogue: strict for what is written, self-contained, and
//! accepting and rejecting what the API and the client do.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::LazyLock,
};

use bigcommerce_tests::{api, root, rows::complete};
use codegen::render::catalogue;
use jsonschema::{Validator, draft202012};
use serde_json::{Value, json};

/// `api.json` and `api.schema.json`, as currently rendered.
fn rendered() -> &'static (Value, Value) {
    static RENDERED: LazyLock<(Value, Value)> = LazyLock::new(|| {
        let files = catalogue::render(&api()).unwrap();
        let read = |name: &str| {
            let file = files.iter().find(|file| file.path.ends_with(name)).unwrap();
            serde_json::from_str(&file.text).unwrap()
        };
        (read("docs/api.json"), read("docs/api.schema.json"))
    });
    &RENDERED
}

fn endpoint<'a>(catalogue: &'a Value, id: &str) -> &'a Value {
    let endpoints = catalogue["endpoints"].as_array().unwrap();
    endpoints
        .iter()
        .find(|endpoint| endpoint["id"] == id)
        .unwrap()
}

fn validator(schema: &Value) -> Validator {
    draft202012::new(schema).unwrap()
}

/// Every schema of a body, its side and its owner.
fn roots(catalogue: &Value) -> Vec<(String, &'static str, &Value)> {
    let delivery = &catalogue["webhooks"]["json_schema"];
    let mut schemas = vec![("delivery".to_owned(), "responses", delivery)];
    for endpoint in catalogue["endpoints"].as_array().unwrap() {
        for (body, side) in [
            ("request", "requests"),
            ("response", "responses"),
            ("event", "responses"),
        ] {
            let schema = &endpoint["json_schema"][body];
            if !schema.is_null() {
                schemas.push((format!("{} {body}", endpoint["id"]), side, schema));
            }
        }
    }
    for event in catalogue["events"].as_array().unwrap() {
        schemas.push((
            event["scope"].to_string(),
            "responses",
            &event["json_schema"],
        ));
    }
    schemas
}

#[test]
fn the_published_schema_misses_every_key_and_lets_no_other_in() {
    let (catalogue, schema) = rendered();
    let validator = validator(schema);
    for at in [
        "/more",
        "/service/more",
        "/endpoints/0/more",
        "/endpoints/0/rust/more",
    ] {
        let (parent, key) = at.rsplit_once('/').unwrap();
        let mut more = catalogue.clone();
        more.pointer_mut(parent).unwrap()[key] = json!(1);
        assert!(!validator.is_valid(&more), "{at} is not refused");
    }
    for at in [
        "/scopes",
        "/endpoints/0/guide",
        "/endpoints/0/json_schema/request",
    ] {
        let (parent, key) = at.rsplit_once('/').unwrap();
        let mut less = catalogue.clone();
        less.pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(key);
        assert!(!validator.is_valid(&less), "{at} is not missed");
    }
}

#[test]
fn a_call_for_any_number_of_items_is_told_as_the_client_has_it() {
    let (catalogue, _) = rendered();
    let surface = root().join("tests/tests/snapshots/surface");
    let mut told = BTreeMap::new();
    for endpoint in catalogue["endpoints"].as_array().unwrap() {
        let Some(all) = endpoint["all"].as_object() else {
            continue;
        };
        let group = endpoint["group"].as_str().unwrap();
        let name = all["name"].as_str().unwrap();
        let call = all["call"].as_str().unwrap();
        // A nested handle is reached through its parent's.
        let own = call.starts_with(&format!("{group}().{name}("));
        assert!(own || call.contains(&format!(").{name}(")), "{call}");
        let public = fs::read_to_string(surface.join(format!("{group}.snap"))).unwrap();
        assert!(public.contains(&format!("fn {name}(")), "{group} {name}");
        told.insert(format!("{group}.{name}"), &all["by"]);
    }
    assert_eq!(told["customers.update_all"], &Value::Null);
    assert_eq!(told["customers.delete_all"], "id:in");
    assert_eq!(told["pricelists.upsert_all_records"], &Value::Null);
    // Every method of the client that makes such a call is listed.
    let made = fs::read_dir(&surface).unwrap().map(|file| {
        let path = file.unwrap().path();
        // A new snapshot that is not accepted yet is not part of the surface.
        if path.extension().is_none_or(|kind| kind != "snap") {
            return 0;
        }
        let text = fs::read_to_string(path).unwrap();
        text.matches("-> Bulk<").count()
    });
    assert_eq!(made.sum::<usize>(), told.len());
}

#[test]
fn every_type_is_defined_once_and_every_reference_finds_it() {
    fn refers<'a>(schema: &'a Value, found: &mut BTreeSet<&'a str>) {
        match schema {
            Value::Object(map) => {
                let name = map.get("$ref").and_then(Value::as_str);
                found.extend(name.map(|name| name.strip_prefix("#/$defs/").unwrap()));
                // A branch identified by a value is written in full, and names its type.
                let inline = map.get("properties").and(map.get("x-type"));
                found.extend(inline.and_then(Value::as_str));
                map.values().for_each(|value| refers(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| refers(item, found)),
            _ => {}
        }
    }
    let (catalogue, _) = rendered();
    for side in ["requests", "responses"] {
        let definitions = &catalogue["schemas"][side]["$defs"];
        let mut open: BTreeSet<&str> = BTreeSet::new();
        for (_, _, root) in roots(catalogue).iter().filter(|(_, of, _)| *of == side) {
            refers(root, &mut open);
        }
        if side == "requests" {
            // The enumerations of parameters are named like their types.
            let endpoints = catalogue["endpoints"].as_array().unwrap().iter();
            let parameters = endpoints.flat_map(|one| one["parameters"].as_array().unwrap());
            let types = parameters.map(|parameter| parameter["type"].as_str().unwrap());
            open.extend(types.filter(|name| name.contains('.')));
        }
        let mut reached = BTreeSet::new();
        while let Some(name) = open.pop_first() {
            let schema = definitions.get(name);
            let schema = schema.unwrap_or_else(|| panic!("{side} have no {name}"));
            if reached.insert(name) {
                refers(schema, &mut open);
                open.retain(|name| !reached.contains(name));
            }
        }
        let defined: BTreeSet<&str> = definitions
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(reached, defined, "{side}");
    }
}

#[test]
fn bodies_are_taken_as_strictly_as_the_api_takes_them() {
    let (catalogue, _) = rendered();
    let customer = json!({ "email": "a@example.com", "first_name": "A", "last_name": "B" });
    let product = json!({ "name": "Mug", "type": "physical", "weight": "0.5", "price": 7 });
    let coupon = json!({
        "name": "Five off", "code": "FIVEOFF", "type": "per_item_discount", "amount": "5",
        "applies_to": { "entity": "categories", "ids": [1] },
    });
    let with = |base: &Value, key: &str, value: Value| {
        let mut more = base.clone();
        more[key] = value;
        more
    };
    let cases = [
        ("brands.create", json!({ "name": "Acme" }), true),
        ("coupons.create", coupon.clone(), true),
        // Here it means no end, and elsewhere no time.
        ("coupons.create", with(&coupon, "expires", json!("")), true),
        ("coupons.create", with(&coupon, "expires", json!(7)), false),
        ("orders.update", json!({ "date_created": "" }), false),
        ("brands.create", json!({}), false),
        ("brands.create", json!({ "name": "" }), false),
        ("brands.create", json!({ "name": "Acme", "id": 7 }), false),
        ("products.create", product.clone(), true),
        (
            "products.create",
            with(&product, "type", json!("service")),
            false,
        ),
        (
            "products.create",
            with(&product, "price", json!("cheap")),
            false,
        ),
        (
            "products.create",
            with(&product, "weight", json!(true)),
            false,
        ),
        ("customers.create", json!([customer]), true),
        ("customers.create", customer.clone(), false),
        ("customers.create", json!([]), false),
        (
            "customers.create",
            Value::from(vec![customer.clone(); 10]),
            true,
        ),
        (
            "customers.create",
            Value::from(vec![customer.clone(); 11]),
            false,
        ),
        ("webhooks.update", json!({}), false),
        ("webhooks.update", json!({ "is_active": false }), true),
        ("webhooks.update", json!({ "headers": null }), true),
        ("webhooks.update", json!({ "is_active": null }), false),
    ];
    for (id, body, taken) in cases {
        let schema = &endpoint(catalogue, id)["json_schema"]["request"];
        let schema = complete(catalogue, "requests", schema);
        assert_eq!(validator(&schema).is_valid(&body), taken, "{id} {body}");
    }
}

#[test]
fn the_schema_of_a_parameter_has_its_range() {
    let (catalogue, _) = rendered();
    let parameters = &endpoint(catalogue, "blog_posts.delete_page")["parameters"];
    let mut parameters = parameters.as_array().unwrap().iter();
    let limit = parameters.find(|one| one["name"] == "limit").unwrap();
    let validator = validator(&limit["json_schema"]);
    assert!(validator.is_valid(&json!(50)));
    assert!(!validator.is_valid(&json!(51)));
}

#[test]
fn answers_are_taken_as_the_api_sends_them_and_refused_where_the_client_refuses_them() {
    let (catalogue, _) = rendered();
    let page = json!({ "pagination": { "total": 1, "links": { "current": "?page=1" } } });
    let cases = [
        (
            "brands.list",
            json!({ "data": [{ "id": 1, "new": {} }], "meta": page }),
            true,
        ),
        ("brands.list", json!({ "data": [], "meta": [] }), true),
        (
            "brands.list",
            json!({ "data": [{ "name": "Acme" }], "meta": {} }),
            false,
        ),
        (
            "brands.list",
            json!({ "data": [{ "id": 1, "custom_url": 7 }] }),
            false,
        ),
        (
            "variants.list",
            json!({ "data": [{ "id": "1", "map_price": {} }] }),
            true,
        ),
        (
            "variants.list",
            json!({ "data": [{ "id": 1, "price": { "value": 1 } }] }),
            false,
        ),
        (
            "products.get",
            json!({ "data": { "id": 1, "type": "of tomorrow" } }),
            true,
        ),
        (
            "orders.get",
            json!({ "id": 1, "total_inc_tax": "62.6793", "date_shipped": "" }),
            true,
        ),
        (
            "orders.get",
            json!({ "id": 1, "total_inc_tax": "much" }),
            false,
        ),
        ("orders.list", json!([{ "id": 1 }]), true),
        ("orders.list", json!({ "data": [] }), false),
        (
            "webhooks.get",
            json!({ "data": { "id": 1, "created_at": 1561488106 } }),
            true,
        ),
    ];
    for (id, body, taken) in cases {
        let schema = &endpoint(catalogue, id)["json_schema"]["response"];
        let schema = complete(catalogue, "responses", schema);
        assert_eq!(validator(&schema).is_valid(&body), taken, "{id} {body}");
    }
}

/// Whether a number is too large for the client's integers. Schemas leave the size to the client.
fn too_large(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_u64() && !number.is_i64(),
        Value::Array(items) => items.iter().any(too_large),
        Value::Object(map) => map.values().any(too_large),
        _ => false,
    }
}

#[test]
fn the_wire_quirks_pass_and_what_the_client_refuses_does_not() {
    let (catalogue, _) = rendered();
    let mut answers: BTreeMap<&str, (Validator, bool)> = BTreeMap::new();
    for endpoint in catalogue["endpoints"].as_array().unwrap() {
        if let Some(path) = endpoint["rust"]["response"].as_str() {
            let make = || {
                let schema = &endpoint["json_schema"]["response"];
                let schema = complete(catalogue, "responses", schema);
                (validator(&schema), endpoint["envelope"] == "flat")
            };
            answers.entry(path).or_insert_with(make);
        }
    }
    let mut checked = 0;
    for entry in std::fs::read_dir(root().join("tests/data/quirks")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        for case in file["cases"].as_array().into_iter().flatten() {
            let ty = case["type"].as_str().unwrap_or_default();
            let Some((validator, flat)) = answers.get(ty) else {
                continue;
            };
            // The client also reads a response without its envelope, which no endpoint here returns.
            if (!flat && !case["json"].is_object()) || too_large(&case["json"]) {
                continue;
            }
            // The client keeps oddities, which the catalogue does not describe.
            let refused = ["refused", "odd"].iter().any(|key| case.get(key).is_some());
            assert_eq!(validator.is_valid(&case["json"]), !refused, "{case}");
            checked += 1;
        }
    }
    assert!(checked > 50, "only {checked} cases were checked");
}

#[test]
fn what_chosen_fields_leave_out_is_never_required() {
    use codegen::model::{Answer, Kind, Role, Ty};

    let api = api();
    let mut seen = 0;
    for endpoint in &api.endpoints {
        let selects = endpoint
            .query
            .iter()
            .any(|one| matches!(one.role, Role::Select { .. }));
        let (Answer::Page(Ty::Named(id)) | Answer::One(Ty::Named(id))) = &endpoint.answer else {
            continue;
        };
        let Kind::Object { fields, .. } = &api.ty(*id).kind else {
            continue;
        };
        if selects {
            seen += 1;
            let required = fields.iter().filter(|field| field.required);
            let names: Vec<_> = required.map(|field| field.wire.as_str()).collect();
            // `category_id` is the id of a category.
            let is_id = |name: &&str| *name == "id" || *name == "category_id";
            let ids = names.len() < 2 && names.iter().all(is_id);
            assert!(ids, "{}: {names:?}", endpoint.id);
        }
    }
    assert!(seen > 4, "{seen}");
}
