//! The spelling of a date-time or a date, as a string or as seconds since 1970.

use jiff::civil;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Number;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Stamp {
    Text(Box<str>),
    Number(Box<str>),
}

impl Stamp {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
        }
    }

    pub(super) fn timestamp(&self) -> Option<Timestamp> {
        let text = self.as_str().trim_ascii();
        if is_count(text) {
            return from_seconds(text);
        }
        if text.starts_with(|first: char| first.is_ascii_alphabetic()) || text.contains(' ') {
            let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
            if let Ok(timestamp) = parser.parse_timestamp(text) {
                return Some(timestamp);
            }
        }
        if let Ok(timestamp) = text.parse() {
            return Some(timestamp);
        }
        let local: civil::DateTime = text.parse().ok()?;
        TimeZone::UTC.to_timestamp(local).ok()
    }

    /// The date as written, whatever the offset.
    pub(super) fn date(&self) -> Option<civil::Date> {
        let text = self.as_str().trim_ascii();
        if !is_count(text) {
            if let Some(Ok(date)) = text.get(..10).map(str::parse) {
                return Some(date);
            }
            let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
            if let Ok(zoned) = parser.parse_zoned_datetime(text) {
                return Some(zoned.date());
            }
        }
        Some(TimeZone::UTC.to_datetime(self.timestamp()?).date())
    }
}

/// Whether the string is a number of seconds.
fn is_count(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+'))
}

fn from_seconds(text: &str) -> Option<Timestamp> {
    let value = text.parse::<Number>().ok()?.value()?;
    let seconds = i64::try_from(value.trunc()).ok()?;
    let nanos = i32::try_from((value.fract() * rust_decimal::Decimal::from(1_000_000_000)).trunc());
    Timestamp::from_duration(SignedDuration::new(seconds, nanos.ok()?)).ok()
}
