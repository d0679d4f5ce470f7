//! What the summary says, case by case.

use serde_json::{Value, json};

use super::{Changes, changes};

fn catalogue() -> Value {
    json!({
        "scopes": [
            { "wire": "things_read", "label": "Things", "level": "read-only", "writes": false,
              "satisfied_by": ["things"], "endpoints": ["things.list"], "also_opens": [] },
            { "wire": "things", "label": "Things", "level": "modify", "writes": true,
              "satisfied_by": [], "endpoints": [], "also_opens": ["things.list"] },
        ],
        "groups": [{ "name": "things", "does": "Read things.", "endpoints": ["things.list"] }],
        "webhooks": { "delivery": "crate::events::Delivery",
            "json_schema": { "$ref": "#/$defs/events.Delivery" } },
        "events": [{ "scope": "store/thing/created", "does": "A thing is made.",
            "payload": "crate::events::Thing", "json_schema": { "$ref": "#/$defs/events.Thing" } }],
        "wildcards": [],
        "service": { "base_url": "https://example.com" },
        "endpoints": [
            { "id": "things.list", "method": "GET", "path": "/things", "scope": "things_read",
              "satisfied_by": ["things"], "batch": null, "note": "One note.",
              "parameters": [{ "name": "id", "required": false }, { "name": "page" }],
              "rust": { "call": "things().list()", "request": null, "response": "Vec<Thing>" },
              "json_schema": { "request": null, "response": { "$ref": "#/$defs/things.Thing" } } },
        ],
        "schemas": { "requests": { "$defs": {} }, "responses": { "$defs": {
            "missing": { "enum": [null] },
            "events.Delivery": { "title": "Delivery", "properties": {} },
            "events.Thing": { "title": "Thing" },
            "things.Thing": { "title": "Thing", "required": ["id"],
                "properties": { "id": { "type": "integer" }, "name": {} } },
            "things.Kind": { "title": "Kind", "anyOf": [{ "enum": ["a", "b"] }, {}] },
        } } },
    })
}

fn after(edit: impl FnOnce(&mut Value)) -> Changes {
    let old = catalogue();
    let mut new = old.clone();
    edit(&mut new);
    changes(Some(&old.to_string()), &new.to_string())
}

#[test]
fn the_same_catalogue_changes_nothing() {
    let same = after(|_| ());
    assert!(same.is_empty() && !same.touches_scopes());
    assert_eq!(same.to_string(), "nothing changed in the API's terms");
}

#[test]
fn another_scope_stands_first_and_is_an_alarm() {
    let changes = after(|api| {
        api["endpoints"][0]["batch"] = json!(10);
        api["endpoints"][0]["scope"] = json!("things");
        api["endpoints"][0]["satisfied_by"] = json!([]);
        api["scopes"][0]["satisfied_by"] = json!([]);
    });
    assert!(changes.touches_scopes());
    assert_eq!(
        changes.to_string(),
        "! scope things_read: satisfied_by [things] -> []\n\
         ! scope things.list needs things instead of things_read\n\
         ~ endpoint things.list: batch none -> 10"
    );
}

#[test]
fn endpoints_and_parameters_come_and_go() {
    let changes = after(|api| {
        let mut made = api["endpoints"][0].clone();
        made["id"] = json!("things.get");
        made["path"] = json!("/things/{id}");
        if let Some(endpoints) = api["endpoints"].as_array_mut() {
            endpoints.push(made);
        }
        api["endpoints"][0]["note"] = json!("Another note.");
        api["endpoints"][0]["parameters"] =
            json!([{ "name": "id", "required": true }, { "name": "limit" }]);
    });
    assert_eq!(
        changes.to_string(),
        "+ endpoint things.get (GET /things/{id}), things_read\n\
         ~ endpoint things.list: note\n\
         - parameter things.list page\n\
         + parameter things.list limit\n\
         ~ parameter things.list id: required false -> true"
    );
}

#[test]
fn a_parameter_says_which_of_its_values_are_others_and_what_they_were() {
    let schema = |max: u32, members: &[&str]| {
        json!({ "name": "page", "required": false, "items": null,
            "json_schema": { "type": "integer", "maximum": max },
            "values": members })
    };
    let mut old = catalogue();
    let mut new = catalogue();
    old["endpoints"][0]["parameters"] = json!([schema(250, &["a", "b", "c", "d", "e"])]);
    new["endpoints"][0]["parameters"] = json!([schema(50, &["a", "c", "d", "e", "f"])]);
    assert_eq!(
        changes(Some(&old.to_string()), &new.to_string()).to_string(),
        "~ parameter things.list page: json_schema.maximum 250 -> 50; values without b and with f"
    );
}

#[test]
fn types_say_which_fields_and_members_are_new_gone_or_different() {
    let changes = after(|api| {
        let types = &mut api["schemas"]["responses"]["$defs"];
        types["things.Thing"]["properties"] = json!({ "id": {}, "price": {} });
        types["things.Kind"]["anyOf"][0]["enum"] = json!(["a", "c"]);
        types["things.Image"] = json!({ "title": "Image" });
        types["events.Thing"]["description"] = json!("Something else.");
    });
    assert_eq!(
        changes.to_string(),
        "+ type things.Image\n\
         ~ type events.Thing: described anew\n\
         ~ type things.Kind: without b; with c\n\
         ~ type things.Thing: without name; with price; changed id"
    );
}

#[test]
fn a_field_that_is_only_described_anew_is_told_apart_from_one_that_changed() {
    let changes = after(|api| {
        let types = &mut api["schemas"]["responses"]["$defs"];
        types["things.Thing"]["properties"] = json!({
            "id": { "type": "string" }, "name": { "description": "What it is called." },
        });
    });
    assert_eq!(
        changes.to_string(),
        "~ type things.Thing: changed id; described anew name"
    );
}

#[test]
fn a_catalogue_that_is_missing_or_broken_is_counted_instead_of_compared() {
    let new = catalogue().to_string();
    let counted = "1 endpoint, 2 scopes, 1 event, 4 types";
    assert_eq!(
        changes(None, &new).to_string(),
        format!("the first catalogue: {counted}")
    );
    for broken in ["", "{", "[1]", "<<<<<<< HEAD"] {
        let text = changes(Some(broken), &new).to_string();
        assert!(
            text.starts_with("the committed catalogue cannot be read"),
            "{text}"
        );
        assert!(text.ends_with(counted));
    }
    // Another program's JSON is read as a catalogue without anything in it.
    assert!(
        changes(Some("{}"), &new)
            .to_string()
            .contains("+ endpoint things.list")
    );
}

#[test]
fn a_long_list_ends_in_a_count() {
    let changes = after(|api| {
        let names = (0..40).map(|n| json!({ "scope": format!("store/{n}"), "does": "" }));
        api["wildcards"] = names.collect();
    });
    let text = changes.to_string();
    assert_eq!(text.lines().count(), 21);
    assert!(text.ends_with("\nand 20 more"));
    assert_eq!(changes.lines().count(), 40);
}
