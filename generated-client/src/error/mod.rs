//! The error type of the client. It keeps everything the API returned, and never the token.

mod display;
mod excerpt;
mod facts;
mod incomplete;
mod problem;
mod questions;
mod suspended;
#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::catalogue::{Access, Endpoint};
use crate::json::{ChangeError, DecodeError};
use crate::policy::Rule;
use crate::scopes::{ScopeSet, Shortfall};
use crate::secrets::Secrets;
use crate::target::Target;
use crate::transport::{BoxError, TransportError};
use crate::value::NumberRangeError;

pub use crate::kind::ErrorKind;
pub use incomplete::Incomplete;
pub use problem::{FieldProblem, Problem};
pub(crate) use problem::{RETRY_AFTER_FIELD, retry_after_field};

/// No API error that comes with a success status is longer.
pub(crate) const LONGEST_ERROR: usize = 16 * 1024;

/// Why a call failed.
///
/// [`kind`](Self::kind) has the step. If the API responded, the error has the status, the parsed
/// problem, the headers and the raw body; the `is_..` methods cover the common checks. [`Problem`] lists the forms of
/// error bodies.
///
/// Its message is one sentence that says what to do. It can be logged: it contains no token, and no
/// customer data except what the API put into its own message. It contains what the nearest cause says;
/// [`source`](std::error::Error::source) returns only what is not yet said, so that a printed chain repeats nothing, and
/// [`causes`](Self::causes) returns all of them.
pub struct Error(Box<Inner>);

pub(super) struct Inner {
    kind: ErrorKind,
    target: Option<Target>,
    /// What went wrong before or instead of a response.
    reason: String,
    answer: Option<Answer>,
    source: Option<BoxError>,
    /// How many times the call was attempted.
    attempts: u32,
    /// Whether the caller declared that it is harmless to repeat.
    idempotent: Option<bool>,
    /// Whether an attempt before the last one may have changed the store.
    earlier: bool,
    /// How long the call would have had to wait.
    wait: Option<Duration>,
    /// The policy rule that denied it.
    rule: Option<Rule>,
    /// How the granted scopes compare with what the call needs, if they are known.
    shortfall: Option<Shortfall>,
    /// What its message must not show.
    secrets: Secrets,
}

/// What the API returned.
pub(super) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    problems: Vec<Problem>,
}

impl Error {
    fn new(kind: ErrorKind, target: Option<Target>, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self(Box::new(Inner {
            kind,
            target,
            reason,
            answer: None,
            source: None,
            attempts: 0,
            idempotent: None,
            earlier: false,
            wait: None,
            rule: None,
            shortfall: None,
            secrets: Secrets::default(),
        }))
    }

