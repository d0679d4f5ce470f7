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
    /// What `read` makes of a header; `None` with a doubt when it can make nothing of it. A proxy may say a
    /// header again: of several values the `safer` counts.
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
            // Nearly always it is whole, and that is read sooner.
            text.parse().ok().or_else(|| {
                let number: f64 = text.parse().ok()?;
                let possible = (0.0..=f64::from(u32::MAX)).contains(&number);
                possible.then_some(number as u32)
            })
        };
        self.header(name, read, u32::min)
    }

    /// A time, of which so many parts are a second.
    fn time(&mut self, name: &Name, parts: f64) -> Option<Duration> {
        let read = |text: &str| seconds(text.parse::<f64>().ok()? / parts);
        self.header(name, read, Duration::max)
    }

    /// The header of the standard: seconds, or the moment at which the wait is over.
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
mod tests;
