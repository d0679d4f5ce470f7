//! Webhooks: events are delivered to all subscribed hooks, signed according to Standard Webhooks,
//! with retries. Writes never wait for deliveries, and nothing leaves this machine.
//!
//! A [`Dispatcher`] takes [`Fired`] events together with the [`Hook`]s at that time, and logs the
//! outcome of each [`Delivery`].
//!
//! ```
//! use std::sync::Arc;
//! use bigcommerce_mock::events::{Account, Dispatcher, Fired, Hook, Identity, State};
//! use serde_json::json;
//!
//! struct Secrets;
//!
//! impl Account for Secrets {
//!     fn secret(&self, _: &str) -> Option<String> {
//!         Some("client secret".to_owned())
//!     }
//!     fn switch_off(&self, _: &Hook) {}
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let store = Identity::new("abc123", "1025646");
//! let deliveries = Dispatcher::builder(store, Arc::new(Secrets)).start()?;
//!
//! let record = json!({ "id": 7, "scope": "store/order/*", "destination": "https://example.com/hooks" });
//! let hooks: Vec<Hook> = record.as_object().and_then(Hook::from_record).into_iter().collect();
//! let fired = [Fired::new("store/order/created", json!({ "type": "order", "id": 250 }))];
//! deliveries.dispatch(&fired, &hooks);
//!
//! // Not on this machine, so it is only logged.
//! let log = deliveries.log();
//! assert!(matches!(&log[0].state, State::NotSent(_)));
//! deliveries.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod blocks;
mod desk;
mod dispatcher;
mod exceptions;
mod hook;
mod log;
mod payload;
mod schedule;
mod sending;
mod shared;
mod topic;
mod unused;

pub use dispatcher::{Dispatcher, DispatcherBuilder, NoRuntime};
pub use hook::{Account, Block, Fired, Hook, Identity};
/// Where the record of a hook says that deliveries switched it off.
pub(crate) const SWITCHED_OFF: &str = "$switched_off";
pub use log::{Attempt, Delivery, State};
pub use schedule::Schedule;
pub(crate) use topic::is_met_by;
