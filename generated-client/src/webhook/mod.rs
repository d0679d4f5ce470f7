//! Receiving webhooks: is a delivery genuine, what does it say, was it seen before. Hooks themselves
//! are made through [`webhooks`](crate::webhooks); nothing here calls the API.
//!
//! # Subscribing
//!
//! A hook waits for one [`Topic`]: an event, or a wildcard over several.
//!
//! ```no_run
//! # bigcommerce_client::example!(["webhooks"] store:
//! use bigcommerce_client::{webhook::Topic, webhooks::WebhookCreate};
//!
//! let topic: Topic = "store/order/*".parse()?;
//! store.webhooks().create(WebhookCreate::new().scope(topic).destination("https://example.com/hooks")).await?;
//! # );
//! ```
//!
//! # Receiving
//!
//! Anybody can post to that address, so every delivery is checked first, over the bytes that came. The
//! secret is the client secret of the API account or app that made the hook.
//!
//! ```
//! use bigcommerce_client::{Event, events::EventData, webhook::{Seen, Verifier}};
//!
//! struct Hooks { verifier: Verifier, seen: Seen }
//!
//! impl Hooks {
//!     /// The status to respond with, at once and without a body.
//!     fn receive(&self, headers: &http::HeaderMap, body: &[u8]) -> u16 {
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
//! assert_eq!(hooks.receive(&http::HeaderMap::new(), b"{}"), 401);
//! ```
//!
//! With the feature `axum`, a handler that takes a `VerifiedDelivery` does the first half by itself.
//!
//! # Testing
//!
//! [`Signer`] signs what a handler should accept, and [`Verifier::clock`] and [`Seen::clock`] take a
//! clock that your test moves.
//!
//! # What to know
//!
//! - A delivery that gets no quick 2xx comes again, up to eleven times in about 48 hours; then the hook
//!   is turned off. Put the work in a queue and respond.
//! - The same event may come twice, and no order is promised. [`Seen`] finds the former; for the latter
//!   read the thing again through the API.
//! - An event that is not known here is kept as [`EventData::Unknown`](crate::events::EventData), never
//!   refused: refusing would turn the hook off in the end.
//! - Signatures have been documented since 2025. For a delivery that comes without one there is
//!   [`Verifier::or_shared_header`]; by itself nothing unsigned is accepted.
//! - `hash` tells deliveries apart and proves nothing. Only the signature does.

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
/// A moment, as [`Verifier`], [`Signer`] and [`Seen`] take it.
pub use jiff::Timestamp;
pub use seen::Seen;
pub use signer::{Signed, Signer};
pub use topic::{Topic, TopicError};
pub use verify::{Verified, Verifier};
