//! What happens to a call, reported as data while it happens: for metrics, logs and audit. Nothing here
//! holds a body, a parameter or the token.
//!
//! Bring an [`Observer`] by [`ClientBuilder::observer`](crate::ClientBuilder::observer). With the
//! feature `tracing` there is also a span for each call, with the endpoint, the method, the status,
//! the number of attempts and the time it waited.

mod span;

use std::time::Duration;

use crate::catalogue::{Endpoint, Scope};
use crate::kind::ErrorKind;
use crate::retry::Reason;

pub(crate) use span::Span;

/// Observes what happens to the calls of a client.
///
/// It runs where the call runs, so it must be quick: count, or hand on to a channel. One that panics ends the
/// call with its panic.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use bigcommerce_client::observe::{Observer, Signal, Step};
///
/// #[derive(Default)]
/// struct Retries(AtomicU64);
///
/// impl Observer for Retries {
///     fn observe(&self, signal: &Signal<'_>) {
///         if let Step::Retrying { .. } = signal.step {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// # let store = bigcommerce_client::Client::builder("abc123", "token").observer(Retries::default());
/// ```
pub trait Observer: Send + Sync + 'static {
    /// Something happened to a call.
    fn observe(&self, signal: &Signal<'_>);
}

/// Something that happened to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signal<'a> {
    /// The number of the call, unique in this process.
    pub call: u64,
    /// The hash of the store that is called.
    pub store_hash: &'a str,
    /// What is called; `None` for a raw call to a path that the catalogue does not have.
    pub endpoint: Option<Endpoint>,
    /// What happened.
    pub step: Step,
}

/// The steps of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// The caller has asked for it.
    Started,
    /// The scopes that were granted do not cover it, but the sources disagree about the scope it
    /// needs. It goes on.
    Doubtful {
        /// The scope that it needs by the catalogue.
        scope: Scope,
    },
    /// It waits.
    Waiting {
        /// For what.
        why: Wait,
        /// How long, when that is known; it may be shorter.
        expected: Option<Duration>,
    },
    /// The budget that is shared with other processes could not be asked. The call goes on by what
    /// this process knows.
    Unshared,
    /// It goes to the network.
    Sent {
        /// Which attempt it is, from 1.
        attempt: u32,
    },
    /// The API responded, with whatever status.
    Responded {
        /// Which attempt it was, from 1.
        attempt: u32,
        /// The HTTP status.
        status: u16,
        /// How long the attempt took.
        took: Duration,
        /// How many calls the store's window had left, when the response told.
        left: Option<u32>,
    },
    /// The response says something of the quota that cannot be true, such as a quota of 0 or a wait of years.
    /// It is ignored, or counts for as much as is possible.
    Doubted {
        /// The header, or the field of the body.
        what: &'static str,
    },
    /// The response asks for a longer wait, or tells of a longer window, than the quota's
    /// [`max_hold`](crate::quota::Quota::max_hold). It counts as that long.
    Shortened {
        /// The longest time in it.
        from: Duration,
        /// As how long it counts.
        to: Duration,
    },
    /// There was no response, or the rest of one that began with a success did not come.
    Failed {
        /// Which attempt it was, from 1.
        attempt: u32,
        /// How it failed.
        kind: ErrorKind,
        /// How long the attempt took.
        took: Duration,
    },
    /// It will be sent again.
    Retrying {
        /// The attempt that comes next.
        attempt: u32,
        /// Why.
        why: Reason,
        /// After which wait.
        after: Duration,
    },
    /// An audit sink failed to keep a record of the call, or took too long. It changes nothing for the
    /// call, unless the sink is [required](crate::ClientBuilder::required_audit) and nothing was sent yet.
    Unrecorded,
    /// It is over; nothing follows but [`Odd`](Self::Odd).
    Finished {
        /// How it ended.
        end: End,
        /// The status of the last response.
        status: Option<u16>,
        /// How many times it was sent.
        attempts: u32,
        /// How long it waited, all waits together.
        waited: Duration,
        /// How long it took, including waits.
        took: Duration,
    },
    /// The response, now that it was read, holds values that their fields cannot hold; see
    /// [`Response::oddities`](crate::Response::oddities).
    Odd {
        /// How many of them are reported, 100 at most.
        count: usize,
    },
}

/// What a call waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Wait {
    /// The store's quota: it is spent or not known yet, or others are first in line.
    Quota,
    /// The end of the wait that a 429 asked for, of this call or another one.
    Refused,
    /// A place among the calls of this endpoint that run at once.
    Place,
    /// The next attempt after a failure.
    Backoff,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum End {
    /// The API responded with a success that can be read. Files, events and the bytes of a raw call are handed on
    /// unread. A page of a stream is read when it is taken, so until then it is known only to be no HTML and no
    /// error of the API.
    Succeeded,
    /// It failed. One that the API took, and whose response cannot be read, has the kind
    /// [`Decode`](ErrorKind::Decode) and the status of a success.
    Failed(ErrorKind),
    /// The caller dropped it.
    Cancelled,
}

impl End {
    /// `"succeeded"`, `"failed"` or `"cancelled"`.
    ///
    /// ```
    /// use bigcommerce_client::{ErrorKind, observe::End};
    ///
    /// // As the label of a counter: one word, whatever it was that failed.
    /// assert_eq!(End::Failed(ErrorKind::Timeout).as_str(), "failed");
    /// assert_eq!(End::Cancelled.as_str(), "cancelled");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Failed(_) => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}
