//! A small JSON tree, for what has too many forms to be typed: error bodies, and values that are
//! converted to other formats.

use super::surrogates;
use crate::json::{Decode, DecodeError, Reader, Shape, from_slice};

/// Any JSON value. Numbers and booleans keep their spelling.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    Plain(String),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// The tree of a body that is only read, such as that of an error, which may quote a string that was
    /// cut off: halves of characters, which no Rust string can represent, become spaces.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON.
    pub(crate) fn lenient(body: &[u8]) -> Result<Self, DecodeError> {
        from_slice(body).or_else(|_| from_slice(&surrogates::blanked(body)))
    }

    /// The value of a field; if the field is repeated, the last one, as everywhere.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().rfind(|(name, _)| name == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The values of a field, which has more than one if it is repeated.
    pub(crate) fn all<'t>(&'t self, key: &str) -> impl Iterator<Item = &'t Self> {
        let fields = match self {
            Self::Object(fields) => fields.as_slice(),
            _ => &[],
        };
        let named = fields.iter().filter(move |(name, _)| name == key);
        named.map(|(_, value)| value)
    }

    /// The first of these fields that contains a string or a number.
    pub(crate) fn text(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| self.get(key)?.plain())
    }

    /// The string or number itself, unless it is empty.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_quotes_half_a_character_says_the_rest_all_the_same() {
        let body = br#"{"title":"\ud83d is no name","meta":{"\ude00":1,"success":2}}"#;
        assert!(from_slice::<Tree>(body).is_err());
        let tree = Tree::lenient(body).unwrap();
        assert_eq!(tree.text(&["title"]).as_deref(), Some("  is no name"));
        let success = tree.get("meta").and_then(|meta| meta.text(&["success"]));
        assert_eq!(success.as_deref(), Some("2"));
        assert!(Tree::lenient(br#"{"title":"#).is_err());
    }

    #[test]
    fn of_a_field_that_comes_twice_the_last_counts() {
        let tree: Tree = from_slice(br#"{"code":1,"title":"x","code":2}"#).unwrap();
        assert_eq!(tree.text(&["code"]).as_deref(), Some("2"));
        assert_eq!(tree.all("code").count(), 2);
    }
}
