//! Descriptions that have one thing very many times.

use serde_json::{Map, Value, json};

/// What it is called, and what makes one of a size.
pub type Description = (&'static str, fn(usize) -> Value);

pub const ALL: &[Description] = &[
    ("members of an enumeration", |n| {
        with_schema(
            json!({ "type": "object", "properties": { "a": { "type": "string", "enum": words(n) } } }),
        )
    }),
    ("members of alternatives", |n| {
        with_schema(
            json!({ "type": "object", "properties": { "a": { "oneOf": [{ "type": "string", "enum": words(n) }, { "type": "string", "enum": words(n / 2) }] } } }),
        )
    }),
    ("alternatives of a text", |n| {
        with_schema(
            json!({ "type": "object", "properties": { "a": { "oneOf": words(n).into_iter().map(|word| json!({ "type": "string", "enum": [word] })).collect::<Vec<_>>() } } }),
        )
    }),
    ("properties", |n| {
        with_schema(
            json!({ "type": "object", "required": words(n), "properties": properties(n, "p") }),
        )
    }),
    ("parts of one property", |n| {
        with_schema(json!({ "allOf": parts(n) }))
    }),
    ("alternatives of one property", |n| {
        with_schema(json!({ "oneOf": parts(n) }))
    }),
    ("parts with all properties", |n| {
        with_schema(
            json!({ "allOf": [{ "type": "object", "properties": properties(n, "p") }, { "type": "object", "properties": properties(n, "p") }] }),
        )
    }),
    ("properties of alternatives of many kinds", |n| {
        with_schema(
            json!({ "type": "object", "properties": { "a": { "oneOf": (0..n).map(|i| if i % 2 == 0 { json!({ "type": "string", "pattern": format!("a{i}") }) } else { json!({ "type": "integer", "minimum": i }) }).collect::<Vec<_>>() } } }),
        )
    }),
    ("objects in objects", |n| {
        let part = |i| json!({ "$ref": format!("#/components/schemas/part_{i}") });
        let schemas: Map<String, Value> = (0..n).map(|i| (format!("part_{i}"), json!({ "type": "object", "properties": { "id": { "type": "integer" }, format!("p{i}"): part((i + 1) % n) } }))).collect();
        let mut root = with_schema(part(0));
        root["components"] = json!({ "schemas": schemas });
        root
    }),
    ("schemas that are alike", |n| {
        let paths: Map<String, Value> = (0..n)
            .map(|i| {
                let fields = json!({ "type": "object", "properties": properties(3, "p") });
                let schema = json!({ "type": "object", "properties": { "id": { "type": "integer" }, "inner": fields } });
                (format!("/v3/things/{{id}}/kinds{i}"), get(i, schema, json!([])))
            })
            .collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": paths })
    }),
    ("groups under groups", |n| {
        let paths: Map<String, Value> = (0..n)
            .flat_map(|i| {
                let list = json!({ "type": "array", "items": { "type": "object", "properties": { "id": { "type": "integer" } } } });
                let below = get(i, list.clone(), json!([]));
                let above = get(n + i, list, json!([]));
                [(format!("/v3/boxes/{{id}}/kind_{i}_parts"), below), (format!("/v3/kind_{i}_boxes"), above)]
            })
            .collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": paths })
    }),
    ("components", |n| {
        let schemas: Map<String, Value> = (0..n).map(|i| (format!("part_{i}"), json!({ "type": "object", "properties": { format!("v{i}"): { "type": "integer" } } }))).collect();
        let properties: Map<String, Value> = (0..n)
            .map(|i| {
                (
                    format!("p{i}"),
                    json!({ "$ref": format!("#/components/schemas/part_{i}") }),
                )
            })
            .collect();
        let mut root = with_schema(json!({ "type": "object", "properties": properties }));
        root["components"] = json!({ "schemas": schemas });
        root
    }),
    ("operations", |n| {
        let paths: Map<String, Value> = (0..n)
            .map(|i| {
                (
                    format!("/v3/things{i}"),
                    get(
                        i,
                        json!({ "type": "object", "properties": { "id": { "type": "integer" } } }),
                        json!([]),
                    ),
                )
            })
            .collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": paths })
    }),
    ("operations of one name", |n| {
        let paths: Map<String, Value> = (0..n)
            .map(|i| {
                (
                    format!("/v3/things/{i}/x"),
                    get(0, json!({ "type": "object" }), json!([])),
                )
            })
            .collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": paths })
    }),
    ("tags", |n| {
        let paths: Map<String, Value> = (0..n)
            .map(|i| {
                let mut one = get(i, json!({ "type": "object" }), json!([]));
                one["get"]["tags"] = json!([format!("Tag {i}")]);
                (format!("/v3/things{i}"), one)
            })
            .collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": paths })
    }),
    ("parameters of an operation", |n| {
        let parameters: Vec<Value> = (0..n).map(|i| json!({ "name": format!("q{i}"), "in": "query", "schema": { "type": "integer" } })).collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": { "/v3/things": get(0, json!({ "type": "object" }), json!(parameters)) } })
    }),
    ("filters of an operation", |n| {
        let parameters: Vec<Value> = (0..n).map(|i| json!({ "name": format!("q{i}:in"), "in": "query", "schema": { "type": "integer" } })).collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": { "/v3/things": get(0, json!({ "type": "object" }), json!(parameters)) } })
    }),
];

fn words(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("word_{i}")).collect()
}

fn properties(n: usize, name: &str) -> Map<String, Value> {
    (0..n)
        .map(|i| (format!("{name}{i}"), json!({ "type": "integer" })))
        .collect()
}

fn parts(n: usize) -> Vec<Value> {
    (0..n).map(|i| json!({ "type": "object", "properties": { format!("p{i}"): { "type": "integer" } } })).collect()
}

fn get(i: usize, schema: Value, parameters: Value) -> Value {
    json!({ "get": { "operationId": format!("getThing{i}"), "parameters": parameters, "responses": { "200": {
        "description": "", "content": { "application/json": { "schema": schema } } } } } })
}

fn with_schema(schema: Value) -> Value {
    json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": { "/v3/things": get(0, schema, json!([])) } })
}
