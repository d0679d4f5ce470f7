//! What a server received, byte for byte: nothing is decoded.

use http_body_util::BodyExt;
use hyper::{
    HeaderMap, Method, Request,
    body::{Bytes, Incoming},
};

/// A request as received.
#[derive(Clone, Debug)]
pub struct Received {
    pub method: Method,
    /// The path, percent-encoded.
    pub path: String,
    /// The part after the `?`, percent-encoded.
    pub query: Option<String>,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Received {
    pub(super) async fn read(request: Request<Incoming>) -> Result<Self, hyper::Error> {
        let (head, body) = request.into_parts();
        Ok(Self {
            method: head.method,
            path: head.uri.path().to_owned(),
            query: head.uri.query().map(str::to_owned),
            headers: head.headers,
            body: body.collect().await?.to_bytes(),
        })
    }

    /// The method, path and query on one line.
    pub fn line(&self) -> String {
        let Self { method, path, .. } = self;
        match &self.query {
            Some(query) => format!("{method} {path}?{query}"),
            None => format!("{method} {path}"),
        }
    }

    /// The names and values of the query, as they were sent.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let pairs = self.query.as_deref().unwrap_or_default().split('&');
        pairs
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .collect()
    }

    /// The value of a header, if it occurs once and is a string.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?.to_str().ok();
        value.filter(|_| values.next().is_none())
    }
}
