//! Time as the client sees it: the current time, and how to wait. All waits use it, so that a test
//! can provide its own clock.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::time::{timeout, timeout_at};

/// The future returned by [`Clock::sleep`].
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A source of time for [`ClientBuilder::clock`](crate::ClientBuilder::clock).
///
/// The client uses its clock for all waits: for the quota, for a free slot and between attempts.
/// Timeouts of single attempts belong to the transport and do not use it.
///
/// A clock that never waits, for tests:
///
/// ```
/// use std::{sync::{Arc, Mutex}, time::{Duration, Instant}};
/// use bigcommerce_client::clock::{Clock, Sleep};
///
/// struct Hurry(Arc<Mutex<Instant>>);
///
/// impl Clock for Hurry {
///     fn now(&self) -> Instant {
///         *self.0.lock().unwrap()
///     }
///
///     fn sleep(&self, wait: Duration) -> Sleep {
///         let now = Arc::clone(&self.0);
///         Box::pin(async move { *now.lock().unwrap() += wait })
///     }
/// }
/// # let clock = Hurry(Arc::new(Mutex::new(Instant::now())));
/// # let store = bigcommerce_client::Client::builder("abc123", "token").clock(clock);
/// ```
pub trait Clock: Send + Sync + 'static {
    /// The current time. It is monotonic.
    fn now(&self) -> Instant;

    /// Completes after the duration. Dropping it cancels the wait.
    fn sleep(&self, wait: Duration) -> Sleep;

    /// A random number from 0 up to 1 for jitter, so that clients do not retry simultaneously.
    fn chance(&self) -> f64 {
        fastrand::f64()
    }
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Instant {
        (**self).now()
    }

    fn sleep(&self, wait: Duration) -> Sleep {
        (**self).sleep(wait)
    }

    fn chance(&self) -> f64 {
        (**self).chance()
    }
}

/// A chance within its range, whatever the clock returns.
pub(crate) fn chance(clock: &dyn Clock) -> f64 {
    let chance = clock.chance();
    if chance.is_nan() {
        return 0.0;
    }
    chance.clamp(0.0, 1.0)
}

/// How long, at most, a response that arrived in time may still be read.
const LATE: Duration = Duration::from_secs(1);

/// The result of the future within this time, by tokio's timers.
///
/// The time does not start over if its end is noticed late because nobody polled the future or the
/// runtime was blocked. But the result may have arrived in the meantime: the future is polled first,
/// and the runtime gets as much time as it was late, at most a second, to deliver what has arrived.
pub(crate) async fn by<F: Future>(time: Duration, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let Some(end) = tokio::time::Instant::now().checked_add(time) else {
        return Some(future.await);
    };
    if let Ok(output) = timeout_at(end, future.as_mut()).await {
        return Some(output);
    }
    timeout(end.elapsed().min(LATE), future).await.ok()
}

/// The time as tokio's timers see it: a test may have paused it, and then it passes by waiting alone.
pub(crate) fn system_now() -> Instant {
    tokio::time::Instant::now().into_std()
}

/// The system clock, with tokio's timers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        system_now()
    }

    fn sleep(&self, wait: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(wait))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Odd(f64);

    impl Clock for Odd {
        fn now(&self) -> Instant {
            Instant::now()
        }

        fn sleep(&self, _: Duration) -> Sleep {
            Box::pin(std::future::ready(()))
        }

        fn chance(&self) -> f64 {
            self.0
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_waited_for_in_paused_time_has_passed() {
        let (before, hour) = (SystemClock.now(), Duration::from_secs(3600));
        SystemClock.sleep(hour).await;
        assert!(SystemClock.now().duration_since(before) >= hour);
    }

    #[test]
    fn a_chance_is_from_0_to_1_whatever_the_clock_gives() {
        for (given, counted) in [
            (0.25, 0.25),
            (-1.0, 0.0),
            (7.0, 1.0),
            (f64::INFINITY, 1.0),
            (f64::NEG_INFINITY, 0.0),
            (f64::NAN, 0.0),
        ] {
            assert!(
                (chance(&Odd(given)) - counted).abs() < f64::EPSILON,
                "{given}"
            );
        }
    }
}
