//! An answer with everything that came with it.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::catalogue::Endpoint;

/// A successful answer: the value, and the status, headers and body it was read from.
#[derive(Clone, Debug)]
pub struct Response<T> {
    pub(crate) value: T,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) endpoint: Endpoint,
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

    /// The endpoint that was called.
    pub const fn endpoint(&self) -> Endpoint {
        self.endpoint
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: change(self.value),
            status: self.status,
            headers: self.headers,
            body: self.body,
            endpoint: self.endpoint,
        }
    }
}
