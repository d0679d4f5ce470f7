//! Requests that a store sends itself: webhook deliveries, and the callbacks of an app. They are sent
//! to this machine only and without TLS, so that no invented data ever leaves it.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, HOST};
use http::response::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// How much of a response is read, so that the other side can finish it. Its contents are ignored.
const MOST_READ: usize = 64 * 1024;

/// A URL on this machine.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    sockets: Vec<SocketAddr>,
    host: HeaderValue,
    path: String,
}

impl Address {
    /// Parses a URL. Only the host name `localhost` is accepted, so no name is ever resolved.
    pub(crate) fn parse(url: &str) -> Result<Self, NotHere> {
        let uri: Uri = url.parse().map_err(|_| NotHere::Unreadable)?;
        let authority = uri.authority().ok_or(NotHere::Unreadable)?;
        let port = uri.port_u16().unwrap_or(80);
        let name = authority.host().trim_matches(['[', ']']);
        let here = if name.eq_ignore_ascii_case("localhost") {
            vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
        } else {
            let address: Option<IpAddr> = name.parse().ok();
            address.filter(IpAddr::is_loopback).into_iter().collect()
        };
        if here.is_empty() {
            return Err(NotHere::Elsewhere);
        }
        if uri.scheme_str() != Some("http") {
            return Err(NotHere::Tls);
        }
        let host = authority.as_str().rsplit('@').next().unwrap_or_default();
        Ok(Self {
            sockets: here.into_iter().map(|ip| (ip, port).into()).collect(),
            host: HeaderValue::try_from(host).map_err(|_| NotHere::Unreadable)?,
            path: uri
                .path_and_query()
                .map_or("/", |it| it.as_str())
                .to_owned(),
        })
    }

    /// The host and the port, as in the URL.
    pub(crate) fn host(&self) -> &str {
        self.host.to_str().unwrap_or_default()
    }

    /// Sends a request and returns the head of the response.
    pub(crate) async fn send(
        &self,
        method: Method,
        headers: HeaderMap,
        body: Bytes,
        patience: Duration,
    ) -> Result<Parts, Failed> {
        let sending = self.send_patiently(method, headers, body);
        let sent = tokio::time::timeout(patience, sending).await;
        sent.map_err(|_| Failed(format!("no response in {patience:?}")))?
    }

    async fn send_patiently(
        &self,
        method: Method,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Parts, Failed> {
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = method;
        *request.uri_mut() = self.path.parse().map_err(Failed::because)?;
        *request.headers_mut() = headers;
        request.headers_mut().insert(HOST, self.host.clone());
        let close = HeaderValue::from_static("close");
        request.headers_mut().insert(CONNECTION, close);

        let stream = TcpStream::connect(&*self.sockets).await;
        let stream = TokioIo::new(stream.map_err(Failed::because)?);
        let (mut sender, connection) = http1::handshake(stream).await.map_err(Failed::because)?;
        let exchange = async {
            let answer = sender
                .send_request(request)
                .await
                .map_err(Failed::because)?;
            // Only the head matters, even if the rest never arrives.
            let (head, body) = answer.into_parts();
            let _ = Limited::new(body, MOST_READ).collect().await;
            Ok(head)
        };
        tokio::pin!(connection, exchange);
        tokio::select! {
            biased;
            done = &mut exchange => done,
            // The connection may close before its last response was read.
            _ = &mut connection => exchange.await,
        }
    }
}

/// Why nothing is sent to a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotHere {
    Unreadable,
    Elsewhere,
    Tls,
}

impl fmt::Display for NotHere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "it is not a URL",
            Self::Elsewhere => "it is not on this machine, and a mock sends nothing elsewhere",
            Self::Tls => "a mock sends to this machine without TLS: write `http://`",
        })
    }
}

/// Why there is no response.
#[derive(Clone, Debug)]
pub(crate) struct Failed(String);

impl Failed {
    fn because(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_machine_without_tls_are_taken() {
        for here in [
            "http://127.0.0.1:3000/hooks?a=b",
            "http://127.8.8.8",
            "http://LOCALHOST/",
            "http://[::1]:80/hooks",
        ] {
            assert!(Address::parse(here).is_ok(), "{here}");
        }
        for (elsewhere, why) in [
            ("https://example.com/hooks", NotHere::Elsewhere),
            ("http://localhost.example.com/", NotHere::Elsewhere),
            ("http://127.0.0.1@example.com/", NotHere::Elsewhere),
            ("http://0.0.0.0/", NotHere::Elsewhere),
            ("https://localhost/", NotHere::Tls),
            ("ftp://localhost/", NotHere::Tls),
            ("/hooks", NotHere::Unreadable),
            ("no address", NotHere::Unreadable),
        ] {
            assert_eq!(Address::parse(elsewhere).err(), Some(why), "{elsewhere}");
        }
    }
}
