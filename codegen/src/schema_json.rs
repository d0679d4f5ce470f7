//! The JSON Schemas of the spec's format, from the types that read it, so that editors complete and check
//! what the loader accepts.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Value, json};

use crate::spec::{Events, Group, Inbound, Official, Scopes, Service, Shared, Template};

/// The name of each schema file and the schema.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("group.json", schema::<Group>()),
        ("group_template.json", template::<Group>()),
        ("template.json", template::<Template>()),
        ("inbound.json", schema::<Inbound>()),
        ("service.json", schema::<Service>()),
        ("scopes.json", schema::<Scopes>()),
        ("events.json", schema::<Events>()),
        ("shared.json", schema::<Shared>()),
        ("official.json", schema::<Official>()),
    ]
}

/// The schemas of all types of the format by the types' names, each made once: every spec that is read needs
/// them, and the files share several of them.
pub(crate) fn definitions() -> serde_json::Map<String, Value> {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    // References to it have no use here.
    let _ = generator.subschema_for::<Group>();
    let _ = generator.subschema_for::<Template>();
    let _ = generator.subschema_for::<Inbound>();
    let _ = generator.subschema_for::<Service>();
    let _ = generator.subschema_for::<Scopes>();
    let _ = generator.subschema_for::<Events>();
    let _ = generator.subschema_for::<Shared>();
    let _ = generator.subschema_for::<Official>();
    generator.take_definitions(false)
}

/// The schema files as they are written below `schema/` in the spec folder.
#[must_use]
pub fn files() -> Vec<(&'static str, String)> {
    schemas()
        .into_iter()
        .map(|(name, schema)| (name, format!("{schema:#}\n")))
        .collect()
}

/// The first line of the spec file at `path` with this text, which tells an editor its schema.
#[must_use]
pub fn header(path: &str, text: &str) -> Option<String> {
    let is_group = || {
        text.lines()
            .any(|line| line.starts_with("group:") || line.starts_with("title:"))
    };
    let (up, schema) = match path {
        "service.yaml" => ("", "service"),
        "scopes.yaml" => ("", "scopes"),
        "events.yaml" => ("", "events"),
        "shared.yaml" => ("", "shared"),
        "official.yaml" => ("", "official"),
        group if group.starts_with("groups/") => ("../", "group"),
        template if template.starts_with("templates/") => match is_group() {
            true => ("../", "group_template"),
            false => ("../", "template"),
        },
        provider if provider.starts_with("inbound/") => ("../", "inbound"),
        _ => return None,
    };
    Some(format!(
        "# yaml-language-server: $schema={up}schema/{schema}.json"
    ))
}

fn schema<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    forbid_null(&mut schema);
    headed(schema)
}

/// The schema of a template, in which a placeholder may be the value of any key that is not a mapping.
fn template<T: JsonSchema>() -> Value {
    let mut schema = schema::<T>();
    allow_placeholders(&mut schema);
    schema
}

fn allow_placeholders(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(allow_placeholders),
        Value::Object(object) => {
            object.values_mut().for_each(allow_placeholders);
            let kind = object.get("type").and_then(Value::as_str);
            let kind = kind.filter(|kind| ["array", "boolean", "integer", "number"].contains(kind));
            // Only strings have a pattern.
            if let Some(kinds) = kind.map(|kind| json!([kind, "string"])) {
                object.insert("type".to_owned(), kinds);
                object.insert("pattern".to_owned(), json!(r"^\$\{[^}]+\}$"));
            }
        }
        _ => {}
    }
}

/// The schema with its description at the top, where a reader looks.
fn headed(schema: Value) -> Value {
    let Value::Object(mut rest) = schema else {
        return schema;
    };
    let heads = ["$schema", "title", "description"];
    let mut headed: serde_json::Map<String, Value> = heads
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), rest.shift_remove(key)?)))
        .collect();
    headed.extend(rest);
    Value::Object(headed)
}

/// An optional key may not be written without a value: the loader rejects what serde reads as `None`. The
/// meanings of an enumeration's values may be empty.
fn forbid_null(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    for (_, definition) in object
        .get_mut("$defs")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten()
    {
        forbid_null(definition);
    }
    for (_, property) in object
        .get_mut("properties")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten()
    {
        let Some(property) = property.as_object_mut() else {
            continue;
        };
        if let Some(Value::Array(types)) = property.get("type") {
            let kept: Vec<Value> = types
                .iter()
                .filter(|kind| *kind != "null")
                .cloned()
                .collect();
            let kept = match kept.as_slice() {
                [one] => one.clone(),
                _ => Value::Array(kept),
            };
            property.insert("type".to_owned(), kept);
        }
        if let Some(Value::Array(any)) = property.remove("anyOf") {
            let null = json!({ "type": "null" });
            let mut kept: Vec<Value> = any.into_iter().filter(|other| *other != null).collect();
            match (kept.len(), kept.pop()) {
                (1, Some(Value::Object(one))) => property.extend(one),
                (_, last) => {
                    kept.extend(last);
                    property.insert("anyOf".to_owned(), Value::Array(kept));
                }
            }
        }
        // Serde's own default for an omitted key is that very null.
        if property.get("default").is_some_and(Value::is_null) {
            property.remove("default");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_may_be_written_without_a_value_except_the_meaning_of_an_enumerations_value() {
        for (name, schema) in files() {
            let text: String = schema.split_whitespace().collect();
            let nulls = text.matches("\"null\"").count();
            let free = text
                .matches("\"type\":[\"string\",\"null\",\"object\"]")
                .count();
            assert_eq!(nulls, free, "{name}");
            assert!(!text.contains("\"default\":null"), "{name}");
        }
    }

    #[test]
    fn a_placeholder_may_be_a_whole_value_in_templates_and_in_no_other_file() {
        let records = |of: &str| {
            let schemas = schemas().into_iter();
            let mut schemas = schemas.filter(|(name, _)| *name == of);
            let (_, schema) = schemas.next().unwrap();
            schema["$defs"]["DiffersAt"]["properties"]["endpoints"].clone()
        };
        assert_eq!(records("group.json")["type"], "array");
        for file in ["group_template.json", "template.json"] {
            let endpoints = records(file);
            assert_eq!(endpoints["type"], json!(["array", "string"]), "{file}");
            assert_eq!(endpoints["pattern"], r"^\$\{[^}]+\}$", "{file}");
            assert_eq!(endpoints["items"], json!({ "type": "string" }), "{file}");
        }
    }

    #[test]
    fn each_schema_refuses_keys_it_does_not_know_and_names_the_required_ones() {
        for (name, schema) in schemas() {
            assert_eq!(schema["additionalProperties"], Value::Bool(false), "{name}");
            assert!(schema["properties"].is_object(), "{name}");
        }
        let group = schema::<Group>();
        let required = group["$defs"]["Endpoint"]["required"].as_array().unwrap();
        assert!(required.contains(&Value::from("success")));
        assert!(!required.contains(&Value::from("errors")));
    }

    #[test]
    fn a_type_requires_the_same_keys_in_every_file_as_by_itself() {
        let types = definitions();
        for (file, schema) in schemas() {
            let root = schema["title"].as_str().unwrap();
            assert_eq!(
                types[root]["required"], schema["required"],
                "{file}: {root}"
            );
            let defs = schema.get("$defs").and_then(Value::as_object);
            for (name, schema) in defs.into_iter().flatten() {
                assert_eq!(
                    types[name]["required"], schema["required"],
                    "{file}: {name}"
                );
            }
        }
    }
}
