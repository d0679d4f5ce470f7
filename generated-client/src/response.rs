//! A response with its metadata.

use std::any::Any;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::body::text;
use crate::catalogue::Endpoint;
use crate::error::Error;
use crate::json::DecodeError;
use crate::target::Target;

/// A successful response: the value, and the status, headers and body it was decoded from.
///
/// If the server repeats the token, it is redacted in the value; the body and the headers keep it, and
/// `Debug` shows neither.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) value: T,
    pub(crate) received: Received,
}

/// A response without its value. The code for it is compiled once, not once for each type.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) target: Target,
    pub(crate) oddities: Vec<DecodeError>,
}

impl<T> Response<T> {
    /// The value.
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// Returns the value without the rest.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The HTTP status; one of the 2xx.
    pub const fn status(&self) -> StatusCode {
        self.received.status
    }

    /// The headers, which include the remaining quota.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::quota::Reading;
    ///
    /// let response = store.read_only().raw("/v2/time").await?;
    /// let reading = Reading::of(response.headers());
    /// println!("{:?} of {:?} calls left", reading.left, reading.quota);
    /// # );
    /// ```
    pub const fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// The raw body, decompressed.
    pub const fn body(&self) -> &Bytes {
        &self.received.body
    }

    /// The first 100 values of the wrong type in the response: the location, what was expected and what was
    /// found. Each of these fields is empty, or has only its valid items, and its JSON is in the
    /// [`rest`](crate::Rest) of its record. With [`ClientBuilder::strict`](crate::ClientBuilder::strict)
    /// there are none, since the first is an error.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["products"] store:
    /// let response = store.products().get(158).send().await?;
    /// for oddity in response.oddities() {
    ///     // at data.sort_order: expected an integer, found a number
    ///     eprintln!("product 158: {oddity}");
    /// }
    /// # );
    /// ```
    pub fn oddities(&self) -> &[DecodeError] {
        &self.received.oddities
    }

    /// The endpoint that was called; `None` for a raw call to a path that is not in the catalogue.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::Endpoint;
    ///
    /// let known = store.read_only().raw("/v3/catalog/brands/118").await?;
    /// assert_eq!(known.endpoint(), Some(Endpoint::BrandsGet));
    /// let other = store.read_only().raw("/v3/loyalty/members").await?;
    /// assert_eq!(other.endpoint(), None);
    /// # );
    /// ```
    pub const fn endpoint(&self) -> Option<Endpoint> {
        self.received.target.endpoint()
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        self.received.with(change(self.value))
    }
}

impl<T: fmt::Debug + 'static> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Response");
        // The value of a raw call is the body, which may contain anything.
        let value: &dyn Any = &self.value;
        if !value.is::<Bytes>() {
            shown.field("value", &self.value);
        }
        shown
            .field("status", &self.received.status)
            .field("headers", &self.received.headers)
            .field("body_bytes", &self.received.body.len())
            .field("call", &self.received.target.to_string())
            .finish()
    }
}

impl Received {
    /// The response with its value.
    pub(crate) fn with<T>(self, value: T) -> Response<T> {
        Response {
            value,
            received: self,
        }
    }

    /// The error of a list whose responses contradict themselves or each other, found in this response.
    #[cold]
    pub(crate) fn contradicts(&self, reason: impl Into<String>) -> Error {
        let (target, headers) = (self.target.clone(), self.headers.clone());
        Error::contradiction(target, self.status, headers, self.body.clone(), reason)
    }
}

impl Response<Bytes> {
    /// The body without its byte order mark and surrounding whitespace.
    pub(crate) fn text(&self) -> &[u8] {
        text(&self.value)
    }

    /// The error that the body cannot be decoded. It contains the body without the secrets; the
    /// response keeps the original.
    #[cold]
    pub(crate) fn unreadable(&self, error: DecodeError) -> Error {
        let Received {
            status,
            headers,
            target,
            ..
        } = self.received.clone();
        Error::decode(target, status, headers, self.value.clone(), error)
    }
}
