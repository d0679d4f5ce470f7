//! What failed of a call that succeeded in part, or of the items of a bulk call.

use std::fmt;
use std::sync::Arc;

use super::display::said;
use super::{Error, Problem};

/// What failed of a call: the error of [`Outcome::complete`](crate::Outcome::complete) and
/// [`Report::complete`](crate::bulk::Report::complete). What was accepted stays in the store.
///
/// `?` converts it into an [`Error`] of the kind [`Partial`](crate::ErrorKind::Partial), which keeps it as
/// [`incomplete`](Error::incomplete).
///
/// ```
/// use bigcommerce_client::{Error, ErrorKind, Incomplete};
///
/// fn is_minor(error: &Error) -> bool {
///     let failed = error.incomplete().and_then(Incomplete::failed);
///     error.kind() == ErrorKind::Partial && failed.is_some_and(|failed| failed < 10)
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Incomplete {
    pub(crate) failed: Option<usize>,
    pub(crate) total: Option<usize>,
    pub(crate) problems: Vec<Problem>,
    /// The error that ended a bulk call, or else the first one of a batch.
    pub(crate) error: Option<Arc<Error>>,
    /// Whether anything was accepted, or may have been.
    pub(crate) may_have_happened: bool,
}

impl Incomplete {
    /// The number of items that were not accepted, including those that were not sent and those whose outcome is
    /// unknown; `None` if the response has no count.
    pub const fn failed(&self) -> Option<usize> {
        self.failed
    }

    /// The number of items; `None` if the response has no count.
    pub const fn total(&self) -> Option<usize> {
        self.total
    }

    /// The reasons that the API gave, as in [`Error::problems`].
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The error that ended a bulk call, or else the first one of a batch. There is none if the API only
    /// rejected single items.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_deref()
    }

    pub(super) const fn may_have_happened(&self) -> bool {
        self.may_have_happened
    }
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.failed, self.total) {
            (Some(failed), Some(total)) => write!(f, "{failed} of {total} items failed")?,
            (Some(1), None) => f.write_str("1 item failed")?,
            (Some(failed), None) => write!(f, "{failed} items failed")?,
            (None, _) => f.write_str("a part of it failed")?,
        }
        match (self.problems.as_slice(), &self.error) {
            ([first, others @ ..], _) => {
                said(f, first)?;
                match others.len() {
                    0 => Ok(()),
                    more => write!(f, " and {more} more"),
                }
            }
            ([], Some(error)) => write!(f, ": {error}"),
            ([], None) => Ok(()),
        }
    }
}

impl std::error::Error for Incomplete {
    /// The error of a batch, or its cause if the message contains what the error says.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let error = self.error()?;
        if self.problems.is_empty() {
            std::error::Error::source(error)
        } else {
            Some(error)
        }
    }
}
