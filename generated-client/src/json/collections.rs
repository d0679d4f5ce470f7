//! The codec of values made of other values: arrays, maps and boxes.

use std::collections::BTreeMap;

use super::{Decode, DecodeError, Encode, Reader, Shape, Writer};

impl<T: Decode> Decode for Vec<T> {
    const KIND: &'static str = "list";
    const SHAPE: Shape = Shape::List;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut items = Vec::new();
        r.begin_list()?;
        while r.item()? {
            items.push(T::decode(r)?);
        }
        Ok(items)
    }
}

/// An array whose items may be null, which is kept.
impl<T: Decode> Decode for Vec<Option<T>> {
    const KIND: &'static str = "list";
    const SHAPE: Shape = Shape::List;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut items = Vec::new();
        r.begin_list()?;
        while r.any_item()? {
            if r.peek()? == b'n' {
                r.raw()?;
                items.push(None);
            } else {
                items.push(Some(T::decode(r)?));
            }
        }
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
        w.raw("[");
        for (at, item) in self.iter().enumerate() {
            if at > 0 {
                w.raw(",");
            }
            item.encode(w);
        }
        w.raw("]");
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    fn encode(&self, w: &mut Writer) {
        self.as_slice().encode(w);
    }
}

/// An object whose keys are data. A `null` among the values is passed over; the field that holds
/// the map remembers it, as it does that of an array.
impl<T: Decode> Decode for BTreeMap<String, T> {
    const KIND: &'static str = "object";
    const SHAPE: Shape = Shape::Object;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut map = BTreeMap::new();
        let mut odd = false;
        r.begin()?;
        while let Some(key) = r.key()? {
            if r.peek()? == b'n' && T::SHAPE != Shape::Any {
                r.raw()?;
                r.pass_null();
                odd = true;
            } else {
                map.insert(key.into_owned(), T::decode(r)?);
                odd |= r.take_odd();
            }
        }
        r.end();
        if odd {
            r.had_nulls();
        }
        Ok(map)
    }
}

/// An object whose keys are data and whose values may be null, which is kept.
impl<T: Decode> Decode for BTreeMap<String, Option<T>> {
    const KIND: &'static str = "object";
    const SHAPE: Shape = Shape::Object;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut map = BTreeMap::new();
        let mut odd = false;
        r.begin()?;
        while let Some(key) = r.key()? {
            if r.peek()? == b'n' {
                r.raw()?;
                map.insert(key.into_owned(), None);
            } else {
                map.insert(key.into_owned(), Some(T::decode(r)?));
                odd |= r.take_odd();
            }
        }
        r.end();
        if odd {
            r.had_nulls();
        }
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

impl<T: Decode> Decode for Box<T> {
    const KIND: &'static str = T::KIND;
    const SHAPE: Shape = T::SHAPE;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(r).map(Box::new)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, w: &mut Writer) {
        (**self).encode(w);
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, w: &mut Writer) {
        (**self).encode(w);
    }
}

#[cfg(test)]
mod tests {
    use crate::json;
    use crate::value::List;

    crate::declare::read! {
        Shelf { rows: List<Option<i64>> = "rows", }
    }

    #[test]
    fn a_null_among_the_items_of_a_list_is_kept_where_the_list_may_hold_it() {
        for text in ["[]", "[null]", "[1,null,2]"] {
            let items: Vec<Option<i64>> = json::from_str(text).unwrap();
            assert_eq!(json::to_string(&items), text);
        }
        let body = r#"{"rows":[1,null]}"#;
        let shelf: Shelf = json::from_str(body).unwrap();
        assert_eq!(shelf.rows.as_slice(), [Some(1), None]);
        assert!(shelf.rest.oddities().next().is_none());
        assert_eq!(json::to_string(&shelf), body);
        let none: Shelf = json::from_str("{}").unwrap();
        assert_eq!(json::to_string(&none), "{}");
        assert!(json::from_str::<Vec<Option<i64>>>("[nul]").is_err());
    }
}
