//! Numbers in examples.

use serde_json::{Number, Value};

use super::{Sample, Ty};

/// The usual integer.
pub(super) const INTEGER: i32 = 118;

/// The usual decimal.
pub(super) const DECIMAL: i32 = 25;

/// A number within a range: the usual one of its type, or the end that is nearest to it. The end of an integer's
/// range counts only if it is whole.
pub(super) fn ranged<'a>(
    ty: &Ty,
    (low, high): &(Option<String>, Option<String>),
) -> Option<Sample<'a>> {
    let usual = match ty {
        Ty::Int | Ty::Id => INTEGER,
        Ty::Number => DECIMAL,
        _ => return None,
    };
    let end = |end: &Option<String>| {
        let end: Number = serde_json::from_str(end.as_deref()?).ok()?;
        (end.is_i64() || *ty == Ty::Number).then_some(end)
    };
    let low = end(low).filter(|low| low.as_f64().is_some_and(|low| low > f64::from(usual)));
    let high = end(high).filter(|high| high.as_f64().is_some_and(|high| high < f64::from(usual)));
    let number = low.or(high).unwrap_or_else(|| usual.into());
    Some(Sample::Number(number))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_usual_one_or_the_nearest_end_of_its_range() {
        for (ty, low, high, number) in [
            (Ty::Int, None, None, "118"),
            (Ty::Int, Some("1"), Some("250"), "118"),
            (Ty::Int, Some("200"), None, "200"),
            (Ty::Int, None, Some("-1"), "-1"),
            (Ty::Int, Some("118.5"), None, "118"),
            (Ty::Number, Some("0.01"), None, "25"),
            (Ty::Number, Some("0"), Some("0.5"), "0.5"),
            (Ty::Number, Some("25.5"), Some("99"), "25.5"),
        ] {
            let range = (low.map(str::to_owned), high.map(str::to_owned));
            match ranged(&ty, &range) {
                Some(Sample::Number(found)) => assert_eq!(found.to_string(), number, "{range:?}"),
                other => panic!("{range:?}: {other:?}"),
            }
        }
        assert!(ranged(&Ty::Text, &(None, None)).is_none());
    }
}
