//! The usual transport: HTTPS by reqwest and rustls. It follows no redirect, because the token may
//! not leave the host it is for.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::Uri;
use http::uri::Authority;
use tower_service::Service;
use url::Url;

use super::{Limits, TransportError};
use crate::clock::by;
use crate::error::Error;

type Answering =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send>>;

/// Sends requests over HTTPS, with HTTP/2 and gzip where the host offers them. It needs a tokio
/// runtime.
///
/// The client makes one by itself. Make one to put layers around it. Clones share their
/// connections.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: reqwest::Client,
    /// The host that was called first.
    host: Arc<OnceLock<Url>>,
}

impl HttpTransport {
    /// A transport that trusts the certificates the operating system trusts.
    ///
    /// ```
    /// use bigcommerce_client::{Client, transport::HttpTransport};
    ///
    /// // Two stores over the same connections.
    /// let wire = HttpTransport::new()?;
    /// let one = Client::builder("abc123", "its token").transport(wire.clone()).build()?;
    /// let other = Client::builder("def456", "another token").transport(wire).build()?;
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails when the system's certificates cannot be loaded.
    pub fn new() -> Result<Self, Error> {
        let tls = config().and_then(|config| {
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let verifier = rustls_platform_verifier::Verifier::new(provider)?;
            let config = config
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(verifier));
            Ok(config.with_no_client_auth())
        });
        Self::with_tls(tls, builder())
    }

    /// A transport for a server on this machine, such as a mock store: it uses no proxy, and trusts no
    /// certificate, so with TLS it reaches nobody. Without TLS a client sends to this machine alone; see
    /// [`base_url`](crate::ClientBuilder::base_url).
    ///
    /// A client that is given such an address makes one by itself. Make one to put something around it:
    ///
    /// ```
    /// use bigcommerce_client::{Client, transport::HttpTransport};
    ///
    /// let wire = HttpTransport::loopback()?; // A layer or a recorder takes it from here.
    /// let store = Client::builder("abc123", "token")
    ///     .base_url("http://127.0.0.1:8080")
    ///     .transport(wire)
    ///     .build()?;
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails when it cannot be set up.
    pub fn loopback() -> Result<Self, Error> {
        let tls = config().map(|config| {
            config
                .with_root_certificates(rustls::RootCertStore::empty())
                .with_no_client_auth()
        });
        Self::with_tls(tls, builder().no_proxy())
    }

    /// The client below, for protocols that speak HTTP in their own way.
    #[cfg(feature = "mcp")]
    pub(crate) fn into_client(self) -> reqwest::Client {
        self.client
    }

    fn with_tls(
        tls: Result<rustls::ClientConfig, rustls::Error>,
        builder: reqwest::ClientBuilder,
    ) -> Result<Self, Error> {
        let mut tls = tls.map_err(|error| {
            Error::build("the system's certificates cannot be loaded").caused_by(error.into())
        })?;
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let client = builder
            .tls_backend_preconfigured(tls)
            .build()
            .map_err(|error| {
                Error::build("the HTTP transport cannot be set up").caused_by(error.into())
            })?;
        let host = Arc::default();
        Ok(Self { client, host })
    }

    async fn answer(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let request = self.converted(request)?;
        let response = self.client.execute(request).await.map_err(failure)?;
        read(response, limit).await
    }

    /// The request as reqwest has it. Its extensions are of no use there.
    fn converted(&self, request: http::Request<Bytes>) -> Result<reqwest::Request, TransportError> {
        let (parts, body) = request.into_parts();
        let mut request = reqwest::Request::new(parts.method, self.address(&parts.uri)?);
        *request.headers_mut() = parts.headers;
        *request.version_mut() = parts.version;
        *request.body_mut() = Some(body.into());
        Ok(request)
    }

    /// The address as reqwest has it. Nearly all calls go to the same host, and reading it anew each
    /// time is what a small call notices.
    fn address(&self, uri: &Uri) -> Result<Url, TransportError> {
        let authority = uri.authority().map(Authority::as_str);
        let same = |host: &&Url| {
            (uri.scheme_str(), authority) == (Some(host.scheme()), Some(host.authority()))
        };
        if let Some(host) = self.host.get().filter(same) {
            let mut url = host.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        let url = Url::parse(&uri.to_string()).map_err(TransportError::broken)?;
        if let Ok(host) = url.join("/") {
            let _ = self.host.set(host);
        }
        Ok(url)
    }
}

fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
}

type Configuring = rustls::ConfigBuilder<rustls::ClientConfig, rustls::WantsVerifier>;

fn config() -> Result<Configuring, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()
}

impl Service<http::Request<Bytes>> for HttpTransport {
    type Response = http::Response<Bytes>;
    type Error = TransportError;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Bytes>) -> Answering {
        let http = self.clone();
        Box::pin(async move {
            let limits = request.extensions().get::<Limits>().copied();
            let time = limits.map_or(Duration::MAX, |limits| limits.timeout);
            let size = limits.map_or(usize::MAX, |limits| limits.body);
            let answer = by(time, http.answer(request, size)).await;
            answer.unwrap_or_else(|| Err(TransportError::timeout()))
        })
    }
}

/// Reads the body piece by piece, so that a small compressed answer cannot fill the memory. Of a refusal
/// that is too large the beginning is kept: its status says most of what there is to know.
async fn read(
    mut response: reqwest::Response,
    limit: usize,
) -> Result<http::Response<Bytes>, TransportError> {
    let mut answer = http::Response::new(Bytes::new());
    *answer.status_mut() = response.status();
    *answer.version_mut() = response.version();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    // What the length announces is got at once, so that the body moves once. An announced length is
    // not believed beyond the limit, and a compressed body announces none.
    let length = response.content_length().unwrap_or_default();
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let refused = !answer.status().is_success();
    if length > limit && !refused {
        return Err(TransportError::too_large(limit));
    }
    let mut body = BytesMut::with_capacity(length.min(limit));
    while body.len() <= limit
        && let Some(chunk) = response.chunk().await.map_err(failure)?
    {
        body.extend_from_slice(&chunk);
    }
    if body.len() > limit && !refused {
        return Err(TransportError::too_large(limit));
    }
    body.truncate(limit);
    *answer.body_mut() = body.freeze();
    Ok(answer)
}

fn failure(error: reqwest::Error) -> TransportError {
    // The address says nothing that the endpoint does not, and its query may be long.
    let error = error.without_url();
    if error.is_connect() {
        TransportError::connect(error)
    } else if error.is_timeout() {
        TransportError::timeout()
    } else {
        TransportError::broken(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_whether_its_host_is_read_or_was_kept() {
        let kept = HttpTransport::loopback().unwrap();
        for address in [
            "https://api.example.com/stores/abc123/v3/catalog/brands/7",
            "https://api.example.com/stores/abc123/v3/catalog/brands?name=a%20b&page=2",
            "https://api.example.com/",
            "https://api.example.com//other.example.com/a/../b/%2e%2e/c?d=//e",
            "https://api.example.com/\\other.example.com/é?f=é",
            "https://API.example.com:443/v2/time",
            "https://api.example.com:8443/v2/time",
            "http://api.example.com/v2/time",
            "https://other.example.com/v2/time",
        ] {
            let uri = Uri::try_from(address).unwrap();
            let read = Url::parse(address).unwrap();
            assert_eq!(kept.address(&uri).unwrap(), read, "{address}");
        }
        assert!(kept.address(&Uri::from_static("/v2/time")).is_err());
    }
}
