//! Where null is a value: usually in every view of a field, or only in some if the API accepts null but never
//! returns it, or the reverse.

use std::{borrow::Cow, fmt};

use schemars::JsonSchema;
use serde::{
    Deserialize,
    de::{Deserializer, SeqAccess, Visitor},
};

use super::View;

/// The views in which null is a value: `true` for all of them, or a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Nullable {
    /// In none.
    #[default]
    Never,
    /// In all views of the field.
    Always,
    /// In these.
    In(Vec<View>),
}

impl Nullable {
    /// The name by which the loader recognizes what may be written as a boolean or as a list.
    pub(crate) const NAME: &'static str = "Nullable";

    /// Whether null is a value in this view.
    pub fn holds_in(&self, view: View) -> bool {
        match self {
            Self::Never => false,
            Self::Always => true,
            Self::In(views) => views.contains(&view),
        }
    }

    /// The listed views, if there is a list.
    pub fn listed(&self) -> Option<&[View]> {
        match self {
            Self::In(views) => Some(views),
            Self::Never | Self::Always => None,
        }
    }
}

impl<'de> Deserialize<'de> for Nullable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = Nullable;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`true`, `false` or a list of views")
            }
            fn visit_bool<E>(self, always: bool) -> Result<Nullable, E> {
                Ok(if always {
                    Nullable::Always
                } else {
                    Nullable::Never
                })
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Nullable, A::Error> {
                let mut views = Vec::new();
                while let Some(view) = list.next_element()? {
                    views.push(view);
                }
                Ok(Nullable::In(views))
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                form: D,
            ) -> Result<Nullable, D::Error> {
                form.deserialize_any(self)
            }
        }
        deserializer.deserialize_newtype_struct(Self::NAME, Form)
    }
}

impl JsonSchema for Nullable {
    fn schema_name() -> Cow<'static, str> {
        Self::NAME.into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let view = generator.subschema_for::<View>();
        schemars::json_schema!({
            "description": "The views in which null is a value; `true` for all of them.",
            "anyOf": [
                { "type": "boolean" },
                { "type": "array", "items": view, "minItems": 1, "uniqueItems": true },
            ],
        })
    }
}
