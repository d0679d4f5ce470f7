//! Whether a retry is harmless: it is, it is not, or no source mentions it. The last is not the same as "it is
//! not", so the spec distinguishes them.

use std::{borrow::Cow, fmt};

use schemars::JsonSchema;
use serde::{
    Deserialize,
    de::{Deserializer, Error, Visitor},
};

/// Whether a retry is harmless: `true`, `false`, or `unknown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// It is.
    Safe,
    /// It is not.
    Unsafe,
    /// No source says whether it is, so the client does not retry.
    Unknown,
}

impl Safety {
    /// The name by which the loader recognizes what may be written as a boolean or as a word.
    pub(crate) const NAME: &'static str = "Safety";

    /// What may be written, for diagnostics.
    pub(crate) const FORMS: &'static str = "`true`, `false` or `unknown`";

    /// The word for what no source says.
    pub(crate) const UNKNOWN: &'static str = "unknown";

    /// Whether the client may retry.
    #[must_use]
    pub const fn allows(self) -> bool {
        matches!(self, Self::Safe)
    }
}

impl From<bool> for Safety {
    fn from(safe: bool) -> Self {
        if safe { Self::Safe } else { Self::Unsafe }
    }
}

impl<'de> Deserialize<'de> for Safety {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = Safety;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(Safety::FORMS)
            }
            fn visit_bool<E>(self, safe: bool) -> Result<Safety, E> {
                Ok(safe.into())
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<Safety, E> {
                match word {
                    Safety::UNKNOWN => Ok(Safety::Unknown),
                    _ => Err(E::custom(format!("expected {}", Safety::FORMS))),
                }
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                form: D,
            ) -> Result<Safety, D::Error> {
                form.deserialize_any(self)
            }
        }
        deserializer.deserialize_newtype_struct(Self::NAME, Form)
    }
}

impl JsonSchema for Safety {
    fn schema_name() -> Cow<'static, str> {
        Self::NAME.into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Whether a retry is harmless.",
            "oneOf": [
                { "const": true, "description": "It is." },
                { "const": false, "description": "It is not." },
                {
                    "const": Self::UNKNOWN,
                    "description": "No source says whether it is, so the client does not retry.",
                },
            ],
        })
    }
}
