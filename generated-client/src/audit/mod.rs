//! A record of every call and every denial: who made it, which rule decided about it, and how it
//! ended. Records contain no headers and no token, and from bodies and queries only the ids of the
//! records that a call changes: see [`named_by`](crate::catalogue::EndpointFacts::named_by).
//!
//! Set a sink with [`ClientBuilder::audit`](crate::ClientBuilder::audit), and the name of the actor
//! with [`ClientBuilder::actor`](crate::ClientBuilder::actor) or
//! [`Client::acting_as`](crate::Client::acting_as). [`JsonLines`] writes each record as a line of
//! JSON that includes it as a sentence:
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
//! assert!(line.contains(r#""decision":"denied","rule":"orders: read""#), "{line}");
//! assert!(line.contains(
//!     "store-ops requested orders.delete (order_id 118): denied by `orders: read`, nothing was sent."
//! ));
//! # Ok(()) })
//! # }
//! # #[cfg(not(all(feature = "orders", feature = "reqwest")))]
//! # fn main() {}
//! ```
//!
//! A call that may change the store produces two records with the same number: the
//! [intent](Record::is_intent) before it is first sent, and the result when it is over. So everything
//! that was sent is in the log, even if the program is killed in between. A read, and a call that is
//! denied or invalid, produces one record when it is over. The final record is also written if the
//! caller drops the call. A success response that cannot be decoded, such as the HTML page of a proxy
//! or an error with status 200, is recorded as failed, with its status and the error `decode`; a
//! write may have happened. Each page of a list and each batch of a bulk call is a separate call.
//!
//! Each sink of a client has its own thread, and a call waits until the sink has stored the record: for
//! the first record of a write at most half of the call's timeout, which counts towards the first attempt;
//! for the last one the rest of it; and never longer than a second. Calls do not wait for a sink that has
//! fallen behind. A sink that fails, panics or takes too long does not fail the call, and observers are
//! notified with [`Step::Unrecorded`](crate::observe::Step::Unrecorded). A sink set with
//! [`ClientBuilder::required_audit`](crate::ClientBuilder::required_audit) has the full half of the
//! timeout for the first record, and if it does not store it, the call is not sent and fails as
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

/// Stores the records of calls.
///
/// It runs on its own thread, one record at a time. When it returns, the record must survive the end
/// of the program: written and flushed.
///
/// ```
/// use std::io;
/// use bigcommerce_client::audit::{AuditSink, Record};
///
/// struct Denials;
///
/// impl AuditSink for Denials {
///     fn record(&self, record: &Record<'_>) -> io::Result<()> {
///         if record.is_denied() {
///             eprintln!("{}", record.sentence());
///         }
///         Ok(())
///     }
/// }
/// # let store = bigcommerce_client::Client::builder("abc123", "token").audit(Denials);
/// ```
pub trait AuditSink: Send + Sync + 'static {
    /// Stores a record.
    ///
    /// # Errors
    ///
    /// Returns an error if the record could not be stored. A panic counts as an error. The call
    /// continues, unless it is a write that has not been sent yet and the sink is
    /// [required](crate::ClientBuilder::required_audit).
    fn record(&self, record: &Record<'_>) -> io::Result<()>;
}

impl<S: AuditSink + ?Sized> AuditSink for Arc<S> {
    fn record(&self, record: &Record<'_>) -> io::Result<()> {
        (**self).record(record)
    }
}
