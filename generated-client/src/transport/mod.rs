//! The interface between the client and the network: a service that takes a request and returns a
//! response. It knows nothing of this API.
//!
//! Any such [`tower_service::Service`] can be used, so middleware can wrap [`HttpTransport`], or a
//! test can provide the responses:
//!
//! ```
//! use std::{convert::Infallible, future::{Ready, ready}, task::{Context, Poll}};
//! use bigcommerce_client::{bytes::Bytes, http, tower_service::Service};
//!
//! #[derive(Clone)]
//! struct Empty;
//!
//! impl Service<http::Request<Bytes>> for Empty {
//!     type Response = http::Response<Bytes>;
//!     type Error = Infallible;
//!     type Future = Ready<Result<Self::Response, Infallible>>;
//!
//!     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
//!         Poll::Ready(Ok(()))
//!     }
//!
//!     fn call(&mut self, _: http::Request<Bytes>) -> Self::Future {
//!         ready(Ok(http::Response::new(Bytes::from_static(b"[]"))))
//!     }
//! }
//!
//! let store = bigcommerce_client::Client::builder("abc123", "token").transport(Empty).build()?;
//! # Ok::<(), bigcommerce_client::Error>(())
//! ```

mod failure;
mod stream;
mod unfold;

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tower_service::Service;

#[cfg(feature = "reqwest")]
pub use crate::network::HttpTransport;
pub use failure::TransportError;
pub(crate) use failure::{cause_of, causes};
pub use stream::{ByteStream, StreamBody, WantsStream};
pub(crate) use unfold::{Step, Unfold};

/// The error of a transport.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

type Answering = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, BoxError>> + Send>>;

/// Limits that a transport must enforce, among the extensions of each request.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long the whole call may take, until the last byte of the response. If an endpoint has a
    /// concurrency cap, this is longer than the caller waits, because even a late response shows that the
    /// call is over.
    pub timeout: Duration,
    /// The maximum size of the response body in bytes, decompressed. A larger error response is truncated
    /// to it, so that the status is not lost.
    pub body: usize,
}

/// A transport with its type erased.
#[derive(Clone)]
pub(crate) struct Transport(Arc<dyn Answers>);

trait Answers: Send + Sync {
    fn answer(&self, request: http::Request<Bytes>) -> Answering;
}

impl<S> Answers for S
where
    S: Service<http::Request<Bytes>, Response = http::Response<Bytes>> + Clone,
    S: Send + Sync + 'static,
    S::Future: Send + 'static,
    S::Error: Into<BoxError>,
{
    fn answer(&self, request: http::Request<Bytes>) -> Answering {
        let mut service = self.clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(Into::into)?;
            service.call(request).await.map_err(Into::into)
        })
    }
}

impl Transport {
    pub(crate) fn new<S>(service: S) -> Self
    where
        S: Service<http::Request<Bytes>, Response = http::Response<Bytes>> + Clone,
        S: Send + Sync + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
    {
        Self(Arc::new(service))
    }

    pub(crate) fn answer(&self, request: http::Request<Bytes>) -> Answering {
        self.0.answer(request)
    }
}
