//! The default transport: HTTPS with reqwest and rustls. It does not follow redirects, because the
//! token must not be sent to another host.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::Uri;
use http::uri::Authority;
use tower_service::Service;
use url::Url;

use crate::address::{PLAIN, is_local};
use crate::error::Error;
use crate::transport::{Limits, StreamBody, TransportError, Unfold, WantsStream};

use super::failure::{broken, failure};
use super::streaming::{self, Moved};

type Answering =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send>>;

/// Sends requests over HTTPS, with HTTP/2 and gzip if the host supports them. It needs a tokio
/// runtime.
///
/// With TLS it uses the proxy from the environment (`HTTPS_PROXY`, `ALL_PROXY`), which sees only the
/// host. Without TLS it connects only to this machine, and never through a proxy, which could read
/// the token.
///
/// The client creates one by default. Create your own to add layers. Clones share their
/// connections.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: reqwest::Client,
    /// For this machine, without TLS.
    direct: reqwest::Client,
    /// The first host that was called.
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
    /// let one = Client::builder("abc123", "its-token").transport(wire.clone()).build()?;
    /// let other = Client::builder("def456", "another-token").transport(wire).build()?;
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the system's certificates cannot be loaded.
    pub fn new() -> Result<Self, Error> {
        let tls = config().and_then(|config| {
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let verifier = rustls_platform_verifier::Verifier::new(provider)?;
            let config = config
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(verifier));
            Ok(config.with_no_client_auth())
        });
        Self::with_tls(tls, true)
    }

    /// A transport for a server on this machine, such as a mock store: it uses no proxy, and trusts no
    /// certificate, so it cannot connect over TLS. Without TLS a client connects only to this machine;
    /// see [`base_url`](crate::ClientBuilder::base_url).
    ///
    /// A client with such a base URL creates one by default. Create your own to wrap it:
    ///
    /// ```
    /// use bigcommerce_client::{Client, transport::HttpTransport};
    ///
    /// let wire = HttpTransport::loopback()?; // Pass it to a layer or a recorder.
    /// let store = Client::builder("abc123", "token")
    ///     .base_url("http://127.0.0.1:8080")
    ///     .transport(wire)
    ///     .build()?;
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be set up.
    pub fn loopback() -> Result<Self, Error> {
        let tls = config().map(|config| {
            config
                .with_root_certificates(rustls::RootCertStore::empty())
                .with_no_client_auth()
        });
        Self::with_tls(tls, false)
    }

    /// The underlying client, for protocols that use HTTP in their own way.
    #[cfg(feature = "mcp")]
    pub(crate) fn into_client(self) -> reqwest::Client {
        self.client
    }

    fn with_tls(
        tls: Result<rustls::ClientConfig, rustls::Error>,
        proxied: bool,
    ) -> Result<Self, Error> {
        let mut tls = tls.map_err(|error| {
            Error::build("the system's certificates cannot be loaded").caused_by(error.into())
        })?;
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let made = |builder: reqwest::ClientBuilder| {
            let built = builder.tls_backend_preconfigured(tls.clone()).build();
            built.map_err(|error| {
                Error::build("the HTTP transport cannot be set up").caused_by(error.into())
            })
        };
        let direct = made(directly())?;
        let client = if proxied {
            made(builder())?
        } else {
            direct.clone()
        };
        Ok(Self {
            client,
            direct,
            host: Arc::default(),
        })
    }

    /// The client for a URL.
    ///
    /// # Errors
    ///
    /// Returns an error if the request could be read in transit.
    fn client(&self, url: &Url) -> Result<&reqwest::Client, TransportError> {
        match url.scheme() {
            "https" => Ok(&self.client),
            "http" if is_local(url) => Ok(&self.direct),
            _ => Err(TransportError::connect(PLAIN)),
        }
    }

    /// Sends the request and stores the response in its place, where it is available even if reading
    /// the body fails.
    async fn answer(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
        moved: &Moved,
        answer: &mut Option<http::Response<BytesMut>>,
    ) -> Result<(), TransportError> {
        let wanted = request.extensions().get::<WantsStream>().copied();
        let request = self.converted(request, moved)?;
        let client = self.client(request.url())?;
        let mut response = client.execute(request).await.map_err(failure)?;
        let mut head = http::Response::new(BytesMut::new());
        *head.status_mut() = response.status();
        *head.version_mut() = response.version();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        if let Some(wanted) = wanted.filter(|_| head.status().is_success()) {
            let length = response.content_length();
            let pieces = Unfold::of((response, wanted.idle), streaming::step);
            let body = StreamBody::new(Box::pin(pieces), length);
            head.extensions_mut().insert(body);
            answer.replace(head);
            return Ok(());
        }
        read(response, limit, answer.insert(head)).await
    }

    /// The request for reqwest, which does not use its extensions.
    fn converted(
        &self,
        request: http::Request<Bytes>,
        moved: &Moved,
    ) -> Result<reqwest::Request, TransportError> {
        let (parts, body) = request.into_parts();
        let body = match parts.extensions.get::<StreamBody>() {
            // A layer that sends a request twice must not send an empty body the second time.
            Some(upload) => match upload.take() {
                Some(pieces) => streaming::body(pieces, upload.length(), moved),
                None => return Err(TransportError::broken("the body was already sent")),
            },
            None if body.len() >= streaming::LARGE && is_form(&parts.headers) => {
                streaming::sliced(body, moved)
            }
            None => body.into(),
        };
        let mut request = reqwest::Request::new(parts.method, self.address(&parts.uri)?);
        *request.headers_mut() = parts.headers;
        *request.version_mut() = parts.version;
        *request.body_mut() = Some(body);
        Ok(request)
    }

    /// The URL for reqwest. Nearly all calls go to the same host, and parsing it each time is
    /// noticeable for a small call.
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

