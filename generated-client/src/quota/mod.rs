//! The quota of one store: how many calls it still allows, and how many of them may run
//! concurrently. It is learned from the responses; no plan's limits are hard-coded.
//!
//! A client counts its calls against the window reported by the last responses, waits when the
//! window is used up, and waits as long as a 429 says. Clones of a client and its handles share one
//! [`Quota`]. Several clients of the same store, say with tokens of different scopes, share one when
//! they are built with it:
//!
//! ```
//! # #[cfg(feature = "reqwest")] {
//! use bigcommerce_client::Client;
//!
//! let store = Client::builder("abc123", "one-token").build()?;
//! let other = Client::builder("abc123", "another-token").quota(store.quota().clone()).build()?;
//! # }
//! # Ok::<(), bigcommerce_client::Error>(())
//! ```
//!
//! A call waits for a free slot if its endpoint limits concurrent calls, for the end of the pause after
//! the last 429, and for a share of the window. It reserves none of these while waiting, so a future
//! that is not polled never blocks others, except while a [`Shared`] quota is asked for it; polled ones are served in order. While nothing is known yet,
//! and when such a pause is over, one call is sent first and the others wait for its response, for at
//! most a second before more are sent. [`max_wait`](crate::ClientBuilder::max_wait) limits the total
//! wait of a call; beyond that it fails with what it waited for:
//!
//! ```no_run
//! # bigcommerce_client::example!(["brands"] store:
//! use bigcommerce_client::ErrorKind;
//!
//! match store.brands().list().await {
//!     Err(error) if error.kind() == ErrorKind::Busy => {
//!         println!("come back in {:?}: {error}", error.wait());
//!     }
//!     other => println!("{other:?}"),
//! }
//! # );
//! ```
//!
//! [`observe`](crate::observe) reports when calls wait, and why.
//!
//! The quota values in a response may be wrong: a gateway's error, a timestamp instead of a duration,
//! a quota of 0. Impossible values are ignored. Plausible ones delay calls for at most
//! [`Quota::max_hold`]; then one call is sent to find out. Observers are notified of both.
//!
//! A call to an endpoint with a concurrency cap keeps its slot until its response has arrived, its
//! connection is closed or the same limit has passed, even if its caller no longer waits. Inside a
//! tokio runtime the client keeps listening for the response.
//!
//! Concurrency caps are counted per process; the quota itself can be shared between processes, with
//! a [`Shared`] that stores it externally. `RedisQuota` is one, with the feature `redis`.
//!
//! A store without a quota does not send the headers; its calls never wait.

mod caps;
mod line;
#[cfg(feature = "redis")]
mod redis;
mod shared;
mod turn;
mod window;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::catalogue::Endpoint;
use crate::clock::system_now;
use crate::transport::BoxError;

pub use crate::reading::Reading;
pub(crate) use caps::{Place, Places};
pub(crate) use line::Waiter;
use line::{Counter, Line};
#[cfg(feature = "redis")]
pub use redis::RedisQuota;
use shared::Outside;
pub use shared::{Asking, Grant, Settled, Shared};
pub(crate) use turn::{Refusal, Turn};
pub(crate) use window::Hold;
use window::State;

/// The quota of a store, shared by all that holds it. Cloning it makes no second quota.
#[derive(Clone, Default)]
pub struct Quota(Arc<Inner>);

#[derive(Default)]
pub(crate) struct Inner {
    state: Mutex<State>,
    caps: caps::Caps,
    /// The store that it is of, once a client has it.
    store: OnceLock<String>,
    /// The budget that is shared with other processes.
    outside: Option<Outside>,
}

/// What is known of a store's quota at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Left {
    /// How many calls the window allows, if the API has told.
    pub quota: Option<u32>,
    /// How many of them are left, less the calls that are on their way.
    pub calls: u32,
    /// How long until the window is renewed.
    pub renewed_in: Duration,
}

