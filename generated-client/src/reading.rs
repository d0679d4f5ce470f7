//! What a response says about the quota, by the headers that the catalogue names. Whatever cannot be
//! understood or cannot be true is as good as absent.

use std::sync::LazyLock;
use std::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName};
use jiff::Timestamp;
use jiff::fmt::rfc2822;

use crate::catalogue::service::RATE_HEADERS;

/// No window and no wait is longer. What is comes of a mistake, such as a moment where a time belongs.
const LONGEST: f64 = 24.0 * 60.0 * 60.0;

/// By how much a window may end later than it is long: both are rounded.
const ROUNDING: Duration = Duration::from_secs(1);

/// The headers, read once: every response is asked for all of them.
static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let name = |said: &'static str| Name {
        said,
        header: said.parse().ok(),
    };
    Names {
        quota: name(RATE_HEADERS.quota),
        left: name(RATE_HEADERS.left),
        window_ms: name(RATE_HEADERS.window_ms),
        reset_ms: name(RATE_HEADERS.reset_ms),
        retry_after_seconds: name(RATE_HEADERS.retry_after_seconds),
        retry_after: name(RETRY_AFTER.as_str()),
    }
});

/// [`RATE_HEADERS`] as names, and the standard one.
struct Names {
    quota: Name,
    left: Name,
    window_ms: Name,
    reset_ms: Name,
    retry_after_seconds: Name,
    retry_after: Name,
}

struct Name {
    said: &'static str,
    /// One that cannot be a header name is never in a response.
    header: Option<HeaderName>,
}

/// What one response said about the store's quota.
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
    /// How long to wait after an error response.
    pub retry_after: Option<Duration>,
}

impl Reading {
    /// Reads the headers of a response.
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
        Self::read(headers, &mut |_| {})
    }

    /// Reads the headers of a response, and tells by name of each that cannot be true.
    pub(crate) fn read(headers: &HeaderMap, doubt: &mut dyn FnMut(&'static str)) -> Self {
        let names = &*NAMES;
        let mut said = Said { headers, doubt };
        let quota = said.count(&names.quota);
        let left = said.count(&names.left);
        let window = said.time(&names.window_ms, 1000.0);
        let reset = said.time(&names.reset_ms, 1000.0);
        let own = said.time(&names.retry_after_seconds, 1.0);
        let standard = said.standard(&names.retry_after);
        let mut reading = Self {
            quota,
            left,
            window,
            reset,
            retry_after: own.max(standard),
        };
        // A quota of nothing would have refused the call, and nothing is left of it for ever.
        if quota == Some(0) {
            (said.doubt)(names.quota.said);
            (reading.quota, reading.left) = (None, None);
        } else if quota.is_some() && left > quota {
            (said.doubt)(names.left.said);
            reading.left = quota;
        }
        if window.is_some_and(|window| window.is_zero()) {
            (said.doubt)(names.window_ms.said);
            reading.window = None;
        } else if let (Some(window), Some(reset)) = (window, reset)
            && reset > window + ROUNDING
        {
            (said.doubt)(names.reset_ms.said);
            reading.reset = Some(window);
        }
        reading
    }

    /// The same with no time beyond `most`, and the longest time that was.
    pub(crate) fn within(self, most: Duration) -> (Self, Option<Duration>) {
        let cut = |time: Option<Duration>| time.map(|time| time.min(most));
        let longest = self.window.max(self.reset).max(self.retry_after);
        let reading = Self {
            window: cut(self.window),
            reset: cut(self.reset),
            retry_after: cut(self.retry_after),
            ..self
        };
        (reading, longest.filter(|longest| *longest > most))
    }

    /// The longer of the two waits that an error response may name; `None` when it names none, or
    /// none at all, which would only get the next 429.
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

/// The headers of a response, and who is told of those that cannot be true.
struct Said<'a> {
    headers: &'a HeaderMap,
    doubt: &'a mut dyn FnMut(&'static str),
}

impl Said<'_> {
    /// What `read` makes of a header; `None` with a doubt when it can make nothing of it.
    fn header<T>(&mut self, name: &Name, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = self.headers.get(name.header.as_ref()?)?;
        let value = value.to_str().ok().and_then(|text| read(text.trim_ascii()));
        if value.is_none() {
            (self.doubt)(name.said);
        }
        value
    }

    /// A number of calls.
    fn count(&mut self, name: &Name) -> Option<u32> {
        self.header(name, |text| {
            // Nearly always it is whole, and that is read sooner.
            text.parse().ok().or_else(|| {
                let number: f64 = text.parse().ok()?;
                let possible = (0.0..=f64::from(u32::MAX)).contains(&number);
                possible.then_some(number as u32)
            })
        })
    }

    /// A time, of which so many parts are a second.
    fn time(&mut self, name: &Name, parts: f64) -> Option<Duration> {
        self.header(name, |text| seconds(text.parse::<f64>().ok()? / parts))
    }

    /// The header of the standard: seconds, or the moment at which the wait is over.
    fn standard(&mut self, name: &Name) -> Option<Duration> {
        let date = self.headers.get(DATE);
        let now = || date.and_then(|date| moment(date.to_str().ok()?));
        self.header(name, |text| match text.parse::<f64>() {
            Ok(number) => seconds(number),
            Err(_) => {
                let wait = moment(text)?.duration_since(now().unwrap_or_else(Timestamp::now));
                seconds(wait.as_secs_f64().max(0.0))
            }
        })
    }
}

