//! Events of a call, reported as they happen: for metrics, logs and audit. None of them contains a
//! body, a parameter or the token.
//!
//! Set an [`Observer`] with [`ClientBuilder::observer`](crate::ClientBuilder::observer). With the
//! feature `tracing` there is also a span for each call, with the endpoint, the method, the status,
//! the number of attempts and the time it waited.

mod span;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::catalogue::{Endpoint, Scope};
use crate::kind::ErrorKind;
use crate::retry::Reason;

pub(crate) use span::Span;

/// Observes what happens to the calls of a client.
///
/// It runs in the task of the call, so it must be fast: increment a counter or send to a channel. If it
/// panics, the call panics.
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
    /// Called for each event of a call.
    fn observe(&self, signal: &Signal<'_>);
}

/// Read what it has counted through another clone.
///
/// ```
/// # #[cfg(feature = "reqwest")] {
/// use std::sync::{Arc, atomic::{AtomicU64, Ordering}};
/// use bigcommerce_client::{Client, observe::{Observer, Signal}};
///
/// #[derive(Default)]
/// struct Signals(AtomicU64);
///
/// impl Observer for Signals {
///     fn observe(&self, _: &Signal<'_>) {
///         self.0.fetch_add(1, Ordering::Relaxed);
///     }
/// }
///
/// let signals = Arc::new(Signals::default());
/// let store = Client::builder("abc123", "the-token").observer(Arc::clone(&signals)).build()?;
/// assert_eq!(signals.0.load(Ordering::Relaxed), 0, "nothing was called yet");
/// # }
/// # Ok::<(), bigcommerce_client::Error>(())
/// ```
impl<O: Observer + ?Sized> Observer for Arc<O> {
    fn observe(&self, signal: &Signal<'_>) {
        (**self).observe(signal);
    }
}

/// An event of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signal<'a> {
    /// The number of the call, unique in this process.
    pub call: u64,
    /// The hash of the store that is called.
    pub store_hash: &'a str,
    /// The endpoint; `None` for a raw call to a path that is not in the catalogue.
    pub endpoint: Option<Endpoint>,
    /// What happened.
    pub step: Step,
}

/// The steps of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// The caller has made the call.
    Started,
    /// The granted scopes do not cover it, but the sources disagree about the scope it needs. The
    /// call continues.
    Doubtful {
        /// The scope it needs according to the catalogue.
        scope: Scope,
    },
    /// It waits.
    Waiting {
        /// What it waits for.
        why: Wait,
        /// How long, if known; it may be shorter.
        expected: Option<Duration>,
    },
    /// The quota shared with other processes could not be reached. The call continues with what
    /// this process knows.
    Unshared,
    /// An attempt is sent.
    Sent {
        /// The number of the attempt, from 1.
        attempt: u32,
    },
    /// The API responded, with whatever status.
    Responded {
        /// The number of the attempt, from 1.
        attempt: u32,
        /// The HTTP status.
        status: u16,
        /// How long the attempt took.
        took: Duration,
        /// How many calls the store's window had left, if the response said so.
        left: Option<u32>,
    },
    /// The response reports an impossible value for the quota, such as a quota of 0 or a wait of years. It is
    /// ignored or reduced to a possible value.
    Doubted {
        /// The header, or the field of the body.
        what: &'static str,
    },
    /// The response requests a longer wait, or reports a longer window, than the quota's
    /// [`max_hold`](crate::quota::Quota::max_hold). It is shortened to that.
    Shortened {
        /// The longest reported time.
        from: Duration,
        /// The time used instead.
        to: Duration,
    },
    /// There was no response, or a success response was cut off.
    Failed {
        /// The number of the attempt, from 1.
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
        /// The wait before it.
        after: Duration,
    },
    /// An audit sink failed to store a record of the call, or took too long. It does not affect the call,
    /// unless the sink is [required](crate::ClientBuilder::required_audit) and nothing was sent yet.
    Unrecorded,
    /// The call is over; only [`Odd`](Self::Odd) may follow.
    Finished {
        /// How it ended.
        end: End,
        /// The status of the last response.
        status: Option<u16>,
        /// How many times it was sent.
        attempts: u32,
        /// How long it waited in total.
        waited: Duration,
        /// How long it took, including waits.
        took: Duration,
    },
    /// The decoded response has values of the wrong type; see
    /// [`Response::oddities`](crate::Response::oddities).
    Odd {
        /// How many of them are reported, at most 100.
        count: usize,
    },
}

/// What a call waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Wait {
    /// The quota of the call's server, usually that of the store: it is used up or not known yet, or other calls are
    /// first in line.
    Quota,
    /// The end of the wait after a 429 of this or another call.
    Refused,
    /// A free slot among the concurrent calls of this endpoint.
    Place,
    /// The next attempt after a failure.
    Backoff,
}

impl Wait {
    /// What it waits for in one word, such as `quota`, for logs and metrics.
    ///
    /// ```
    /// use bigcommerce_client::observe::Wait;
    ///
    /// assert_eq!(Wait::Backoff.as_str(), "backoff");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quota => "quota",
            Self::Refused => "refused",
            Self::Place => "place",
            Self::Backoff => "backoff",
        }
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum End {
    /// The API responded with a success that can be decoded. Files, events and the bytes of a raw call are passed
    /// on without decoding. A page of a stream is decoded when it is taken, so until then it is only known not to
    /// be HTML or an API error.
    Succeeded,
    /// It failed. If the API accepted it but the response cannot be decoded, it has the kind
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
    /// // As the label of a counter: one word for any failure.
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

/// `succeeded` or `cancelled`, and `failed: timeout` with the kind of the error.
impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(kind) => f.pad(&format!("failed: {kind}")),
            Self::Succeeded | Self::Cancelled => f.pad(self.as_str()),
        }
    }
}