    /// The client cannot be built with this setting.
    #[cold]
    pub(crate) fn build(reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::Build, None, reason)
    }

    /// The request cannot be sent as it is.
    #[cold]
    pub(crate) fn request(target: impl Into<Target>, reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::Request, Some(target.into()), reason)
    }

    /// A policy does not allow the call.
    #[cold]
    pub(crate) fn denied(target: impl Into<Target>, rule: Rule) -> Self {
        let mut error = Self::new(ErrorKind::Denied, Some(target.into()), "");
        error.0.rule = Some(rule);
        error
    }

    /// The granted scopes do not allow the call.
    #[cold]
    pub(crate) fn not_granted(endpoint: Endpoint, shortfall: Shortfall) -> Self {
        let mut error = Self::new(ErrorKind::Scope, Some(endpoint.into()), "");
        error.0.shortfall = Some(shortfall);
        error
    }

    /// A required sink could not record the call.
    #[cold]
    pub(crate) fn unrecorded(target: impl Into<Target>, source: std::io::Error) -> Self {
        Self::new(ErrorKind::Unrecorded, Some(target.into()), "").caused_by(source.into())
    }

    /// Compares the scope that a 403 call needs with the granted ones.
    #[cold]
    pub(crate) fn held_against(mut self, granted: Option<&ScopeSet>) -> Self {
        if self.is_missing_scope()
            && let (Some(granted), Some(endpoint)) = (granted, self.endpoint())
        {
            self.0.shortfall = Some(granted.shortfall(endpoint));
        }
        self
    }

    /// A job did not succeed, as far as is known.
    #[cold]
    pub(crate) fn job(reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::Job, None, reason)
    }

    /// The options or the body of a call are invalid.
    #[cold]
    pub(crate) fn options(reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::Request, None, reason)
    }

    /// The call would have to wait longer than it may. An API response is kept, if there was one.
    #[cold]
    pub(crate) fn busy(mut self, wait: Duration, allowed: Duration, what: &str) -> Self {
        let inner = &mut *self.0;
        inner.kind = ErrorKind::Busy;
        inner.wait = Some(wait);
        inner.reason = format!(
            "it would wait {wait:.1?} for {what}, but may wait only \
            {allowed:.1?}"
        );
        self
    }

    /// Sets the number of attempts.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets whether the caller declared that it is harmless to repeat.
    pub(crate) fn idempotent(mut self, said: Option<bool>) -> Self {
        self.0.idempotent = said;
        self
    }

    /// Marks it as the error of an attempt that followed another one.
    pub(crate) fn following(mut self, last: Option<&Self>) -> Self {
        let writes = |target: &Target| target.access() == Access::Write;
        self.0.earlier =
            self.0.target.as_ref().is_some_and(writes) && last.is_some_and(Self::may_have_happened);
        self
    }

    /// The request got no response.
    #[cold]
    pub(crate) fn transport(target: impl Into<Target>, source: BoxError) -> Self {
        let kind = source
            .downcast_ref()
            .map_or(ErrorKind::Transport, TransportError::kind);
        let error = Self::new(kind, Some(target.into()), "");
        error.caused_by(source).after(1)
    }

    /// The API accepted the call, but its response was not read completely.
    #[cold]
    pub(crate) fn cut_off(
        target: impl Into<Target>,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        source: BoxError,
    ) -> Self {
        Self::transport(target, source).answered(status, headers, body, Vec::new())
    }

    /// The file that the API returned could not be stored.
    #[cold]
    pub(crate) fn file(target: impl Into<Target>, source: std::io::Error) -> Self {
        let error = Self::new(ErrorKind::File, Some(target.into()), "");
        error.caused_by(source.into()).after(1)
    }

    /// The API rejected the call.
    #[cold]
    pub(crate) fn refused(
        target: impl Into<Target>,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        let problems = Problem::parse(&body);
        let error = Self::new(ErrorKind::Status, Some(target.into()), "");
        error.answered(status, headers, body, problems)
    }

    /// The API accepted the call, but its response cannot be decoded or is an error.
    #[cold]
    pub(crate) fn decode(
        target: impl Into<Target>,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        source: DecodeError,
    ) -> Self {
        // A page of thousands of records is not read twice just to rule out an error.
        let problems = if body.len() <= LONGEST_ERROR || source.is_of_an_error() {
            Problem::instead(&body)
        } else {
            Vec::new()
        };
        let error = Self::new(ErrorKind::Decode, Some(target.into()), "");
        let error = error.answered(status, headers, body, problems);
        error.caused_by(source.into())
    }

    fn answered(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        problems: Vec<Problem>,
    ) -> Self {
        // The caller may know of more.
        self.0.attempts = self.0.attempts.max(1);
        self.0.answer = Some(Answer {
            status,
            headers,
            body,
            problems,
        });
        self
    }

    /// The failure that ended the reading of its body, if there was one.
    pub(crate) fn broken_by(mut self, source: Option<BoxError>) -> Self {
        self.0.source = source.or(self.0.source);
        self
    }

    /// The API accepted the call, but its response contradicts itself or earlier ones.
    #[cold]
    pub(crate) fn contradiction(
        target: Target,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        reason: impl Into<String>,
    ) -> Self {
        let error = Self::new(ErrorKind::Contradiction, Some(target), reason);
        error.answered(status, headers, body, Vec::new())
    }

    /// Redacts these secrets in everything it shows. The body is kept as received.
    #[cold]
    pub(crate) fn without(mut self, secrets: Secrets) -> Self {
        let inner = &mut *self.0;
        if let Some(answer) = &mut inner.answer {
            secrets.mark(&mut answer.headers);
            if !answer.problems.is_empty() {
                // Long strings are truncated, so secrets are redacted first: none may be cut in half.
                answer.problems = Problem::parse(&secrets.bytes(&answer.body));
            }
            for problem in &mut answer.problems {
                problem.without(&secrets);
            }
        }
        secrets.strike(&mut inner.reason);
        inner.source = inner.source.take().map(|source| secrets.error(source));
        inner.secrets = secrets;
        self
    }

    pub(crate) fn caused_by(mut self, source: BoxError) -> Self {
        self.0.source = Some(source);
        self
    }
}

/// So that `?` ends a function that builds an update and sends it. It is a
/// [`Request`](ErrorKind::Request) error: nothing was sent.
impl From<ChangeError> for Error {
    fn from(error: ChangeError) -> Self {
        Self::options(error.to_string()).caused_by(error.into())
    }
}

/// So that `?` ends a function that decodes or converts a value itself. It is a [`Decode`](ErrorKind::Decode)
/// error: the value may be the response to a call that has happened.
impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::new(ErrorKind::Decode, None, "").caused_by(error.into())
    }
}

/// So that `?` ends a function that calculates with amounts. It is a [`Decode`](ErrorKind::Decode) error, as for
/// any other value that the program cannot use.
impl From<NumberRangeError> for Error {
    fn from(error: NumberRangeError) -> Self {
        Self::new(ErrorKind::Decode, None, "").caused_by(error.into())
    }
}

/// So that `?` ends a function unless everything succeeded. It is a [`Partial`](ErrorKind::Partial) error.
impl From<Incomplete> for Error {
    fn from(error: Incomplete) -> Self {
        Self::new(ErrorKind::Partial, None, "").caused_by(error.into())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let cause = self.cause()?;
        if self.says_cause() {
            cause.source()
        } else {
            Some(cause)
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug
            .field("kind", &self.0.kind)
            .field("endpoint", &self.endpoint());
        if let (None, Some(target)) = (self.endpoint(), &self.0.target) {
            debug.field("call", &target.to_string());
        }
        if let Some(rule) = &self.0.rule {
            debug.field("rule", rule);
        }
        if !self.0.reason.is_empty() {
            debug.field("reason", &self.0.reason);
        }
        if let Some(answer) = &self.0.answer {
            debug.field("status", &answer.status.as_u16());
            debug.field("problems", &answer.problems);
            debug.field("body_bytes", &answer.body.len());
        }
        if let Some(source) = &self.0.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}
