//! Times: stored as ISO 8601 in UTC with seconds, whatever format they are sent in, so that comparing
//! the strings compares the times.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;
use serde_json::Value;

const KEPT: &str = "%Y-%m-%dT%H:%M:%S+00:00";

/// The current time in the stored format.
#[must_use]
pub fn now() -> String {
    kept(Timestamp::now())
}

/// The time this many days ago, in the stored format.
#[must_use]
pub fn days_ago(days: i64) -> String {
    const SECONDS: i64 = 86_400;
    let then = Timestamp::now()
        .as_second()
        .saturating_sub(days.saturating_mul(SECONDS));
    kept(Timestamp::from_second(then).unwrap_or_default())
}

/// A time in the stored format, from ISO 8601 with or without a time and an offset, RFC 2822, or
/// seconds since 1970.
#[must_use]
pub fn canonical_time(value: &Value) -> Option<String> {
    let timestamp = match value {
        Value::Number(number) => Timestamp::from_second(number.as_i64()?).ok()?,
        Value::String(text) => read(text.trim())?,
        _ => return None,
    };
    Some(kept(timestamp))
}

fn kept(timestamp: Timestamp) -> String {
    timestamp.strftime(KEPT).to_string()
}

fn read(text: &str) -> Option<Timestamp> {
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(timestamp);
    }
    // An unencoded `+` in a query arrives as a space.
    if let Some((head, offset)) = text.rsplit_once(' ')
        && let Ok(timestamp) = format!("{head}+{offset}").parse::<Timestamp>()
    {
        return Some(timestamp);
    }
    if let Ok(time) = text.parse::<DateTime>() {
        return TimeZone::UTC.to_timestamp(time).ok();
    }
    if let Ok(date) = text.parse::<Date>() {
        return TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok();
    }
    if let Ok(timestamp) = DateTimeParser::new().parse_timestamp(text) {
        return Some(timestamp);
    }
    let seconds: i64 = text.parse().ok()?;
    Timestamp::from_second(seconds).ok()
}

/// A stored time as RFC 2822: `Tue, 05 Mar 2019 21:40:11 +0000`.
#[must_use]
pub fn rfc2822(kept: &str) -> Option<String> {
    let timestamp = kept.parse::<Timestamp>().ok()?;
    Some(
        timestamp
            .strftime("%a, %d %b %Y %H:%M:%S +0000")
            .to_string(),
    )
}

/// A stored time as seconds since 1970.
#[must_use]
pub fn unix(kept: &str) -> Option<i64> {
    kept.parse::<Timestamp>().ok().map(Timestamp::as_second)
}
