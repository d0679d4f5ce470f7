//! Testing your program without BigCommerce: a store on your machine, custom responses, and a clock
//! that never waits.
//!
//! # A store on your machine
//!
//! The feature `mock` provides a store that behaves like the live one: it stores what is written,
//! rejects what the API rejects, and has its pagination, quotas and quirks. Each store listens on a free
//! port of this machine and stops when it is dropped, so every test can have its own.
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
//! // A call without the required scope is rejected as by the API.
//! let reader = Client::builder(store.hash(), store.read_only_token()).base_url(store.url()).build()?;
//! let refused = reader.brands().create(BrandCreate::new("Tailspin")).await;
//! assert!(refused.is_err_and(|error| error.status().is_some_and(|status| status == 403)));
//!
//! // Faults can be injected: here a response is lost.
//! store.faults().add(Fault::reset(Moment::During).on("brands.get").times(1));
//! let hasty = Client::builder(store.hash(), store.token())
//!     .base_url(store.url())
//!     .retry(RetryPolicy::never())
//!     .build()?;
//! assert!(hasty.brands().get(brand.id).await.is_err());
//!
//! // The store records all requests.
//! let calls: Vec<_> = store.log().into_iter().filter_map(|logged| logged.endpoint).collect();
//! assert_eq!(calls, ["brands.create", "brands.get", "brands.create", "brands.get"]);
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
//! # fn main() {}
//! ```
//!
//! Tests that start with the same records can create them once: `Store::copy` starts another store with
//! the same data, so each test has its own copy.
//!
//! The quota is that of the plan Standard, 150 requests in 30 seconds; a test that makes more uses
//! `mock::Plan::Enterprise`. `mock::Script` reads faults from a file, and with the same seed the same
//! requests fail. Programs in other languages can run the same store as a standalone server, the
//! program `bigcommerce-mock`.
//!
//! # Webhooks from the store
//!
//! Hooks are created with the API's own calls. If their destination is on this machine, the store
//! delivers the events that writes fire, signed with its client secret, and retries deliveries
//! without a 2xx, with an hour passing in a second. `delivered` waits until all deliveries are
//! finished, so a test does not have to guess how long.
//!
//! ```
//! # #[cfg(all(feature = "mock", feature = "axum", feature = "customers", feature = "webhooks", feature = "reqwest"))]
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use axum::{Router, http::StatusCode, routing::post};
//! use bigcommerce_client::customers::CustomerCreate;
//! use bigcommerce_client::webhook::{Topic, VerifiedDelivery, Verifier};
//! use bigcommerce_client::{Client, mock::Store, webhooks::WebhookCreate};
//! use tokio::net::TcpListener;
//!
//! /// The handler under test.
//! async fn receive(delivery: VerifiedDelivery) -> StatusCode {
//!     println!("{}", delivery.scope);
//!     StatusCode::NO_CONTENT
//! }
//!
//! let store = Store::start().await?;
//! let verifier = Verifier::new(store.client_secret());
//! let router = Router::new().route("/hooks", post(receive)).with_state(verifier);
//! let listener = TcpListener::bind("127.0.0.1:0").await?;
//! let destination = format!("http://{}/hooks", listener.local_addr()?);
//! tokio::spawn(async { axum::serve(listener, router).await });
//!
//! let client = Client::builder(store.hash(), store.token()).base_url(store.url()).build()?;
//! let topic: Topic = "store/customer/*".parse()?;
//! client.webhooks().create(WebhookCreate::new().scope(topic).destination(destination)).await?;
//! let customer = CustomerCreate::new().email("ada@example.com");
//! let customer = customer.first_name("Ada").last_name("Example");
//! client.customers().create([customer]).await?;
//!
//! store.delivered().await;
//! let deliveries = store.deliveries();
//! assert_eq!(deliveries[0].scope, "store/customer/created");
//! assert_eq!(deliveries[0].attempts[0].status, Some(204));
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "mock", feature = "axum", feature = "customers", feature = "webhooks", feature = "reqwest")))]
//! # fn main() {}
//! ```
//!
//! Single-click apps can be installed there too: `mock::Store::apps` registers one, its page asks
//! the merchant, and `app::AppBuilder::login_url` points the exchange to it.
//!
//! # Record and replay
//!
//! `mock::replay` records a program's requests and their responses in a file, and replays them without
//! a store. A request that differs from the recorded one fails with the difference.
//!
//! Secrets and personal data never reach the file, and of the rest only what is known to be harmless:
//! ids, dates, booleans, numbers of up to six digits, and the strings of names such as `name`, `sku`,
//! `status` and `title` (`replay::KEPT`). Anything else is replaced by a placeholder such as
//! `redacted-search_keywords-3`, which is what the program gets on replay; HTML pages are not kept at
//! all. A program that needs more can allow it by field name:
//!
//! ```
//! # #[cfg(feature = "mock")] {
//! use bigcommerce_client::mock::replay::{Recorder, Redaction};
//!
//! # let path = std::env::temp_dir().join(format!("keeping-{}.jsonl", std::process::id()));
//! # let transport = ();
//! let redaction = Redaction::standard()
//!     .keeping(["search_keywords", "custom_fields.value", "gtin"]) // harmless in this store
//!     .also(["warehouse.name"]) // confidential
//!     .keeping_texts(); // anything that is neither JSON nor a form, such as a gateway's pages
//! let recorder = Recorder::redacting(transport, &path, redaction)?;
//! # std::fs::remove_file(&path).ok();
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Fields with secret or personal names (`replay::SECRET`, `replay::PERSONAL`) are never recorded,
//! whatever else is allowed.
//!
//! ```
//! # #[cfg(all(feature = "mock", feature = "brands", feature = "reqwest"))]
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use bigcommerce_client::mock::{Store, replay::{Recorder, Replay}};
//! use bigcommerce_client::{Client, Error, brands::BrandCreate, transport::HttpTransport};
//!
//! /// The program under test.
//! async fn program(store: &Client) -> Result<Option<String>, Error> {
//!     let made = store.brands().create(BrandCreate::new("Northwind")).await?;
//!     let brand = store.brands().get(made.id).await?;
//!     Ok(brand.name.clone())
//! }
//!
//! # let folder = std::env::temp_dir();
//! # let path = folder.join(format!("guide-{}.jsonl", std::process::id()));
//! // Once, against the mock store; against a live one it is `HttpTransport::new`.
//! let store = Store::start().await?;
//! let recorder = Recorder::new(HttpTransport::loopback()?, &path)?;
//! let client = Client::builder(store.hash(), store.token())
//!     .base_url(store.url())
//!     .transport(recorder)
//!     .build()?;
//! let recorded = program(&client).await?;
//!
//! // From then on without a store.
//! let replay = Replay::from_file(&path)?;
//! let client = Client::builder(store.hash(), "any-token").transport(replay.clone()).build()?;
//! assert_eq!(program(&client).await?, recorded);
//! replay.finish()?; // All recorded requests were made.
//! # std::fs::remove_file(&path)?;
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
//! # fn main() {}
//! ```
//!
//! # Custom responses
//!
//! Any `tower` service can replace the network. This one responds according to the path; the rest
//! of the client is real, including its errors.
//!
//! ```
//! use std::{convert::Infallible, future::{Ready, ready}, task::{Context, Poll}};
//! use bigcommerce_client::{Client, bytes::Bytes, http, tower_service::Service};
//!
//! #[derive(Clone)]
//! struct Canned;
//!
//! impl Service<http::Request<Bytes>> for Canned {
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
//!         let mut response = http::Response::new(Bytes::from_static(body.as_bytes()));
//!         *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
//!         ready(Ok(response))
//!     }
//! }
//!
//! # #[cfg(feature = "brands")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), bigcommerce_client::Error> {
//! let store = Client::builder("abc123", "token").transport(Canned).build()?;
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
//! [`base_url`](crate::ClientBuilder::base_url) points the client to it. Without TLS only this machine is
//! allowed, so a mistake never sends a token anywhere.
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
//! Waits for the quota and between attempts use the client's [`Clock`](crate::clock::Clock); its page
//! shows one that jumps ahead instead of waiting, so a test of a 429 takes no time. With a transport of your
//! own, tokio's paused time does the same; with real connections it would end each timeout at once. A test that needs
//! each failure immediately uses [`RetryPolicy::never`](crate::RetryPolicy::never).
//!
//! # Apps and webhooks
//!
//! Without a store, `webhook::Signer` signs deliveries that your handler should accept, `app::App::sign_jwt`
//! signs the callbacks of an app, and `app::MemoryTokens` stores tokens.
//!
//! # Values
//!
//! Build models from JSON as the API sends it, with [`json::from_str`](crate::json::from_str). Only the required
//! fields have to be there, and at least one field; the others can also be set afterwards. A record has no default
//! value, since one without an id would be none that the API sends.
//!
//! ```
//! # #[cfg(feature = "orders")] {
//! use bigcommerce_client::{json, order_statuses::OrderStatus, orders::Order};
//!
//! let mut order: Order = json::from_str(r#"{"id":118,"total_inc_tax":"24.9500","new_field":true}"#)?;
//! order.status_id = Some(OrderStatus::AWAITING_FULFILLMENT);
//! order.billing_address = Some(json::from_str(r#"{"email":"ada@example.com"}"#)?);
//! assert_eq!(order.id, 118);
//! # }
//! # Ok::<(), bigcommerce_client::DecodeError>(())
//! ```
