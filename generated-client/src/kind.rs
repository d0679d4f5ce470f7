//! The steps at which a call can fail.

use std::fmt;

/// The step at which a call failed.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The client could not be built.
    Build,
    /// The request is invalid; nothing was sent.
    Request,
    /// The access policy of the client does not allow it; nothing was sent.
    Denied,
    /// The scopes that were granted do not allow it; nothing was sent.
    Scope,
    /// An audit sink that the client [requires](crate::ClientBuilder::required_audit) could not record
    /// the call; nothing was sent.
    Unrecorded,
    /// The call would have had to wait too long; it was not sent, or the API returned 429 and it was
    /// not sent again. It did not happen.
    Busy,
    /// No connection could be established; nothing was sent.
    Connect,
    /// The server reported over HTTP/2 that it did not process the call. It did not happen.
    Unprocessed,
    /// The response did not arrive completely in time; the call may have happened.
    Timeout,
    /// The connection failed, or the body of a success was cut off or not compressed as declared;
    /// the call may have happened.
    Transport,
    /// The response is larger than the client accepts; the call may have happened.
    TooLarge,
    /// The API responded with a status that is not a success.
    Status,
    /// The status is a success, but the response cannot be decoded, or is an error or an HTML page; the
    /// call may have happened. The same if a value given to [`json`](crate::json) cannot be decoded.
    Decode,
    /// Only a part of the call, or some items of a bulk call, succeeded, and
    /// [`Outcome::complete`](crate::Outcome::complete) or [`Report::complete`](crate::bulk::Report::complete)
    /// made it an error. What was accepted stays.
    Partial,
    /// The job that a call started failed, did not end in time or is not known, and `?` made this
    /// [`JobEnd`](crate::job::JobEnd) an error. It may have had an effect.
    Job,
    /// The downloaded file could not be written to disk; the call has happened.
    File,
    /// The responses of a list contradict themselves or each other, so it is unknown where it
    /// continues or whether it ends.
    Contradiction,
}

impl ErrorKind {
    /// The kind in one word, such as `timeout`, for logs and metrics.
    ///
    /// ```
    /// use bigcommerce_client::ErrorKind;
    ///
    /// assert_eq!(ErrorKind::TooLarge.as_str(), "too_large");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Request => "request",
            Self::Denied => "denied",
            Self::Scope => "scope",
            Self::Unrecorded => "unrecorded",
            Self::Busy => "busy",
            Self::Connect => "connect",
            Self::Unprocessed => "unprocessed",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::TooLarge => "too_large",
            Self::Status => "status",
            Self::Decode => "decode",
            Self::Partial => "partial",
            Self::Job => "job",
            Self::File => "file",
            Self::Contradiction => "contradiction",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
