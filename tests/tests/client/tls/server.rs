//! Servers that use TLS, a proxy, and a certificate authority for them.

use std::{
    convert::Infallible,
    net::Ipv4Addr,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Request, Response,
    body::Incoming,
    server::conn::{http1, http2},
    service::service_fn,
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

/// A certificate authority.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        let issuer = Issuer::new(params, key);
        Self { issuer, pem }
    }

    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Accepts connections with a certificate of this host.
    pub fn acceptor(&self, host: &str, protocols: &[&str]) -> TlsAcceptor {
        TlsAcceptor::from(Arc::new(self.config(host, protocols)))
    }

    fn config(&self, host: &str, protocols: &[&str]) -> rustls::ServerConfig {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        config.alpn_protocols = protocols.iter().map(|it| it.as_bytes().to_vec()).collect();
        config
    }
}

/// What a server received.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The protocol that ALPN selected.
    pub protocol: Option<String>,
    pub version: http::Version,
    pub path: String,
    pub token: String,
}

/// A server that responds to every request with a brand. It stops with the runtime.
pub struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<Visit>>>,
}

impl Server {
    /// A server with a certificate of this host that supports these protocols.
    pub async fn start(authority: &Authority, host: &str, protocols: &[&str]) -> Self {
        let acceptor = authority.acceptor(host, protocols);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::default();
        let kept = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(acceptor.clone(), stream, Arc::clone(&kept)));
            }
        });
        Self { port, asked }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self, host: &str) -> String {
        format!("https://{host}:{}", self.port)
    }

    pub fn asked(&self) -> Vec<Visit> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(acceptor: TlsAcceptor, stream: TcpStream, asked: Arc<Mutex<Vec<Visit>>>) {
    // A client that does not trust the certificate disconnects here.
    let Ok(stream) = acceptor.accept(stream).await else {
        return;
    };
    let protocol = stream.get_ref().1.alpn_protocol();
    let protocol = protocol.map(|it| String::from_utf8_lossy(it).into_owned());
    let is_h2 = protocol.as_deref() == Some("h2");
    let service = service_fn(move |request: Request<Incoming>| {
        asked.lock().unwrap().push(Visit {
            protocol: protocol.clone(),
            version: request.version(),
            path: request.uri().path().to_owned(),
            token: request.headers()["x-auth-token"]
                .to_str()
                .unwrap()
                .to_owned(),
        });
        let body = Bytes::from_static(br#"{"data":{"id":7,"name":"Acme"},"meta":{}}"#);
        std::future::ready(Ok::<_, Infallible>(Response::new(Full::new(body))))
    });
    let io = TokioIo::new(stream);
    if is_h2 {
        let _ = http2::Builder::new(TokioExecutor::new())
            .serve_connection(io, service)
            .await;
    } else {
        let _ = http1::Builder::new().serve_connection(io, service).await;
    }
}

/// A proxy that forwards every tunnel to the same server.
pub struct Proxy {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub async fn start(to: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::default();
        let kept = Arc::clone(&heads);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(tunnel(stream, to, Arc::clone(&kept)));
            }
        });
        Self { port, heads }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What it read before it forwarded encrypted data.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn tunnel(stream: TcpStream, to: u16, heads: Arc<Mutex<Vec<String>>>) {
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await.unwrap() == 0 {
            return;
        }
    }
    heads.lock().unwrap().push(head);
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, to)).await.unwrap();
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
}

/// The versions of TLS that a ClientHello offers in its extension `supported_versions`.
pub fn offered_versions(hello: &[u8]) -> Vec<u16> {
    let pair = |at: usize| u16::from_be_bytes([hello[at], hello[at + 1]]);
    assert_eq!(hello[0], 1, "a ClientHello");
    // Its type and length, the legacy version field, and 32 random bytes.
    let mut at = 4 + 2 + 32;
    at += 1 + usize::from(hello[at]); // the session id
    at += 2 + usize::from(pair(at)); // the cipher suites
    at += 1 + usize::from(hello[at]); // the compression methods
    let end = at + 2 + usize::from(pair(at));
    at += 2;
    while at < end {
        let (kind, length) = (pair(at), usize::from(pair(at + 2)));
        if kind == 43 {
            let versions = &hello[at + 5..at + 4 + length];
            let pairs = versions.chunks_exact(2);
            return pairs.map(|it| u16::from_be_bytes([it[0], it[1]])).collect();
        }
        at += 4 + length;
    }
    panic!("no versions are offered")
}
