//! The key of a record.

use std::fmt;

use serde_json::Value;

/// A number or a string. Numbers come first, in ascending order, which is the order of creation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A number.
    Number(i64),
    /// A string, such as a UUID.
    Text(String),
}

impl Key {
    /// The key in a path segment or a query value.
    #[must_use]
    pub fn of(text: &str) -> Self {
        text.parse()
            .map_or_else(|_| Self::Text(text.to_owned()), Self::Number)
    }

    /// The key as the value of a field.
    #[must_use]
    pub fn value(&self) -> Value {
        match self {
            Self::Number(number) => Value::from(*number),
            Self::Text(text) => Value::from(text.as_str()),
        }
    }

    /// A number derived from the key.
    #[must_use]
    pub fn ordinal(&self) -> i64 {
        match self {
            Self::Number(number) => *number,
            Self::Text(text) => text.bytes().map(i64::from).sum(),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}
