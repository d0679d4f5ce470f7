//! What an answer says about the quota, by the headers that the catalogue names. Whatever cannot be
//! understood is as good as absent.

use std::sync::LazyLock;
use std::time::Duration;

use http::{HeaderMap, HeaderName};

use crate::catalogue::service::RATE_HEADERS;

/// No wait is believed to be longer, so that no sum of times is out of range.
const LONGEST: f64 = 30.0 * 24.0 * 60.0 * 60.0;

/// The names of the headers, read once: every answer is asked for all of them.
static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let name = |name: &str| name.parse().ok();
    Names {
        quota: name(RATE_HEADERS.quota),
        left: name(RATE_HEADERS.left),
        window_ms: name(RATE_HEADERS.window_ms),
        reset_ms: name(RATE_HEADERS.reset_ms),
        retry_after_seconds: name(RATE_HEADERS.retry_after_seconds),
    }
});

/// [`RATE_HEADERS`] as names; one that can be no name is never in an answer.
struct Names {
    quota: Option<HeaderName>,
    left: Option<HeaderName>,
    window_ms: Option<HeaderName>,
    reset_ms: Option<HeaderName>,
    retry_after_seconds: Option<HeaderName>,
}

/// What one answer said about the store's quota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// How many requests the window allows.
    pub quota: Option<u32>,
    /// How many of them were left.
    pub left: Option<u32>,
    /// The length of the window.
    pub window: Option<Duration>,
    /// How long until the window is renewed.
    pub reset: Option<Duration>,
    /// How long to wait after a refusal.
    pub retry_after: Option<Duration>,
}

impl Reading {
    /// Reads the headers of an answer.
    ///
    /// ```
    /// use bigcommerce_client::quota::Reading;
    ///
    /// # fn example(headers: &http::HeaderMap) {
    /// if let Some(left) = Reading::of(headers).left {
    ///     println!("{left} calls are left in this window");
    /// }
    /// # }
    /// ```
    pub fn of(headers: &HeaderMap) -> Self {
        let names = &*NAMES;
        let seconds = |seconds: f64| Duration::from_secs_f64(seconds.min(LONGEST));
        let millis = |name: &Option<HeaderName>| Some(seconds(number(headers, name)? / 1000.0));
        Self {
            quota: number(headers, &names.quota).map(|quota| quota as u32),
            left: number(headers, &names.left).map(|left| left as u32),
            window: millis(&names.window_ms),
            reset: millis(&names.reset_ms),
            retry_after: number(headers, &names.retry_after_seconds).map(seconds),
        }
    }

    /// The longer of the two waits that a refusal may name; `None` when it names none, or none at
    /// all, which would be answered with the next refusal.
    pub(crate) fn wait(&self) -> Option<Duration> {
        self.retry_after
            .max(self.reset)
            .filter(|wait| !wait.is_zero())
    }

    /// Whether it says how much is left and for how long.
    pub(crate) const fn is_complete(&self) -> bool {
        self.left.is_some() && (self.reset.is_some() || self.window.is_some())
    }
}

/// A number that is not negative. Numbers beyond an integer's range end at its bound.
fn number(headers: &HeaderMap, name: &Option<HeaderName>) -> Option<f64> {
    let text = headers.get(name.as_ref()?)?.to_str().ok()?.trim_ascii();
    // Nearly always it is whole, and that is read sooner.
    let number = match text.parse::<u32>() {
        Ok(whole) => f64::from(whole),
        Err(_) => text.parse().ok()?,
    };
    number.is_finite().then(|| number.max(0.0))
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn reading(pairs: &[(&'static str, &'static str)]) -> Reading {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        Reading::of(&headers)
    }

    #[test]
    fn the_four_headers_and_the_fifth_of_refusals_are_read() {
        let reading = reading(&[
            ("x-rate-limit-requests-quota", "150"),
            ("x-rate-limit-requests-left", "35"),
            ("x-rate-limit-time-window-ms", "30000"),
            ("x-rate-limit-time-reset-ms", " 15000"),
            ("x-retry-after", "16"),
        ]);
        assert_eq!((reading.quota, reading.left), (Some(150), Some(35)));
        assert_eq!(reading.window, Some(Duration::from_secs(30)));
        assert_eq!(reading.reset, Some(Duration::from_secs(15)));
        assert_eq!(reading.wait(), Some(Duration::from_secs(16)));
        assert!(reading.is_complete());
    }

    #[test]
    fn what_is_no_number_is_as_good_as_absent_and_the_longer_wait_counts() {
        let reset = "x-rate-limit-time-reset-ms";
        let after = "x-retry-after";
        for (pairs, millis) in [
            (&[(reset, "1500"), (after, "1")][..], Some(1500)),
            (&[(reset, "1500"), (after, "2")], Some(2000)),
            (&[(after, "0.5")], Some(500)),
            (&[(reset, "soon"), (after, "2")], Some(2000)),
            (&[(reset, "NaN"), (after, "inf")], None),
            (&[(reset, "-5")], None),
            (&[(reset, "0"), (after, "0")], None),
            (&[], None),
        ] {
            let wait = reading(pairs).wait().map(|wait| wait.as_millis());
            assert_eq!(wait, millis, "{pairs:?}");
        }
        let huge = reading(&[("x-rate-limit-requests-left", "1e300"), (after, "1e300")]);
        let longest = Duration::from_secs_f64(LONGEST);
        assert_eq!(
            (huge.left, huge.retry_after),
            (Some(u32::MAX), Some(longest))
        );
    }
}
