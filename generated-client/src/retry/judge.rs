//! Whether a failed attempt may be repeated. This implements the most important rule of the client: a
//! call that may have happened is repeated only if that is harmless.

use std::fmt;

use http::StatusCode;

use super::RetryPolicy;
use crate::kind::ErrorKind;

/// Why a call is retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// No connection was made.
    Connect,
    /// The server reported that it had not processed the call.
    Unprocessed,
    /// No response arrived in time.
    Timeout,
    /// The connection failed during the call.
    Broken,
    /// The API returned 429.
    RateLimited,
    /// The API returned another temporary error status.
    Status(u16),
}

impl Reason {
    /// The reason in one word, such as `rate_limited`, for logs and metrics.
    ///
    /// ```
    /// use bigcommerce_client::Reason;
    ///
    /// // As the label of a counter: one word for any status. `Display` names it.
    /// assert_eq!(Reason::Status(503).as_str(), "status");
    /// assert_eq!(Reason::Status(503).to_string(), "status 503");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Unprocessed => "unprocessed",
            Self::Timeout => "timeout",
            Self::Broken => "broken",
            Self::RateLimited => "rate_limited",
            Self::Status(_) => "status",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => f.pad(&format!("status {status}")),
            _ => f.pad(self.as_str()),
        }
    }
}

/// How an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// There was no complete response.
    NoAnswer(ErrorKind),
    /// The API rejected it.
    Refused(StatusCode),
}

/// Why the call may be retried, if it may be.
pub(crate) fn judge(fate: Fate, repeatable: bool, policy: &RetryPolicy) -> Option<Reason> {
    let (reason, harmless) = match fate {
        // Nothing was sent.
        Fate::NoAnswer(ErrorKind::Connect) => (Reason::Connect, true),
        Fate::NoAnswer(ErrorKind::Unprocessed) => (Reason::Unprocessed, true),
        Fate::NoAnswer(ErrorKind::Timeout) => (Reason::Timeout, repeatable),
        Fate::NoAnswer(ErrorKind::Transport) => (Reason::Broken, repeatable),
        // The API guarantees that it does not process a call that it rejects with 429.
        Fate::Refused(StatusCode::TOO_MANY_REQUESTS) => (Reason::RateLimited, true),
        Fate::Refused(status) if policy.retries(status) => {
            (Reason::Status(status.as_u16()), repeatable)
        }
        Fate::NoAnswer(_) | Fate::Refused(_) => return None,
    };
    harmless.then_some(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_have_happened_is_repeated_only_where_that_is_harmless() {
        use ErrorKind::{Connect, Decode, Timeout, TooLarge, Transport, Unprocessed};
        let status = |code| Fate::Refused(StatusCode::from_u16(code).unwrap());
        let policy = RetryPolicy::standard();
        for (fate, create, read) in [
            (Fate::NoAnswer(Connect), true, true),
            (Fate::NoAnswer(Unprocessed), true, true),
            (Fate::NoAnswer(Timeout), false, true),
            (Fate::NoAnswer(Transport), false, true),
            (Fate::NoAnswer(TooLarge), false, false),
            (Fate::NoAnswer(Decode), false, false),
            (status(429), true, true),
            (status(502), false, true),
            (status(503), false, true),
            (status(504), false, true),
            (status(500), false, false),
            (status(501), false, false),
            (status(400), false, false),
            (status(403), false, false),
            (status(409), false, false),
            (status(507), false, false),
        ] {
            assert_eq!(
                judge(fate, false, &policy).is_some(),
                create,
                "create: {fate:?}"
            );
            assert_eq!(judge(fate, true, &policy).is_some(), read, "read: {fate:?}");
        }
        let wider = policy.statuses([500]);
        assert_eq!(judge(status(500), true, &wider), Some(Reason::Status(500)));
        assert_eq!(judge(status(503), true, &wider), None);
    }
}
