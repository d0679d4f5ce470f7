//! Numbers in examples.

use serde_json::{Number, Value};

use super::{Sample, Ty};

/// The usual integer.
pub(super) const INTEGER: i32 = 118;

/// The usual decimal.
pub(super) const DECIMAL: i32 = 25;

/// The integers that would contradict another one in the same object if they were the usual one, by their names:
/// nothing is its own parent, a code has not been used as often as it may be, and a range has two ends.
const TABLE: &[(&str, i32)] = &[
    ("parent_id", 23),
    ("num_uses", 3),
    ("current_uses", 3),
    ("quantity_min", 10),
    ("quantity_max", 49),
];

/// The integer for a field of this name.
fn integer_named(name: &str) -> i32 {
    let mut known = TABLE.iter();
    let known = known.find(|(known, _)| *known == name);
    known.map_or(INTEGER, |(_, number)| *number)
}

/// A number within a range: the usual one of its type and name, or the end that is nearest to it. The end of an
/// integer's range counts only if it is whole.
#[must_use]
pub fn number_within(
    ty: &Ty,
    name: &str,
    (low, high): &(Option<String>, Option<String>),
) -> Option<Number> {
    let usual = match ty {
        Ty::Int | Ty::Id => integer_named(name),
        Ty::Number => DECIMAL,
        _ => return None,
    };
    let end = |end: &Option<String>| {
        let end: Number = serde_json::from_str(end.as_deref()?).ok()?;
        (end.is_i64() || *ty == Ty::Number).then_some(end)
    };
    let low = end(low).filter(|low| low.as_f64().is_some_and(|low| low > f64::from(usual)));
    let high = end(high).filter(|high| high.as_f64().is_some_and(|high| high < f64::from(usual)));
    Some(low.or(high).unwrap_or_else(|| usual.into()))
}

/// The same as a sample.
pub(super) fn ranged<'a>(
    ty: &Ty,
    name: &str,
    range: &(Option<String>, Option<String>),
) -> Option<Sample<'a>> {
    number_within(ty, name, range).map(Sample::Number)
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
            match ranged(&ty, "size", &range) {
                Some(Sample::Number(found)) => assert_eq!(found.to_string(), number, "{range:?}"),
                other => panic!("{range:?}: {other:?}"),
            }
        }
        assert!(ranged(&Ty::Text, "size", &(None, None)).is_none());
    }

    #[test]
    fn what_would_contradict_another_number_is_another_one() {
        let number = |name| match ranged(&Ty::Int, name, &(None, None)) {
            Some(Sample::Number(number)) => number.as_i64(),
            _ => None,
        };
        assert_eq!((number("id"), number("parent_id")), (Some(118), Some(23)));
        assert!(number("quantity_min") < number("quantity_max"));
    }
}
