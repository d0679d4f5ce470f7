//! The usual questions about an error. They look at what it has and change nothing.

use super::{Error, ErrorKind};
use crate::call::Target;

/// The usual questions.
impl Error {
    /// No answer came in time. The call may have happened.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// No connection was made. The call has not happened.
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect
    }

    /// The token is missing, wrong, or of another store (401).
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(401)
    }

    /// The token may not do this. Either the granted scopes say so and nothing was sent, or the API
    /// did (403): the token lacks the scope, or the store has reached a limit of the platform.
    pub fn is_missing_scope(&self) -> bool {
        self.has_status(403) || self.0.kind == ErrorKind::Scope
    }

    /// The access policy does not allow this. Nothing was sent.
    pub fn is_denied(&self) -> bool {
        self.0.kind == ErrorKind::Denied
    }

    /// There is no such thing, or the store hash is wrong (404).
    pub fn is_not_found(&self) -> bool {
        self.has_status(404)
    }

    /// It clashes with what the store has (409): a name or SKU that is taken, or an old version.
    pub fn is_conflict(&self) -> bool {
        self.has_status(409)
    }

    /// The batch or the page is too large (413).
    pub fn is_too_large(&self) -> bool {
        self.has_status(413)
    }

    /// The values were refused (400 or 422); the problem names the fields.
    pub fn is_validation(&self) -> bool {
        self.has_status(422) || self.has_status(400)
    }

    /// Too many calls: the API said so (429), or the call would have waited too long for its turn.
    /// The call has not happened.
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(429) || self.0.kind == ErrorKind::Busy
    }

    /// Whether the same call may succeed later and repeating it is harmless. Creates that may have
    /// happened are not, unless [`CallOptions::idempotent`](crate::CallOptions::idempotent) said so.
    pub fn is_retryable(&self) -> bool {
        let known = || self.0.target.as_ref().is_some_and(Target::repeatable);
        let repeatable = || self.0.idempotent.unwrap_or_else(known);
        match self.0.kind {
            ErrorKind::Connect | ErrorKind::Busy => true,
            ErrorKind::Timeout | ErrorKind::Transport => repeatable(),
            ErrorKind::Status => {
                self.is_rate_limited()
                    || (self.is_server_error() && self.may_pass() && repeatable())
            }
            _ => false,
        }
    }

    /// Whether a server's error is of those that pass.
    fn may_pass(&self) -> bool {
        self.status()
            .is_some_and(|status| matches!(status.as_u16(), 500 | 502..=504))
    }

    /// The API itself failed (5xx).
    pub fn is_server_error(&self) -> bool {
        self.0.kind == ErrorKind::Status
            && self.status().is_some_and(|status| status.is_server_error())
    }

    /// Whether the call may have taken effect although it failed: no answer came, it broke off or
    /// could not be read, or the API itself failed.
    pub fn may_have_happened(&self) -> bool {
        match self.0.kind {
            ErrorKind::Timeout | ErrorKind::Transport | ErrorKind::TooLarge | ErrorKind::Decode => {
                true
            }
            ErrorKind::Status => self.is_server_error(),
            _ => false,
        }
    }

    /// The answer could not be read. The call has happened.
    pub fn is_decode(&self) -> bool {
        self.0.kind == ErrorKind::Decode
    }
}
