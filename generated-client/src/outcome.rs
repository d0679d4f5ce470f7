//! Answers to calls that may succeed in part.

use std::ops::Deref;

use crate::envelope::{Envelope, Meta};
use crate::error::Problem;
use crate::json::{Decode, DecodeError, Encode, Reader, Writer};
use crate::value::RawJson;

/// What a call gave, and what of it failed.
///
/// Some calls answer 207 when only a part succeeded. That is a success with
/// [`problems`](Self::problems); check [`is_complete`](Self::is_complete).
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a part of the call may have failed; see `problems`"]
pub struct Outcome<T> {
    value: T,
    problems: Vec<Problem>,
    meta: Option<Meta>,
}

impl<T> Outcome<T> {
    pub(crate) fn new(value: T, errors: Option<&RawJson>, meta: Option<Meta>) -> Self {
        let problems = errors.map_or_else(Vec::new, |errors| Problem::within(errors.get()));
        Self {
            value,
            problems,
            meta,
        }
    }

    /// What succeeded.
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// What succeeded, without what failed.
    pub fn into_value(self) -> T {
        self.value
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome {
            value: change(self.value),
            problems: self.problems,
            meta: self.meta,
        }
    }

    /// What failed; empty when all succeeded.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Facts about the answer.
    pub const fn meta(&self) -> Option<&Meta> {
        self.meta.as_ref()
    }

    /// Whether nothing failed.
    pub fn is_complete(&self) -> bool {
        let failed = self.meta.as_ref().and_then(|meta| meta.failed);
        self.problems.is_empty() && failed.unwrap_or_default() == 0
    }
}

impl<T> Deref for Outcome<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The tally of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts(Envelope<RawJson>);

impl Counts {
    /// How many items the batch had.
    pub fn total(&self) -> Option<i64> {
        self.meta()?.total
    }

    /// How many of them succeeded.
    pub fn success(&self) -> Option<i64> {
        self.meta()?.success
    }

    /// How many of them failed.
    pub fn failed(&self) -> Option<i64> {
        self.meta()?.failed
    }

    /// The whole answer.
    pub const fn envelope(&self) -> &Envelope<RawJson> {
        &self.0
    }

    fn meta(&self) -> Option<&Meta> {
        self.0.meta.as_ref()
    }
}

impl Decode for Counts {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Envelope::decode(r).map(Self)
    }
}

impl Encode for Counts {
    fn encode(&self, w: &mut Writer) {
        self.0.encode(w);
    }
}