/// Whether the body is a form, which may have files.
fn is_form(headers: &http::HeaderMap) -> bool {
    let kind = headers.get(http::header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}

fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // The client's own policy retries what a server did not process, after a wait.
        .retry(reqwest::retry::never())
        .referer(false)
}

/// For this machine: without a proxy, and regardless of what name servers return for `localhost`.
fn directly() -> reqwest::ClientBuilder {
    let here = [
        (Ipv4Addr::LOCALHOST, 0).into(),
        (Ipv6Addr::LOCALHOST, 0).into(),
    ];
    builder().no_proxy().resolve_to_addrs("localhost", &here)
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
            let mut begun = None;
            let moved = Moved::default();
            let answering = http.answer(request, size, &moved, &mut begun);
            let read = moved.within(time, answering).await;
            let read = read.unwrap_or_else(|| Err(TransportError::timeout()));
            let begun = begun.map(|answer| answer.map(BytesMut::freeze));
            match (read, begun) {
                (Ok(()), Some(answer)) => Ok(answer),
                (Ok(()), None) => Err(TransportError::broken("there is no response")),
                (Err(error), Some(answer)) => Err(error.in_response(answer)),
                (Err(error), None) => Err(error),
            }
        })
    }
}

/// The maximum initial capacity for a body of which nothing has arrived yet. It grows with what does
/// arrive.
const AT_ONCE: usize = 64 * 1024 * 1024;

/// Reads the body in chunks, so that a small compressed response cannot exhaust memory. Of an error
/// response that is too large, the beginning is kept: its status says most of what matters.
async fn read(
    mut response: reqwest::Response,
    limit: usize,
    answer: &mut http::Response<BytesMut>,
) -> Result<(), TransportError> {
    // The announced length is allocated at once, so that the body is not moved while it grows. It is
    // not trusted beyond the limit, nor beyond what certainly fits into memory; a compressed body
    // announces none.
    let length = response.content_length().unwrap_or_default();
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let refused = !answer.status().is_success();
    if length > limit && !refused {
        return Err(TransportError::too_large(limit));
    }
    let body = answer.body_mut();
    body.reserve(length.min(limit).min(AT_ONCE));
    while body.len() <= limit
        && let Some(chunk) = response.chunk().await.map_err(broken)?
    {
        body.extend_from_slice(&chunk);
    }
    let over = body.len() > limit;
    body.truncate(limit);
    if over && !refused {
        return Err(TransportError::too_large(limit));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
