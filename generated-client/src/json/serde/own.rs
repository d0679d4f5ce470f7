//! The caller's own types, decoded and encoded with `serde`.

use std::fmt;
use std::ops::{Deref, DerefMut};

use ::serde::Serialize;
use ::serde::de::DeserializeOwned;

use crate::json::place::{below, path_at};
use crate::json::{Decode, DecodeError, Encode, Reader, Shape, Writer};

/// A value of your own type, decoded and encoded with `serde`.
///
/// It can be used wherever a model can: for the items of a list, for the body of a raw call, for a
/// part of raw JSON.
///
/// ```
/// use bigcommerce_client::{Number, RawJson, json::{self, Json}};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize, Serialize)]
/// struct Price {
///     sku: String,
///     price: Number,
/// }
///
/// let prices: Vec<Json<Price>> = json::from_slice(br#"[{"sku":"MUG-1","price":"24.9500"}]"#)?;
/// assert_eq!(prices[0].sku, "MUG-1");
/// assert_eq!(prices[0].price.to_string(), "24.9500");
///
/// // An error has the location and never repeats the value.
/// let error = json::from_slice::<Vec<Json<Price>>>(br#"[{"sku":118,"price":1}]"#).err();
/// let says = error.map(|error| error.to_string());
/// assert_eq!(says.as_deref(), Some("at [0].sku: expected a string, found an integer"));
/// # Ok::<(), json::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Json<T>(pub T);

impl<T> Json<T> {
    /// The value itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: fmt::Display> fmt::Display for Json<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: DeserializeOwned + Send + 'static> Decode for Json<T> {
    const KIND: &'static str = "value";
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.peek()?;
        let start = r.offset();
        let raw = r.raw()?;
        match serde_json::from_str(raw) {
            Ok(value) => Ok(Self(value)),
            Err(error) => {
                let at = offset(&error, raw);
                let path = below(r.path(), &path_at(raw, at));
                Err(told(&error, path, start + at))
            }
        }
    }
}

impl<T: Serialize> Encode for Json<T> {
    fn encode(&self, w: &mut Writer) {
        match serde_json::to_string(&self.0) {
            Ok(json) => w.raw(&json),
            Err(_) => {
                w.mistake(|| "a value in its body cannot be written as JSON".to_owned());
                w.raw("null");
            }
        }
    }
}

/// Where serde was in a value: at the last byte that it had read, or at the list or the object that it refused
/// unread.
#[cold]
fn offset(error: &serde_json::Error, raw: &str) -> usize {
    let lines = raw.split_inclusive('\n');
    let before = lines.take(error.line().saturating_sub(1)).map(str::len);
    let read = before.sum::<usize>() + error.column();
    let says = error.to_string();
    let refused = says.strip_prefix("invalid type: ").unwrap_or_default();
    let is_unread = match raw.as_bytes().get(read) {
        Some(b'{') => refused.starts_with("map"),
        Some(b'[') => refused.starts_with("sequence"),
        _ => false,
    };
    if is_unread {
        read
    } else {
        read.saturating_sub(1)
    }
}

/// A message of serde about a value, without the value.
#[cold]
fn told(error: &serde_json::Error, path: String, offset: usize) -> DecodeError {
    let says = error.to_string();
    let says = says.rsplit_once(" at line ").map_or(&*says, |(it, _)| it);
    if let Some(field) = named(says, "missing field `") {
        return DecodeError::missing(path, offset, field);
    }
    if let Some(field) = named(says, "unknown field `") {
        return DecodeError::unknown(path, offset, field);
    }
    let mismatch = says.strip_prefix("invalid type: ");
    match mismatch.and_then(|says| says.rsplit_once(", expected ")) {
        Some((found, expected)) => DecodeError::kind(path, offset, kind(expected), kind(found)),
        None => DecodeError::kind(
            path,
            offset,
            "a value that its type can hold",
            "something else",
        ),
    }
}

/// The name between the backticks that follow.
fn named<'a>(says: &'a str, before: &str) -> Option<&'a str> {
    let (name, _) = says.strip_prefix(before)?.split_once('`')?;
    Some(name)
}

/// A kind of value in the words of this crate; any other description without what it quotes.
fn kind(said: &str) -> String {
    let kinds = [
        ("a string", "string"),
        ("string", "string"),
        ("boolean", "boolean"),
        ("a boolean", "boolean"),
        ("integer", "integer"),
        ("floating point", "number"),
        ("f64", "number"),
        ("f32", "number"),
        ("null", "null"),
        ("unit", "null"),
        ("sequence", "list"),
        ("a sequence", "list"),
        ("map", "object"),
        ("a map", "object"),
        ("struct ", "object"),
    ];
    let integers = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
    if integers.contains(&said) {
        return "integer".to_owned();
    }
    let known = kinds.iter().find(|(theirs, _)| said.starts_with(theirs));
    let plain = || {
        said.split(['`', '"'])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    known.map_or_else(plain, |(_, ours)| (*ours).to_owned())
}
