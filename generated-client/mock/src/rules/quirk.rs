//! Odd spellings of the live API.

use serde_json::Value;

/// An odd spelling. A strict store does without it.
#[derive(Clone, Debug)]
pub(crate) struct Quirk {
    /// The field; a dot goes into objects and through arrays.
    pub(crate) field: &'static str,
    /// The value that is replaced, as the response has it; none for a field that is absent.
    pub(crate) instead_of: Option<Value>,
    /// What comes instead.
    pub(crate) sends: Sends,
    /// Every so-many-th record has it, so that both spellings are met; 1 for all.
    pub(crate) every: i64,
}

/// What comes instead.
#[derive(Clone, Debug)]
pub(crate) enum Sends {
    /// This value.
    Value(Value),
    /// The value of the field beside it.
    Copy(&'static str),
    /// Nothing: the field is absent.
    Absent,
}

impl Quirk {
    /// `sends` in place of `instead_of`, in every record.
    pub(crate) fn replaced(field: &'static str, instead_of: Value, sends: Value) -> Self {
        Self {
            field,
            instead_of: Some(instead_of),
            sends: Sends::Value(sends),
            every: 1,
        }
    }

    /// `sends` where the field is absent, in every record.
    pub(crate) fn added(field: &'static str, sends: Sends) -> Self {
        Self {
            field,
            instead_of: None,
            sends,
            every: 1,
        }
    }

    /// Nothing in place of `instead_of`, in every record.
    pub(crate) fn left_out(field: &'static str, instead_of: Value) -> Self {
        Self {
            field,
            instead_of: Some(instead_of),
            sends: Sends::Absent,
            every: 1,
        }
    }

    /// The same in every so-many-th record.
    pub(crate) fn every(self, every: i64) -> Self {
        Self { every, ..self }
    }
}
