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
    pub(crate) fn items(
        &mut self,
        of: &Item,
        item: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<usize, DecodeError> {
        if let Err(error) = self.begin_list() {
            return self.numbered(error, of, item);
        }
        let mut fit = Fit::of(self);
        while self.any_item()? {
            let next = self.peek()?;
            if self.may_be_no_item(of.shape, next) && fit.skips(self, of)? {
                continue;
            }
            let start = self.offset();
            if let Err(error) = item(self) {
                fit.misfit(self, start, error)?;
            } else {
                fit.any = true;
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
                    fit.misfit(self, start, error)?;
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

    /// Whether an item that begins like this may be one to skip. Nearly none is, so this must cost nothing.
    #[inline]
    fn may_be_no_item(&mut self, shape: Shape, next: u8) -> bool {
        match shape {
            Shape::Object => next != b'{' || self.empty_object(),
            Shape::Scalar => matches!(next, b'n' | b'"'),
            Shape::Text | Shape::List | Shape::Any => next == b'n',
        }
    }

    /// Whether the next value is empty and represents no item: `""` for a number or an object, `[]` for an
    /// object that is not a map, and `{}` for a type with required fields.
    fn is_no_item(&mut self, item: &Item) -> bool {
        match (item.shape, self.peek()) {
            (Shape::Object, Ok(b'[')) if item.is_empty_list => false,
            (Shape::Object, Ok(b'{')) => self.empty_object() && self.passes_over(item),
            (Shape::Object, Ok(b'[' | b'"')) | (Shape::Scalar, Ok(b'"')) => {
                self.is_empty_pair() && !self.is_strict()
            }
            _ => false,
        }
    }

    /// Whether the next value does not fit the type, but may be skipped. Either way it is not consumed.
    #[cold]
    fn passes_over(&mut self, item: &Item) -> bool {
        let mark = self.mark();
        let fits = (item.fits)(self);
        self.back(&mark);
        !fits && !self.is_strict()
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
        of: &Item,
        item: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<usize, DecodeError> {
        if error.is_of_the_text() || self.peek()? != b'{' {
            return Err(error);
        }
        if !self.has_numbers_for_keys()? {
            return self.item_alone(error, of.is_record, item).map(|()| 0);
        }
        self.begin_data()?;
        let mut fit = Fit::of(self);
        while self.key()?.is_some() {
            if fit.skips(self, of)? {
                continue;
            }
            let start = self.offset();
            match item(self) {
                Ok(()) => fit.any = true,
                Err(error) => fit.misfit(self, start, error)?,
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

/// What reading and skipping the items of a list needs to know about their type. With it, the code is compiled once
/// for all types.
pub(crate) struct Item {
    shape: Shape,
    /// Whether `[]` is a value of the type.
    is_empty_list: bool,
    is_record: Option<IsRecord>,
    /// Whether the next value can be read as the type.
    fits: fn(&mut Reader<'_>) -> bool,
}

impl Item {
    pub(crate) const fn of<T: Decode>() -> Self {
        Self {
            shape: T::SHAPE,
            is_empty_list: T::EMPTY_LIST,
            is_record: T::IS_RECORD,
            fits: |r| T::decode(r).is_ok(),
        }
    }
}

/// Which items of a list or values of a map are valid. Invalid ones are skipped and reported as long as at
/// least one is valid: a list without any valid item is something else.
pub(super) struct Fit {
    /// The depth of the list.
    depth: usize,
    pub(super) any: bool,
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

    /// Skips an item that does not fit, and begins at `start`.
    ///
    /// # Errors
    ///
    /// Returns its error if it may not be skipped.
    #[cold]
    #[inline(never)]
    pub(super) fn misfit(
        &mut self,
        reader: &mut Reader<'_>,
        start: usize,
        error: DecodeError,
    ) -> Result<(), DecodeError> {
        self.passed += 1;
        self.first.get_or_insert_with(|| error.clone());
        reader.misfit_item(error, start, self.depth)
    }

    /// Skips the next value if it represents no item, and returns whether it does.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON.
    #[inline(never)]
    fn skips(&mut self, reader: &mut Reader<'_>, item: &Item) -> Result<bool, DecodeError> {
        let found = if reader.peek()? == b'n' {
            "null"
        } else if reader.is_no_item(item) {
            "an empty value"
        } else {
            return Ok(false);
        };
        self.none(reader, found).map(|()| true)
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
