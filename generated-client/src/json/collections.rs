//! The codec of values made of other values: arrays, maps and boxes.

use std::collections::BTreeMap;

use super::{Decode, DecodeError, Encode, IsRecord, Reader, Shape, Writer};

impl<T: Decode> Decode for Vec<T> {
    const KIND: &'static str = "list";
    const SHAPE: Shape = Shape::List;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut items = Vec::new();
        r.items::<T>(|r| {
            items.push(T::decode(r)?);
            Ok(())
        })?;
        Ok(items)
    }
}

impl Reader<'_> {
    /// Reads a list item by item. PHP writes some lists as objects whose keys are numbers; they are read as
    /// lists, too, and so is a record that came in the place of a list of one.
    #[inline]
    pub(crate) fn items<T: Decode>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        if let Err(error) = self.begin_list() {
            let mut is_none = |r: &mut Self| r.is_no_item::<T>();
            return self.numbered(error, T::IS_RECORD, &mut is_none, &mut item);
        }
        let mut fit = Fit::of(self);
        while self.item()? {
            if !self.is_no_item::<T>() {
                let start = self.offset();
                let read = item(self);
                fit.item(self, start, read)?;
            } else {
                self.raw()?;
                self.pass_over("an empty value");
            }
        }
        fit.end()
    }

    /// Whether something empty comes next that stands for no item: `""` for a number or an object, `[]` for
    /// an object that is no map, and `{}` for one whose type requires some field.
    #[inline]
    fn is_no_item<T: Decode>(&mut self) -> bool {
        match (T::SHAPE, self.peek()) {
            (Shape::Object, Ok(b'[')) if T::EMPTY_LIST => false,
            (Shape::Object, Ok(b'{')) => self.empty_object() && self.passes_over::<T>(),
            (Shape::Object, Ok(b'[' | b'"')) | (Shape::Scalar, Ok(b'"')) => {
                self.is_empty_pair() && !self.is_strict()
            }
            _ => false,
        }
    }

    /// Whether what comes next is no value of the type, where that is no error. Either way it still comes
    /// next.
    #[cold]
    fn passes_over<T: Decode>(&mut self) -> bool {
        let mark = self.mark();
        let is_refused = T::decode(self).is_err();
        self.back(&mark);
        is_refused && !self.is_strict()
    }

    /// Reads an object whose keys are numbers, item by item, or one that is the only item.
    ///
    /// # Errors
    ///
    /// Fails with `error` where anything else stands here.
    #[cold]
    #[inline(never)]
    fn numbered(
        &mut self,
        error: DecodeError,
        is_record: Option<IsRecord>,
        is_none: &mut dyn FnMut(&mut Self) -> bool,
        item: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        if error.is_of_the_text() || self.peek()? != b'{' {
            return Err(error);
        }
        if !self.has_numbers_for_keys()? {
            return self.item_alone(error, is_record, item);
        }
        self.begin()?;
        let mut fit = Fit::of(self);
        while self.key()?.is_some() {
            if self.peek()? == b'n' {
                self.raw()?;
                self.pass_over("null");
            } else if is_none(self) {
                self.raw()?;
                self.pass_over("an empty value");
            } else {
                let start = self.offset();
                let read = item(self);
                fit.item(self, start, read)?;
            }
        }
        self.end();
        self.had_odd_items();
        fit.end()
    }

    /// Opens a map, unless it is one without entries as PHP writes it, `[]`, which is passed over.
    ///
    /// # Errors
    ///
    /// Returns an error if something else stands here.
    fn begin_map(&mut self) -> Result<bool, DecodeError> {
        if self.peek()? == b'[' && self.is_empty_pair() {
            self.raw()?;
            self.had_odd_items();
            return Ok(false);
        }
        self.begin().map(|()| true)
    }

    /// Whether every key of the object that comes next is a number.
    fn has_numbers_for_keys(&mut self) -> Result<bool, DecodeError> {
        let mark = self.mark();
        let mut all = true;
        self.begin()?;
        while let (true, Some(key)) = (all, self.key()?) {
            all = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
            self.raw()?;
        }
        self.back(&mark);
        Ok(all)
    }
}

