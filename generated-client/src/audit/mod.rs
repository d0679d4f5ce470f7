//! A record of every call and every denial: who asked for what, what was decided by which rule, and
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
//! A call that may change the store leaves two records with the same number: before it is first sent,
//! that it [will be](Record::is_intent), and when it is over, what came of it. So whatever was sent
//! stands in the log, even if the program is killed meanwhile. A call that reads, and one that is
//! refused or not valid, leaves one record when it is over. The last one is made also when the caller
//! dropped the call. A response that says that the call succeeded and cannot be read, such as the HTML page of a
//! proxy or an error with status 200, is recorded as what it was: failed, with its status and the error
//! `decode`; a write may have happened. Each page of a list and each batch of a bulk call is a call of its own.
//!
//! Each sink of a client has a thread of its own, and a call waits until it has the record: for the
//! first of a write for half of the call's timeout at most, which counts as part of the first
//! attempt's; for the last one for what is left of it; and not for longer than a second. Nobody waits
//! for a sink that is behind. A sink that fails, panics or takes too long does not fail the call, and
//! observers learn of it by [`Step::Unrecorded`](crate::observe::Step::Unrecorded); but one that was given
//! by [`ClientBuilder::required_audit`](crate::ClientBuilder::required_audit) has the whole half of the
//! timeout for the first record, and without it the call is not sent and fails as
//! [`ErrorKind::Unrecorded`](crate::ErrorKind::Unrecorded).

mod entry;
mod keeper;
mod lines;
mod record;

use std::io;
use std::sync::Arc;

pub(crate) use entry::Entry;
pub(crate) use keeper::{Handed, Keeper, MOMENT};
pub use lines::JsonLines;
pub use record::Record;

/// Keeps the records of calls.
///
/// It runs on a thread of its own, one record after another. When it returns, the record must be safe
/// from the end of the program: written and flushed.
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
    /// When it could not be kept. A panic counts as one. The call goes on, unless it is a write that has
    /// not been sent yet and the sink is [required](crate::ClientBuilder::required_audit).
    fn record(&self, record: &Record<'_>) -> io::Result<()>;
}

impl<S: AuditSink + ?Sized> AuditSink for Arc<S> {
    fn record(&self, record: &Record<'_>) -> io::Result<()> {
        (**self).record(record)
    }
}
