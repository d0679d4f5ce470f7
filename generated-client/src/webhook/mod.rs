//! Receiving webhooks: verifying deliveries, decoding them, and detecting duplicates. Hooks
//! themselves are created through [`webhooks`](crate::webhooks); nothing here calls the API.
//!
//! # Subscribing
//!
//! A hook subscribes to one [`Topic`]: an event, or a wildcard for several.
//!
//! ```no_run
//! # bigcommerce_client::example!(["webhooks"] store:
//! use bigcommerce_client::{webhook::Topic, webhooks::WebhookCreate};
//!
//! let topic: Topic = "store/order/*".parse()?;
//! let hook = WebhookCreate::new().scope(topic).destination("https://example.com/hooks");
//! store.webhooks().create(hook).await?;
//! # );
//! ```
//!
//! # Receiving
//!
//! Anyone can post to that URL, so every delivery is verified first, over its raw bytes. The secret is
//! the client secret of the API account or app that created the hook.
//!
//! ```
//! use bigcommerce_client::{events::EventData, http::HeaderMap, webhook::{Seen, Verifier}};
//!
//! struct Hooks { verifier: Verifier, seen: Seen }
//!
//! impl Hooks {
//!     /// The status to respond with, immediately and without a body.
//!     fn receive(&self, headers: &HeaderMap, body: &[u8]) -> u16 {
//!         let Ok(verified) = self.verifier.verify(headers, body) else { return 401 };
//!         let Ok(delivery) = verified.parse() else { return 422 };
//!         if self.seen.is_new(&delivery) {
//!             match &delivery.data {
//!                 EventData::OrderCreated(order) => println!("order {:?}", order.id),
//!                 EventData::OrderStatusUpdated(order) => println!("status {:?}", order.status),
//!                 _ => println!("{} {}", delivery.scope, delivery.raw_data()),
//!             }
//!         }
//!         204
//!     }
//! }
//!
//! let hooks = Hooks { verifier: Verifier::new("the client secret"), seen: Seen::new(10_000) };
//! assert_eq!(hooks.receive(&HeaderMap::new(), b"{}"), 401);
//! ```
//!
//! With the feature `axum`, a handler that takes a `VerifiedDelivery` does the verification
//! automatically.
//!
//! # Testing
//!
//! [`Signer`] signs what a handler should accept, and [`Verifier::clock`] and [`Seen::clock`] accept
//! a clock that your test controls.
//!
//! # Notes
//!
//! - A delivery without a quick 2xx is retried up to eleven times in about 48 hours; then the hook is
//!   deactivated. Put the work in a queue and respond.
//! - The same event may be delivered twice, and the order is not guaranteed. [`Seen`] detects
//!   duplicates; for the current state read the resource through the API.
//! - An unknown event is kept as [`EventData::Unknown`](crate::events::EventData), never rejected:
//!   rejecting it would eventually deactivate the hook.
//! - Signatures have been documented since 2025. For deliveries without one there is
//!   [`Verifier::or_shared_header`]; by default unsigned deliveries are rejected.
//! - `hash` identifies deliveries but proves nothing. Only the signature does.

mod claim;
mod delivery;
mod error;
#[cfg(feature = "axum")]
mod extract;
pub mod headers;
mod seen;
mod shared_header;
mod signer;
mod topic;
mod verify;

pub use delivery::{Delivery, parse};
pub use error::VerifyError;
#[cfg(feature = "axum")]
pub use extract::{DeliveryRejection, VerifiedDelivery};
pub use headers::Headers;
/// A point in time for [`Verifier`], [`Signer`] and [`Seen`].
pub use jiff::Timestamp;
pub use seen::Seen;
pub use signer::{Signed, Signer};
pub use topic::{Topic, TopicError};
pub use verify::{Verified, Verifier};
