//! How a transport says why there is no answer, so that the client knows whether the call may have
//! happened.

use std::fmt;

use super::BoxError;
use crate::error::ErrorKind;

/// Why a transport gave no answer. A transport of your own may use it to be understood; any other
/// error counts as a connection that failed on the way.
pub struct TransportError {
    kind: ErrorKind,
    limit: usize,
    source: Option<BoxError>,
}

impl TransportError {
    /// No connection was made; nothing was sent.
    ///
    /// ```
    /// use std::io;
    /// use bigcommerce_client::transport::TransportError;
    ///
    /// // As nothing was sent, even a create is tried again.
    /// let error = TransportError::connect(io::Error::from(io::ErrorKind::ConnectionRefused));
    /// assert_eq!(error.to_string(), "connection refused");
    /// ```
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self {
            kind: ErrorKind::Connect,
            limit: 0,
            source: Some(source.into()),
        }
    }

    /// No answer came in time.
    ///
    /// ```
    /// use bigcommerce_client::transport::TransportError;
    ///
    /// // When the `timeout` of the request's `Limits` is over.
    /// let error = TransportError::timeout();
    /// assert_eq!(error.to_string(), "no answer came in time");
    /// ```
    pub const fn timeout() -> Self {
        Self {
            kind: ErrorKind::Timeout,
            limit: 0,
            source: None,
        }
    }

    /// The body of the answer has more than `limit` bytes.
    ///
    /// ```
    /// use bigcommerce_client::transport::TransportError;
    ///
    /// // When the body is longer than the `body` of the request's `Limits`, here 64 MiB.
    /// let error = TransportError::too_large(64 * 1024 * 1024);
    /// assert_eq!(error.to_string(), "the body has more than 67108864 bytes");
    /// ```
    pub const fn too_large(limit: usize) -> Self {
        Self {
            kind: ErrorKind::TooLarge,
            limit,
            source: None,
        }
    }

    /// The connection failed on the way.
    ///
    /// ```
    /// use bigcommerce_client::transport::TransportError;
    ///
    /// // The call may have happened, so only what may be repeated is tried again.
    /// let error = TransportError::broken("the proxy hung up");
    /// assert_eq!(error.to_string(), "the proxy hung up");
    /// ```
    pub fn broken(source: impl Into<BoxError>) -> Self {
        Self {
            kind: ErrorKind::Transport,
            limit: 0,
            source: Some(source.into()),
        }
    }

    pub(crate) const fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, &self.source) {
            (ErrorKind::TooLarge, _) => {
                write!(f, "the body has more than {} bytes", self.limit)
            }
            (ErrorKind::Timeout, _) => f.write_str("no answer came in time"),
            (_, None) => f.write_str("the connection failed"),
            (_, Some(source)) => {
                write!(f, "{source}")?;
                let mut next = source.source();
                while let Some(cause) = next {
                    write!(f, ": {cause}")?;
                    next = cause.source();
                }
                Ok(())
            }
        }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TransportError({:?}: {self})", self.kind)
    }
}

impl std::error::Error for TransportError {
    /// What it was made from, down to the error of the system or of TLS.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
