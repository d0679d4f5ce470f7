//! A small tree of JSON, for what comes in too many shapes for types: error bodies, and values on
//! their way to other formats.

use crate::json::{Decode, DecodeError, Reader, Shape};

/// Any JSON value. Numbers and booleans are kept as they are spelled.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    Plain(String),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(name, _)| name == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The first of these fields that holds a string or a number.
    pub(crate) fn text(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| self.get(key)?.plain())
    }

    /// The text or number that it is, if it is one that says something.
    pub(crate) fn plain(&self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Plain(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        }
    }
}

impl Decode for Tree {
    const KIND: &'static str = "value";
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match r.peek()? {
            b'"' => Self::Text(r.text(Self::KIND)?.to_owned()),
            b'[' => {
                let mut items = Vec::new();
                r.begin_list()?;
                while r.any_item()? {
                    items.push(Self::decode(r)?);
                }
                Self::List(items)
            }
            b'{' => {
                let mut fields = Vec::new();
                r.begin()?;
                while let Some(key) = r.key()? {
                    fields.push((key.into_owned(), Self::decode(r)?));
                }
                r.end();
                Self::Object(fields)
            }
            _ => match r.raw()? {
                "null" => Self::Null,
                plain => Self::Plain(plain.to_owned()),
            },
        })
    }
}
