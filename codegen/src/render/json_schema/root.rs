//! Schemas in the catalogue: roots, and the definitions that they refer to.

use std::{borrow::Cow, collections::BTreeMap};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer, ser::SerializeStruct};
use serde_json::{Map, Value};

use super::facts::KEYWORDS;
use crate::spec;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of one body. Its definitions are written once, among those of its direction.
#[derive(Serialize)]
#[serde(transparent)]
pub struct Root(pub(super) Value);

/// The types of one direction, each once.
#[derive(Default)]
pub struct Definitions(pub(super) spec::Map<Value>);

impl Definitions {
    /// Those that the schemas in a value refer to, directly or through others, in alphabetical order.
    pub fn under(&self, root: &Value) -> Map<String, Value> {
        let mut found = BTreeMap::new();
        let mut next = references(root);
        while let Some(name) = next.pop() {
            if !found.contains_key(name)
                && let Some((name, definition)) = self.0.entry(name)
            {
                found.insert(name, definition);
                next.extend(references(definition));
            }
        }
        let found = found.into_iter();
        found
            .map(|(name, definition)| (name.to_owned(), definition.clone()))
            .collect()
    }
}

/// The names of the definitions that a value contains.
fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(keys) => {
            let inner = keys.values().flat_map(references);
            let own = keys.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|target| target.strip_prefix("#/$defs/"));
            inner.chain(own).collect()
        }
        _ => Vec::new(),
    }
}

impl Serialize for Definitions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("Definitions", 2)?;
        document.serialize_field("$schema", DIALECT)?;
        document.serialize_field("$defs", &self.0)?;
        document.end()
    }
}

/// The schema of a schema: an object without further constraints.
impl JsonSchema for Root {
    fn schema_name() -> Cow<'static, str> {
        "Root".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A JSON Schema. Combined with the `$schema` and `$defs` of its side of \
                `schemas` it is self-contained.",
            "type": "object",
        })
    }
}

impl JsonSchema for Definitions {
    fn schema_name() -> Cow<'static, str> {
        "Definitions".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let ours: Map<String, Value> = KEYWORDS
            .iter()
            .map(|(name, does)| {
                (
                    (*name).to_owned(),
                    json_schema!({ "description": does }).into(),
                )
            })
            .collect();
        json_schema!({
            "description": "A JSON Schema 2020-12 that contains only definitions. Keywords that \
                begin with `x-` are specific to this catalogue.",
            "type": "object",
            "required": ["$schema", "$defs"],
            "additionalProperties": false,
            "properties": {
                "$schema": { "const": DIALECT },
                "$defs": {
                    "type": "object",
                    "additionalProperties": { "type": "object", "properties": ours },
                },
            },
        })
    }
}
