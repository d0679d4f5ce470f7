//! Identifiers that are an integer in some places and a string in others.

use std::fmt;

/// An identifier that the API sends as an integer or as a string, kept unchanged.
///
/// An integer and a string of its digits are different values. To compare ids from different places, or to
/// use them as keys, compare [`as_i64`](Self::as_i64) or the strings.
///
/// ```
/// use bigcommerce_client::Id;
///
/// let (integer, string) = (Id::from(250), Id::from("250"));
/// assert_ne!(integer, string);
/// assert_eq!(integer.as_i64(), string.as_i64());
/// assert_eq!(integer.to_string(), string.to_string());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Id {
    /// A number.
    Int(i64),
    /// A string, which may consist of digits.
    Text(Box<str>),
}

impl Id {
    /// The integer, if it is one or a string of one.
    ///
    /// ```
    /// use bigcommerce_client::Id;
    ///
    /// assert_eq!(Id::from("250").as_i64(), Some(250), "some places send numbers as strings");
    /// assert_eq!(Id::from("b20deef4-0f96-4eb7-8a5d-9b6d1f2ac1a5").as_i64(), None, "a cart's");
    /// ```
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Int(id) => Some(*id),
            Self::Text(id) => id.parse().ok(),
        }
    }
}

impl From<i64> for Id {
    fn from(id: i64) -> Self {
        Self::Int(id)
    }
}

impl From<&str> for Id {
    fn from(id: &str) -> Self {
        Self::Text(id.into())
    }
}

impl From<String> for Id {
    fn from(id: String) -> Self {
        Self::Text(id.into())
    }
}

impl From<&Id> for Id {
    fn from(id: &Id) -> Self {
        id.clone()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(id) => id.fmt(f),
            Self::Text(id) => f.pad(id),
        }
    }
}
