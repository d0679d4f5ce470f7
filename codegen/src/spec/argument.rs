//! The arguments of a template.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, json_schema};
use serde::{
    Deserialize,
    de::{Deserializer, Error, MapAccess, Visitor},
};

/// The keys of an argument written as a mapping.
const KEYS: &[&str] = &["does", "default"];

/// An argument that a use of a template sets: a string with its meaning, or a mapping with a default if it is
/// optional.
#[derive(Clone, Debug, Default)]
pub struct Argument {
    /// What it means.
    pub does: String,
    /// The value if a use does not set it. It may contain placeholders for earlier arguments. If it is a list, a use
    /// sets a list too, and the placeholder is the whole value of a key.
    pub default: Option<serde_json::Value>,
}

impl Argument {
    /// The name by which the loader recognizes the struct that may be written as a string.
    pub(crate) const NAME: &'static str = "Argument";
}

impl<'de> Deserialize<'de> for Argument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = Argument;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("its meaning")
            }
            fn visit_unit<E: Error>(self) -> Result<Argument, E> {
                Ok(Argument::default())
            }
            fn visit_str<E: Error>(self, does: &str) -> Result<Argument, E> {
                Ok(Argument {
                    does: does.to_owned(),
                    default: None,
                })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Argument, A::Error> {
                let mut argument = Argument::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "does" => argument.does = map.next_value()?,
                        "default" => argument.default = map.next_value()?,
                        other => return Err(Error::unknown_field(other, KEYS)),
                    }
                }
                Ok(argument)
            }
        }
        deserializer.deserialize_struct(Self::NAME, KEYS, Form)
    }
}

impl JsonSchema for Argument {
    fn schema_name() -> Cow<'static, str> {
        Self::NAME.into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        json_schema!({
            "description": "An argument that a use of a template sets: a string with its meaning, or a \
                            mapping with a default if it is optional.",
            "type": ["string", "object"],
            "properties": {
                "does": { "description": "What it means.", "type": "string" },
                "default": {
                    "description": "The value if a use does not set it. It may contain placeholders \
                                    for earlier arguments. If it is a list, a use sets a list too, and the \
                                    placeholder is the whole value of a key.",
                    "type": ["string", "integer", "boolean", "array"],
                    "items": { "type": ["string", "integer", "boolean"] },
                },
            },
            "required": ["does"],
            "additionalProperties": false,
        })
    }
}
