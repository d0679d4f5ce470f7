//! Testing your program without BigCommerce: a store on your machine, answers of your own, and a clock
//! that never waits.
//!
//! # A store on your machine
//!
//! The feature `mock` brings a store that behaves like the live one: it keeps what is written, refuses
//! what the API refuses, and has its paging, quotas and oddities. Each is on a free port of this machine
//! and ends when it is dropped, so every test can have its own.
//!
//! ```toml
//! [dev-dependencies]
//! bigcommerce-client = { version = "0.1", features = ["mock"] }
//! ```
//!
//! ```
//! # #[cfg(all(feature = "mock", feature = "brands", feature = "reqwest"))]
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use bigcommerce_client::{Client, RetryPolicy, brands::BrandCreate, mock::{Fault, Moment, Store}};
//!
//! let store = Store::start().await?;
//! let client = Client::builder(store.hash(), store.token()).base_url(store.url()).build()?;
//! let brand = client.brands().create(BrandCreate::new("Northwind")).await?;
//! assert_eq!(client.brands().get(brand.id).await?.name.as_deref(), Some("Northwind"));
//!
//! // What a token may not do is refused as the API refuses it.
//! let reader = Client::builder(store.hash(), store.read_only_token()).base_url(store.url()).build()?;
//! let refused = reader.brands().create(BrandCreate::new("Tailspin")).await;
//! assert!(refused.is_err_and(|error| error.status().is_some_and(|status| status == 403)));
//!
//! // What may go wrong goes wrong when you say so: here an answer is lost on its way.
//! store.faults().add(Fault::reset(Moment::During).on("brands.get").times(1));
//! let hasty = Client::builder(store.hash(), store.token())
//!     .base_url(store.url())
//!     .retry(RetryPolicy::never())
//!     .build()?;
//! assert!(hasty.brands().get(brand.id).await.is_err());
//!
//! // The store remembers who asked for what.
//! let calls: Vec<_> = store.log().into_iter().filter_map(|logged| logged.endpoint).collect();
//! assert_eq!(calls, ["brands.create", "brands.get", "brands.create", "brands.get"]);
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
//! # fn main() {}
//! ```
//!
//! The quota is that of the plan Standard, 150 requests in 30 seconds; a test that makes more takes
//! `mock::Plan::Enterprise`. Programs in other languages use the same store as a server of its own, the
//! program `bigcommerce-mock`.
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
//! # Any server on your machine
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
