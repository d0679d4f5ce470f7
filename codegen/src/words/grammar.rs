//! English: capitals, full stops, lists, numbers.

use crate::code_span::code;

/// The first letter in upper case.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// A text inside a sentence: its first letter in lower case, unless its first word is code or has further capitals,
/// as an abbreviation or a name such as `V3` has.
pub(crate) fn uncapital(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    let own = |c: char| c.is_uppercase() || c.is_ascii_digit();
    let mut chars = text.chars();
    match chars.next() {
        Some(letter) if !first.chars().skip(1).any(own) => {
            letter.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

/// A sentence, with its full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// A number with commas between its thousands.
pub(crate) fn thousands(number: impl ToString) -> String {
    let text = number.to_string();
    let start = text
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(text.len());
    let end = text.find('.').unwrap_or(text.len());
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        if at > start && at < end && (end - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Names as code, separated by commas.
pub(crate) fn code_list<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    let names = names.into_iter().map(|name| code(name.as_ref()));
    names.collect::<Vec<_>>().join(", ")
}

/// Alternative names as code: separated by commas, with `or` before the last.
pub(crate) fn code_choice<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [others @ .., last] if !others.is_empty() => {
            format!("{} or {}", code_list(others), code(last.as_ref()))
        }
        names => code_list(names),
    }
}

/// `1–255`, `up to 255`, `at least 1` or `exactly 3`, with the unit.
pub(super) fn span(
    low: Option<impl ToString>,
    high: Option<impl ToString>,
    unit: &str,
) -> Option<String> {
    let (low, high) = (low.map(thousands), high.map(thousands));
    let one = low.as_deref().unwrap_or("1") == "1" && high.as_deref().unwrap_or("1") == "1";
    let bounds = match (low, high) {
        (Some(low), Some(high)) if low == high => format!("exactly {low}"),
        (Some(low), Some(high)) if low.starts_with('-') => format!("{low} to {high}"),
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (None, Some(high)) => format!("up to {high}"),
        // Any length or number of items is at least 0.
        (Some(low), None) if low == "0" && !unit.is_empty() => return None,
        (Some(low), None) => format!("at least {low}"),
        (None, None) => return None,
    };
    Some(match unit {
        "" => bounds,
        unit if one => format!("{bounds} {unit}"),
        unit => format!("{bounds} {unit}s"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_inside_a_sentence_begins_in_lower_case_unless_its_first_word_is_a_name() {
        for (text, expected) in [
            ("A payment access token.", "a payment access token."),
            ("Takes the payments.", "takes the payments."),
            ("V3 has it.", "V3 has it."),
            ("OAuth", "OAuth"),
            ("`X-Auth-Token`", "`X-Auth-Token`"),
            ("", ""),
        ] {
            assert_eq!(uncapital(text), expected);
        }
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(thousands(150), "150");
        assert_eq!(thousands(20000), "20,000");
        assert_eq!(thousands(-1234567), "-1,234,567");
        assert_eq!(thousands("-123.4567"), "-123.4567");
    }

    #[test]
    fn bounds_read_as_a_range() {
        let told = |low: Option<i64>, high: Option<i64>, unit| span(low, high, unit);
        for (low, high, unit, expected) in [
            (Some(1), Some(255), "character", Some("1–255 characters")),
            (None, Some(50), "item", Some("up to 50 items")),
            (Some(1), None, "item", Some("at least 1 item")),
            (Some(3), Some(3), "character", Some("exactly 3 characters")),
            (Some(-1), Some(5), "", Some("-1 to 5")),
            (
                Some(0),
                Some(65535),
                "character",
                Some("0–65,535 characters"),
            ),
            (None, None, "item", None),
            (Some(0), None, "item", None),
            (Some(0), None, "", Some("at least 0")),
        ] {
            assert_eq!(told(low, high, unit).as_deref(), expected);
        }
    }
}