impl Quota {
    /// A quota of which nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A quota that other processes share, through what is brought here. What this process learns
    /// counts as well, so that no call waits for a response from outside that it does not need.
    ///
    /// ```
    /// use bigcommerce_client::{Client, quota::{Quota, Shared}};
    ///
    /// // Two clients of this process, in line with those of all others.
    /// # #[cfg(feature = "reqwest")]
    /// # fn example(kept_outside: impl Shared) -> Result<(), bigcommerce_client::Error> {
    /// let quota = Quota::shared(kept_outside);
    /// let orders = Client::builder("abc123", "one-token").quota(quota.clone()).build()?;
    /// let catalog = Client::builder("abc123", "another-token").quota(quota).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn shared(shared: impl Shared) -> Self {
        Self(Arc::new(Inner {
            outside: Some(Outside::new(shared)),
            ..Inner::default()
        }))
    }

    /// For how long at most calls are held up by what responses say of the quota, and by calls that
    /// were sent and have no response yet. The default is two minutes, which is four windows.
    ///
    /// A call waits no longer than [`max_wait`](crate::ClientBuilder::max_wait) in any case. This is
    /// about all calls of the store together: when none was let go for so long, one is, whatever was
    /// said before. A store whose windows are longer needs a longer bound.
    ///
    /// ```
    /// use std::time::Duration;
    /// use bigcommerce_client::{Client, quota::Quota};
    ///
    /// let quota = Quota::new().max_hold(Duration::from_secs(30));
    /// let builder = Client::builder("abc123", "the-token").quota(quota);
    /// ```
    #[must_use]
    pub fn max_hold(self, most: Duration) -> Self {
        self.0.state().max_hold = most;
        self
    }

    /// The bound that its owner has set.
    pub(crate) fn longest_hold(&self) -> Duration {
        self.0.state().max_hold
    }

    /// What is left of it by the machine's time; `None` while no response has told, or when the store
    /// has no quota.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// let response = store.read_only().raw("/v2/time").await?;
    /// if let Some(left) = store.quota().left() {
    ///     println!("{} calls are left for {:?}", left.calls, left.renewed_in);
    /// }
    /// # );
    /// ```
    pub fn left(&self) -> Option<Left> {
        let (quota, calls, renewed_in) = self.0.state().window(system_now())?;
        Some(Left {
            quota,
            calls,
            renewed_in,
        })
    }

    /// Binds it to a store; `false` when it is another store's.
    pub(crate) fn belongs_to(&self, store: &str) -> bool {
        self.0.store.get_or_init(|| store.to_owned()) == store
    }

    /// Takes a call out of the quota, or joins the line of those who wait, and says until when there
    /// is none. Nothing is held for those who wait: each takes for itself when it is there.
    pub(crate) fn take(
        &self,
        now: Instant,
        waiter: &mut Option<Waiter<Inner>>,
    ) -> Result<Turn, Hold> {
        let mut state = self.0.state();
        let own = waiter.as_ref().map(|waiter| waiter.number);
        let taken = state.take(now, own);
        if taken.is_err() && own.is_none() {
            *waiter = Some(Waiter::new(&self.0, state.line.join()));
        }
        drop(state);
        match taken {
            Ok(ticket) => {
                *waiter = None;
                Ok(Turn::new(Arc::clone(&self.0), ticket))
            }
            Err(hold) => {
                self.0.wake();
                Err(hold)
            }
        }
    }

    /// Takes a call out of the budget outside.
    pub(crate) async fn take_outside(&self, now: Instant) -> Result<Option<Grant>, BoxError> {
        match &self.0.outside {
            Some(outside) => outside.take(now).await,
            None => Ok(None),
        }
    }

    /// Tells the budget outside what came of a call.
    pub(crate) async fn settle_outside(
        &self,
        settled: Settled,
        now: Instant,
    ) -> Result<(), BoxError> {
        match &self.0.outside {
            Some(outside) => outside.settle(settled, now).await,
            None => Ok(()),
        }
    }

    /// The places of an endpoint, when it has a cap.
    pub(crate) fn places(&self, endpoint: Endpoint) -> Option<Arc<Places>> {
        let cap = endpoint.facts().concurrency?;
        Some(self.0.caps.places(endpoint, cap))
    }
}

impl Inner {
    /// The state, also when a thread has failed while it held it: every change is complete.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counter for Inner {
    fn with<T>(&self, ask: impl FnOnce(&mut Line, u32) -> T) -> T {
        let state = &mut *self.state();
        // All are told when the window has room: the first may not come, and those behind it, who give it
        // a moment, would wait for the window's end. Without room the first is told nonetheless, for the
        // end of its wait may have moved; while nothing is known, all look again soon by themselves.
        let told = if state.has_room() { u32::MAX } else { 1 };
        ask(&mut state.line, told)
    }
}

impl fmt::Debug for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quota")
            .field("store", &self.0.store.get())
            .field("left", &self.left())
            .finish()
    }
}
