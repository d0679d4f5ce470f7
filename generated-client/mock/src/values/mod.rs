//! Values in their stored format: decimals and integers as numbers, times as ISO 8601 in UTC. The wire
//! format is applied when they are returned.

mod canonical;
mod time;

use serde_json::{Number, Value};

pub use self::canonical::canonical;
pub use self::time::{canonical_time, days_ago, now, rfc2822, unix};

use crate::key::Key;

/// The number in a value, whether it is sent as a number or as a string.
#[must_use]
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text
            .trim()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite()),
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        _ => None,
    }
}

/// A number with four decimal places, in which the API stores amounts; an integer if it has no
/// fraction.
#[must_use]
pub fn rounded(number: f64) -> Value {
    let rounded = (number * 10_000.0).round() / 10_000.0;
    whole(rounded)
        .map(Value::from)
        .or_else(|| Number::from_f64(rounded).map(Value::Number))
        .unwrap_or(Value::Null)
}

/// The integer, if it is exactly representable.
#[must_use]
pub fn whole(number: f64) -> Option<i64> {
    // Up to here every integer is exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "whole and within the bounds of i64"
    )]
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

/// The key in a value.
#[must_use]
pub fn key_of(value: &Value) -> Option<Key> {
    match value {
        Value::Number(number) => number.as_i64().map(Key::Number),
        Value::String(text) => Some(Key::of(text)),
        _ => None,
    }
}

/// A value as a comparable string: `7` for both `7` and `"7"`.
#[must_use]
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Whether this is a link, as in V2 responses.
#[must_use]
pub fn is_link(value: &Value) -> bool {
    value.get("url").is_some() && value.get("resource").is_some()
}
