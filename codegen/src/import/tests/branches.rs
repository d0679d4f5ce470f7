//! Alternative objects are drafted as a one-of if its branches can be distinguished.

use serde_json::{Value, json};

use crate::import::{Description, ImportOptions, import};

/// The group drafted from a call that accepts these alternatives.
fn drafted(alternatives: &Value) -> String {
    drafted_as("Matcher", alternatives)
}

/// The same, with the name of the component that has them.
fn drafted_as(name: &str, alternatives: &Value) -> String {
    let matcher = json!({ "$ref": format!("#/components/schemas/{name}") });
    let body = json!({ "type": "object", "required": ["fits"], "properties": { "fits": matcher } });
    let json = json!({ "openapi": "3.0.0", "info": { "title": "lamps" },
        "paths": { "/v3/lamps": { "post": { "operationId": "createLamp", "tags": ["Lamps"],
            "requestBody": { "required": true, "content": { "application/json": { "schema": body } } },
            "responses": { "204": { "description": "" } } } } },
        "components": { "schemas": { name: { "oneOf": alternatives } } } })
    .to_string();
    let description = Description {
        source: "lamps.v3.yml",
        json: &json,
    };
    let drafted = import(&[description], &[], &ImportOptions::default()).unwrap();
    let mut groups = drafted.files.iter();
    let group = groups.find(|file| file.name.starts_with("groups/"));
    group.unwrap().text.clone()
}

/// The schema that starts with a line.
fn schema<'t>(group: &'t str, line: &str) -> &'t str {
    let (_, rest) = group
        .split_once(line)
        .unwrap_or_else(|| panic!("no {line:?} in {group}"));
    let (schema, _) = rest.split_once("\n\n").unwrap_or((rest, ""));
    schema
}

fn object(required: &[&str], properties: &Value) -> Value {
    json!({ "type": "object", "required": required, "properties": properties })
}

#[test]
fn objects_that_each_have_a_field_of_their_own_are_branches_named_after_it() {
    let list = json!({ "type": "array", "items": { "type": "integer" } });
    let group = drafted(&json!([
        object(
            &["brands"],
            &json!({ "brands": list, "depth": { "type": "integer" } })
        ),
        object(
            &["product_id"],
            &json!({ "product_id": { "type": "integer" }, "depth": { "type": "integer" } })
        ),
    ]));
    let branches = schema(&group, "    one_of:\n");
    assert!(branches.contains("      brands: { type: "), "{group}");
    assert!(branches.contains("      product_id: { type: "), "{group}");
    assert!(!group.contains("merged here"), "{group}");
    assert!(!group.contains("    by: "), "{group}");
    // Each branch is a separate schema, which requires its identifying field.
    let own = |line: &str| group.lines().filter(|one| one.contains(line)).count();
    assert_eq!(own("brands: { type: \"[int]\", required: ["), 1, "{group}");
    assert_eq!(own("product_id: { type: int, required: ["), 1, "{group}");
    assert_eq!(own("      depth: { type: int }"), 2, "{group}");
}

#[test]
fn objects_that_a_value_tells_apart_are_branches_named_after_the_value() {
    let kind = |value: &str| json!({ "type": "string", "enum": [value] });
    let amount = json!({ "type": "integer" });
    let group = drafted(&json!([
        object(
            &["kind", "amount"],
            &json!({ "kind": kind("fixed"), "amount": amount })
        ),
        object(
            &["kind"],
            &json!({ "kind": kind("percent"), "amount": amount })
        ),
    ]));
    let branches = schema(&group, "    by: kind\n    one_of:\n");
    assert!(branches.contains("      fixed: { type: "), "{group}");
    assert!(branches.contains("      percent: { type: "), "{group}");
    assert!(!group.contains("      kind: {"), "{group}");
    let own = |line: &str| group.lines().filter(|one| *one == line).count();
    assert_eq!(own("      amount: { type: int }"), 1, "{group}");
}

#[test]
fn a_branch_whose_value_starts_with_a_digit_has_it_at_the_end_of_its_type() {
    // Equal branches would have one type.
    let of = |value: &str, required: &[&str]| {
        let kind = json!({ "type": "string", "enum": [value] });
        let amount = json!({ "type": "integer" });
        object(required, &json!({ "kind": kind, "amount": amount }))
    };
    let deep = of("3d", &["kind"]);
    let flat = of("flat", &["kind", "amount"]);
    let group = drafted_as("LampMatcher", &json!([deep, flat]));
    for name in ["LampMatcher3d", "FlatLampMatcher"] {
        assert!(group.contains(&format!("\n  {name}:\n")), "{group}");
        assert!(group.contains(&format!("{{ type: {name} }}")), "{group}");
    }
    // Of a value without a letter or a digit there is no name.
    let none = of("-", &["kind", "amount"]);
    let group = drafted_as("LampMatcher", &json!([deep, none]));
    assert!(group.contains("merged here"), "{group}");
    assert!(!group.contains("one_of:"), "{group}");
}

#[test]
fn objects_that_nothing_tells_apart_for_certain_stay_one_with_a_todo() {
    let text = json!({ "type": "string" });
    let both = json!({ "name": text, "size": { "type": "integer" } });
    for alternatives in [
        // One has no field of its own.
        json!([
            object(&["name"], &json!({ "name": text })),
            object(&["name", "size"], &both)
        ]),
        // The field that only one has is optional.
        json!([
            object(&[], &json!({ "name": text })),
            object(&["size"], &json!({ "size": text }))
        ]),
        // They disagree on a common field.
        json!([
            object(
                &["name"],
                &json!({ "name": text, "depth": { "type": "integer" } })
            ),
            object(
                &["size"],
                &json!({ "size": text, "depth": { "type": "string" } })
            ),
        ]),
    ] {
        let group = drafted(&alternatives);
        assert!(group.contains("merged here"), "{group}");
        assert!(!group.contains("one_of:"), "{group}");
    }
}
