//! Reads the items of an array and the entries of a map one by one, in all the forms that the API sends, and skips
//! invalid ones.

use std::collections::BTreeMap;

use crate::json::{Decode, DecodeError, IsRecord, Reader, Shape};

impl Reader<'_> {
    /// Reads a list item by item, and returns how many were skipped. PHP writes some lists as objects with
    /// numeric keys; they are read as lists, and so is a record in place of a list of one.
    ///
    /// A `null` among the items is skipped; the field that contains the list keeps it, and without such a
    /// field [`finish`](Self::finish) fails.
    #[inline]
    pub(crate) fn items<T: Decode>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<usize, DecodeError> {
        if let Err(error) = self.begin_list() {
            let mut is_none = |r: &mut Self| r.is_no_item::<T>();
            return self.numbered(error, T::IS_RECORD, &mut is_none, &mut item);
        }
        let mut fit = Fit::of(self);
        while self.any_item()? {
            if self.peek()? == b'n' {
                fit.none(self, "null")?;
            } else if self.is_no_item::<T>() {
                fit.none(self, "an empty value")?;
            } else {
                let start = self.offset();
                let read = item(self);
                fit.item(self, start, read)?;
            }
        }
        fit.end()
    }

    /// Reads an object with arbitrary keys into a map. `value` returns `None` for something that
    /// represents no value.
    pub(super) fn entries<V>(
        &mut self,
        map: &mut BTreeMap<String, V>,
        mut value: impl FnMut(&mut Self) -> Result<Option<V>, DecodeError>,
    ) -> Result<(), DecodeError> {
        if !self.begin_map()? {
            return Ok(());
        }
        let (mut fit, mut odd) = (Fit::of(self), false);
        while let Some(key) = self.key()? {
            odd |= self.is_as_spelled(&key);
            self.peek()?;
            let start = self.offset();
            match value(self) {
                Ok(Some(value)) => {
                    fit.any = true;
                    map.insert(key.into_owned(), value);
                    odd |= self.take_odd();
                }
                // If a key is repeated, the last value counts.
                Ok(None) => {
                    map.remove(&*key);
                    odd = true;
                }
                Err(error) => {
                    fit.item(self, start, Err(error))?;
                    map.remove(&*key);
                    odd = true;
                }
            }
        }
        self.end();
        if odd {
            self.had_odd_items();
        }
        fit.end().map(drop)
    }

    /// Whether the next value is empty and represents no item: `""` for a number or an object, `[]` for an
    /// object that is not a map, and `{}` for a type with required fields.
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

    /// Whether the next value does not fit the type, but may be skipped. Either way it is not consumed.
    #[cold]
    fn passes_over<T: Decode>(&mut self) -> bool {
        let mark = self.mark();
        let is_refused = T::decode(self).is_err();
        self.back(&mark);
        is_refused && !self.is_strict()
    }

    /// Reads an object with numeric keys item by item, or an object that is itself the only item. Returns how
    /// many were skipped.
    ///
    /// # Errors
    ///
    /// Returns `error` for anything else.
    #[cold]
    #[inline(never)]
    fn numbered(
        &mut self,
        error: DecodeError,
        is_record: Option<IsRecord>,
        is_none: &mut dyn FnMut(&mut Self) -> bool,
        item: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<usize, DecodeError> {
        if error.is_of_the_text() || self.peek()? != b'{' {
            return Err(error);
        }
        if !self.has_numbers_for_keys()? {
            return self.item_alone(error, is_record, item).map(|()| 0);
        }
        self.begin_data()?;
        let mut fit = Fit::of(self);
        while self.key()?.is_some() {
            if self.peek()? == b'n' {
                fit.none(self, "null")?;
            } else if is_none(self) {
                fit.none(self, "an empty value")?;
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

    /// Opens a map, unless it is an empty one as PHP writes it, `[]`, which is consumed.
    ///
    /// # Errors
    ///
    /// Returns an error for anything else.
    fn begin_map(&mut self) -> Result<bool, DecodeError> {
        if self.peek()? == b'[' && self.is_empty_pair() {
            self.raw()?;
            self.had_odd_items();
            return Ok(false);
        }
        self.begin_data().map(|()| true)
    }

    /// Opens an object with arbitrary keys. The enclosing record keeps what its values cannot represent.
    fn begin_data(&mut self) -> Result<(), DecodeError> {
        self.begin()?;
        let keeps = self.is_kept(self.depth());
        self.keeps(keeps);
        Ok(())
    }

    /// Whether every key of the next object is a number.
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

/// Which items of a list or values of a map are valid. Invalid ones are skipped and reported as long as at
/// least one is valid: a list without any valid item is something else.
pub(super) struct Fit {
    /// The depth of the list.
    depth: usize,
    any: bool,
    /// How many were skipped.
    passed: usize,
    /// The error of the first invalid item.
    first: Option<DecodeError>,
}

impl Fit {
    /// For the list that was just opened.
    pub(super) fn of(reader: &Reader<'_>) -> Self {
        Self {
            depth: reader.depth(),
            any: false,
            passed: 0,
            first: None,
        }
    }

    /// Records an item that begins at `start`.
    ///
    /// # Errors
    ///
    /// Returns the error of the item if it may not be skipped.
    #[inline]
    pub(super) fn item(
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
                self.passed += 1;
                self.first.get_or_insert_with(|| error.clone());
                reader.misfit_item(error, start, self.depth)
            }
        }
    }

    /// Skips something that represents no item.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON.
    #[cold]
    fn none(&mut self, reader: &mut Reader<'_>, found: &'static str) -> Result<(), DecodeError> {
        reader.raw()?;
        reader.pass_over(found);
        self.passed += 1;
        Ok(())
    }

    /// Records the end of the list, and returns how many items were skipped.
    ///
    /// # Errors
    ///
    /// Returns an error if there were items but none is valid.
    #[inline]
    pub(super) fn end(self) -> Result<usize, DecodeError> {
        match self.first {
            Some(error) if !self.any => Err(error),
            _ => Ok(self.passed),
        }
    }
}
