//! Converts a tree into the spec's types without stopping at the first problem. Each problem is reported
//! with its path: an unknown key is skipped, and a missing value or one of the wrong type is replaced by an
//! empty stand-in, whose path is kept to suppress further reports about it.

mod access;
mod advice;
mod value;

use std::{cell::RefCell, fmt};

use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};

use self::{
    access::{Entries, Items},
    advice::{BOOL, INTEGER, LIST, STRING},
    value::{Report, Trail, Value},
};
use super::node::{Node, Step};
use crate::{
    code_span::code,
    diagnostic::{Diagnostic, SpecPath, codes},
    spec::{Argument, Branch, Member, Nullable, Safety},
};

/// The result of converting a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    pub diagnostics: Vec<Diagnostic>,
    /// The places where a stand-in replaces what the file should contain.
    pub stand_ins: Vec<SpecPath>,
}

/// Reads `node`, the root of `file`, as a `T`.
pub(crate) fn convert<T: DeserializeOwned>(file: &str, node: &Node<'_>) -> (Option<T>, Findings) {
    let report = Report {
        file,
        findings: RefCell::default(),
    };
    let root = Value {
        node: Some(node.untagged()),
        at: None,
        report: &report,
        in_struct: false,
    };
    let value = T::deserialize(root);
    let mut findings = report.findings.into_inner();
    match value {
        Ok(value) => (Some(value), findings),
        Err(stop) => {
            let message = format!("cannot read this: {stop}");
            findings.diagnostics.push(Diagnostic::new(
                &codes::WRONG_KIND,
                SpecPath::file(file),
                message,
            ));
            (None, findings)
        }
    }
}

macro_rules! integers {
    ($($method:ident $visit:ident $kind:ty,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
            let value = self.integer(INTEGER, <$kind>::MIN.into(), <$kind>::MAX.into());
            visitor.$visit(<$kind>::try_from(value).unwrap_or_default())
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Stop;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.node {
            None | Some(Node::Null) => visitor.visit_unit(),
            Some(Node::Bool(truth)) => visitor.visit_bool(*truth),
            Some(Node::Int(number)) => match (i64::try_from(*number), u64::try_from(*number)) {
                (Ok(number), _) => visitor.visit_i64(number),
                (_, Ok(number)) => visitor.visit_u64(number),
                _ => visitor.visit_f64(*number as f64),
            },
            Some(Node::Float(number)) => visitor.visit_f64(*number),
            Some(Node::Text(text)) => visitor.visit_str(text),
            Some(Node::List(items)) => visitor.visit_seq(Items::new(items, self)),
            Some(Node::Map(entries)) => visitor.visit_map(Entries::all(entries, self)),
            Some(Node::Tagged(inner)) => Value {
                node: Some(inner),
                ..self
            }
            .deserialize_any(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.node {
            Some(Node::Bool(truth)) => visitor.visit_bool(*truth),
            _ => {
                self.wrong_kind(BOOL);
                visitor.visit_bool(false)
            }
        }
    }

    integers! {
        deserialize_i8 visit_i8 i8,
        deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64,
        deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64,
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_str(&self.text().unwrap_or_default())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.node {
            None => visitor.visit_none(),
            Some(Node::Null) => {
                if self.in_struct {
                    self.stand_in();
                    self.report(
                        Diagnostic::new(
                            &codes::EMPTY_VALUE,
                            self.name_path(),
                            "this key has no value",
                        )
                        .help("remove the key, or give it a value"),
                    );
                }
                visitor.visit_none()
            }
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let items = match self.node {
            Some(Node::List(items)) => items.as_slice(),
            _ => {
                self.wrong_kind(LIST);
                &[]
            }
        };
        visitor.visit_seq(Items::new(items, self))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let entries = match self.node {
            Some(Node::Map(entries)) => entries.as_slice(),
            _ => {
                self.wrong_kind("a mapping");
                &[]
            }
        };
        visitor.visit_map(Entries::all(entries, self))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        if [Member::NAME, Branch::NAME, Argument::NAME].contains(&name) {
            // Just a meaning, or nothing; for a branch, just its type.
            match self.node {
                None => return visitor.visit_unit(),
                Some(Node::Null) if name == Member::NAME => return visitor.visit_unit(),
                Some(Node::List(_) | Node::Null) => {
                    self.wrong_kind(STRING);
                    return visitor.visit_unit();
                }
                Some(Node::Map(_)) => {}
                Some(_) => return visitor.visit_str(&self.text().unwrap_or_default()),
            }
        }
        let (entries, missing_is_news) = match self.node {
            Some(Node::Map(entries)) => (entries.as_slice(), true),
            _ => {
                let keys = fields.iter().take(3).map(|field| format!("`{field}`"));
                let keys = keys.collect::<Vec<_>>().join(", ");
                self.wrong_kind(&format!("a mapping with keys such as {keys}"));
                (&[][..], false)
            }
        };
        visitor.visit_map(Entries::of_struct(
            entries,
            self,
            name,
            fields,
            missing_is_news,
        ))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        let text = self.text();
        let known = variants
            .iter()
            .find(|variant| text.as_deref() == Some(**variant));
        if let (Some(text), None) = (&text, known) {
            self.stand_in();
            self.report(
                self.problem(
                    &codes::UNKNOWN_WORD,
                    format!("{} is not allowed here", code(text)),
                )
                .meant(text, variants.iter().copied()),
            );
        }
        let variant = known.or(variants.first()).copied().unwrap_or_default();
        visitor.visit_enum(variant.into_deserializer())
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        if name == Nullable::NAME {
            return match self.node {
                Some(Node::List(items)) => visitor.visit_seq(Items::new(items, self)),
                Some(Node::Bool(truth)) => visitor.visit_bool(*truth),
                _ => {
                    self.wrong_kind("`true`, `false` or a list of views");
                    visitor.visit_bool(false)
                }
            };
        }
        if name == Safety::NAME {
            return match self.node {
                Some(Node::Bool(truth)) => visitor.visit_bool(*truth),
                Some(Node::Text(text)) if &**text == Safety::UNKNOWN => visitor.visit_str(text),
                _ => {
                    self.wrong_kind(Safety::FORMS);
                    visitor.visit_bool(false)
                }
            };
        }
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
        ignored_any
    }
}

/// The end of a conversion, from a type that rejects even its stand-in.
#[derive(Debug)]
struct Stop(String);

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Stop {}

impl serde::de::Error for Stop {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}
