//! The codec: how a body becomes a value and a value becomes a body. It is the one path that both
//! the client and callers use; it knows JSON and the oddities of this API, and nothing of HTTP.
//!
//! ```
//! use bigcommerce_client::json;
//!
//! let ids: Vec<i64> = json::from_slice(br#"[1, "2"]"#)?;
//! assert_eq!(ids, [1, 2]);
//! assert_eq!(json::to_vec(&ids), b"[1,2]");
//!
//! let error = json::from_slice::<Vec<i64>>(b"[1, {}]").unwrap_err();
//! assert_eq!(error.to_string(), "at [1]: expected an integer, found an object");
//! # Ok::<(), json::DecodeError>(())
//! ```

mod choice;
mod collections;
mod error;
mod field;
mod frame;
mod lexer;
mod linked;
mod model;
mod one_or_many;
mod raw;
mod reader;
mod rest;
mod scalars;
#[cfg(feature = "serde")]
pub(crate) mod serde;
mod surrogates;
mod tree;
mod values;
mod writer;

pub use choice::{Choice, Unknown};
pub use error::DecodeError;
pub use field::Field;
pub use linked::{Link, Linked};
pub use one_or_many::OneOrMany;
pub use raw::RawJson;
pub use reader::Reader;
pub use rest::Rest;
pub use writer::{Object, Writer};

pub(crate) use choice::choice;
pub(crate) use model::{Blank, Each, Model, Slot, blank, excluded, model, needed, show};
pub(crate) use tree::Tree;

/// What kind of value stands in a position, so far as it decides which odd spellings are read as
/// "no value".
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text, for which `""` is a value.
    Text,
    /// A number, a truth value or a date, for which `""` is no value.
    Scalar,
    /// An object.
    Object,
    /// An array.
    List,
    /// Anything: no spelling is odd.
    Any,
}

/// A value that can be read from JSON.
pub trait Decode: Sized + Send + 'static {
    /// What an error says was expected: `"object"`, `"integer"`.
    const KIND: &'static str;

    #[doc(hidden)]
    const SHAPE: Shape = Shape::Object;

    /// Reads one value.
    ///
    /// # Errors
    ///
    /// Fails when the text is not valid JSON or the value is of a kind that cannot stand here.
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError>;
}

/// A value that can be written as JSON.
pub trait Encode {
    /// Writes one value.
    fn encode(&self, w: &mut Writer);
}

/// Reads a whole body.
///
/// ```
/// use bigcommerce_client::json;
///
/// let ids: Vec<i64> = json::from_slice(b"[77, 80]")?;
/// assert_eq!(ids, [77, 80]);
/// assert!(json::from_slice::<Vec<i64>>(b"[77, 80").is_err(), "cut off on its way");
/// # Ok::<(), bigcommerce_client::DecodeError>(())
/// ```
///
/// # Errors
///
/// Fails when the bytes are not UTF-8 or not JSON, when something follows the value, when values
/// nest deeper than 128 levels, or when a known field is of a kind that cannot stand there. The
/// error names the place, what was expected and what was found.
pub fn from_slice<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    let mut reader = Reader::new(body)?;
    let value = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// Reads a whole body that is already known to be text.
///
/// ```
/// use bigcommerce_client::{Meta, json};
///
/// let meta: Meta = json::from_str(r#"{"total": 10, "success": 9, "failed": 1}"#)?;
/// assert_eq!(meta.failed, Some(1));
/// # Ok::<(), bigcommerce_client::DecodeError>(())
/// ```
///
/// # Errors
///
/// As [`from_slice`].
pub fn from_str<T: Decode>(body: &str) -> Result<T, DecodeError> {
    let mut reader = Reader::over(body);
    let value = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// Writes a value as compact JSON.
///
/// ```
/// use bigcommerce_client::json;
///
/// assert_eq!(json::to_vec(&vec![77, 80]), b"[77,80]");
/// ```
pub fn to_vec<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    to_string(value).into_bytes()
}

/// Writes a value as compact JSON text.
///
/// ```
/// use bigcommerce_client::json;
///
/// assert_eq!(json::to_string("12\" shelf"), r#""12\" shelf""#);
/// ```
pub fn to_string<T: Encode + ?Sized>(value: &T) -> String {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.into_string()
}
