//! Small descriptions, the spec that is drafted from each, and what is reported once either is edited.

use serde_json::Value;

use super::{Description, Expected, Held, hold, since};
use crate::{
    import::tests::{description, document, draft},
    source::Sources,
    spec::Document,
};

fn held(text: &str, document: &Document) -> Held {
    let file = "description.json";
    let sources = Sources::from_texts([("none.yaml", "")]);
    hold(
        &[Description { file, text }],
        document,
        &sources,
        Expected::All,
    )
    .unwrap()
}

/// The differences without their places.
pub(crate) fn lines(text: &str, document: &Document) -> Vec<String> {
    let held = held(text, document);
    let all = held.unmatched.iter().chain(&held.differences);
    all.map(|one| format!("{}.{}: {}", one.group, one.endpoints.join(", "), one.text))
        .collect()
}

/// The lines that appear when the draft of a description is edited.
fn after(name: &str, edits: &[(&str, &str)]) -> Vec<String> {
    let text = description(name);
    let mut files = draft(&text);
    let before = lines(&text, &document(&files));
    for (from, to) in edits {
        assert!(
            files.iter().any(|file| file.text.contains(from)),
            "nothing says {from:?}"
        );
        for file in &mut files {
            file.text = file.text.replace(from, to);
        }
    }
    let mut lines = lines(&text, &document(&files));
    lines.retain(|line| !before.contains(line));
    lines
}

#[test]
fn a_field_that_the_spec_lacks_is_missing_wherever_it_is_answered() {
    let found = after("views", &[("      bay: { type: int }\n", "")]);
    assert_eq!(
        found,
        [
            "shelves.list, create, get, update: field address.bay is missing here",
            "shelves.create, update: body field address.bay is missing here",
        ]
    );
}

#[test]
fn a_field_that_only_the_spec_has_is_ours() {
    let more = "      amount: { type: int }\n      depth: { type: int }\n";
    let found = after("query", &[("      amount: { type: int }\n", more)]);
    assert_eq!(
        found,
        [
            "things.list, create: field parts[].depth is not official",
            "things.create, update: body field parts[].depth is not official",
            "shop_things.list: field parts[].depth is not official",
        ]
    );
}

