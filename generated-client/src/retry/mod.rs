//! When a call is retried: the policy, and the decision about one failed attempt. Whether an
//! endpoint may be retried at all is in the catalogue.

mod budget;
mod judge;

use std::time::Duration;

use http::StatusCode;

pub(crate) use budget::Budget;
pub use judge::Reason;
pub(crate) use judge::{Fate, judge};

/// When a failed call is retried, how often, and after which waits.
///
/// The policy can only restrict what is safe. A call that may have happened is retried only if its endpoint is
/// [repeatable](crate::catalogue::EndpointFacts::repeatable): reads and idempotent writes. For an update, that depends
/// on the contents of its body ([`repeatable_unless`](crate::catalogue::EndpointFacts::repeatable_unless)). A create is
/// retried only if it certainly did not happen: no connection was made, or the API returned 429. So is a write for which
/// no source says whether a retry is safe ([`repeat_unknown`](crate::catalogue::EndpointFacts::repeat_unknown)).
///
/// Waits between attempts are random, from zero to a maximum that doubles each time. After a 429 the client waits as
/// long as the API says instead. All calls of a client share a retry budget, so that an outage does not multiply the
/// load; see [`ClientBuilder::retry_budget`](crate::ClientBuilder::retry_budget).
///
/// ```
/// use std::time::Duration;
/// use bigcommerce_client::RetryPolicy;
///
/// let patient = RetryPolicy::standard()
///     .attempts(8)
///     .backoff(Duration::from_secs(1), Duration::from_secs(60))
///     .within(Duration::from_secs(900));
/// let off = RetryPolicy::never();
/// # let _ = (patient, off);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until it is set on a client or a call"]
pub struct RetryPolicy {
    attempts: u32,
    first: Duration,
    most: Duration,
    within: Duration,
    statuses: Vec<u16>,
}

impl RetryPolicy {
    /// The default policy: four attempts within five minutes, after connection failures, timeouts,
    /// 429, 502, 503 and 504; the first wait is at most half a second, and none is longer than 30.
    ///
    /// ```
    /// use bigcommerce_client::RetryPolicy;
    ///
    /// // The default of a client.
    /// assert_eq!(RetryPolicy::standard(), RetryPolicy::default());
    /// ```
    pub fn standard() -> Self {
        Self {
            attempts: 4,
            first: Duration::from_millis(500),
            most: Duration::from_secs(30),
            within: Duration::from_secs(300),
            statuses: vec![502, 503, 504],
        }
    }

    /// Nothing is retried: each failure is returned immediately, including a 429.
    ///
    /// ```
    /// use bigcommerce_client::{Client, RetryPolicy};
    ///
    /// // For a worker whose queue does its own retries.
    /// let store = Client::builder("abc123", "the-token").retry(RetryPolicy::never());
    /// ```
    pub fn never() -> Self {
        Self::standard().attempts(1)
    }

    /// The maximum number of attempts, including the first. 0 counts as 1.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// The maximum first wait, and the maximum of any wait. The first is capped by the second.
    ///
    /// ```
    /// use std::time::Duration;
    /// use bigcommerce_client::RetryPolicy;
    ///
    /// // At most 2 seconds after the first attempt, then at most 4, 8 and 10.
    /// let (first, most) = (Duration::from_secs(2), Duration::from_secs(10));
    /// let policy = RetryPolicy::standard().attempts(5).backoff(first, most);
    /// ```
    pub fn backoff(mut self, first: Duration, most: Duration) -> Self {
        (self.first, self.most) = (first.min(most), most);
        self
    }

    /// How long a call is retried, including all attempts and the waits between them. No attempt
    /// starts later than that. Waiting for the quota does not count; it is limited by
    /// [`ClientBuilder::max_wait`](crate::ClientBuilder::max_wait).
    ///
    /// ```
    /// use std::time::Duration;
    /// use bigcommerce_client::{CallOptions, RetryPolicy};
    ///
    /// // The caller gives up after half a minute.
    /// let policy = RetryPolicy::standard().within(Duration::from_secs(30));
    /// let options = CallOptions::new().retry(policy).timeout(Duration::from_secs(10));
    /// ```
    pub fn within(mut self, within: Duration) -> Self {
        self.within = within;
        self
    }

    /// The statuses after which repeatable calls are retried, in addition to 429. The API sometimes
    /// returns 500 when it is overloaded.
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = statuses.into_iter().collect();
        self
    }

    pub(crate) fn retries(&self, status: StatusCode) -> bool {
        self.statuses.contains(&status.as_u16())
    }

    /// Whether another attempt may start when this much time has passed.
    pub(crate) fn allows(&self, made: u32, passed: Duration) -> bool {
        made < self.attempts && passed <= self.within
    }

    /// The wait after this many attempts; `chance` is from 0 to 1.
    pub(crate) fn wait(&self, made: u32, chance: f64) -> Duration {
        let doubled = 1_u32
            .checked_shl(made.saturating_sub(1))
            .unwrap_or(u32::MAX);
        let bound = self.first.saturating_mul(doubled).min(self.most);
        // As a float, the maximum duration is rounded up to more than a duration can represent.
        Duration::try_from_secs_f64(bound.as_secs_f64() * chance).unwrap_or(bound)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_their_bound_and_are_spread_over_all_of_it() {
        let policy = RetryPolicy::standard();
        let bounds: Vec<u128> = (1..=9)
            .map(|made| policy.wait(made, 1.0).as_millis())
            .collect();
        assert_eq!(
            bounds,
            [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]
        );
        assert_eq!(policy.wait(3, 0.25), Duration::from_millis(500));
        assert_eq!(policy.wait(u32::MAX, 1.0), Duration::from_secs(30));
        assert_eq!(policy.wait(0, 0.0), Duration::ZERO);
        let for_ever = policy.backoff(Duration::MAX, Duration::MAX);
        assert_eq!(for_ever.wait(1, 1.0), Duration::MAX);
    }

    #[test]
    fn attempts_and_time_are_bounded() {
        let policy = RetryPolicy::standard()
            .attempts(3)
            .within(Duration::from_secs(10));
        assert!(policy.allows(2, Duration::from_secs(10)));
        assert!(!policy.allows(3, Duration::ZERO));
        assert!(!policy.allows(1, Duration::from_secs(11)));
        assert!(!RetryPolicy::never().allows(1, Duration::ZERO));
        assert!(
            !RetryPolicy::standard()
                .attempts(0)
                .allows(1, Duration::ZERO)
        );
    }
}
