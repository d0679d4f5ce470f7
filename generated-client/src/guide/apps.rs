//! Apps and webhooks: how a program gets a store's token, and how it receives its events. Each
//! module's own page describes the steps in detail.
//!
//! | Module | What it does | Feature |
//! | --- | --- | --- |
//! | [`app`](crate::app) | installs a single-click app, stores the token, verifies who opens it, logs shoppers in | `app` |
//! | [`webhooks`](crate::webhooks) | creates, lists and deletes hooks | `webhooks` |
//! | [`webhook`](crate::webhook) | verifies and decodes webhook deliveries | `webhook` |
//! | [`storefront`](crate::storefront) | opens a checkout; with `mcp`, calls the tools of a storefront | none |
//!
//! # From the browser to a client
//!
//! After the merchant agrees, the browser is redirected to your auth callback. The query string of
//! that URL is exchanged for a client of the store:
//!
//! ```no_run
//! # #[cfg(all(feature = "app", feature = "webhook", feature = "webhooks", feature = "reqwest"))]
//! # async fn example(query: &str) -> Result<(), Box<dyn std::error::Error>> {
//! use bigcommerce_client::app::{App, MemoryTokens};
//! use bigcommerce_client::{Scope, webhook::Topic, webhooks::WebhookCreate};
//!
//! let app = App::builder("client id", "client secret", "https://app.example.com/auth")
//!     .scopes([Scope::OrdersModify])
//!     .build()?;
//! let tokens = MemoryTokens::default(); // Use a database in production.
//!
//! let grant = app.install(query, &tokens).await?;
//! let store = grant.client_builder().build()?;
//! let topic: Topic = "store/order/*".parse()?;
//! let hook = WebhookCreate::new().scope(topic).destination("https://app.example.com/hooks");
//! store.webhooks().create(hook).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # From your login to the store's login
//!
//! A site that has its own login sends a shopper to the storefront with a link that is signed with the client
//! secret. It works once, within 30 seconds, and logs in whoever opens it: create it on demand, redirect the
//! browser to it, and keep it out of logs. The account needs the scope `store_v2_customers_login`; no API call is
//! made.
//!
//! ```
//! # #[cfg(feature = "app")] {
//! use bigcommerce_client::app::{LoginError, LoginSigner, LoginToken};
//!
//! fn location(signer: &LoginSigner, customer: i64) -> Result<String, LoginError> {
//!     let login = LoginToken::new("abc123", customer).channel_id(1).redirect_to("/cart.php");
//!     Ok(signer.link("https://shop.example.com", &login)?.into())
//! }
//! # let signer = LoginSigner::new("client id", "client secret")?;
//! # assert!(location(&signer, 118)?.contains("/login/token/"));
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # From a delivery to work
//!
//! Verify the signature over the raw bytes, respond immediately, and process the event afterwards.
//! Deliveries may arrive more than once and out of order.
//!
//! ```
//! # #[cfg(feature = "webhook")] {
//! use bigcommerce_client::{events::EventData, http::HeaderMap, webhook::{Seen, Verifier}};
//!
//! fn receive(verifier: &Verifier, seen: &Seen, headers: &HeaderMap, body: &[u8]) -> u16 {
//!     let Ok(verified) = verifier.verify(headers, body) else { return 401 };
//!     let Ok(delivery) = verified.parse() else { return 422 };
//!     if seen.is_new(&delivery) {
//!         if let EventData::OrderCreated(order) = &delivery.data {
//!             println!("order {:?}", order.id); // Add it to your queue.
//!         }
//!     }
//!     204
//! }
//! # let verifier = Verifier::new("the client secret");
//! # assert_eq!(receive(&verifier, &Seen::new(10), &HeaderMap::new(), b"{}"), 401);
//! # }
//! ```
//!
//! With the feature `axum` a handler takes `webhook::VerifiedDelivery`, which replaces the first line.
//! The examples `app` and `webhook_receiver` of this crate are complete small servers.
