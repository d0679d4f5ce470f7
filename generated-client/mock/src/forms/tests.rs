//! What expressions see and give.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Form, Names};
use crate::catalogue::Catalogue;
use crate::state::{Record, Shelves};

fn names() -> Names {
    let rules = &Catalogue::shared().unwrap().store;
    let mut names = Names::new(&Shelves::new(rules, 1));
    let record = json!({
        "name": "Fog Linen Towel",
        "price": 10.0,
        "custom_url": { "url": "/fog/", "is_customized": false },
        "images": [ { "id": 1, "tags": ["a", "b"] }, { "id": 2, "tags": [] } ],
        "weight": null,
    });
    let Value::Object(record) = record else {
        return names;
    };
    names.set_record("record", &Arc::<Record>::new(record));
    names
}

fn form(form: &Value) -> Form {
    serde_json::from_value(form.clone()).unwrap()
}

#[test]
fn what_lies_in_a_record_is_seen_and_given_as_it_is_kept() {
    let cases = [
        (json!("record.name"), json!("Fog Linen Towel")),
        (json!("record.price"), json!(10.0)),
        (json!("record.custom_url.url"), json!("/fog/")),
        (
            json!("record.custom_url"),
            json!({ "url": "/fog/", "is_customized": false }),
        ),
        (json!("record.images[0].tags[1]"), json!("b")),
        (
            json!("record.images | map(attribute='id') | list"),
            json!([1, 2]),
        ),
        (json!("record.images[1]"), json!({ "id": 2, "tags": [] })),
        (json!("record.images | length"), json!(2)),
        (
            json!("(record.images | last).tags or 'none'"),
            json!("none"),
        ),
        (json!("record.images[0].tags == ['a', 'b']"), json!(true)),
        (
            json!("record.custom_url == {'url': '/fog/', 'is_customized': false}"),
            json!(true),
        ),
        (json!("'url' in record.custom_url"), json!(true)),
        (json!("record.weight is none"), json!(true)),
        (
            json!("with(record.custom_url, {'url': '/mist/'})"),
            json!({ "url": "/mist/", "is_customized": false }),
        ),
        (
            json!("flat(record.images | map(attribute='tags'))"),
            json!(["a", "b"]),
        ),
        (
            json!("[record.images[0], {'more': record.custom_url}]"),
            json!([{ "id": 1, "tags": ["a", "b"] }, { "more": { "url": "/fog/", "is_customized": false } }]),
        ),
    ];
    let names = names();
    for (asked, expected) in cases {
        assert_eq!(
            form(&asked).give(&names).unwrap(),
            Some(expected),
            "{asked}"
        );
    }
}

#[test]
fn what_is_not_there_gives_nothing() {
    for asked in [
        "record.nothing",
        "record.custom_url.deeper.still",
        "record.images[7]",
    ] {
        assert_eq!(form(&json!(asked)).give(&names()).unwrap(), None, "{asked}");
    }
}

#[test]
fn an_expression_that_names_nothing_always_gives_the_same() {
    for (asked, expected) in [
        ("''", json!("")),
        ("[1, 2.5]", json!([1, 2.5])),
        ("{'a': none}", json!({ "a": null })),
    ] {
        let form = form(&json!(asked));
        for _ in 0..2 {
            assert_eq!(
                form.give(&names()).unwrap(),
                Some(expected.clone()),
                "{asked}"
            );
        }
    }
}

#[test]
fn a_function_is_asked_each_time() {
    let names = names();
    for asked in [
        "uuid()",
        "[uuid()]",
        "uuid()[:10]",
        "{'a': uuid()}",
        "uuid() | upper",
    ] {
        let form = form(&json!(asked));
        assert_ne!(
            form.give(&names).unwrap(),
            form.give(&names).unwrap(),
            "{asked}"
        );
    }
}
