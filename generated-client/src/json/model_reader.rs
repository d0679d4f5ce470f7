//! Reading an object into the fields of a model.

use super::missing::Missing;
use super::{DecodeError, Model, Reader, Slot};

impl Reader<'_> {
    /// Reads the value of the current key into a field that may be empty.
    pub(crate) fn fill(&mut self, slot: &mut dyn Slot) -> Result<(), DecodeError> {
        let (start, depth) = (self.begin_field(), self.depth());
        if let Err(error) = slot.read(self) {
            self.misfit(slot, error, start, depth)?;
        }
        self.end_field(start, true)
    }

    /// Reads an object into a blank model.
    pub(super) fn read_model(&mut self, model: &mut dyn Model) -> Result<(), DecodeError> {
        match self.begin() {
            Ok(()) => self.rest_of_model(None, model),
            Err(error) => self.model_in_list(error, model),
        }
    }

    /// Reads a model that is the only item of a list, and reports the list.
    ///
    /// # Errors
    ///
    /// Returns `error` for anything else.
    #[cold]
    #[inline(never)]
    fn model_in_list(
        &mut self,
        error: DecodeError,
        model: &mut dyn Model,
    ) -> Result<(), DecodeError> {
        let keeps = model.facts().keeps;
        if !keeps || error.is_of_the_text() || self.peek()? != b'[' {
            return Err(error);
        }
        let mark = self.mark();
        match self.only_item(model) {
            Ok(true) => self.tell_or_fail(error),
            Ok(false) | Err(_) => {
                self.back(&mark);
                Err(error)
            }
        }
    }

    /// Reads a model from the only item of an array, and returns whether there is only one.
    fn only_item(&mut self, model: &mut dyn Model) -> Result<bool, DecodeError> {
        self.begin_list()?;
        if !self.any_item()? || self.peek()? != b'{' {
            return Ok(false);
        }
        self.begin()?;
        self.rest_of_model(None, model)?;
        let only = !self.any_item()?;
        if only {
            self.had_odd_items();
        }
        Ok(only)
    }

    /// Skips a null that would clear nothing: in a record it merely means that there is no value.
    fn passed_over_null(
        &mut self,
        key: &str,
        nullable: &[Option<&str>],
    ) -> Result<bool, DecodeError> {
        let passes = self.is_of_record() && self.peek()? == b'n' && !nullable.contains(&Some(key));
        if passes {
            self.raw()?;
        }
        Ok(passes)
    }

    /// Reads an open object, except for its field `by`, into a blank model.
    pub(super) fn rest_of_model(
        &mut self,
        by: Option<&'static str>,
        model: &mut dyn Model,
    ) -> Result<(), DecodeError> {
        let facts = model.facts();
        let keeps = facts.keeps;
        // A branch of a one-of that a single field identifies must have all its required fields.
        let may_lack = keeps && by.is_none() && !self.is_whole();
        self.keeps(keeps);
        let mut missing = Missing::all(facts.required);
        let depth = self.depth();
        while let Some(key) = self.key()? {
            match model.slot(&key) {
                Some(_) if !keeps && self.passed_over_null(&key, facts.nullable)? => {}
                Some(slot) => {
                    let start = self.begin_field();
                    if let Err(error) = slot.read(self) {
                        if !keeps || !may_lack && facts.required.contains(&&*key) {
                            return Err(error);
                        }
                        self.misfit(slot, error, start, depth)?;
                    }
                    self.end_field(start, keeps)?;
                    missing.found(&key);
                }
                None if by.is_some_and(|by| by == key) => {
                    self.raw()?;
                }
                None if keeps => self.keep(&key)?,
                None if self.is_of_record() => {
                    self.raw()?;
                }
                None => return Err(self.unknown(&key)),
            }
        }
        if !missing.is_none() {
            self.left_out(model, missing, may_lack)?;
        } else if facts.required.is_empty() && self.keeps_unknown() {
            self.no_error(model)?;
        }
        if self.is_of_record() {
            model.respell();
        }
        let kept = self.end();
        if let Some(rest) = model.rest_mut() {
            *rest = kept;
        }
        Ok(())
    }
}
