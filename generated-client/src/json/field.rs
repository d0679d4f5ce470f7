//! The types that a field of an object can have: a value that must be present, may be absent, or may be
//! absent, null or set. The odd spellings of "nothing" are handled here, once for all types.

use super::{Decode, DecodeError, Encode, Reader, Shape, Writer};
use crate::value::{List, Patch};

/// A field of an object: how it is read when its key is present, and whether it is written.
pub trait Field: Sized + PartialEq {
    /// Reads the value of a key that is present.
    ///
    /// # Errors
    ///
    /// Returns an error if the field cannot have a value of this kind.
    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Whether the field is written at all.
    fn is_written(&self) -> bool;

    /// Writes the value.
    fn write(&self, w: &mut Writer);
}

impl<T: Decode + Encode + PartialEq> Field for T {
    #[inline]
    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(r)
    }

    #[inline]
    fn is_written(&self) -> bool {
        true
    }

    #[inline]
    fn write(&self, w: &mut Writer) {
        self.encode(w);
    }
}

impl<T: Decode + Encode + PartialEq> Field for Option<T> {
    #[inline]
    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        optional(r)
    }

    #[inline]
    fn is_written(&self) -> bool {
        self.is_some()
    }

    #[inline]
    fn write(&self, w: &mut Writer) {
        match self {
            Some(value) => value.encode(w),
            None => w.raw("null"),
        }
    }
}

/// Reads a value, or something that represents none.
#[inline]
pub(super) fn optional<T: Decode>(r: &mut Reader<'_>) -> Result<Option<T>, DecodeError> {
    if r.absent(T::SHAPE)? {
        return Ok(None);
    }
    if matches!(T::SHAPE, Shape::Object) && r.empty_object() {
        return read_empty(r);
    }
    T::decode(r).map(Some)
}

/// `{}` is an object with only optional fields, or represents none if the type has required ones.
#[cold]
fn read_empty<T: Decode>(r: &mut Reader<'_>) -> Result<Option<T>, DecodeError> {
    let value = r.try_decode();
    if value.is_none() {
        r.raw()?;
        r.mark_odd();
    }
    Ok(value)
}

impl<T: Decode + Encode + PartialEq> Field for List<T> {
    #[inline]
    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if r.absent(Shape::List)? {
            return Ok(Self::default());
        }
        Vec::decode(r).map(Self::from)
    }

    #[inline]
    fn is_written(&self) -> bool {
        self.is_present()
    }

    #[inline]
    fn write(&self, w: &mut Writer) {
        self.as_slice().encode(w);
    }
}

impl<T: Decode + Encode + PartialEq> Field for List<Option<T>> {
    #[inline]
    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if r.absent(Shape::List)? {
            return Ok(Self::default());
        }
        Vec::decode(r).map(Self::from)
    }

    #[inline]
    fn is_written(&self) -> bool {
        self.is_present()
    }

    #[inline]
    fn write(&self, w: &mut Writer) {
        self.as_slice().encode(w);
    }
}

impl<T: Decode + Encode + PartialEq> Field for Patch<T> {
    #[inline]
    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if r.peek()? == b'n' {
            r.raw()?;
            return Ok(Self::Null);
        }
        T::decode(r).map(Self::Set)
    }

    #[inline]
    fn is_written(&self) -> bool {
        !self.is_absent()
    }

    #[inline]
    fn write(&self, w: &mut Writer) {
        match self {
            Self::Set(value) => value.encode(w),
            Self::Absent | Self::Null => w.raw("null"),
        }
    }
}

/// Whether a kept spelling still represents the value of the field.
#[cold]
pub(super) fn still_means<F: Field>(raw: &str, value: &F) -> bool {
    let mut same = false;
    read_again(raw, &mut |reader| {
        same = F::read(reader)? == *value;
        Ok(())
    }) && same
}

/// Reads a kept spelling as the field does. One that cannot be read does not represent its value.
#[cold]
pub(super) fn read_again(
    raw: &str,
    read: &mut dyn FnMut(&mut Reader<'_>) -> Result<(), DecodeError>,
) -> bool {
    let mut reader = Reader::over(raw);
    // The enclosing record keeps the spelling.
    reader.keeps(true);
    read(&mut reader).is_ok()
}
