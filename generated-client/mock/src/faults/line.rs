//! One fault as written in a script, and the errors in it.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;

use super::fault::{Body, Fault, Moment};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    r#do: Do,
    ms: Option<u64>,
    jitter_ms: Option<u64>,
    when: Option<Moment>,
    keep: Option<f64>,
    headers: Option<bool>,
    retry_after: Option<u64>,
    status: Option<u16>,
    body: Option<Body>,
    method: Option<String>,
    path: Option<String>,
    endpoint: Option<String>,
    #[serde(default)]
    after: u64,
    times: Option<u64>,
    probability: Option<f64>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Do {
    Latency,
    Reset,
    Truncate,
    Limit,
    Degraded,
    Error,
}

/// An error: the key it is about, and the message.
type Wrong = (&'static str, String);

impl Line {
    pub(super) fn fault(self) -> Result<Fault, Wrong> {
        self.fits_together()?;
        let part = |key: &'static str, value: Option<f64>, usual: f64| match value.unwrap_or(usual)
        {
            part if (0.0..=1.0).contains(&part) => Ok(part),
            part => Err((
                key,
                format!("`{key}` is {part}; write a number from 0 to 1"),
            )),
        };
        let mut fault = match self.r#do {
            Do::Latency => {
                let ms = self.ms.ok_or((
                    "do",
                    "a latency needs `ms`; write how many milliseconds it takes, as in \"ms\": 300"
                        .to_owned(),
                ))?;
                Fault::latency(Duration::from_millis(ms))
                    .jitter(Duration::from_millis(self.jitter_ms.unwrap_or(0)))
            }
            Do::Reset => Fault::reset(self.when.unwrap_or(Moment::Before)),
            Do::Truncate => Fault::truncate().keep(part("keep", self.keep, 0.5)?),
            Do::Limit if self.headers == Some(false) => Fault::limit_without_headers(),
            Do::Limit => Fault::limit(self.retry_after.unwrap_or(1)),
            Do::Degraded => Fault::degraded(self.retry_after.unwrap_or(1)),
            Do::Error => {
                let status = self.status.unwrap_or(503);
                let known = StatusCode::from_u16(status)
                    .ok()
                    .filter(|_| (400..600).contains(&status));
                let status = known.ok_or_else(|| {
                    (
                        "status",
                        format!("`status` is {status}; write an error from 400 to 599"),
                    )
                })?;
                Fault::error(status, self.body.unwrap_or(Body::Json))
            }
        };
        fault = fault
            .after(self.after)
            .probability(part("probability", self.probability, 1.0)?);
        (fault.times, fault.path, fault.endpoint) = (self.times, self.path, self.endpoint);
        Ok(match self.method {
            Some(method) => fault.method(method),
            None => fault,
        })
    }

    /// A key that this kind of fault does not use is a mistake, and never ignored.
    fn fits_together(&self) -> Result<(), Wrong> {
        let waits = self.retry_after.is_some() && !matches!(self.r#do, Do::Degraded);
        let given = [
            ("ms", self.ms.is_some(), "latency"),
            ("jitter_ms", self.jitter_ms.is_some(), "latency"),
            ("when", self.when.is_some(), "reset"),
            ("keep", self.keep.is_some(), "truncate"),
            ("headers", self.headers.is_some(), "limit"),
            ("retry_after", waits, "limit"),
            ("status", self.status.is_some(), "error"),
            ("body", self.body.is_some(), "error"),
        ];
        let kind = self.r#do.name();
        match given
            .into_iter()
            .find(|&(_, given, of)| given && of != kind)
        {
            Some((key, _, of)) => Err((
                key,
                format!(
                    "`{key}` belongs to \"do\": \"{of}\", and this fault is \"{kind}\"; remove it"
                ),
            )),
            None => Ok(()),
        }
    }
}

impl Do {
    fn name(self) -> &'static str {
        match self {
            Self::Latency => "latency",
            Self::Reset => "reset",
            Self::Truncate => "truncate",
            Self::Limit => "limit",
            Self::Degraded => "degraded",
            Self::Error => "error",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;

    #[test]
    fn what_a_line_leaves_out_has_a_usual_value() {
        for (line, kind) in [
            (r#"{"do":"reset"}"#, Kind::Reset(Moment::Before)),
            (r#"{"do":"truncate"}"#, Kind::Truncate { keep: 0.5 }),
            (
                r#"{"do":"limit"}"#,
                Kind::Limit {
                    headers: true,
                    retry_after: 1,
                },
            ),
            (
                r#"{"do":"degraded","retry_after":3}"#,
                Kind::Degraded { retry_after: 3 },
            ),
            (
                r#"{"do":"error"}"#,
                Kind::Error {
                    status: StatusCode::SERVICE_UNAVAILABLE,
                    body: Body::Json,
                },
            ),
        ] {
            let line: Line = serde_json::from_str(line).unwrap();
            assert_eq!(line.fault().unwrap().kind, kind);
        }
    }

    #[test]
    fn the_moments_of_a_reset_are_named_in_one_word_each() {
        for (name, moment) in [
            ("asked", Moment::BeforeCall),
            ("before", Moment::Before),
            ("during", Moment::During),
            ("after", Moment::After),
        ] {
            let line = format!(r#"{{"do":"reset","when":"{name}"}}"#);
            let line: Line = serde_json::from_str(&line).unwrap();
            assert_eq!(line.fault().unwrap().kind, Kind::Reset(moment));
        }
    }
}
