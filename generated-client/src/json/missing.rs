//! Required fields that are missing: the record is read anyway, as long as it has any field, and
//! reports which ones are missing.

use super::model::{Each, Model, Slot};
use super::{DecodeError, Reader};

impl Reader<'_> {
    /// Records the required fields that an open object lacks, and reports each.
    ///
    /// # Errors
    ///
    /// Returns an error if the record has no field at all, and so must be something else, or an error
    /// came in its place, and if a record must be complete.
    #[cold]
    #[inline(never)]
    pub(super) fn left_out(
        &mut self,
        model: &dyn Model,
        missing: Missing,
        may_lack: bool,
    ) -> Result<(), DecodeError> {
        self.no_error(model)?;
        let came =
            may_lack && (missing.any_found() || self.keeps_known() || has_optional(model, &[]));
        for field in missing.names() {
            let error = self.missing(field);
            if !came {
                return Err(error);
            }
            self.lack(field, error)?;
        }
        Ok(())
    }
}

/// Whether a field is written that is neither required nor listed in `but`.
pub(super) fn has_optional(model: &dyn Model, but: &'static [&'static str]) -> bool {
    struct Optional {
        but: [&'static [&'static str]; 2],
        found: bool,
    }

    impl Each<'_> for Optional {
        fn field(&mut self, key: &'static str, value: &dyn Slot) {
            self.found |= value.is_written() && !self.but.iter().any(|but| but.contains(&key));
        }
    }

    let mut fields = Optional {
        but: [model.facts().required, but],
        found: false,
    };
    model.each(&mut fields);
    fields.found
}

/// Whether a model has a field with this name.
pub(super) fn knows(model: &dyn Model, key: &str) -> bool {
    struct Named<'a> {
        key: &'a str,
        found: bool,
    }

    impl Each<'_> for Named<'_> {
        fn field(&mut self, key: &'static str, _: &dyn Slot) {
            self.found |= key == self.key;
        }
    }

    let mut fields = Named { key, found: false };
    model.each(&mut fields);
    fields.found
}

/// The required fields that have not been read yet, one bit each.
pub(super) struct Missing {
    names: &'static [&'static str],
    bits: u128,
}

impl Missing {
    pub(super) fn all(names: &'static [&'static str]) -> Self {
        let count = u32::try_from(names.len()).unwrap_or(u32::MAX);
        let bits = 1u128.checked_shl(count).map_or(u128::MAX, |bit| bit - 1);
        Self { names, bits }
    }

    #[inline]
    pub(super) fn found(&mut self, key: &str) {
        if self.bits != 0
            && let Some(at) = self.names.iter().take(128).position(|name| *name == key)
        {
            self.bits &= !(1 << at);
        }
    }

    #[inline]
    pub(super) const fn is_none(&self) -> bool {
        self.bits == 0
    }

    /// Their names, in the order of the fields.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        let names = self.names.iter().take(128).enumerate();
        let lacks =
            |(at, name): (usize, &&'static str)| (self.bits >> at & 1 == 1).then_some(*name);
        names.filter_map(lacks)
    }

    /// Whether one of them has been read.
    fn any_found(&self) -> bool {
        self.names().count() < self.names.len()
    }
}
