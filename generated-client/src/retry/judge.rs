//! What a failed attempt means for the next one. The most important rule of the client stands here:
//! what may have happened is sent again only where that is harmless.

use std::fmt;

use http::StatusCode;

use super::RetryPolicy;
use crate::kind::ErrorKind;

/// Why a call is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// No connection was made.
    Connect,
    /// The server said that it had not processed the call.
    Unprocessed,
    /// No response came in time.
    Timeout,
    /// The connection failed on the way.
    Broken,
    /// The API returned 429.
    RateLimited,
    /// The API responded with another status that passes.
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
    /// There was no response, or not all of it.
    NoAnswer(ErrorKind),
    /// The API refused.
    Refused(StatusCode),
}

/// Why the call may be sent again, if it may.
pub(crate) fn judge(fate: Fate, repeatable: bool, policy: &RetryPolicy) -> Option<Reason> {
    let (reason, harmless) = match fate {
        // Nothing was sent.
        Fate::NoAnswer(ErrorKind::Connect) => (Reason::Connect, true),
        Fate::NoAnswer(ErrorKind::Unprocessed) => (Reason::Unprocessed, true),
        Fate::NoAnswer(ErrorKind::Timeout) => (Reason::Timeout, repeatable),
        Fate::NoAnswer(ErrorKind::Transport) => (Reason::Broken, repeatable),
        // The API promises that a call it rejects with 429 was not carried out.
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
