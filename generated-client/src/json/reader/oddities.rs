//! Values of the wrong type, and whatever else a type cannot represent: kept if there is a place for
//! them, always reported, and rejected if they would be lost.

use super::{DecodeError, Reader};
use crate::json::RawJson;
use crate::json::model::Slot;
use crate::json::rest::Why;

/// How many oddities of a body are reported.
const MOST: usize = 100;

impl Reader<'_> {
    /// Makes the first oddity an error. By default a value that its field cannot represent, such as 3.2
    /// for an integer, leaves the field empty and is kept in the `rest` of its record.
    #[must_use]
    pub(crate) const fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Whether the first oddity is an error.
    #[inline]
    pub(in crate::json) const fn is_strict(&self) -> bool {
        self.strict
    }

    /// Reads a value that is written, from a record that was read: unknown fields are skipped, and numbers
    /// and dates are spelled as the fields require.
    #[must_use]
    pub(in crate::json) const fn of_record(mut self) -> Self {
        self.of_record = true;
        self
    }

    /// Whether a written value is built from a record that was read.
    #[inline]
    pub(in crate::json) const fn is_of_record(&self) -> bool {
        self.of_record
    }

    /// Reads something for which a missing required field is an error, such as a delivery without its
    /// event: there is no page around it that is still useful.
    pub(crate) fn whole<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.whole, true);
        let value = read(self);
        self.whole = outer;
        value
    }

    /// Whether a record must have all its required fields.
    #[inline]
    pub(in crate::json) const fn is_whole(&self) -> bool {
        self.whole
    }

    /// Checks that nothing follows the value, and returns its oddities; a lost `null` is one of them.
    ///
    /// # Errors
    ///
    /// Returns an error if there is more text, and in strict mode if anything was lost.
    pub(crate) fn into_oddities(mut self) -> Result<Vec<DecodeError>, DecodeError> {
        if !self.strict {
            self.lost = None;
        }
        self.finish().map(|()| self.oddities)
    }

    /// Keeps the value of a field that cannot represent it, and reports it.
    ///
    /// # Errors
    ///
    /// Returns the error of the field if the value is not JSON or may not be kept.
    #[cold]
    #[inline(never)]
    pub(in crate::json) fn misfit(
        &mut self,
        slot: &mut dyn Slot,
        error: DecodeError,
        start: usize,
        depth: usize,
    ) -> Result<(), DecodeError> {
        if self.strict || error.is_of_the_text() {
            return Err(error);
        }
        self.back_to(start, depth);
        let Ok(raw) = self.raw() else {
            return Err(error);
        };
        // An earlier value of the same key no longer counts, and neither does anything recorded about this
        // one before it failed.
        slot.clear();
        let key = self.top.key(&self.lexer);
        self.top.known.forget(&key);
        self.top
            .known
            .push(&key, RawJson::trusted(raw), Why::Oddity);
        self.tell_around(error);
        Ok(())
    }

    /// Skips an invalid item of a list or map from `start`, and reports it, so that the other items are not
    /// lost with it. The list is at this depth, in a field of a record, which keeps its whole JSON. In any
    /// other list, such as a page, nothing would keep a skipped item, and a missing item could be mistaken
    /// for the end of the list.
    ///
    /// # Errors
    ///
    /// Returns the error of the item if it is not JSON or may not be skipped.
    #[cold]
    #[inline(never)]
    pub(in crate::json) fn misfit_item(
        &mut self,
        error: DecodeError,
        start: usize,
        depth: usize,
    ) -> Result<(), DecodeError> {
        if self.strict || !self.is_kept(depth) || error.is_of_the_text() {
            return Err(error);
        }
        self.back_to(start, depth);
        if self.raw().is_err() {
            return Err(error);
        }
        self.top.odd = true;
        self.partly.get_or_insert(start);
        self.tell_around(error);
        Ok(())
    }

    /// Whether a record keeps the JSON of the list or map that is open at this depth.
    pub(in crate::json) fn is_kept(&self, depth: usize) -> bool {
        let mut around = self.outer.iter().take(depth).rev();
        let within = around.find(|frame| !frame.list);
        within.is_some_and(|frame| frame.keeps)
    }

    /// Records that the open object lacks a field that the API always returns, and reports it.
    ///
    /// # Errors
    ///
    /// Returns the error in strict mode.
    #[cold]
    pub(in crate::json) fn lack(
        &mut self,
        field: &str,
        error: DecodeError,
    ) -> Result<(), DecodeError> {
        if self.strict {
            return Err(error);
        }
        let nothing = RawJson::trusted("null");
        self.top.known.push(field, nothing, Why::Missing);
        self.tell_around(error);
        Ok(())
    }

    /// Reports a key that cannot be a Rust string.
    ///
    /// # Errors
    ///
    /// Returns an error in strict mode.
    #[cold]
    pub(super) fn odd_key(&mut self) -> Result<(), DecodeError> {
        let found = "text with half a character";
        let error = DecodeError::kind(self.path(), self.top.at, "key", found);
        if self.strict {
            return Err(error);
        }
        self.tell_around(error);
        Ok(())
    }

    /// Sets whether the open object keeps what its type cannot represent; a map does if the enclosing record
    /// does.
    #[inline]
    pub(in crate::json) const fn keeps(&mut self, keeps: bool) {
        self.top.keeps = keeps;
    }

    /// Whether the open object keeps the JSON of a known field, and would write it again.
    pub(in crate::json) fn keeps_known(&self) -> bool {
        let mut entries = self.top.known.entries().iter();
        entries.any(|entry| matches!(entry.why, Why::Spelling | Why::Part | Why::Oddity))
    }

    /// Returns to the beginning of an unreadable branch of a one-of, and reports it.
    ///
    /// # Errors
    ///
    /// Returns the error of the branch if the value is not JSON or may not be kept.
    #[cold]
    #[inline(never)]
    #[allow(dead_code, reason = "not every group has a one-of")]
    pub(in crate::json) fn misread(
        &mut self,
        error: DecodeError,
        start: &super::ahead::Mark,
    ) -> Result<(), DecodeError> {
        if self.strict || error.is_of_the_text() {
            return Err(error);
        }
        self.back(start);
        if !self.top.list && !self.top.first {
            self.top.known.around(&self.top.key(&self.lexer));
        }
        self.tell_around(error);
        Ok(())
    }

    /// Reports an oddity, and has the enclosing objects remember its location.
    fn tell_around(&mut self, error: DecodeError) {
        let outer = self.outer.iter_mut();
        for frame in outer.filter(|frame| !frame.list && !frame.first) {
            frame.known.around(&frame.key(&self.lexer));
        }
        self.tell(error);
    }

    /// Records that a `null`, or something that represents none, was skipped among the items of a list
    /// or the values of a map. The field that contains them keeps it; without one it is lost.
    #[cold]
    pub(in crate::json) fn pass_over(&mut self, found: &'static str) {
        self.top.odd = true;
        let error = DecodeError::kind(self.path(), self.lexer.at, "value", found);
        if self.lost.is_none() {
            self.lost = Some(error.clone());
        }
        self.tell(error);
    }

    /// Reports an oddity, which is an error in strict mode.
    #[cold]
    pub(crate) fn tell_or_fail(&mut self, oddity: DecodeError) -> Result<(), DecodeError> {
        if self.strict {
            return Err(oddity);
        }
        self.tell(oddity);
        Ok(())
    }

    fn tell(&mut self, oddity: DecodeError) {
        if self.oddities.len() < MOST {
            self.oddities.push(oddity);
        }
    }

    /// Drops what was kept of the current key, because the key is repeated.
    #[cold]
    pub(super) fn forget(&mut self) {
        let key = self.top.key(&self.lexer);
        self.top.known.forget(&key);
    }

    /// Keeps the spelling of the value from `start`.
    #[cold]
    pub(super) fn note(&mut self, start: usize) {
        self.odd = false;
        // What an enclosing array skipped does not belong to the field.
        self.lost.take_if(|lost| lost.offset() >= start);
        let why = match self.partly.take_if(|at| *at >= start) {
            Some(_) => Why::Part,
            None => Why::Spelling,
        };
        let key = self.top.key(&self.lexer);
        let raw = self.lexer.since(start).trim_ascii_start();
        self.top.known.push(&key, RawJson::trusted(raw), why);
    }

    /// Ignores the spelling of the value from `start`, in an object that keeps nothing.
    ///
    /// # Errors
    ///
    /// Returns an error if more than a spelling would be lost.
    #[cold]
    pub(in crate::json) fn unkept(&mut self, start: usize) -> Result<(), DecodeError> {
        self.odd = false;
        let lost = self.lost.take_if(|lost| lost.offset() >= start);
        lost.map_or(Ok(()), Err)
    }
}
