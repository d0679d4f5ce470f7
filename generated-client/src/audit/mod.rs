//! A record of every call and every refusal: who asked for what, what was decided by which rule, and
//! what came of it. Records hold no header, no token, and of bodies and queries nothing but the ids of
//! the records that a call changes: see [`named_by`](crate::catalogue::EndpointFacts::named_by).
//!
//! A sink is given to the client by [`ClientBuilder::audit`](crate::ClientBuilder::audit), and the
//! name of who acts by [`ClientBuilder::actor`](crate::ClientBuilder::actor) or
//! [`Client::acting_as`](crate::Client::acting_as). [`JsonLines`] writes each record as a line of
//! JSON with the same thing as a sentence:
//!
//! ```
//! # #[cfg(all(feature = "orders", feature = "reqwest"))]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! use std::sync::Arc;
//! use bigcommerce_client::{Client, Group, audit::JsonLines, policy::{Level, Policy}};
//!
//! let log = Arc::new(JsonLines::new(Vec::new())); // or JsonLines::append("audit.jsonl")?
//! let agent = Client::builder("abc123", "the-token")
//!     .policy(Policy::new().group(Group::Orders, Level::Read))
//!     .actor("store-ops")
//!     .audit(Arc::clone(&log))
//!     .build()?;
//!
//! assert!(agent.orders().delete(118).await.is_err());
//!
//! let line = log.with(|written| String::from_utf8_lossy(written).into_owned());
//! assert!(line.contains(r#""decision":"refused","rule":"orders: read""#), "{line}");
//! assert!(line.contains(
//!     "store-ops asked for orders.delete (order_id 118): refused by `orders: read`, nothing was sent."
//! ));
//! # Ok(()) })
//! # }
//! # #[cfg(not(all(feature = "orders", feature = "reqwest")))]
//! # fn main() {}
//! ```
//!
//! A record is made when the call is over, also when the caller dropped it. Each page of a list is a
//! call of its own. A sink that fails does not fail the call; observers are told by
//! [`Step::Unrecorded`](crate::observe::Step::Unrecorded).

mod lines;
mod record;

use std::io;
use std::sync::Arc;

pub use lines::JsonLines;
pub use record::Record;

/// Keeps the records of calls.
///
/// It runs where the call runs, so it must be quick: write to a buffered file, or hand on to a
/// channel.
///
/// ```
/// use std::io;
/// use bigcommerce_client::audit::{AuditSink, Record};
///
/// struct Refusals;
///
/// impl AuditSink for Refusals {
///     fn record(&self, record: &Record<'_>) -> io::Result<()> {
///         if record.is_refused() {
///             eprintln!("{}", record.sentence());
///         }
///         Ok(())
///     }
/// }
/// # let store = bigcommerce_client::Client::builder("abc123", "token").audit(Refusals);
/// ```
pub trait AuditSink: Send + Sync + 'static {
    /// Keeps a record.
    ///
    /// # Errors
    ///
    /// When it could not be kept. The call goes on.
    fn record(&self, record: &Record<'_>) -> io::Result<()>;
}

impl<S: AuditSink + ?Sized> AuditSink for Arc<S> {
    fn record(&self, record: &Record<'_>) -> io::Result<()> {
        (**self).record(record)
    }
}
