//! An answer with everything that came with it.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::call::{Target, text};
use crate::catalogue::Endpoint;
use crate::error::Error;
use crate::json::DecodeError;

/// A successful answer: the value, and the status, headers and body it was read from.
#[derive(Clone, Debug)]
pub struct Response<T> {
    pub(crate) value: T,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) target: Target,
}

impl<T> Response<T> {
    /// What the call gave.
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// What the call gave, without the rest.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The HTTP status; one of the 2xx.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers, which tell among other things how much of the quota is left.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came, decompressed.
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// The endpoint that was called; `None` for a raw call of a path that the catalogue does not
    /// have.
    pub const fn endpoint(&self) -> Option<Endpoint> {
        self.target.endpoint()
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: change(self.value),
            status: self.status,
            headers: self.headers,
            body: self.body,
            target: self.target,
        }
    }
}

impl Response<Bytes> {
    /// The body without a byte order mark and blanks around it.
    pub(crate) fn text(&self) -> &[u8] {
        text(&self.body)
    }

    /// The error that the body cannot be read.
    #[cold]
    pub(crate) fn unreadable(&self, error: DecodeError) -> Error {
        let (target, status) = (self.target.clone(), self.status);
        Error::decode(
            target,
            status,
            self.headers.clone(),
            self.body.clone(),
            error,
        )
    }
}
