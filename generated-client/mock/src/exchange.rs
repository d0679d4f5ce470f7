//! A request as the store sees it, and what it returns: plain values, so that everything between the
//! socket and the records can be called without a socket.

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header::CONTENT_TYPE};

/// A request, read to its end.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The method.
    pub method: Method,
    /// The path below the store's base URL, still percent-encoded: `/v3/catalog/products/77`.
    pub path: String,
    /// The query, decoded, in the order it was sent.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Asked {
    /// The first value of a parameter of the query.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether the body is said to be a form with files.
    #[must_use]
    pub fn is_form(&self) -> bool {
        let kind = self.headers.get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        kind.trim_start()
            .to_ascii_lowercase()
            .starts_with("multipart/form-data")
    }
}

/// What is returned.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers, the content type among them.
    pub headers: HeaderMap,
    /// The body; empty for none.
    pub body: Bytes,
}
