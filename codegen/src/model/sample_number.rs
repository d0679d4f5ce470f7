//! Numbers in examples.

use serde_json::{Number, Value};

use super::{Sample, Ty};

/// The usual integer.
pub(super) const INTEGER: i64 = 118;

/// The usual decimal.
pub(super) const DECIMAL: i64 = 25;

/// A number within a range: the usual one of its type, or the end that is nearest to it. Ends that are not
/// whole do not count.
pub(super) fn ranged<'a>(
    ty: &Ty,
    (low, high): &(Option<String>, Option<String>),
) -> Option<Sample<'a>> {
    let usual = match ty {
        Ty::Int | Ty::Id => INTEGER,
        Ty::Number => DECIMAL,
        _ => return None,
    };
    let end = |end: &Option<String>| end.as_deref()?.parse::<i64>().ok();
    let number = end(low).map_or(usual, |low| usual.max(low));
    let number = end(high).map_or(number, |high| number.min(high));
    Some(Sample::Number(number.into()))
}

/// The number in the spec's example, where a decimal may be written as a string.
#[must_use]
pub fn number_of(told: &Value) -> Option<Number> {
    match told {
        Value::Number(number) => Some(number.clone()),
        Value::String(text) => match text.split_once('.') {
            Some((whole, places)) if places.bytes().all(|digit| digit == b'0') => {
                serde_json::from_str(whole).ok()
            }
            _ => serde_json::from_str(text).ok(),
        },
        _ => None,
    }
}