/// A moment as HTTP writes it.
fn moment(text: &str) -> Option<Timestamp> {
    Some(rfc2822::parse(text).ok()?.timestamp())
}

/// So many seconds, if that can be a window or a wait.
pub(crate) fn seconds(number: f64) -> Option<Duration> {
    let possible = (0.0..=LONGEST).contains(&number);
    possible.then(|| Duration::from_secs_f64(number))
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        headers
    }

    fn reading(pairs: &[(&'static str, &'static str)]) -> Reading {
        Reading::of(&headers(pairs))
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
    }

    /// What is read, and which headers are doubted.
    fn doubts(pairs: &[(&'static str, &'static str)]) -> (Reading, Vec<&'static str>) {
        let mut doubts = Vec::new();
        let reading = Reading::read(&headers(pairs), &mut |name| doubts.push(name));
        (reading, doubts)
    }

    #[test]
    fn what_cannot_be_true_counts_as_not_said_and_is_told_of() {
        let (quota, left) = ("x-rate-limit-requests-quota", "x-rate-limit-requests-left");
        let (window, reset) = ("x-rate-limit-time-window-ms", "x-rate-limit-time-reset-ms");
        let (after, standard) = ("x-retry-after", "retry-after");
        let secs = |seconds| Some(Duration::from_secs(seconds));
        for (pairs, quotas, times, doubted) in [
            // Nothing is left of nothing, for ever.
            (
                &[(quota, "0"), (left, "0"), (window, "30000")][..],
                (None, None),
                (secs(30), None, None),
                &[quota][..],
            ),
            // A share of more than the whole.
            (
                &[(quota, "150"), (left, "4000000000")],
                (Some(150), Some(150)),
                (None, None, None),
                &[left],
            ),
            (
                &[(quota, "-1"), (left, "1e300")],
                (None, None),
                (None, None, None),
                &[quota, left],
            ),
            // Moments, in seconds and in milliseconds, where times belong.
            (
                &[(window, "30000"), (reset, "1764000000000")],
                (None, None),
                (secs(30), None, None),
                &[reset],
            ),
            (
                &[(reset, "1764000000"), (after, "1764000000")],
                (None, None),
                (None, None, None),
                &[reset, after],
            ),
            // A window that ends later than it is long, and one that is so by rounding.
            (
                &[(window, "30000"), (reset, "3600000")],
                (None, None),
                (secs(30), secs(30), None),
                &[reset],
            ),
            (
                &[(window, "30000"), (reset, "31000")],
                (None, None),
                (secs(30), secs(31), None),
                &[],
            ),
            (
                &[(window, "0"), (reset, "9000")],
                (None, None),
                (None, secs(9), None),
                &[window],
            ),
            (
                &[(after, "undefined"), (standard, "soon")],
                (None, None),
                (None, None, None),
                &[after, standard],
            ),
        ] {
            let (reading, told) = doubts(pairs);
            let names = |names: &[&str]| -> Vec<String> {
                names.iter().map(|name| name.to_ascii_lowercase()).collect()
            };
            assert_eq!((reading.quota, reading.left), quotas, "{pairs:?}");
            let read = (reading.window, reading.reset, reading.retry_after);
            assert_eq!(read, times, "{pairs:?}");
            assert_eq!(names(&told), names(doubted), "{pairs:?}");
        }
    }

    #[test]
    fn the_standard_wait_is_in_seconds_or_until_a_moment_by_the_clock_of_the_answer() {
        const DATE: (&str, &str) = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        for (pairs, seconds) in [
            (&[("retry-after", "120")][..], Some(120)),
            (&[("retry-after", "120"), ("x-retry-after", "7")], Some(120)),
            (&[("retry-after", "7"), ("x-retry-after", "120")], Some(120)),
            (
                &[DATE, ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT")],
                Some(30),
            ),
            (
                &[DATE, ("retry-after", "Sun, 06 Nov 1994 08:49:07 GMT")],
                Some(0),
            ),
            (
                &[DATE, ("retry-after", "Mon, 06 Nov 2034 08:49:37 GMT")],
                None,
            ),
            // Without that clock it is by this machine's.
            (&[("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT")], Some(0)),
            (&[("retry-after", "1764000000")], None),
        ] {
            let wait = reading(pairs).retry_after;
            assert_eq!(wait, seconds.map(Duration::from_secs), "{pairs:?}");
        }
    }

    #[test]
    fn no_time_is_longer_than_the_bound_and_the_longest_that_was_is_told() {
        let long = reading(&[
            ("x-rate-limit-time-window-ms", "3600000"),
            ("x-rate-limit-time-reset-ms", "5000"),
            ("x-retry-after", "7200"),
        ]);
        let (cut, longest) = long.within(Duration::from_secs(60));
        let secs = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(
            (cut.window, cut.reset, cut.retry_after),
            (secs(60), secs(5), secs(60))
        );
        assert_eq!(longest, secs(7200));
        assert_eq!(cut.within(Duration::from_secs(60)), (cut, None));
    }
}
