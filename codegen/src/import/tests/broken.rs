//! Descriptions that are broken, huge or not descriptions.

use serde_json::Value;

use super::{description, descriptions, document, draft, draft_with};
use crate::{import::ImportOptions, upstream::tests::lines};

#[test]
fn what_cannot_be_imported_is_refused_with_a_reason() {
    let refuse = |text: &str| {
        draft_with(text, &ImportOptions::default())
            .unwrap_err()
            .to_string()
    };
    assert!(refuse("{ openapi").starts_with("the file is not JSON: "));
    assert!(refuse("openapi: [").starts_with("the file is not YAML: "));
    let openapi = "the file is not an OpenAPI 3 description: ";
    for (text, why) in [
        ("[]", "it is not an object"),
        ("{}", "it has no `openapi` key"),
        (
            r#"{"swagger":"2.0"}"#,
            "it is Swagger 2; convert it to OpenAPI 3 first",
        ),
        (
            r#"{"openapi":"2.9"}"#,
            "`openapi` is `2.9`, but only 3.x is supported",
        ),
        (r#"{"openapi":"3.0.0"}"#, "it has no `paths`"),
    ] {
        assert_eq!(refuse(text), format!("{openapi}{why}"));
    }
    let options = ImportOptions {
        operations: vec!["getThing".into()],
        ..ImportOptions::default()
    };
    let error = draft_with(&description("query"), &options)
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "the file has no operation `getThing`; did you mean `getThings`?"
    );
}

#[test]
fn whatever_is_broken_in_a_description_nothing_panics() {
    for (_, text) in descriptions() {
        let root: Value = serde_json::from_str(&text).unwrap();
        let mut pointers = Vec::new();
        collect(&root, String::new(), &mut pointers);
        let broken = [
            Value::Null,
            "x".into(),
            7.into(),
            serde_json::json!([]),
            serde_json::json!({}),
        ];
        for (place, pointer) in pointers.iter().enumerate() {
            let mut root = root.clone();
            if let (Some(value), Some(other)) =
                (root.pointer_mut(pointer), broken.get(place % broken.len()))
            {
                *value = other.clone();
            }
            let files = draft_with(&root.to_string(), &ImportOptions::default());
            if let (0, Ok(files)) = (place % 4, files) {
                let _ = lines(&text, &document(&files));
            }
        }
    }
}

/// The pointers to every value.
fn collect(value: &Value, here: String, found: &mut Vec<String>) {
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                collect(value, format!("{here}/{}", escape(key)), found);
            }
        }
        Value::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                collect(value, format!("{here}/{place}"), found);
            }
        }
        _ => {}
    }
    found.push(here);
}

#[test]
fn an_enumeration_of_very_many_members_is_drafted_with_each_of_them_once() {
    let words: Vec<String> = (0..100_000).map(|n| format!("word_{n}")).collect();
    let twice: Vec<&String> = words.iter().chain(&words).collect();
    let schema = serde_json::json!({ "type": "object", "properties": {
        "kind": { "type": "string", "enum": twice },
        "other": { "oneOf": [{ "type": "string", "enum": twice }, { "type": "string", "enum": words }] } } });
    let text = serde_json::json!({ "openapi": "3.0.0", "info": { "title": "things" }, "paths": { "/v3/things": {
        "get": { "operationId": "getThing", "tags": ["Things"], "responses": { "200": { "description": "",
        "content": { "application/json": { "schema": schema } } } } } } } });
    let files = draft(&text.to_string());
    assert_eq!(files[0].text.matches("word_99999").count(), 2);
    assert_eq!(files[0].text.matches("word_").count(), 200_000);
}
