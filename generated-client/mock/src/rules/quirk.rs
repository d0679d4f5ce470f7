//! Quirks of the live API.

use serde_json::Value;

/// A quirk. A strict store omits it.
#[derive(Clone, Debug)]
pub(crate) struct Quirk {
    /// The field; a dot descends into objects and through arrays.
    pub(crate) field: &'static str,
    /// The value that is replaced, as in the response; `None` for an absent field.
    pub(crate) instead_of: Option<Value>,
    /// The replacement.
    pub(crate) sends: Sends,
    /// Every n-th record has it, so that both spellings occur; 1 for all.
    pub(crate) every: i64,
}

/// The replacement.
#[derive(Clone, Debug)]
pub(crate) enum Sends {
    /// This value.
    Value(Value),
    /// The value of the neighbouring field.
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

    /// The same in every n-th record.
    pub(crate) fn every(self, every: i64) -> Self {
        Self { every, ..self }
    }
}
