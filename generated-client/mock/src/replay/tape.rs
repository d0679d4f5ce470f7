//! The format of a recording: one exchange per line, in the order of the requests.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::redactor::Redactor;
use crate::urlencoded;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Exchange {
    pub(super) asked: TapedRequest,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) answered: Option<Answered>,
    /// Why there was no response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) failed: Option<String>,
}

/// A request, without its host.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct TapedRequest {
    pub(super) method: String,
    pub(super) path: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) query: Vec<(String, String)>,
    /// For readers; headers are not compared.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Body>,
}

impl TapedRequest {
    pub(super) fn read(it: &mut Redactor, request: &Request<Bytes>) -> Self {
        let uri = request.uri();
        // The headers are redacted first: the token is then known when it occurs in the rest.
        let headers = headers(it, request.headers());
        let query = urlencoded::parse(uri.query().unwrap_or_default()).into_iter();
        let query = query.map(|(name, value)| {
            let value = it.named(&name, None, &value);
            (name, value)
        });
        let query = query.collect();
        Self {
            method: request.method().to_string(),
            path: it.text(uri.path()),
            query,
            headers,
            body: Body::read(it, request.headers(), request.body()),
        }
    }

    /// The method and the path on one line.
    pub(super) fn line(&self) -> String {
        let query = self.query.iter();
        let query = query.map(|(name, value)| (name.as_str(), value.as_str()));
        match urlencoded::write(query) {
            query if query.is_empty() => format!("{} {}", self.method, self.path),
            query => format!("{} {}?{query}", self.method, self.path),
        }
    }
}

/// A response.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Answered {
    status: u16,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Body>,
}

impl Answered {
    pub(super) fn read(it: &mut Redactor, response: &Response<Bytes>) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: headers(it, response.headers()),
            body: Body::read(it, response.headers(), response.body()),
        }
    }

    /// The response for replay; `None` if it is invalid because somebody edited the recording.
    pub(super) fn respond(&self) -> Option<Response<Bytes>> {
        let body = self.body.as_ref().map(Body::bytes).unwrap_or_default();
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(self.status).ok()?;
        for (name, values) in &self.headers {
            for value in values {
                let name = HeaderName::try_from(name).ok()?;
                let value = HeaderValue::try_from(value).ok()?;
                response.headers_mut().append(name, value);
            }
        }
        Some(response)
    }
}

/// The headers, except those about the message framing: the body may have another length now.
fn headers(it: &mut Redactor, headers: &HeaderMap) -> BTreeMap<String, Vec<String>> {
    let mut kept = BTreeMap::<_, Vec<_>>::new();
    for (name, value) in headers {
        if [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING].contains(name) {
            continue;
        }
        let value = String::from_utf8_lossy(value.as_bytes());
        let value = it.named(name.as_str(), None, &value);
        kept.entry(name.as_str().to_owned())
            .or_default()
            .push(value);
    }
    kept
}
