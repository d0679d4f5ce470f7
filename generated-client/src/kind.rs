//! The steps at which a call can fail.

/// At which step a call failed.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The client could not be made.
    Build,
    /// The request cannot be sent as it is; nothing was sent.
    Request,
    /// The access policy of the client does not allow it; nothing was sent.
    Denied,
    /// The scopes that were granted do not allow it; nothing was sent.
    Scope,
    /// An audit sink that the client [requires](crate::ClientBuilder::required_audit) could not record
    /// that the call will be sent; nothing was sent.
    Unrecorded,
    /// The call would have waited for its turn longer than it may; it was not sent, or the API
    /// refused it with 429 and it was not sent again. It has not happened.
    Busy,
    /// No connection was established; nothing was sent.
    Connect,
    /// The server said, as HTTP/2 can, that it did not process the call. It has not happened.
    Unprocessed,
    /// No response, or not all of it, came in time; the call may have happened.
    Timeout,
    /// The connection failed on the way, or the body of a success broke off or was not packed as its
    /// headers say; the call may have happened.
    Transport,
    /// The response is larger than the client accepts; the call may have happened.
    TooLarge,
    /// The API responded with a status that is not a success.
    Status,
    /// The status is that of a success, and the response cannot be read, or is an error or a page of HTML
    /// all the same; the call may have happened.
    Decode,
    /// What the API returned could not be written to this machine's disk; the call has happened.
    File,
    /// The responses of a list contradict themselves or one another, so that where it goes on or
    /// whether it ends is not known.
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
            Self::File => "file",
            Self::Contradiction => "contradiction",
        }
    }
}
