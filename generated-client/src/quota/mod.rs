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
//!
//! A server other than that of the store, such as the one for payments, has a limit of its own. Its calls are counted
//! in each process separately, and neither side waits for the other.

mod caps;
mod line;
#[cfg(feature = "redis")]
mod redis;
mod shared;
mod turn;
mod window;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
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
pub use shared::{Asking, Decision, Settled, Shared};
pub(crate) use turn::{Refusal, Turn};
pub(crate) use window::Hold;
use window::State;

/// The quota of a store, shared by everything that holds it. A clone is the same quota.
#[derive(Clone, Default)]
pub struct Quota(Arc<Inner>);

#[derive(Default)]
pub(crate) struct Inner {
    state: Mutex<State>,
    caps: caps::Caps,
    /// The store it belongs to, once a client uses it.
    store: OnceLock<String>,
    /// The budget that is shared with other processes.
    outside: Option<Outside>,
    /// The quotas of servers other than that of the store, by the name of the server.
    servers: Mutex<HashMap<&'static str, Quota>>,
}

/// What is known about a store's quota at one point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Left {
    /// How many calls the window allows, if the API has reported it.
    pub quota: Option<u32>,
    /// How many of them are left, minus the calls in progress.
    pub calls: u32,
    /// The time until the window is renewed.
    pub renewed_in: Duration,
}

impl Quota {
    /// A quota of which nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A quota that is shared with other processes, through the given implementation. What this process
    /// learns counts as well, so that no call waits for the external store unnecessarily.
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

    /// The maximum time for which calls are held up by what responses report about the quota, and by
    /// calls that were sent and have no response yet. The default is two minutes, which is four windows.
    ///
    /// A single call never waits longer than [`max_wait`](crate::ClientBuilder::max_wait). This limit is
    /// about all calls of the store together: if none was sent for this long, one is sent, whatever was
    /// reported before. A store with longer windows needs a longer limit.
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

    /// The limit that its owner has set.
    pub(crate) fn longest_hold(&self) -> Duration {
        self.0.state().max_hold
    }

    /// What is left of it, by the system clock; `None` until a response has reported it, or if the
    /// store has no quota.
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

    /// The quota of another server for the same store. What its responses report says nothing about the
    /// store's server, and other processes share only the quota of that one.
    pub(crate) fn of_server(&self, name: &'static str) -> Self {
        let mut servers = self
            .0
            .servers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let quota = servers.entry(name).or_default().clone();
        drop(servers);
        quota.max_hold(self.longest_hold())
    }

    /// Binds it to a store; `false` if it is already bound to another one.
    pub(crate) fn belongs_to(&self, store: &str) -> bool {
        self.0.store.get_or_init(|| store.to_owned()) == store
    }

    /// Takes a call out of the quota, or joins the line of waiting calls, and returns until when there
    /// is none. Nothing is reserved for waiting calls: each takes its own when it is polled.
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

    /// Takes a call out of the shared budget.
    pub(crate) async fn take_outside(&self, now: Instant) -> Result<Option<Decision>, BoxError> {
        match &self.0.outside {
            Some(outside) => outside.take(now).await,
            None => Ok(None),
        }
    }

    /// Reports the result of a call to the shared budget.
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

    /// The slots of an endpoint, if it has a cap.
    pub(crate) fn places(&self, endpoint: Endpoint) -> Option<Arc<Places>> {
        let cap = endpoint.facts().concurrency?;
        Some(self.0.caps.places(endpoint, cap))
    }
}

impl Inner {
    /// The state, even if a thread panicked while it held the lock: every change is complete.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counter for Inner {
    fn with<T>(&self, ask: impl FnOnce(&mut Line, u32) -> T) -> T {
        let state = &mut *self.state();
        // All are notified if the window has capacity: the first may not be polled, and those behind it,
        // which yield to it for a moment, would then wait for the end of the window. Without capacity
        // only the first is notified, because its waiting time may have changed; while nothing is known,
        // all of them soon check again on their own.
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
