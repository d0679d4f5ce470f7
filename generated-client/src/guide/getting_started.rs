//! The first call, and the settings of a client: timeouts, retries, a proxy, logging, the user agent
//! and the base URL.
//!
//! # The first call
//!
//! The default transport needs a tokio runtime:
//!
//! ```toml
//! [dependencies]
//! bigcommerce-client = "0.1"
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! A client takes a store's hash and an access token with the [scopes](crate::scopes) that its calls
//! need:
//!
//! ```no_run
//! # #[cfg(all(feature = "products", feature = "reqwest"))]
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     use std::env;
//!     use bigcommerce_client::Client;
//!
//!     let store = Client::new(env::var("STORE_HASH")?, env::var("ACCESS_TOKEN")?)?;
//!     for product in store.products().list().limit(10).await? {
//!         println!("{} {}", product.id, product.name.unwrap_or_default());
//!     }
//!     Ok(())
//! }
//! # #[cfg(not(all(feature = "products", feature = "reqwest")))]
//! # fn main() {}
//! ```
//!
//! Create it once and clone it where it is needed: clones share the connections and the store's quota.
//!
//! # Settings
//!
//! All of them are methods of the [`ClientBuilder`](crate::ClientBuilder):
//!
//! ```
//! # #[cfg(feature = "reqwest")] {
//! use std::time::Duration;
//! use bigcommerce_client::{Client, RetryPolicy};
//!
//! let store = Client::builder("abc123", "the-token")
//!     .user_agent("stock-sync/2.1")
//!     .timeout(Duration::from_secs(20))
//!     .max_wait(Duration::from_secs(60))
//!     .retry(RetryPolicy::standard().attempts(6).within(Duration::from_secs(120)))
//!     .build()?;
//! # }
//! # Ok::<(), bigcommerce_client::Error>(())
//! ```
//!
//! | Setting | What it does | Default |
//! | --- | --- | --- |
//! | [`user_agent`](crate::ClientBuilder::user_agent) | names your program in front of this crate | this crate alone |
//! | [`timeout`](crate::ClientBuilder::timeout) | limits one attempt | 60 seconds |
//! | [`max_wait`](crate::ClientBuilder::max_wait) | limits the wait for the quota and a free slot | five minutes |
//! | [`retry`](crate::ClientBuilder::retry) | controls which calls are retried, how often and when | [`RetryPolicy::standard`](crate::RetryPolicy::standard) |
//! | [`max_body`](crate::ClientBuilder::max_body) | limits the size of a response | 64 MiB |
//! | [`strict`](crate::ClientBuilder::strict) | makes a value of the wrong type an error | off |
//! | [`transport`](crate::ClientBuilder::transport) | sends the requests | HTTPS with `reqwest` |
//! | [`observer`](crate::ClientBuilder::observer) | is notified of each attempt, wait and retry | none |
//! | [`base_url`](crate::ClientBuilder::base_url) | is where calls are sent | BigCommerce |
//!
//! # Timeouts and retries
//!
//! The `timeout` applies to a single attempt, from the connection to the last byte. `max_wait` applies to
//! the waits before it, and the policy to the number of attempts and their time in total. A
//! [`CallOptions`](crate::CallOptions) changes each of them for a single call.
//! [Limits](super::limits) says what is retried, and how long calls wait.
//!
//! # Proxy
//!
//! The default transport uses the proxy that the variables `HTTPS_PROXY` or `ALL_PROXY` name. For any
//! other proxy, or certificates of your own, pass a `reqwest` client in a transport. It must not follow
//! redirects, which could take the token to another host, and must enforce the
//! [`Limits`](crate::transport::Limits) of each request:
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # mod example {
//! use std::{pin::Pin, task::{Context, Poll}};
//! use bigcommerce_client::transport::{Limits, TransportError};
//! use bigcommerce_client::{Client, bytes::Bytes, http, tower_service::Service};
//!
//! #[derive(Clone)]
//! struct Proxied(reqwest::Client);
//!
//! impl Service<http::Request<Bytes>> for Proxied {
//!     type Response = http::Response<Bytes>;
//!     type Error = TransportError;
//!     type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;
//!
//!     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
//!         Poll::Ready(Ok(()))
//!     }
//!
//!     fn call(&mut self, request: http::Request<Bytes>) -> Self::Future {
//!         let client = self.0.clone();
//!         Box::pin(async move {
//!             let limits = request.extensions().get::<Limits>().copied();
//!             let mut request = reqwest::Request::try_from(request).map_err(TransportError::connect)?;
//!             *request.timeout_mut() = limits.map(|limits| limits.timeout);
//!             let received = client.execute(request).await.map_err(failure)?;
//!             let (status, headers) = (received.status(), received.headers().clone());
//!             let mut body = received.bytes().await.map_err(failure)?;
//!             if let Some(limits) = limits.filter(|limits| body.len() > limits.body) {
//!                 if status.is_success() {
//!                     return Err(TransportError::too_large(limits.body));
//!                 }
//!                 body.truncate(limits.body);
//!             }
//!             let mut response = http::Response::new(body);
//!             *response.status_mut() = status;
//!             *response.headers_mut() = headers;
//!             Ok(response)
//!         })
//!     }
//! }
//!
//! /// A create is retried only if nothing was sent.
//! fn failure(error: reqwest::Error) -> TransportError {
//!     if error.is_connect() {
//!         TransportError::connect(error)
//!     } else if error.is_timeout() {
//!         TransportError::timeout()
//!     } else {
//!         TransportError::broken(error)
//!     }
//! }
//!
//! fn client() -> Result<Client, Box<dyn std::error::Error>> {
//!     let proxied = reqwest::Client::builder()
//!         .proxy(reqwest::Proxy::https("http://proxy.example.com:3128")?)
//!         .redirect(reqwest::redirect::Policy::none())
//!         .build()?;
//!     Ok(Client::builder("abc123", "the-token").transport(Proxied(proxied)).build()?)
//! }
//! # }
//! ```
//!
//! Files that are not in memory are uploaded as a [`StreamBody`](crate::transport::StreamBody), which this
//! transport does not support, so such an upload fails.
//!
//! # Logging and tracing
//!
//! With the feature `tracing` each call has a span, `bigcommerce_call`, with the endpoint, the method, the
//! store, the status, the number of attempts and the time it waited. Attempts and responses are logged in it
//! at the level debug, retries at info, and anything suspicious, such as impossible rate limit headers, at warn.
//! Any subscriber shows them:
//!
//! ```toml
//! bigcommerce-client = { version = "0.1", features = ["tracing"] }
//! tracing-subscriber = { version = "0.3", features = ["env-filter"] }
//! ```
//!
//! After `tracing_subscriber::fmt::init()`, the variable `RUST_LOG=bigcommerce_client=debug` selects the
//! level. For metrics, or without `tracing`, an [`Observer`](crate::observe::Observer) receives the same as
//! data; [limits](super::limits#observing) has an example. Neither ever contains the token, a body or a
//! parameter.
//!
//! # Base URL
//!
//! For tests, [`base_url`](crate::ClientBuilder::base_url) points the client to another host. Without TLS
//! only this machine is allowed, because every request carries the token. `cargo mock` in a checkout of the
//! repository, or the program `bigcommerce-mock`, starts a store there and prints the variables that this
//! reads:
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use std::env;
//! use bigcommerce_client::Client;
//!
//! let mut store = Client::builder(env::var("STORE_HASH")?, env::var("ACCESS_TOKEN")?);
//! if let Ok(url) = env::var("BASE_URL") {
//!     store = store.base_url(url);
//! }
//! let store = store.build()?;
//! # Ok(())
//! # }
//! ```
//!
//! [Testing](super::testing) shows how a test starts a store of its own.
