//! One fault: what goes wrong, for which requests, and how often.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;

/// A fault: what goes wrong, for which requests, and how often.
///
/// ```
/// use std::time::Duration;
/// use bigcommerce_mock::{Fault, Moment};
///
/// // The order is created, but its response is lost: once, for the third order.
/// let lost = Fault::reset(Moment::Before).on("orders.create").after(2).times(1);
/// // A tenth of all reads of the catalog takes half a second longer.
/// let slow = Fault::latency(Duration::from_millis(500))
///     .method("GET")
///     .path("/v3/catalog/**")
///     .probability(0.1);
/// # let _ = (lost, slow);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a fault does nothing until it is added to a store"]
pub struct Fault {
    pub(crate) kind: Kind,
    pub(crate) method: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) after: u64,
    pub(crate) times: Option<u64>,
    pub(crate) probability: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Latency { wait: Duration, jitter: Duration },
    Reset(Moment),
    Truncate { keep: f64 },
    Limit { headers: bool, retry_after: u64 },
    Degraded { retry_after: u64 },
    Error { status: StatusCode, body: Body },
}

/// When a connection breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Moment {
    /// When the request has been read, before the call runs. It does not run.
    #[serde(rename = "asked")]
    BeforeCall,
    /// When the call has run, before anything of its response is sent: what it wrote stays written.
    Before,
    /// In the middle of the body.
    During,
    /// After the body. The response is complete, and the next request on that connection fails.
    After,
}

/// What the body of an error looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Body {
    /// JSON, as from the API.
    Json,
    /// An HTML page, as from a gateway in front of the API.
    Html,
    /// Nothing.
    None,
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            method: None,
            path: None,
            endpoint: None,
            after: 0,
            times: None,
            probability: 1.0,
        }
    }

    /// The response takes longer.
    pub fn latency(wait: Duration) -> Self {
        Self::new(Kind::Latency {
            wait,
            jitter: Duration::ZERO,
        })
    }

    /// The connection breaks.
    pub fn reset(when: Moment) -> Self {
        Self::new(Kind::Reset(when))
    }

    /// The body ends in the middle, although the headers promise all of it.
    pub fn truncate() -> Self {
        Self::new(Kind::Truncate { keep: 0.5 })
    }

    /// The call does not run and returns 429. Its headers report an exhausted quota and a wait of
    /// `retry_after` seconds.
    pub fn limit(retry_after: u64) -> Self {
        Self::new(Kind::Limit {
            headers: true,
            retry_after,
        })
    }

    /// The same without any of the headers, as from an overloaded API.
    pub fn limit_without_headers() -> Self {
        Self::new(Kind::Limit {
            headers: false,
            retry_after: 0,
        })
    }

    /// The call does not run and returns 503, as deletions of price lists do while the service is overloaded. No
    /// header reports how long to wait; `error.retry_after_seconds` in the body does.
    pub fn degraded(retry_after: u64) -> Self {
        Self::new(Kind::Degraded { retry_after })
    }

    /// The call does not run and returns an error.
    pub fn error(status: StatusCode, body: Body) -> Self {
        Self::new(Kind::Error { status, body })
    }

    /// For a latency: additional uniform jitter up to this. Ignored for other faults.
    pub fn jitter(mut self, most: Duration) -> Self {
        if let Kind::Latency { jitter, .. } = &mut self.kind {
            *jitter = most;
        }
        self
    }

    /// For a truncated body: the fraction that is sent, 0 to 1. Ignored for other faults.
    pub fn keep(mut self, part: f64) -> Self {
        if let Kind::Truncate { keep } = &mut self.kind {
            *keep = if part.is_nan() {
                0.5
            } else {
                part.clamp(0.0, 1.0)
            };
        }
        self
    }

    /// Only for this method.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into().to_ascii_uppercase());
        self
    }

    /// Only for matching paths: `*` matches one segment or a part of it, `**` any number of
    /// segments.
    pub fn path(mut self, pattern: impl Into<String>) -> Self {
        self.path = Some(pattern.into());
        self
    }

    /// Only for this call, by its id in the catalogue: `orders.create`, or `orders.*`.
    pub fn on(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Skips this many of the requests that match.
    pub fn after(mut self, requests: u64) -> Self {
        self.after = requests;
        self
    }

    /// The maximum number of times.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// The probability for each request that matches: 0 to 1.
    pub fn probability(mut self, of: f64) -> Self {
        self.probability = if of.is_nan() { 0.0 } else { of.clamp(0.0, 1.0) };
        self
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Latency { wait, jitter } if jitter.is_zero() => {
                write!(f, "{} ms longer", wait.as_millis())
            }
            Self::Latency { wait, jitter } => {
                write!(
                    f,
                    "{} to {} ms longer",
                    wait.as_millis(),
                    (*wait + *jitter).as_millis()
                )
            }
            Self::Reset(Moment::BeforeCall) => f.write_str("connection reset before the call runs"),
            Self::Reset(Moment::Before) => f.write_str("connection reset before the response"),
            Self::Reset(Moment::During) => f.write_str("connection reset within the body"),
            Self::Reset(Moment::After) => f.write_str("connection reset after the body"),
            Self::Truncate { keep } => write!(f, "body cut off after {:.0} %", keep * 100.0),
            Self::Limit {
                headers: true,
                retry_after,
            } => {
                write!(f, "429, wait {retry_after} s")
            }
            Self::Limit { headers: false, .. } => f.write_str("429 without headers"),
            Self::Degraded { retry_after } => {
                write!(f, "503, whose body says to wait {retry_after} s")
            }
            Self::Error { status, body } => {
                let body = match body {
                    Body::Json => "as JSON",
                    Body::Html => "as HTML",
                    Body::None => "without a body",
                };
                write!(f, "{} {body}", status.as_u16())
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        let mut whom = Vec::new();
        whom.extend(self.method.as_deref());
        whom.extend(self.path.as_deref());
        whom.extend(self.endpoint.as_deref());
        if whom.is_empty() {
            f.write_str(", on any request")?;
        } else {
            write!(f, ", on {}", whom.join(" "))?;
        }
        if self.after > 0 {
            write!(f, ", after {}", self.after)?;
        }
        if let Some(times) = self.times {
            write!(f, ", {times} at most")?;
        }
        if self.probability < 1.0 {
            write!(f, ", with probability {}", self.probability)?;
        }
        Ok(())
    }
}
