//! A value of an enumeration, usually written as just its meaning, or empty if the value says it all.

use std::{borrow::Cow, fmt};

use schemars::JsonSchema;
use serde::{
    Deserialize,
    de::{Deserializer, Error, MapAccess, Visitor},
};

use super::Deprecated;

/// The keys of a member written as a mapping.
const KEYS: &[&str] = &["does", "rust", "deprecated"];

/// A value of an enumeration: a string with its meaning, empty if the value says it all, or a mapping with
/// further keys.
#[derive(Clone, Debug, Default)]
pub struct Member {
    /// What it means.
    pub does: Option<String>,
    /// The name in Rust, if the value cannot be used.
    pub rust: Option<String>,
    /// Since when and why it is deprecated, and what to use instead.
    pub deprecated: Option<Deprecated>,
}

impl Member {
    /// The name by which the loader recognizes the struct that may be written as a string or left empty.
    pub(crate) const NAME: &'static str = "Member";
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = Member;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a meaning")
            }
            fn visit_unit<E: Error>(self) -> Result<Member, E> {
                Ok(Member::default())
            }
            fn visit_str<E: Error>(self, does: &str) -> Result<Member, E> {
                Ok(Member {
                    does: Some(does.to_owned()),
                    ..Member::default()
                })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Member, A::Error> {
                let mut member = Member::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "does" => member.does = map.next_value()?,
                        "rust" => member.rust = map.next_value()?,
                        "deprecated" => member.deprecated = map.next_value()?,
                        other => return Err(Error::unknown_field(other, KEYS)),
                    }
                }
                Ok(member)
            }
        }
        deserializer.deserialize_struct(Self::NAME, KEYS, Form)
    }
}

impl JsonSchema for Member {
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
            "description": "What the value means. Empty if the value says it all.",
            "type": ["string", "null", "object"],
            "properties": {
                "does": { "description": "What it means.", "type": "string" },
                "rust": {
                    "description": "The name in Rust, if the value cannot be used.",
                    "type": "string",
                },
                "deprecated": deprecated,
            },
            "additionalProperties": false,
        })
    }
}
