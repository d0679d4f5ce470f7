//! The transport between the client and the mock store: it adapts each request to the records of the
//! store, sends it over real HTTP, and records the exchange.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

use bigcommerce_client::{Client, RetryPolicy};
use bigcommerce_mock::Store;
use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

/// An outgoing request.
#[derive(Clone)]
pub struct Asking {
    pub method: String,
    /// The path and the query below the store.
    pub target: String,
    pub headers: http::HeaderMap,
    pub body: Bytes,
}

impl Asking {
    /// Whether the body is a form with files.
    pub fn is_form(&self) -> bool {
        let kind = self.headers.get(http::header::CONTENT_TYPE);
        kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
    }
}

/// A request as it was sent, and its response.
pub struct Exchange {
    /// The request of the client, before it was adapted to the records of the store.
    pub built: Asking,
    pub asking: Asking,
    pub status: u16,
    pub answer: Bytes,
}

type Fit = Arc<dyn Fn(&mut Asking) + Send + Sync>;
type Broken = Box<dyn std::error::Error + Send + Sync>;

#[derive(Clone)]
pub struct Way {
    http: reqwest::Client,
    root: String,
    fit: Arc<Mutex<Fit>>,
    seen: Arc<Mutex<Vec<Exchange>>>,
}

impl Way {
    /// A transport to a store that changes nothing.
    pub fn to(store: &Store) -> Self {
        // Nothing here uses TLS, yet the client requires a provider of certificates.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            root: format!("{}/stores/{}", store.url(), store.hash()),
            fit: Arc::new(Mutex::new(Arc::new(|_: &mut Asking| {}))),
            seen: Arc::default(),
        }
    }

    /// A transport to another store, with the same connections.
    pub fn along(&self, store: &Store) -> Self {
        Self {
            http: self.http.clone(),
            root: format!("{}/stores/{}", store.url(), store.hash()),
            fit: Arc::new(Mutex::new(Arc::new(|_: &mut Asking| {}))),
            seen: Arc::default(),
        }
    }

    /// A client that uses this transport, and does not retry.
    pub fn client(&self, store: &Store) -> Client {
        let builder = Client::builder(store.hash(), store.token()).base_url(store.url());
        let builder = builder.transport(self.clone()).retry(RetryPolicy::never());
        builder.build().unwrap()
    }

    /// From now on requests are changed in this way.
    pub fn fit(&self, fit: impl Fn(&mut Asking) + Send + Sync + 'static) {
        *self.fit.lock().unwrap() = Arc::new(fit);
    }

    /// And then in this way.
    pub fn also(&self, fit: impl Fn(&mut Asking) + Send + Sync + 'static) {
        let before = Arc::clone(&self.fit.lock().unwrap());
        self.fit(move |asking| {
            before(asking);
            fit(asking);
        });
    }

    /// The exchanges since this was last called.
    pub fn take(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.seen.lock().unwrap())
    }

    async fn go(self, request: Request<Bytes>) -> Result<Response<Bytes>, Broken> {
        let (head, body) = request.into_parts();
        let url = head.uri.to_string();
        let mut asking = Asking {
            method: head.method.to_string(),
            target: url.strip_prefix(&self.root).unwrap().to_owned(),
            headers: head.headers,
            body,
        };
        let built = asking.clone();
        let fit = Arc::clone(&self.fit.lock().unwrap());
        fit(&mut asking);
        let url = format!("{}{}", self.root, asking.target);
        let request = self.http.request(asking.method.parse().unwrap(), url);
        let request = request
            .headers(asking.headers.clone())
            .body(asking.body.clone());
        let response = request.send().await?;
        let mut answer = Response::builder().status(response.status());
        *answer.headers_mut().unwrap() = response.headers().clone();
        let body = response.bytes().await?;
        let answer = answer.body(body.clone())?;
        self.seen.lock().unwrap().push(Exchange {
            built,
            asking,
            status: answer.status().as_u16(),
            answer: body,
        });
        Ok(answer)
    }
}

impl Service<Request<Bytes>> for Way {
    type Response = Response<Bytes>;
    type Error = Broken;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Bytes>, Broken>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Broken>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        Box::pin(self.clone().go(request))
    }
}
