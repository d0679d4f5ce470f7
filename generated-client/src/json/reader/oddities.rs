//! Values that a field cannot hold, and what else a body says that its type cannot: kept where there is
//! a place for it, told in any case, and refused where it would be lost.

use super::{DecodeError, Reader};
use crate::json::RawJson;
use crate::json::model::Slot;
use crate::json::rest::Why;

/// How many oddities of a body are reported.
const MOST: usize = 100;

impl Reader<'_> {
    /// Makes the first oddity an error: a value that its field cannot hold, such as 3.2 for an
    /// integer, which otherwise leaves the field empty and is kept in the `rest` of its record.
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

    /// Reads a value that is written from a record that was read: what its types do not know is passed over,
    /// and numbers and moments are spelled as its fields take them.
    #[must_use]
    pub(in crate::json) const fn of_record(mut self) -> Self {
        self.of_record = true;
        self
    }

    /// Whether a value that is written is made of a record that was read.
    #[inline]
    pub(in crate::json) const fn is_of_record(&self) -> bool {
        self.of_record
    }

    /// Reads something that is an error when a required field is missing, such as a delivery without its
    /// event: there is no page around it that could be of use.
    pub(crate) fn whole<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.whole, true);
        let value = read(self);
        self.whole = outer;
        value
    }

    /// Whether a record is read that must have what it requires.
    #[inline]
    pub(in crate::json) const fn is_whole(&self) -> bool {
        self.whole
    }

    /// Checks that nothing follows the value, and hands over its oddities; a `null` that is lost is one
    /// of them.
    ///
    /// # Errors
    ///
    /// Returns an error if there is more text, and in strict mode when something was lost.
    pub(crate) fn into_oddities(mut self) -> Result<Vec<DecodeError>, DecodeError> {
        if !self.strict {
            self.lost = None;
        }
        self.finish().map(|()| self.oddities)
    }

    /// Keeps the value of a field that cannot hold it, and tells of it.
    ///
    /// # Errors
    ///
    /// Fails with what reading the field failed with, where the value is no JSON or may not be kept.
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
        // What the same key held before no longer counts, nor what was noted of this value until it failed.
        slot.clear();
        let key = self.top.key(&self.lexer);
        self.top.known.forget(&key);
        self.top
            .known
            .push(&key, RawJson::trusted(raw), Why::Oddity);
        self.tell_around(error);
        Ok(())
    }

    /// Passes over an item from `start` that its list or map cannot hold, and tells of it, so that the other items
    /// are not lost with it. The list is at that depth, in a field of a record, which keeps the JSON of all of
    /// it. Nothing would keep what is passed over in another list, such as a page, where an item that is
    /// missing could pass for the end.
    ///
    /// # Errors
    ///
    /// Fails with what reading the item failed with, where it is no JSON or may not be passed over.
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

    /// Whether a record keeps the JSON of the list or map that is open at that depth.
    pub(in crate::json) fn is_kept(&self, depth: usize) -> bool {
        let mut around = self.outer.iter().take(depth).rev();
        let within = around.find(|frame| !frame.list);
        within.is_some_and(|frame| frame.keeps)
    }

    /// Notes that the open object lacks a field that always comes, and tells of it.
    ///
    /// # Errors
    ///
    /// Fails with the error in strict mode.
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

    /// Tells of a key that is no Rust string.
    ///
    /// # Errors
    ///
    /// Fails in strict mode.
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

    /// Says whether the open object keeps what its type cannot hold; a map does where the record around it does.
    #[inline]
    pub(in crate::json) const fn keeps(&mut self, keeps: bool) {
        self.top.keeps = keeps;
    }

    /// Whether the open object keeps the JSON of a known field, which it would write again.
    pub(in crate::json) fn keeps_known(&self) -> bool {
        let mut entries = self.top.known.entries().iter();
        entries.any(|entry| matches!(entry.why, Why::Spelling | Why::Part | Why::Oddity))
    }

    /// Goes back to where a branch of a one-of begins that could not be read, and tells of it.
    ///
    /// # Errors
    ///
    /// Fails with what reading it failed with, where it is no JSON or may not be kept.
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

    /// Tells of an oddity, and has the objects around it remember where it is.
    fn tell_around(&mut self, error: DecodeError) {
        let outer = self.outer.iter_mut();
        for frame in outer.filter(|frame| !frame.list && !frame.first) {
            frame.known.around(&frame.key(&self.lexer));
        }
        self.tell(error);
    }

    /// Notes that a `null` among the items of a list or the values of a map is passed over, or what else
    /// was found that stands for none. The field that holds them will keep it; without one it is lost.
    #[cold]
    pub(in crate::json) fn pass_over(&mut self, found: &'static str) {
        self.top.odd = true;
        let error = DecodeError::kind(self.path(), self.lexer.at, "value", found);
        if self.lost.is_none() {
            self.lost = Some(error.clone());
        }
        self.tell(error);
    }

    /// Tells of an oddity, which is an error in strict mode.
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

    /// Forgets what was kept of the current key, which comes a second time.
    #[cold]
    pub(super) fn forget(&mut self) {
        let key = self.top.key(&self.lexer);
        self.top.known.forget(&key);
    }

    /// Keeps how the value from `start` was spelled.
    #[cold]
    pub(super) fn note(&mut self, start: usize) {
        self.odd = false;
        // What an array around it passed over is no part of the field.
        self.lost.take_if(|lost| lost.offset() >= start);
        let why = match self.partly.take_if(|at| *at >= start) {
            Some(_) => Why::Part,
            None => Why::Spelling,
        };
        let key = self.top.key(&self.lexer);
        let raw = self.lexer.since(start).trim_ascii_start();
        self.top.known.push(&key, RawJson::trusted(raw), why);
    }

    /// Passes over how the value from `start` was spelled, in an object that keeps nothing.
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
