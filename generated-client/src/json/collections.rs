//! The codec of values that contain other values: arrays, maps and boxes.

mod walk;

use std::collections::BTreeMap;

use self::walk::Fit;
pub(crate) use self::walk::Item;
use super::{Decode, DecodeError, Encode, Reader, Shape, Writer};

impl<T: Decode> Decode for Vec<T> {
    const KIND: &'static str = "list";
    const SHAPE: Shape = Shape::List;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut items = Vec::new();
        r.items(&Item::of::<T>(), &mut |r| {
            items.push(T::decode(r)?);
            Ok(())
        })?;
        Ok(items)
    }
}

/// An array whose items may be null; nulls are kept.
impl<T: Decode> Decode for Vec<Option<T>> {
    const KIND: &'static str = "list";
    const SHAPE: Shape = Shape::List;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut items = Vec::new();
        r.begin_list()?;
        let mut fit = Fit::of(r);
        while r.any_item()? {
            if r.peek()? == b'n' {
                r.raw()?;
                items.push(None);
            } else {
                let start = r.offset();
                match T::decode(r) {
                    Ok(item) => {
                        fit.any = true;
                        items.push(Some(item));
                    }
                    Err(error) => fit.misfit(r, start, error)?,
                }
            }
        }
        fit.end()?;
        Ok(items)
    }
}

impl<T: Encode> Encode for Vec<Option<T>> {
    fn encode(&self, w: &mut Writer) {
        self.as_slice().encode(w);
    }
}

impl<T: Encode> Encode for [Option<T>] {
    fn encode(&self, w: &mut Writer) {
        w.raw("[");
        for (at, item) in self.iter().enumerate() {
            if at > 0 {
                w.raw(",");
            }
            match item {
                Some(item) => item.encode(w),
                None => Null.encode(w),
            }
        }
        w.raw("]");
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, w: &mut Writer) {
        self.as_slice().encode(w);
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, w: &mut Writer) {
        w.items(self);
    }
}

impl Writer {
    /// Writes an array.
    #[inline]
    pub(crate) fn items<'i, T: Encode + 'i>(&mut self, items: impl IntoIterator<Item = &'i T>) {
        self.raw("[");
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.raw(",");
            }
            item.encode(self);
        }
        self.raw("]");
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    fn encode(&self, w: &mut Writer) {
        self.as_slice().encode(w);
    }
}

/// An object with arbitrary keys. A `null` among the values is skipped; the field that contains the map
/// keeps it, as for an array.
impl<T: Decode> Decode for BTreeMap<String, T> {
    const KIND: &'static str = "object";
    const SHAPE: Shape = Shape::Object;
    const EMPTY_LIST: bool = true;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut map = BTreeMap::new();
        r.entries(&mut map, |r| {
            if r.peek()? == b'n' && T::SHAPE != Shape::Any {
                r.raw()?;
                r.pass_over("null");
                return Ok(None);
            }
            T::decode(r).map(Some)
        })?;
        Ok(map)
    }
}

/// An object with arbitrary keys whose values may be null; nulls are kept.
impl<T: Decode> Decode for BTreeMap<String, Option<T>> {
    const KIND: &'static str = "object";
    const SHAPE: Shape = Shape::Object;
    const EMPTY_LIST: bool = true;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut map = BTreeMap::new();
        r.entries(&mut map, |r| {
            if r.peek()? == b'n' {
                return r.raw().map(|_| Some(None));
            }
            T::decode(r).map(|value| Some(Some(value)))
        })?;
        Ok(map)
    }
}

impl<T: Encode> Encode for BTreeMap<String, Option<T>> {
    fn encode(&self, w: &mut Writer) {
        let mut object = w.record();
        for (key, value) in self {
            match value {
                Some(value) => object.value(key, value),
                None => object.value(key, &Null),
            }
        }
        object.end();
    }
}

struct Null;

impl Encode for Null {
    fn encode(&self, w: &mut Writer) {
        w.raw("null");
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, w: &mut Writer) {
        let mut object = w.record();
        for (key, value) in self {
            object.value(key, value);
        }
        object.end();
    }
}

#[cfg(test)]
mod tests;
