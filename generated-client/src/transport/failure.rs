//! How a transport reports why there is no response, so that the client knows whether the call may
//! have happened.

use std::{fmt, io};

use bytes::Bytes;
use http::Response;

use super::BoxError;
use crate::kind::ErrorKind;

/// Why a transport returned no response. A custom transport can use it to report the precise reason; any
/// other error counts as [`broken`](Self::broken).
pub struct TransportError {
    kind: ErrorKind,
    limit: usize,
    source: Option<BoxError>,
    /// The part of the response received by then.
    begun: Option<Box<Response<Bytes>>>,
}

impl TransportError {
    /// No connection could be established; nothing was sent.
    ///
    /// ```
    /// use std::io;
    /// use bigcommerce_client::transport::TransportError;
    ///
    /// // Nothing was sent, so even a create is retried.
    /// let error = TransportError::connect(io::Error::from(io::ErrorKind::ConnectionRefused));
    /// assert_eq!(error.to_string(), "connection refused");
    /// ```
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Connect, Some(source.into()))
    }

    /// No response arrived in time.
    pub const fn timeout() -> Self {
        Self::new(ErrorKind::Timeout, None)
    }

    /// The body of the response has more than `limit` bytes.
    pub const fn too_large(limit: usize) -> Self {
        let mut error = Self::new(ErrorKind::TooLarge, None);
        error.limit = limit;
        error
    }

    /// The connection failed after the request, or a part of it, may have been sent: the call may have happened.
    pub fn broken(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Transport, Some(source.into()))
    }

    /// The server reported over HTTP/2 that it has not processed the request.
    ///
    /// ```
    /// use bigcommerce_client::transport::TransportError;
    ///
    /// // Nothing happened, so even a create is retried.
    /// let error = TransportError::unprocessed("refused stream");
    /// assert_eq!(error.to_string(), "refused stream");
    /// ```
    pub fn unprocessed(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Unprocessed, Some(source.into()))
    }

    /// The failure occurred while the body of this response was read. The response has what was
    /// received, so that its status is not lost.
    ///
    /// ```
    /// use bigcommerce_client::{bytes::Bytes, http, transport::TransportError};
    ///
    /// let mut response = http::Response::new(Bytes::from_static(b"{\"status\":422"));
    /// *response.status_mut() = http::StatusCode::UNPROCESSABLE_ENTITY;
    /// let error = TransportError::broken("the connection was closed").in_response(response);
    /// ```
    #[must_use]
    pub fn in_response(mut self, response: Response<Bytes>) -> Self {
        self.begun = Some(Box::new(response));
        self
    }

    const fn new(kind: ErrorKind, source: Option<BoxError>) -> Self {
        Self {
            kind,
            limit: 0,
            source,
            begun: None,
        }
    }

    /// The error it was made with, if any. Its message contains that of this error and of its causes, so it has no
    /// [`source`](std::error::Error::source) that would repeat them.
    ///
    /// ```
    /// use std::io;
    /// use bigcommerce_client::transport::TransportError;
    ///
    /// let error = TransportError::broken(io::Error::from(io::ErrorKind::ConnectionReset));
    /// let cause = error.cause().and_then(|cause| cause.downcast_ref::<io::Error>());
    /// assert_eq!(cause.map(io::Error::kind), Some(io::ErrorKind::ConnectionReset));
    /// ```
    pub fn cause(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }

    pub(crate) const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The response that was being read, and the failure itself.
    pub(crate) fn part(source: BoxError) -> (Option<Response<Bytes>>, BoxError) {
        match source.downcast::<Self>() {
            Ok(mut error) => (error.begun.take().map(|begun| *begun), error),
            Err(other) => (None, other),
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, &self.source) {
            (ErrorKind::TooLarge, _) => {
                write!(f, "the body has more than {} bytes", self.limit)
            }
            (ErrorKind::Timeout, _) => f.write_str("no response arrived in time"),
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

impl std::error::Error for TransportError {}

/// An error and its causes, down to that of the system or of TLS, including those that the messages before them
/// contain.
pub(crate) fn causes<'e>(
    error: &'e (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'e (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |&error| cause_of(error))
}

/// The nearest cause of an error.
pub(crate) fn cause_of<'e>(
    error: &'e (dyn std::error::Error + 'static),
) -> Option<&'e (dyn std::error::Error + 'static)> {
    if let Some(transport) = error.downcast_ref::<TransportError>() {
        return transport.cause();
    }
    // Its source is that of the error it was made with, which TLS reports this way.
    let of_system = error.downcast_ref::<io::Error>();
    if let Some(inner) = of_system.and_then(io::Error::get_ref) {
        let inner: &(dyn std::error::Error + 'static) = inner;
        return Some(inner);
    }
    error.source()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Tls;

    impl fmt::Display for Tls {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the certificate has expired")
        }
    }

    impl std::error::Error for Tls {}

    #[test]
    fn an_error_of_tls_is_found_within_that_of_the_system() {
        let error = TransportError::connect(io::Error::other(Tls));
        assert!(causes(&error).any(|cause| cause.is::<io::Error>()));
        assert!(causes(&error).any(|cause| cause.is::<Tls>()));
        assert_eq!(causes(&error).count(), 3);
    }
}
