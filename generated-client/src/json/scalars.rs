//! The codec of plain Rust values: strings, integers and booleans, with the spellings that are accepted
//! for them.

use super::{Decode, DecodeError, Encode, Reader, Shape, Writer};
use crate::value::Number;

/// The integer in a string, which may be quoted or have a fraction of zero.
pub(super) fn integer(text: &str) -> Option<i64> {
    text.parse().ok().or_else(|| {
        let value = text.parse::<Number>().ok()?.value()?;
        if value.fract().is_zero() {
            i64::try_from(value.trunc()).ok()
        } else {
            None
        }
    })
}

/// The boolean in a string or a number.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

impl Decode for i64 {
    const KIND: &'static str = "integer";
    const SHAPE: Shape = Shape::Scalar;

    #[inline]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.integer()
    }
}

impl Encode for i64 {
    fn encode(&self, w: &mut Writer) {
        w.integer(*self);
    }
}

impl Decode for bool {
    const KIND: &'static str = "boolean";
    const SHAPE: Shape = Shape::Scalar;

    #[inline]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.boolean()
    }
}

impl Encode for bool {
    fn encode(&self, w: &mut Writer) {
        w.raw(if *self { "true" } else { "false" });
    }
}

impl Decode for String {
    const KIND: &'static str = "string";
    const SHAPE: Shape = Shape::Text;

    #[inline]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.string()
    }
}

impl Encode for String {
    fn encode(&self, w: &mut Writer) {
        w.text(self);
    }
}

impl Encode for str {
    fn encode(&self, w: &mut Writer) {
        w.text(self);
    }
}
