//! What a response reports about the quota, in the headers that the catalogue names. Anything invalid
//! or impossible is treated as absent.

use std::sync::LazyLock;
use std::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName};
use jiff::Timestamp;
use jiff::fmt::rfc2822;

use crate::catalogue::service::RATE_HEADERS;

/// The maximum length of a window in seconds. A longer one is a mistake, such as a timestamp in place of a
/// duration.
const LONGEST_WINDOW: f64 = 24.0 * 60.0 * 60.0;

/// The same for the wait that an error response requests. A server that is out of service for days may say so,
/// and is not to be called sooner.
const LONGEST_WAIT: f64 = 30.0 * LONGEST_WINDOW;

/// How much later than its length a window may end: both are rounded.
const ROUNDING: Duration = Duration::from_secs(1);

/// The header names, parsed once: every response is checked for all of them.
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
    /// A name that is not valid for a header never occurs in a response.
    header: Option<HeaderName>,
}

/// What one response reported about the store's quota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// How many requests the window allows.
    pub quota: Option<u32>,
    /// How many of them were left.
    pub left: Option<u32>,
    /// The length of the window.
    pub window: Option<Duration>,
    /// The time until the window is renewed.
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

    /// Reads the headers of a response, and reports the name of each impossible one.
    pub(crate) fn read(headers: &HeaderMap, doubt: &mut dyn FnMut(&'static str)) -> Self {
        let names = &*NAMES;
        let mut said = Said { headers, doubt };
        let quota = said.count(&names.quota);
        let left = said.count(&names.left);
        let window = said.milliseconds(&names.window_ms);
        let reset = said.milliseconds(&names.reset_ms);
        let own = said.wait(&names.retry_after_seconds);
        let standard = said.standard(&names.retry_after);
        let mut reading = Self {
            quota,
            left,
            window,
            reset,
            retry_after: own.max(standard),
        };
        // A quota of zero would have rejected the call, and nothing would ever be left of it.
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

    /// The same with all times capped at `most`, and the longest original time.
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

    /// The longer of the two waits that an error response may request; `None` if it requests none, or a
    /// wait of zero, which would only lead to the next 429.
    pub(crate) fn wait(&self) -> Option<Duration> {
        self.retry_after
            .max(self.reset)
            .filter(|wait| !wait.is_zero())
    }

    /// Whether it reports how much is left and for how long.
    pub(crate) const fn is_complete(&self) -> bool {
        self.left.is_some() && (self.reset.is_some() || self.window.is_some())
    }
}

/// The headers of a response, and the receiver of reports about impossible ones.
struct Said<'a> {
    headers: &'a HeaderMap,
    doubt: &'a mut dyn FnMut(&'static str),
}

impl Said<'_> {
    /// The header as parsed by `read`; `None`, with a report, if it is invalid. A proxy may repeat a
    /// header: of several values, the `safer` one counts.
    fn header<T>(
        &mut self,
        name: &Name,
        read: impl Fn(&str) -> Option<T>,
        safer: fn(T, T) -> T,
    ) -> Option<T> {
        let mut said = None;
        for value in self.headers.get_all(name.header.as_ref()?) {
            let text = value.to_str().ok();
            match text.and_then(|text| read(text.trim_ascii())) {
                Some(value) => {
                    said = Some(match said {
                        Some(other) => safer(other, value),
                        None => value,
                    });
                }
                None => (self.doubt)(name.said),
            }
        }
        said
    }

    /// A number of calls.
    fn count(&mut self, name: &Name) -> Option<u32> {
        let read = |text: &str| {
            // It is nearly always an integer, which is parsed faster.
            text.parse().ok().or_else(|| {
                let number: f64 = text.parse().ok()?;
                let possible = (0.0..=f64::from(u32::MAX)).contains(&number);
                possible.then_some(number as u32)
            })
        };
        self.header(name, read, u32::min)
    }

    /// The length of a window, or of the rest of one.
    fn milliseconds(&mut self, name: &Name) -> Option<Duration> {
        let read = |text: &str| up_to(LONGEST_WINDOW, text.parse::<f64>().ok()? / 1000.0);
        self.header(name, read, Duration::max)
    }

    /// A wait in seconds.
    fn wait(&mut self, name: &Name) -> Option<Duration> {
        let read = |text: &str| seconds(text.parse().ok()?);
        self.header(name, read, Duration::max)
    }

    /// The standard header: seconds, or the time at which the wait is over.
    fn standard(&mut self, name: &Name) -> Option<Duration> {
        let date = self.headers.get(DATE);
        let now = || date.and_then(|date| moment(date.to_str().ok()?));
        let read = |text: &str| match text.parse::<f64>() {
            Ok(number) => seconds(number),
            Err(_) => {
                let wait = moment(text)?.duration_since(now().unwrap_or_else(Timestamp::now));
                seconds(wait.as_secs_f64().max(0.0))
            }
        };
        self.header(name, read, Duration::max)
    }
}

/// A time in the format of HTTP.
fn moment(text: &str) -> Option<Timestamp> {
    Some(rfc2822::parse(text).ok()?.timestamp())
}

/// This many seconds, if a wait can be that long.
pub(crate) fn seconds(number: f64) -> Option<Duration> {
    up_to(LONGEST_WAIT, number)
}

fn up_to(most: f64, number: f64) -> Option<Duration> {
    let possible = (0.0..=most).contains(&number);
    possible.then(|| Duration::from_secs_f64(number))
}

#[cfg(test)]
mod tests;
