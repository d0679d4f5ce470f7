//! The quota of a store: a number of requests per window, which is renewed when the window is over.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName, HeaderValue};

const QUOTA: HeaderName = HeaderName::from_static("x-rate-limit-requests-quota");
const LEFT: HeaderName = HeaderName::from_static("x-rate-limit-requests-left");
const WINDOW: HeaderName = HeaderName::from_static("x-rate-limit-time-window-ms");
const RESET: HeaderName = HeaderName::from_static("x-rate-limit-time-reset-ms");
const RETRY_AFTER: HeaderName = HeaderName::from_static("x-retry-after");

/// The state that all clients of a store share.
#[derive(Debug)]
pub(crate) struct Quota {
    limit: Option<(u32, Duration)>,
    window: Mutex<Window>,
}

#[derive(Debug)]
struct Window {
    /// `None` until the first request.
    began: Option<Instant>,
    used: u32,
}

/// The quota after counting a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spent {
    quota: u32,
    left: u32,
    window: Duration,
    reset: Duration,
    /// Whether the request exceeded the quota.
    pub(crate) over: bool,
}

impl Quota {
    /// A number of requests per window; without them there is no quota.
    pub(crate) fn new(limit: Option<(u32, Duration)>) -> Self {
        let window = Window {
            began: None,
            used: 0,
        };
        Self {
            limit,
            window: Mutex::new(window),
        }
    }

    /// Counts a request.
    pub(crate) fn spend(&self, now: Instant) -> Option<Spent> {
        self.look(now, 1)
    }

    /// The current quota, without counting anything.
    pub(crate) fn now(&self, now: Instant) -> Option<Spent> {
        self.look(now, 0)
    }

    fn look(&self, now: Instant, requests: u32) -> Option<Spent> {
        let (quota, length) = self.limit?;
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        // A window begins with the first request after the previous one was over.
        let passed = window
            .began
            .map(|began| now.saturating_duration_since(began));
        let passed = match passed.filter(|passed| *passed < length) {
            Some(passed) => passed,
            None => {
                window.used = 0;
                window.began = (requests > 0).then_some(now);
                Duration::ZERO
            }
        };
        let over = requests > 0 && window.used >= quota;
        if !over {
            window.used += requests;
        }
        Some(Spent {
            quota,
            left: quota - window.used,
            window: length,
            reset: length.saturating_sub(passed),
            over,
        })
    }
}

impl Spent {
    /// Writes the headers of every response and, if the request was rejected, how long to wait.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        headers.insert(QUOTA, HeaderValue::from(self.quota));
        headers.insert(LEFT, HeaderValue::from(self.left));
        headers.insert(WINDOW, HeaderValue::from(milliseconds(self.window)));
        headers.insert(RESET, HeaderValue::from(milliseconds(self.reset).max(1)));
        if self.over {
            retry_after(headers, milliseconds(self.reset).div_ceil(1000));
        }
    }
}

/// Writes how many seconds to wait.
pub(crate) fn retry_after(headers: &mut HeaderMap, seconds: u64) {
    headers.insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW_OF: Duration = Duration::from_secs(30);

    #[test]
    fn the_request_after_the_last_of_the_window_is_refused_until_the_window_is_over() {
        let quota = Quota::new(Some((2, WINDOW_OF)));
        let start = Instant::now();
        let left = |spent: Option<Spent>| spent.map(|spent| (spent.left, spent.over));
        assert_eq!(left(quota.spend(start)), Some((1, false)));
        assert_eq!(left(quota.spend(start)), Some((0, false)));
        assert_eq!(left(quota.spend(start + WINDOW_OF / 2)), Some((0, true)));
        assert_eq!(
            left(quota.spend(start + WINDOW_OF + Duration::from_millis(100))),
            Some((1, false))
        );
    }

    #[test]
    fn looking_at_the_quota_costs_nothing() {
        let quota = Quota::new(Some((2, WINDOW_OF)));
        let now = Instant::now();
        assert_eq!(quota.now(now).map(|spent| spent.left), Some(2));
        assert_eq!(quota.now(now).map(|spent| spent.left), Some(2));
    }

    #[test]
    fn a_refusal_says_in_seconds_how_long_to_wait_and_nothing_else_does() {
        let quota = Quota::new(Some((1, WINDOW_OF)));
        let now = Instant::now();
        let mut headers = HeaderMap::new();
        quota.spend(now).unwrap().write(&mut headers);
        assert_eq!(headers.len(), 4);
        quota.spend(now).unwrap().write(&mut headers);
        assert_eq!(headers["x-retry-after"], "30");
        assert_eq!(headers["x-rate-limit-requests-left"], "0");
        assert_eq!(headers["x-rate-limit-time-window-ms"], "30000");
    }

    #[test]
    fn a_store_without_a_quota_has_nothing_to_say_about_it() {
        assert_eq!(Quota::new(None).spend(Instant::now()), None);
    }
}