/// Which items of a list fit. Those that do not are passed over and told, as long as one does: a list of
/// which nothing fits is something else.
struct Fit {
    /// How deep the list is.
    depth: usize,
    any: bool,
    /// The error of the first item that does not fit.
    first: Option<DecodeError>,
}

impl Fit {
    /// That of the list that was just opened.
    fn of(reader: &Reader<'_>) -> Self {
        Self {
            depth: reader.depth(),
            any: false,
            first: None,
        }
    }

    /// Takes note of an item that begins at `start`.
    ///
    /// # Errors
    ///
    /// Fails with the error of the item, where it may not be passed over.
    #[inline]
    fn item(
        &mut self,
        reader: &mut Reader<'_>,
        start: usize,
        read: Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        match read {
            Ok(()) => {
                self.any = true;
                Ok(())
            }
            Err(error) => {
                self.first.get_or_insert_with(|| error.clone());
                reader.misfit_item(error, start, self.depth)
            }
        }
    }

    /// Takes note of the end of the list.
    ///
    /// # Errors
    ///
    /// Returns an error if there were items, and none of them fits.
    #[inline]
    fn end(self) -> Result<(), DecodeError> {
        match self.first {
            Some(error) if !self.any => Err(error),
            _ => Ok(()),
        }
    }
}

/// An array whose items may be null, which is kept.
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
                let read = T::decode(r).map(|item| items.push(Some(item)));
                fit.item(r, start, read)?;
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
    const EMPTY_LIST: bool = true;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut map = BTreeMap::new();
        let mut odd = false;
        if !r.begin_map()? {
            return Ok(map);
        }
        while let Some(key) = r.key()? {
            odd |= r.is_as_spelled(&key);
            if r.peek()? == b'n' && T::SHAPE != Shape::Any {
                r.raw()?;
                r.pass_over("null");
                odd = true;
            } else {
                map.insert(key.into_owned(), T::decode(r)?);
                odd |= r.take_odd();
            }
        }
        r.end();
        if odd {
            r.had_odd_items();
        }
        Ok(map)
    }
}

/// An object whose keys are data and whose values may be null, which is kept.
impl<T: Decode> Decode for BTreeMap<String, Option<T>> {
    const KIND: &'static str = "object";
    const SHAPE: Shape = Shape::Object;
    const EMPTY_LIST: bool = true;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut map = BTreeMap::new();
        let mut odd = false;
        if !r.begin_map()? {
            return Ok(map);
        }
        while let Some(key) = r.key()? {
            odd |= r.is_as_spelled(&key);
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
            r.had_odd_items();
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
    const EMPTY_LIST: bool = T::EMPTY_LIST;
    const IS_RECORD: Option<IsRecord> = T::IS_RECORD;

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
    use std::collections::BTreeMap;

    use crate::json::{self, Reader};
    use crate::value::List;

    crate::declare::read! {
        Shelf { rows: List<Option<i64>> = "rows", }
    }
    crate::declare::read! {
        Labels {
            one: BTreeMap<String, String> = required "one",
            many: List<BTreeMap<String, String>> = "many",
            deep: Option<BTreeMap<String, Box<BTreeMap<String, Option<i64>>>>> = "deep",
        }
    }

    #[test]
    fn an_empty_list_in_the_place_of_a_map_is_one_without_entries() {
        let body = r#"{"one":[],"many":[[],{"a":"b"},[ ]],"deep":{"a":[],"b":{"c":1}}}"#;
        let mut reader = Reader::over(body).strict();
        let labels: Labels = reader.model().unwrap();
        assert!(labels.one.is_empty());
        assert_eq!(labels.many.len(), 3);
        assert_eq!(labels.many[1]["a"], "b");
        assert!(labels.deep.as_ref().unwrap()["a"].is_empty());
        assert!(labels.rest.oddities().next().is_none());
        assert_eq!(json::to_string(&labels), body);
        type Map = BTreeMap<String, i64>;
        assert_eq!(json::from_str::<Map>("[]").unwrap(), Map::new());
        assert!(json::from_str::<Map>("[1]").is_err());
        assert!(json::from_str::<Map>(r#""""#).is_err());
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
