//! Testing your program without BigCommerce: a store on your machine, responses of your own, and a
//! clock that never waits.
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
//! // What may go wrong goes wrong when you say so: here a response is lost on its way.
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
//! Tests that begin with the same records make them once: `Store::copy` starts another store with all that
//! one holds, and each test has a copy of its own.
//!
//! The quota is that of the plan Standard, 150 requests in 30 seconds; a test that makes more takes
//! `mock::Plan::Enterprise`. `mock::Script` reads faults from a file, and with the same seed the same
//! requests fail again. Programs in other languages use the same store as a server of its own, the
//! program `bigcommerce-mock`.
//!
//! # What the store sends
//!
//! Hooks are made by the API's own calls. Where they lead to this machine, the store sends them what
//! writes fire, signed with its client secret, and sends again what does not get a 2xx, an hour
//! in a second. `delivered` waits until nothing is on its way, so a test need not guess how long.
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
//! let customer = CustomerCreate::new().email("ada@example.com").first_name("Ada").last_name("Example");
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
//! Single-click apps are installed there too: `mock::Store::apps` registers one, its page asks the
//! merchant, and `app::AppBuilder::login_url` leads the exchange to it.
//!
//! # Record and replay
//!
//! `mock::replay` records a program's requests and their responses in a file, and plays them back where
//! there is no store. A request that differs from the recorded one fails and says how it differs.
//!
//! Secrets and personal data never reach the file, and of the rest only what is known to
//! be harmless: ids, dates, booleans, numbers of up to six digits, and the strings of names such as
//! `name`, `sku`, `status` and `title` (`replay::KEPT`). In place of anything else stands a placeholder
//! such as `redacted-search_keywords-3`, which is what the program gets when it is played back; a page of
//! HTML is not kept at all. A program that needs more of it says so, by the names of fields:
//!
//! ```
//! # #[cfg(feature = "mock")] {
//! use bigcommerce_client::mock::replay::{Recorder, Redaction};
//!
//! # let path = std::env::temp_dir().join(format!("keeping-{}.jsonl", std::process::id()));
//! # let transport = ();
//! let redaction = Redaction::standard()
//!     .keeping(["search_keywords", "custom_fields.value", "gtin"]) // harmless in this store
//!     .also(["warehouse.name"]) // not to be told
//!     .keeping_texts(); // what is neither JSON nor a form, such as a gateway's pages
//! let recorder = Recorder::redacting(transport, &path, redaction)?;
//! # std::fs::remove_file(&path).ok();
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is secret or personal by its name (`replay::SECRET`, `replay::PERSONAL`) stays out whatever is
//! kept beside it.
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
//! // From then on without any.
//! let replay = Replay::from_file(&path)?;
//! let client = Client::builder(store.hash(), "any-token").transport(replay.clone()).build()?;
//! assert_eq!(program(&client).await?, recorded);
//! replay.finish()?; // Nothing was left out.
//! # std::fs::remove_file(&path)?;
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
//! # fn main() {}
//! ```
//!
//! # Responses of your own
//!
//! Any `tower` service can stand in for the network. This one responds by the path; the rest of the
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
//!         let mut response = http::Response::new(Bytes::from_static(body.as_bytes()));
//!         *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
//!         ready(Ok(response))
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
//! Without a store, `webhook::Signer` signs deliveries that your handler should accept, `app::App::sign_jwt` the
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
