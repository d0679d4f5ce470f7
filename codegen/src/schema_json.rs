//! The JSON Schemas of the spec's format, from the types that read it, so that an editor completes
//! and checks what the loader will accept.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

use crate::spec::{Events, Group, Scopes, Service, Shared};

/// The name of each schema file and the schema.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("group.json", schema::<Group>()),
        ("service.json", schema::<Service>()),
        ("scopes.json", schema::<Scopes>()),
        ("events.json", schema::<Events>()),
        ("shared.json", schema::<Shared>()),
    ]
}

/// The schema files as they are written below `schema/` in the spec folder.
#[must_use]
pub fn files() -> Vec<(&'static str, String)> {
    schemas()
        .into_iter()
        .map(|(name, schema)| (name, format!("{schema:#}\n")))
        .collect()
}

/// The first line of the spec file at `path`, which tells an editor its schema.
#[must_use]
pub fn header(path: &str) -> Option<String> {
    let (up, schema) = match path {
        "service.yaml" => ("", "service"),
        "scopes.yaml" => ("", "scopes"),
        "events.yaml" => ("", "events"),
        "shared.yaml" => ("", "shared"),
        group if group.starts_with("groups/") => ("../", "group"),
        _ => return None,
    };
    Some(format!(
        "# yaml-language-server: $schema={up}schema/{schema}.json"
    ))
}

fn schema<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    generator.into_root_schema_for::<T>().to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