#[test]
fn a_field_that_is_returned_if_it_is_included_is_not_official_without_a_schema_of_it() {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(entries) => {
                if let Some(Value::Object(all)) = entries.get_mut("properties") {
                    all.remove("parts");
                }
                entries.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let text = description("query");
    let mut files = draft(&text);
    for file in &mut files {
        let included = "parts: { type: \"[Part]\", when: include=parts }";
        file.text = file.text.replace("parts: { type: \"[Part]\" }", included);
    }
    let document = document(&files);
    assert_eq!(lines(&text, &document), [""; 0]);
    let mut bare: Value = serde_json::from_str(&text).unwrap();
    strip(&mut bare);
    let found = lines(&bare.to_string(), &document);
    let told = "things.list, create: field parts is not official";
    assert!(found.iter().any(|line| line == told), "{found:#?}");
}

/// The description `query`, and another one that has its paths of shops.
fn apart() -> [String; 2] {
    [("query", false), ("shops", true)].map(|(title, has_shops)| {
        let mut root: Value = serde_json::from_str(&description("query")).unwrap();
        root["info"]["title"] = title.into();
        let paths = root["paths"].as_object_mut().unwrap();
        paths.retain(|path, _| path.contains("/shops/") == has_shops);
        assert!(!paths.is_empty());
        root.to_string()
    })
}

#[test]
fn what_is_said_of_a_call_whose_description_is_gone_is_no_correction() {
    let mut files = draft(&description("query"));
    for file in &mut files {
        if file.text.contains("group: shop_things") {
            let text = file.text.replace("source: query", "source: shops");
            file.text = text.replace("success: [200]", "success: [200, 201]");
        }
    }
    let [things, shops] = apart();
    let file = |file, text| Description { file, text };
    let things = file("query.json", &*things);
    let shops = file("shops.json", &*shops);
    let sources = Sources::from_texts([("none.yaml", "")]);
    let told = since(&[things, shops], &[things], &document(&files), &sources).unwrap();
    assert_eq!((told.changed, told.corrected), (Vec::new(), Vec::new()));
    assert_eq!(told.others.len(), 1);
}

#[test]
fn a_field_that_another_description_may_declare_is_no_difference_of_a_single_one() {
    let mut files = draft(&description("query"));
    for file in &mut files {
        let more = "      amount: { type: int }\n      depth: { type: int }\n";
        file.text = file.text.replace("      amount: { type: int }\n", more);
        if file.text.contains("group: shop_things") {
            file.text = file.text.replace("source: query", "source: shops");
        }
    }
    let document = document(&files);
    let [text, _] = apart();
    let told = |expected| {
        let one = Description {
            file: "description.json",
            text: &text,
        };
        let sources = Sources::from_texts([("none.yaml", "")]);
        let held = hold(&[one], &document, &sources, expected).unwrap();
        let lines: Vec<String> = held.differences.into_iter().map(|one| one.text).collect();
        (held.unsought, lines)
    };
    let sent = "body field parts[].depth is not official".to_owned();
    let read = "field parts[].depth is not official".to_owned();
    assert_eq!(told(Expected::FromThese), (1, vec![sent.clone()]));
    assert_eq!(told(Expected::All), (0, vec![read, sent]));
}

#[test]
fn parameters_and_statuses_are_compared_both_ways() {
    let found = after(
        "query",
        &[
            (
                "price: { type: decimal, ops: [min, max] }",
                "price: { type: decimal, ops: [min, less] }",
            ),
            (
                "keyword: { type: string }",
                "keyword: { type: string, required: true }",
            ),
            (
                "select: [include_fields, exclude_fields]",
                "select: [include_fields]",
            ),
            ("success: [200, 207]", "success: [200, 201]"),
        ],
    );
    assert_eq!(
        found,
        [
            "things.list: parameter price:max is missing here",
            "things.list: parameter keyword is required here but not officially",
            "things.list: parameter exclude_fields is missing here",
            "things.list: parameter price:less is not official",
            "things.create: success status 207 is missing here",
            "things.create: success status 201 is not official",
        ]
    );
}

#[test]
fn types_limits_and_members_are_compared() {
    let found = after(
        "views",
        &[
            ("max: 250", "max: 100"),
            ("returns: \"[Shelf]\"", "returns: Shelf"),
            ("is_open: { type: bool", "is_open: { type: int"),
            ("length: 1..60", "length: 1..50"),
            ("tags: { type: \"[string]\"", "tags: { type: string"),
            ("      wood:\n", ""),
        ],
    );
    for expected in [
        "shelves.list: the largest page size is 250 officially but 100 here",
        "shelves.list: the response is an array of an object officially but `Shelf` here",
        "shelves.create, update: body field name: length is 1..60 officially but 1..50 here",
        "shelves.create, get, update: field is_open is a boolean officially but `int` here",
        "shelves.create, get, update: field tags is an array of a string officially but `string` here",
        "shelves.create, get, update: field kind: member `wood` is missing here",
    ] {
        assert!(
            found.iter().any(|line| line == expected),
            "{expected}\n{found:#?}"
        );
    }
}

#[test]
fn members_are_told_in_an_order_of_our_own() {
    let text =
        description("views").replace(r#"["steel", "wood"]"#, r#"["wood", "glass", "steel"]"#);
    let told = |from: &str, to: &str, told: &str| {
        let mut files = draft(&text);
        for file in &mut files {
            file.text = file.text.replace(from, to);
        }
        let found = lines(&text, &document(&files));
        assert!(found.iter().any(|line| line.ends_with(told)), "{found:#?}");
    };
    told(
        "type: ShelfKind",
        "type: string",
        "field kind has members officially (glass, steel, wood) but is open here",
    );
    told(
        "      wood:\n      glass:\n",
        "      straw:\n      reed:\n",
        "field kind: members `glass`, `wood` are missing here",
    );
    told(
        "      wood:\n      glass:\n",
        "      straw:\n      reed:\n",
        "field kind: members `reed`, `straw` are not official",
    );
}

#[test]
fn an_empty_member_is_told_in_words() {
    let text = description("views");
    let drafted = document(&draft(&text));
    let official = text.replace(r#"["steel", "wood"]"#, r#"["steel", "wood", ""]"#);
    let found = lines(&official, &drafted);
    let told = "field kind: an empty string is missing here";
    assert!(found.iter().any(|line| line.ends_with(told)), "{found:#?}");
}

#[test]
fn what_a_conflict_records_is_silent_and_what_it_records_in_vain_is_told() {
    let conflict = |line: &str| {
        let differs = format!("differs: [\"{line}\"]");
        format!(
            "errors: [422, 409]\n    conflicts: [{{ about: status, why: seen, holds: official, {differs} }}]"
        )
    };
    let line = "error status 409 is not official";
    let recorded = after("views", &[("errors: [422]", &conflict(line))]);
    assert_eq!(recorded, [""; 0]);
    let vain = "error status 410 is not official";
    let found = after("views", &[("errors: [422]", &conflict(vain))]);
    let told = format!("shelves.create: `{vain}` is recorded but no longer true");
    assert_eq!(found, [format!("shelves.create: {line}"), told]);
}

#[test]
fn a_record_counts_for_the_endpoints_that_it_names_and_for_no_other() {
    let line = "field kind: member `wood` is missing here";
    let after = |differs: &str| -> Vec<String> {
        let conflict = format!(
            "errors: [422]\n    conflicts: [{{ about: enum, why: seen, holds: official, {differs} }}]"
        );
        let edits = [("      wood:\n", ""), ("errors: [422]", conflict.as_str())];
        let found = after("views", &edits).into_iter();
        let is_meant = |told: &String| told.contains(": field kind:") || told.contains("recorded");
        found.filter(is_meant).collect()
    };
    let own = after(&format!("differs: [\"{line}\"]"));
    assert_eq!(own, [format!("shelves.list, get, update: {line}")]);
    let at = |endpoints: &str| {
        after(&format!(
            "differs_at: [{{ endpoints: [{endpoints}], differs: [\"{line}\"] }}]"
        ))
    };
    assert_eq!(at("list, create, get, update"), [""; 0]);
    assert_eq!(at("create, list, update"), [format!("shelves.get: {line}")]);
    assert_eq!(at("get"), [format!("shelves.list, create, update: {line}")]);
    let vain = format!("shelves.delete: `{line}` is recorded but no longer true");
    assert_eq!(at("list, create, get, update, delete"), [vain]);
}

#[test]
fn the_bodies_of_further_successes_are_compared_and_what_the_first_one_shows_is_told_once() {
    let text = description("query");
    let drafted = document(&draft(&text));
    let partial =
        r#"{ "type": "object", "properties": { "errors": { "type": "array", "items": {} } } }"#;
    assert_eq!(text.matches(partial).count(), 1);
    let data = |item: &str| {
        format!(
            r#"{{ "type": "object", "properties": {{ "data": {{ "type": "array", "items": {item} }} }} }}"#
        )
    };
    let told = |schema: &str, text: &str| lines(&text.replace(partial, schema), &drafted);
    let things = r##"{ "$ref": "#/components/schemas/Things" }"##;
    assert_eq!(told(things, &text), [""; 0]);
    let odd = r#"{ "type": "object", "properties": { "id": { "type": "string" }, "left": { "type": "integer" } } }"#;
    assert_eq!(
        told(&data(odd), &text),
        [
            "things.create: status 207: field id is a string officially but `int` here",
            "things.create: status 207: field left is missing here",
        ]
    );
    let one = data("{}").replace(r#""array", "items": {}"#, r#""boolean""#);
    assert_eq!(
        told(&one, &text),
        ["things.create: status 207: the response is a boolean officially but `[Thing]` here"]
    );
    let error = r#"{ "type": "object", "properties": { "title": { "type": "string" } } }"#;
    assert_eq!(
        told(error, &text),
        [
            "things.create: status 207: the response is the bare value officially but `data` and `meta` here"
        ]
    );
    // Other differences that both have are reported for the first one.
    let more = r#""name": { "type": "string" }, "left": { "type": "integer" },"#;
    let everywhere = text.replace(r#""name": { "type": "string" },"#, more);
    let told = told(things, &everywhere);
    assert!(!told.is_empty());
    assert!(
        !told.iter().any(|line| line.contains("status 207")),
        "{told:#?}"
    );
}
