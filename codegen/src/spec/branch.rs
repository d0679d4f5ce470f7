//! A branch of a one-of, usually written as just its type.

use std::{borrow::Cow, fmt};

use schemars::JsonSchema;
use serde::{
    Deserialize,
    de::{Deserializer, Error, MapAccess, Visitor},
};

use super::Deprecated;

/// The keys of a branch written as a mapping.
const KEYS: &[&str] = &["type", "has", "does", "rust", "deprecated"];

/// A branch of a one-of: a string with its type, or a mapping with further keys.
#[derive(Clone, Debug, Default)]
pub struct Branch {
    /// The type.
    pub kind: String,
    /// The field that only this branch has, if it is not the field that the branch is named after.
    pub has: Option<String>,
    /// What it means.
    pub does: Option<String>,
    /// The name in Rust, if the name of the branch cannot be used.
    pub rust: Option<String>,
    /// Since when and why it is deprecated, and what to use instead.
    pub deprecated: Option<Deprecated>,
    /// Whether it is written as just its type.
    pub is_bare: bool,
}

impl Branch {
    /// The name by which the loader recognizes the struct that may be written as a string.
    pub(crate) const NAME: &'static str = "Branch";
}

impl<'de> Deserialize<'de> for Branch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = Branch;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a type")
            }
            fn visit_unit<E: Error>(self) -> Result<Branch, E> {
                Ok(Branch::default())
            }
            fn visit_str<E: Error>(self, kind: &str) -> Result<Branch, E> {
                Ok(Branch {
                    kind: kind.to_owned(),
                    is_bare: true,
                    ..Branch::default()
                })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Branch, A::Error> {
                let mut branch = Branch::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "type" => branch.kind = map.next_value()?,
                        "has" => branch.has = map.next_value()?,
                        "does" => branch.does = map.next_value()?,
                        "rust" => branch.rust = map.next_value()?,
                        "deprecated" => branch.deprecated = map.next_value()?,
                        other => return Err(Error::unknown_field(other, KEYS)),
                    }
                }
                Ok(branch)
            }
        }
        deserializer.deserialize_struct(Self::NAME, KEYS, Form)
    }
}

impl JsonSchema for Branch {
    fn schema_name() -> Cow<'static, str> {
        Self::NAME.into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut deprecated = generator.subschema_for::<Option<Deprecated>>();
        deprecated.insert(
            "description".to_owned(),
            "Since when and why it is deprecated, and what to use instead.".into(),
        );
        schemars::json_schema!({
            "description": "The type of the branch.",
            "type": ["string", "object"],
            "properties": {
                "type": { "description": "The type.", "type": "string" },
                "has": {
                    "description": "The field that only this branch has, if it is not the field that \
                                    the branch is named after.",
                    "type": "string",
                },
                "does": { "description": "What it means.", "type": "string" },
                "rust": {
                    "description": "The name in Rust, if the name of the branch cannot be used.",
                    "type": "string",
                },
                "deprecated": deprecated,
            },
            "required": ["type"],
            "additionalProperties": false,
        })
    }
}
