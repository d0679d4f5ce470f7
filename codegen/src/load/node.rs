//! The tree of a YAML file: mappings in their order with every entry, before anything is interpreted.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize,
    de::{
        DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess,
        Visitor,
    },
};
use serde_json::Value;

use crate::diagnostic::{Focus, Segment, SpecPath};

/// A value of a YAML file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node<'a> {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
    /// A value with a tag, which no spec may have.
    Tagged(Box<Node<'a>>),
}

/// A step from a node into it. Full paths are only built when there is something to report.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

impl Step<'_> {
    /// The same as a segment of a path.
    pub fn segment(self) -> Segment {
        match self {
            Self::Key(key) => Segment::Key(key.to_owned()),
            Self::Index(index) => Segment::Index(index),
        }
    }
}

/// The place in a file to which these steps lead.
pub(crate) fn place(file: &str, way: &[Step<'_>], focus: Focus) -> SpecPath {
    SpecPath {
        file: file.to_owned(),
        segments: way.iter().map(|step| step.segment()).collect(),
        focus,
    }
}

impl Node<'_> {
    /// The value without its tag, which has been reported.
    pub fn untagged(&self) -> &Self {
        match self {
            Self::Tagged(inner) => inner.untagged(),
            plain => plain,
        }
    }

    /// The same as JSON.
    pub fn json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(truth) => Value::from(*truth),
            Self::Int(number) => {
                let number = i64::try_from(*number).map(Value::from);
                number.unwrap_or_default()
            }
            Self::Float(number) => Value::from(*number),
            Self::Text(text) => Value::from(&**text),
            Self::List(items) => items.iter().map(Node::json).collect(),
            Self::Map(entries) => {
                let entries = entries.iter();
                entries
                    .map(|(key, value)| (key.to_string(), value.json()))
                    .collect()
            }
            Self::Tagged(inner) => inner.json(),
        }
    }

    /// What it is, for a message.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::Float(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
            Self::Tagged(_) => "a tagged value",
        }
    }
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    /// The parser's error for a file without a value.
    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Node::Null)
    }
    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Node::Null)
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Node::Bool(value))
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Node::Int(value.into()))
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Node::Int(value.into()))
    }
    fn visit_i128<E: Error>(self, value: i128) -> Result<Self::Value, E> {
        Ok(Node::Int(value))
    }
    fn visit_u128<E: Error>(self, value: u128) -> Result<Self::Value, E> {
        Ok(i128::try_from(value).map_or(Node::Float(value as f64), Node::Int))
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Node::Float(value))
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }
    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(Key)? {
            entries.push((key, map.next_value()?));
        }
        Ok(Node::Map(entries))
    }
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Self::Value, A::Error> {
        let (_tag, content) = tagged.variant_seed(Key)?;
        Ok(Node::Tagged(Box::new(content.newtype_variant()?)))
    }
}

/// A key: always text, so `1` and `true` are names like any other.
pub(super) struct Key;

impl Key {
    /// What the parser's error says about a key that is a list or a mapping.
    pub(super) const EXPECTED: &str = "a key of plain text";
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::EXPECTED)
    }
    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }
}
