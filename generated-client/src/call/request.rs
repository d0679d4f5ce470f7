//! Builds the HTTP request of a call: URL, headers and body. It sends nothing.

use std::sync::LazyLock;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};

use super::Outgoing;
use crate::catalogue::service::{AUTH_HEADER, HEADERS};
use crate::error::Error;
use crate::transport::StreamBody;
use crate::upload::Form;

/// The event after which an event stream continues (HTML, 9.2.4).
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

type Header = Result<HeaderName, String>;

/// The headers of every call, parsed once.
static USUAL: LazyLock<Vec<(Header, HeaderValue)>> = LazyLock::new(|| {
    let header =
        |(name, value): &(&str, &'static str)| (named(name), HeaderValue::from_static(value));
    HEADERS.iter().map(header).collect()
});

/// The name of the token's header, parsed once.
static AUTH: LazyLock<Header> = LazyLock::new(|| named(AUTH_HEADER));

fn named(name: &str) -> Header {
    HeaderName::try_from(name).map_err(|error| error.to_string())
}

impl Outgoing<'_> {
    /// Builds the request, for each attempt.
    ///
    /// # Errors
    ///
    /// Returns an error if the call cannot be sent as it is.
    pub(super) fn request(&self) -> Result<http::Request<Bytes>, Error> {
        self.made()
            .map_err(|reason| Error::request(self.target.clone(), reason))
    }

    fn made(&self) -> Result<http::Request<Bytes>, String> {
        let config = self.client.config();
        let form = self.form.map(Form::encode).transpose()?;
        let body = match &form {
            Some(form) => form.body.clone(),
            None => self.body.cloned().unwrap_or_default(),
        };
        let mut request = http::Request::new(body);
        *request.uri_mut() = self.address.clone()?;
        *request.method_mut() = self.method.clone();
        let mut limits = config.limits;
        limits.timeout = self.timeout();
        request.extensions_mut().insert(limits);
        let headers = request.headers_mut();
        for (name, value) in self.options.iter().flat_map(|options| &options.headers) {
            headers.insert(name, value.clone());
        }
        for (name, value) in self.headers {
            headers.insert(name, value.clone());
        }
        for (name, value) in USUAL.iter() {
            headers.insert(name.clone()?, value.clone());
        }
        let server = self.client.server();
        for (name, value) in server.iter().flat_map(|server| server.headers) {
            headers.insert(named(name)?, HeaderValue::from_static(value));
        }
        match &form {
            Some(form) => {
                headers.insert(CONTENT_TYPE, form.content_type.clone());
                if let Some(length) = form.stream.as_ref().and_then(StreamBody::length) {
                    headers.insert(CONTENT_LENGTH, length.into());
                }
            }
            None if self.body.is_some() || expects_body(&self.method) => {
                headers.insert(CONTENT_TYPE, self.content_type.clone());
            }
            None => {}
        }
        if form.is_none() && self.body.is_none() && expects_body(&self.method) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if let Some((accept, _)) = &self.accept {
            headers.insert(ACCEPT, accept.clone());
        }
        if let Some(id) = &self.last_event {
            headers.insert(LAST_EVENT_ID, id.clone());
        }
        headers.insert(USER_AGENT, config.user_agent.clone());
        let auth = match server {
            Some(server) => named(server.auth_header)?,
            None => AUTH.clone()?,
        };
        headers.insert(auth, self.client.auth()?);
        if let Some(stream) = form.and_then(|form| form.stream) {
            request.extensions_mut().insert(stream);
        }
        if let Some(wants) = self.accept.as_ref().and_then(|(_, wants)| *wants) {
            request.extensions_mut().insert(wants);
        }
        Ok(request)
    }
}

/// Whether a server expects a body: without one, strict proxies require a zero `Content-Length` (RFC
/// 9110, 8.6), and the API requires its content type anyway.
fn expects_body(method: &http::Method) -> bool {
    [http::Method::POST, http::Method::PUT, http::Method::PATCH].contains(method)
}
