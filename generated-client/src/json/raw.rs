//! JSON kept unchanged.

use std::fmt;
use std::str::FromStr;

use super::redacted::Redacted;
use super::{Decode, DecodeError, Encode, Reader, Shape, Writer, from_str, to_string};
use crate::value::Number;

/// Any JSON value, exactly as in the body.
///
/// ```
/// use bigcommerce_client::RawJson;
///
/// let raw = RawJson::new(r#"{"size": 3}"#)?;
/// assert_eq!(raw.get(), r#"{"size": 3}"#);
/// assert!(RawJson::new("{").is_err());
///
/// // A value is encoded as JSON; a `&str` becomes a JSON string, unless it is parsed.
/// assert_eq!(RawJson::from("red").get(), r#""red""#);
/// assert_eq!("[3]".parse::<RawJson>()?.get(), "[3]");
/// assert_eq!(RawJson::from(7).get(), "7");
/// # Ok::<(), bigcommerce_client::DecodeError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RawJson(Box<str>);

impl RawJson {
    /// Checks that a string is one JSON value and keeps it.
    ///
    /// ```
    /// use bigcommerce_client::RawJson;
    ///
    /// let settings = RawJson::new(r#"{"hide_price_from_guests": true}"#)?;
    /// let error = RawJson::new(r#"{"hide_price_from_guests": yes}"#).unwrap_err();
    /// assert_eq!(error.offset(), 27);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if it is not.
    pub fn new(text: &str) -> Result<Self, DecodeError> {
        from_str(text)
    }

    /// The JSON of a value.
    pub fn of<T: Encode + ?Sized>(value: &T) -> Self {
        Self(to_string(value).into())
    }

    /// JSON that the reader has already validated.
    pub(crate) fn trusted(text: &str) -> Self {
        Self(text.into())
    }

    /// The JSON text.
    pub fn get(&self) -> &str {
        &self.0
    }

    /// Decodes the value.
    ///
    /// ```
    /// use bigcommerce_client::RawJson;
    ///
    /// let ids = RawJson::new("[118, 119]")?;
    /// assert_eq!(ids.parse::<Vec<i64>>()?, [118, 119]);
    /// assert!(ids.parse::<String>().is_err());
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`from_slice`](super::from_slice).
    pub fn parse<T: Decode>(&self) -> Result<T, DecodeError> {
        from_str(&self.0)
    }

    /// Decodes the value as a type that must have all its required fields.
    pub(crate) fn parse_whole<T: Decode>(&self) -> Result<T, DecodeError> {
        let mut reader = Reader::over(&self.0);
        let value = reader.whole(T::decode)?;
        reader.finish()?;
        Ok(value)
    }
}

macro_rules! from_value {
    ($($type:ty),*) => {
        $(impl From<$type> for RawJson {
            fn from(value: $type) -> Self {
                Self::of(&value)
            }
        })*
    };
}

from_value!(bool, i64, String, Number, Vec<String>);

/// Becomes a JSON string; `new` reads JSON.
impl From<&str> for RawJson {
    fn from(value: &str) -> Self {
        Self::of(value)
    }
}

/// Reads JSON, as [`RawJson::new`].
impl FromStr for RawJson {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        Self::new(text)
    }
}

impl Decode for RawJson {
    const KIND: &'static str = "value";
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.raw().map(Self::trusted)
    }
}

impl Encode for RawJson {
    fn encode(&self, w: &mut Writer) {
        w.raw(&self.0);
    }
}

impl fmt::Display for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Omits the values of fields whose name sounds secret, such as `token`; `Display` and [`get`](Self::get) have
/// everything.
impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Redacted(&self.0).fmt(f)
    }
}
