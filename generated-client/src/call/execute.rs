//! Sending a call. This is the one place where a request leaves the client and an answer comes in;
//! nothing here depends on what the answer holds.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{HeaderMap, StatusCode};

use super::{Call, Pending, url};
use crate::catalogue::Endpoint;
use crate::catalogue::service::{AUTH_HEADER, HEADERS};
use crate::error::Error;
use crate::json::DecodeError;
use crate::response::Response;

/// An answer whose body has not been read yet.
pub(super) struct Raw {
    pub(super) endpoint: Endpoint,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Raw {
    /// The body without a byte order mark and blanks around it.
    pub(super) fn text(&self) -> &[u8] {
        let body = self
            .body
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&self.body);
        body.trim_ascii()
    }

    /// Whether the answer has nothing to read: no body, or one that says so.
    pub(super) fn is_empty(&self) -> bool {
        self.status == StatusCode::NO_CONTENT || matches!(self.text(), b"" | b"null")
    }

    pub(super) fn with<T>(self, value: Result<T, DecodeError>) -> Result<Response<T>, Error> {
        let Self {
            endpoint,
            status,
            headers,
            body,
        } = self;
        match value {
            Ok(value) => Ok(Response {
                value,
                status,
                headers,
                body,
                endpoint,
            }),
            Err(error) => Err(Error::decode(endpoint, status, headers, body, error)),
        }
    }
}

impl Call {
    /// Sends the call and takes any 2xx for a success.
    pub(super) fn execute(&self) -> Pending<Raw> {
        let endpoint = self.endpoint;
        let request = match self.request() {
            Ok(request) => request,
            Err(reason) => {
                return Box::pin(async move { Err(Error::request(endpoint, reason)) });
            }
        };
        let config = self.client.config();
        let limit = config.limits.body;
        let answering = config.transport.answer(request);
        Box::pin(async move {
            let answer = answering
                .await
                .map_err(|error| Error::transport(endpoint, error))?;
            let (head, body) = answer.into_parts();
            if body.len() > limit {
                return Err(Error::too_large(endpoint, limit));
            }
            if !head.status.is_success() {
                return Err(Error::refused(endpoint, head.status, head.headers, body));
            }
            Ok(Raw {
                endpoint,
                status: head.status,
                headers: head.headers,
                body,
            })
        })
    }

    fn request(&self) -> Result<http::Request<Bytes>, String> {
        if let Some(reason) = &self.refused {
            return Err(reason.clone());
        }
        if self.endpoint.facts().needs_filter && !self.has_filter() {
            return Err("it needs a filter, and without one it would reach everything".to_owned());
        }
        let config = self.client.config();
        let mut address = config.base.clone();
        url::fill(self.endpoint.path(), &self.path, &mut address)?;
        url::query(&self.query, &mut address);
        let uri = http::Uri::try_from(address)
            .map_err(|error| format!("its address cannot be used: {error}"))?;

        let mut request = http::Request::new(self.body.clone().unwrap_or_default());
        *request.method_mut() = self.endpoint.method().into();
        *request.uri_mut() = uri;
        request.extensions_mut().insert(config.limits);
        let headers = request.headers_mut();
        for (name, value) in HEADERS {
            let name = HeaderName::try_from(*name).map_err(|error| error.to_string())?;
            headers.insert(name, HeaderValue::from_static(value));
        }
        if self.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        headers.insert(USER_AGENT, config.user_agent.clone());
        let name = HeaderName::try_from(AUTH_HEADER).map_err(|error| error.to_string())?;
        headers.insert(
            name,
            config.token().ok_or("the token cannot stand in a header")?,
        );
        Ok(request)
    }
}
