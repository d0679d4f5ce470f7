//! The codec, which decodes bodies into values and encodes values into bodies. The client and its
//! users share it; it knows JSON and the quirks of this API, and nothing of HTTP.
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
//!
//! # Types of your own
//!
//! With the feature `serde` a type that derives `Deserialize` can be used in place of a model, wrapped
//! in `Json`, for example for a list with selected fields.
//!
//! ```no_run
//! # bigcommerce_client::example!(["serde", "brands"] store:
//! use bigcommerce_client::{brands::BrandField, json::Json};
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct Name {
//!     id: i64,
//!     name: String,
//! }
//!
//! let request = store.brands().list().include_fields([BrandField::Name]);
//! let mut names = request.decoding::<Json<Name>>().stream();
//! while let Some(Json(Name { id, name })) = names.try_next().await? {
//!     println!("{id}: {name}");
//! }
//! # );
//! ```
//!
//! Its fields may be models and values of this crate, which handle the API's irregular spellings as
//! usual. Without the feature, [`RawJson`] holds any value unchanged, for any other JSON library.

mod alone;
mod blank;
mod boxed;
mod changes;
mod choice;
mod collections;
mod convert;
mod error;
mod field;
mod frame;
mod lexer;
mod linked;
mod missing;
mod mistaken;
mod model;
mod model_reader;
mod model_writer;
mod one_of;
mod one_or_many;
mod place;
mod raw;
mod reader;
mod redacted;
mod rest;
mod scalars;
#[cfg(feature = "serde")]
pub(crate) mod serde;
mod surrogates;
#[cfg(test)]
pub(crate) mod tests;
mod tree;
mod values;
mod writer;

pub use changes::ChangeError;
pub use choice::{Choice, IntegerChoice, Unknown};
pub use convert::convert;
pub use error::DecodeError;
pub use linked::{Link, Linked};
pub use one_or_many::OneOrMany;
pub use raw::RawJson;
pub use rest::Rest;

#[cfg(feature = "serde")]
pub use serde::Json;

pub(crate) use alone::IsRecord;
pub(crate) use blank::{Blank, blank, needed};
pub(crate) use boxed::boxed;
#[allow(unused_imports, reason = "without a group there are no updates")]
pub(crate) use changes::{Sends, Way, between};
pub(crate) use choice::choice;
#[allow(
    unused_imports,
    reason = "not every group has an enumeration of integers"
)]
pub(crate) use choice::integers;
pub(crate) use collections::Item;
pub(crate) use field::Field;
pub(crate) use model::{Each, Facts, Model, Slot, copy, is_same, model, show};
pub(crate) use model_writer::excluded;
#[allow(unused_imports, reason = "not every group has a one-of")]
pub(crate) use one_of::{Discriminator, OneOf, Read as ReadBranch, one_of, one_of_shape, told};
pub(crate) use reader::Reader;
pub(crate) use tree::Tree;
pub(crate) use writer::{Object, Writer};

/// The kind of value in a position, as far as it determines which odd spellings mean "no value".
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A string, for which `""` is a value.
    Text,
    /// A number, a boolean or a date, for which `""` is not a value.
    Scalar,
    /// An object.
    Object,
    /// An array.
    List,
    /// Anything: no spelling is odd.
    Any,
}

/// A value that can be decoded from JSON: every model and value of this crate, and lists and maps of
/// them.
///
/// Your own types are decoded with `serde`, as [`Json<T>`](self#types-of-your-own) with the feature
/// `serde`.
pub trait Decode: Sized + Send + 'static {
    /// What an error message says was expected: `"object"`, `"integer"`.
    #[doc(hidden)]
    const KIND: &'static str;

    #[doc(hidden)]
    const SHAPE: Shape = Shape::Object;

    /// Whether `[]` is read as a value although it is not a list, because PHP writes a map without
    /// entries this way.
    #[doc(hidden)]
    const EMPTY_LIST: bool = false;

    /// Whether the next object is certainly such a value, so that it may be read as a list of one; `None`
    /// if no object is. As a constant it costs nothing for a type that no list contains.
    #[doc(hidden)]
    const IS_RECORD: Option<IsRecord> = None;

    /// Reads one value.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not valid JSON or the value has the wrong kind.
    #[doc(hidden)]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError>;
}

/// A value that can be encoded as JSON: every model and value of this crate, and lists and maps of them.
///
/// Your own types are encoded with `serde`, as [`Json<T>`](self#types-of-your-own) with the feature
/// `serde`.
pub trait Encode {
    /// Writes one value.
    #[doc(hidden)]
    fn encode(&self, w: &mut Writer);
}

/// Decodes a whole body.
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
/// Returns an error if the bytes are not UTF-8 or not JSON, if something follows the value, if
/// values nest deeper than 128 levels, or if a known field has the wrong type. The error has the
/// location, what was expected and what was found.
pub fn from_slice<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    let mut reader = Reader::new(body)?;
    let value = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// Decodes a whole body and reports values of the wrong type: the first 100, each with its location,
/// what was expected and what was found. Such a field is empty, and its record's [`Rest`] has its
/// JSON.
///
/// ```
/// # #[cfg(feature = "products")] {
/// use bigcommerce_client::{json, products::Product};
///
/// let body = br#"{"id":158,"custom_url":{"url":[1]}}"#;
/// let (product, oddities) = json::from_slice_with_oddities::<Product>(body)?;
/// assert_eq!(product.id, 158);
/// assert_eq!(oddities[0].to_string(), "at custom_url.url: expected a string, found a list");
/// # }
/// # Ok::<(), bigcommerce_client::DecodeError>(())
/// ```
///
/// # Errors
///
/// Returns the errors of [`from_slice`].
pub fn from_slice_with_oddities<T: Decode>(
    body: &[u8],
) -> Result<(T, Vec<DecodeError>), DecodeError> {
    let mut reader = Reader::new(body)?;
    let value = T::decode(&mut reader)?;
    reader.finish()?;
    Ok((value, reader.into_oddities()?))
}

/// Decodes a whole body that is already a string.
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
/// Returns the errors of [`from_slice`].
pub fn from_str<T: Decode>(body: &str) -> Result<T, DecodeError> {
    let mut reader = Reader::over(body);
    let value = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// Encodes a value as compact JSON.
///
/// ```
/// use bigcommerce_client::json;
///
/// assert_eq!(json::to_vec(&vec![77, 80]), b"[77,80]");
/// ```
pub fn to_vec<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    to_string(value).into_bytes()
}

/// Why a value must not be sent, if there is a reason.
#[allow(dead_code, reason = "without a group there are no batches")]
pub(crate) fn mistake<T: Encode + ?Sized>(value: &T) -> Option<String> {
    let mut writer = Writer::of_body();
    value.encode(&mut writer);
    writer.into_body().1
}

/// Encodes a value as a compact JSON string.
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
