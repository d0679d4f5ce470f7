//! A schema that is complete in itself: a root and the definitions it refers to, which are borrowed
//! from the library.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A schema that is complete in itself.
pub struct Document<'a> {
    root: Cow<'a, Value>,
    definitions: Vec<(&'a str, &'a Value)>,
}

impl<'a> Document<'a> {
    pub(super) fn new(root: Cow<'a, Value>, definitions: Vec<(&'a str, &'a Value)>) -> Self {
        Self { root, definitions }
    }
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("$schema", DIALECT)?;
        for (key, value) in self.root.as_object().into_iter().flatten() {
            map.serialize_entry(key, value)?;
        }
        if !self.definitions.is_empty() {
            map.serialize_entry("$defs", &Definitions(&self.definitions))?;
        }
        map.end()
    }
}

struct Definitions<'a>(&'a [(&'a str, &'a Value)]);

impl Serialize for Definitions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// The schema of a schema: an object, of which no more is said.
impl JsonSchema for Document<'_> {
    fn schema_name() -> Cow<'static, str> {
        "JsonSchema".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A JSON Schema 2020-12, complete in itself.",
            "type": "object",
            "required": ["$schema"],
            "properties": { "$schema": { "const": DIALECT } },
        })
    }
}
