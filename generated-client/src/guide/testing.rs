//! Testing your program without BigCommerce: answers of your own, a server on your machine, and a clock
//! that never waits.
//!
//! # Answers of your own
//!
//! Any `tower` service can stand in for the network. This one answers by the path; the rest of the
//! client is the real thing, errors included.
//!
//! ```
//! use std::{convert::Infallible, future::{Ready, ready}, task::{Context, Poll}};
//! use bigcommerce_client::Client;
//! use bytes::Bytes;
//! use tower_service::Service;
//!
//! #[derive(Clone)]
//! struct Answers;
//!
//! impl Service<http::Request<Bytes>> for Answers {
//!     type Response = http::Response<Bytes>;
//!     type Error = Infallible;
//!     type Future = Ready<Result<Self::Response, Infallible>>;
//!
//!     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
//!         Poll::Ready(Ok(()))
//!     }
//!
//!     fn call(&mut self, request: http::Request<Bytes>) -> Self::Future {
//!         let (status, body) = match request.uri().path() {
//!             "/stores/abc123/v3/catalog/brands/7" => (200, r#"{"data":{"id":7,"name":"Acme"}}"#),
//!             _ => (404, r#"{"status":404,"title":"Not found"}"#),
//!         };
//!         let mut answer = http::Response::new(Bytes::from_static(body.as_bytes()));
//!         *answer.status_mut() = http::StatusCode::from_u16(status).unwrap();
//!         ready(Ok(answer))
//!     }
//! }
//!
//! # #[cfg(feature = "brands")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), bigcommerce_client::Error> {
//! let store = Client::builder("abc123", "token").transport(Answers).build()?;
//! assert_eq!(store.brands().get(7).await?.name.as_deref(), Some("Acme"));
//! assert!(store.brands().get(8).await.is_err_and(|error| error.is_not_found()));
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "brands"))]
//! # fn main() {}
//! ```
//!
//! # A server on your machine
//!
//! [`base_url`](crate::ClientBuilder::base_url) leads to it. Without TLS only this machine is allowed, so
//! a slip never sends a token anywhere.
//!
//! ```
//! # #[cfg(feature = "reqwest")] {
//! use bigcommerce_client::Client;
//!
//! let store = Client::builder("abc123", "token").base_url("http://127.0.0.1:8080").build()?;
//! assert_eq!(store.base_url(), "http://127.0.0.1:8080/stores/abc123");
//! assert!(Client::builder("abc123", "token").base_url("http://example.com").build().is_err());
//! # }
//! # Ok::<(), bigcommerce_client::Error>(())
//! ```
//!
//! # No waiting
//!
//! Waits for the quota and between attempts go by the client's [`Clock`](crate::clock::Clock), whose page
//! has one that jumps ahead instead of waiting: a test of a 429 then takes no time. A test that wants
//! each failure at once takes [`RetryPolicy::never`](crate::RetryPolicy::never).
//!
//! # Apps and webhooks
//!
//! `webhook::Signer` signs deliveries that your handler should accept, `app::App::sign_jwt` the
//! callbacks of an app, and `app::MemoryTokens` keeps tokens.
//!
//! # Values
//!
//! Models are made from JSON as the API sends it, with [`json::from_str`](crate::json::from_str):
//!
//! ```
//! # #[cfg(feature = "brands")] {
//! use bigcommerce_client::{brands::Brand, json};
//!
//! let brand: Brand = json::from_str(r#"{"id":7,"name":"Acme","new_field":true}"#)?;
//! assert_eq!(brand.id, 7);
//! # }
//! # Ok::<(), bigcommerce_client::DecodeError>(())
//! ```
