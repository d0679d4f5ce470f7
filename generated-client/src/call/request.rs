//! Making the HTTP request of a call: address, headers and body. It sends nothing.

use std::sync::LazyLock;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};

use super::{Call, url};
use crate::catalogue::service::{AUTH_HEADER, HEADERS};
use crate::error::Error;

type Named = Result<HeaderName, String>;

/// The headers that every call carries, read once.
static USUAL: LazyLock<Vec<(Named, HeaderValue)>> = LazyLock::new(|| {
    let header =
        |(name, value): &(&str, &'static str)| (named(name), HeaderValue::from_static(value));
    HEADERS.iter().map(header).collect()
});

/// The name of the header that carries the token, read once.
static AUTH: LazyLock<Named> = LazyLock::new(|| named(AUTH_HEADER));

fn named(name: &str) -> Named {
    HeaderName::try_from(name).map_err(|error| error.to_string())
}

impl Call {
    /// The request, made anew for each attempt.
    ///
    /// # Errors
    ///
    /// Fails when the call cannot be sent as it is.
    pub(super) fn request(&self) -> Result<http::Request<Bytes>, Error> {
        self.made()
            .map_err(|reason| Error::request(self.endpoint, reason))
    }

    fn made(&self) -> Result<http::Request<Bytes>, String> {
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
        let mut limits = config.limits;
        if let Some(timeout) = self.options.as_ref().and_then(|options| options.timeout) {
            limits.timeout = timeout;
        }
        request.extensions_mut().insert(limits);
        let headers = request.headers_mut();
        for (name, value) in self.options.iter().flat_map(|options| &options.headers) {
            headers.insert(name, value.clone());
        }
        for (name, value) in USUAL.iter() {
            headers.insert(name.clone()?, value.clone());
        }
        if self.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        headers.insert(USER_AGENT, config.user_agent.clone());
        headers.insert(
            AUTH.clone()?,
            config.token().ok_or("the token cannot stand in a header")?,
        );
        Ok(request)
    }
}
