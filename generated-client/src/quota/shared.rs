//! The interface through which several processes share one quota, which a client queries in an
//! external store. If that is unreachable, the client uses its own count.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;

use crate::clock::by;
use crate::reading::Reading;
use crate::transport::BoxError;

/// The maximum time to wait for the shared budget: the timeout of a call does not include it.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long the shared budget is skipped after a failure.
const REST: Duration = Duration::from_secs(5);

/// The future returned by a [`Shared`].
pub type Asking<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

/// The budget of one store, stored where several processes can reach it.
///
/// [`take`](Self::take) is called before every attempt and [`settle`](Self::settle) after it; if a
/// caller drops the call in between, `settle` may not be called. Both should fail rather than take
/// long: every call of the store waits for them, inside a tokio runtime for at most two seconds.
/// After a failure the client does not use the shared budget for a few seconds.
///
/// The feature `redis` provides an implementation. To write your own:
///
/// ```
/// use std::sync::{Arc, atomic::{AtomicU32, Ordering}};
/// use std::time::Duration;
/// use bigcommerce_client::quota::{Asking, Decision, Quota, Settled, Shared};
///
/// /// A fixed number of calls in total.
/// struct Trial(Arc<AtomicU32>);
///
/// impl Shared for Trial {
///     fn take(&self) -> Asking<Decision> {
///         let left = Arc::clone(&self.0);
///         Box::pin(async move {
///             let take = |left: u32| left.checked_sub(1);
///             Ok(match left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) {
///                 Ok(_) => Decision::Go { ticket: 0 },
///                 Err(_) => Decision::Wait(Duration::from_secs(3600)),
///             })
///         })
///     }
///
///     fn settle(&self, _: Settled) -> Asking<()> {
///         Box::pin(std::future::ready(Ok(())))
///     }
/// }
///
/// let quota = Quota::shared(Trial(Arc::new(AtomicU32::new(100))));
/// ```
pub trait Shared: Send + Sync + 'static {
    /// Takes one call from the budget, or returns how long there is none.
    fn take(&self) -> Asking<Decision>;

    /// Reports the result of an admitted call.
    fn settle(&self, settled: Settled) -> Asking<()>;
}

impl<S: Shared + ?Sized> Shared for Arc<S> {
    fn take(&self) -> Asking<Decision> {
        (**self).take()
    }

    fn settle(&self, settled: Settled) -> Asking<()> {
        (**self).settle(settled)
    }
}

/// Whether a call may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// Now.
    Go {
        /// A number chosen by the budget, such as that of a window, which is passed back when the
        /// call is settled.
        ticket: u64,
    },
    /// Retry after this time, or sooner if the quota's [`max_hold`](super::Quota::max_hold) is
    /// shorter. A call that must not [wait](crate::ClientBuilder::max_wait) that long fails
    /// immediately.
    Wait(Duration),
}

/// The result of an admitted call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settled {
    /// The number with which the call was admitted.
    pub ticket: u64,
    /// Whether it may have reached the API.
    pub sent: bool,
    /// What the response reports about the quota; empty without a response.
    pub reading: Reading,
    /// After a 429: how long all calls must wait.
    pub pause: Option<Duration>,
    /// The maximum time for which calls may be blocked; see
    /// [`Quota::max_hold`](super::Quota::max_hold). No time above is longer.
    pub max_hold: Duration,
}

/// A shared budget that is skipped for a while after it has failed.
pub(super) struct Outside {
    shared: Box<dyn Shared>,
    resting: Mutex<Option<Instant>>,
}

impl Outside {
    pub(super) fn new(shared: impl Shared) -> Self {
        Self {
            shared: Box::new(shared),
            resting: Mutex::default(),
        }
    }

    /// Asks for one call; `None` if it is currently skipped. If it does not respond, the call may be
    /// sent; the error is for observers.
    pub(super) async fn take(&self, now: Instant) -> Result<Option<Decision>, BoxError> {
        if self.rests(now) {
            return Ok(None);
        }
        let decision = in_time(self.shared.take(), PATIENCE).await;
        decision.map(Some).inspect_err(|_| self.rest(now))
    }

    pub(super) async fn settle(&self, settled: Settled, now: Instant) -> Result<(), BoxError> {
        if self.rests(now) {
            return Ok(());
        }
        let told = in_time(self.shared.settle(settled), PATIENCE).await;
        told.inspect_err(|_| self.rest(now))
    }

    fn rests(&self, now: Instant) -> bool {
        let resting = self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        resting.is_some_and(|until| now < until)
    }

    fn rest(&self, now: Instant) {
        let mut resting = self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        *resting = Some(now + REST);
    }
}

/// The result of the request, or an error if it takes longer than `most`.
async fn in_time<T>(asking: Asking<T>, most: Duration) -> Result<T, BoxError> {
    // Without a runtime there are no timers.
    if Handle::try_current().is_err() {
        return asking.await;
    }
    let came = by(most, asking).await;
    came.unwrap_or_else(|| Err("the shared quota did not respond in time".into()))
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outside").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_budget_that_never_says_anything_counts_as_one_that_failed() {
        let never: Asking<Decision> = Box::pin(std::future::pending());
        let error = in_time(never, Duration::from_millis(5)).await.unwrap_err();
        assert!(error.to_string().contains("in time"), "{error}");
        let at_once: Asking<Decision> = Box::pin(async { Ok(Decision::Go { ticket: 7 }) });
        let decision = in_time(at_once, Duration::ZERO).await.unwrap();
        assert_eq!(decision, Decision::Go { ticket: 7 });
    }
}
