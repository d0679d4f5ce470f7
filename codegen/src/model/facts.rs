//! The line of facts that stands under every field: type, limits, unit, default, when present.
//! It is made from the spec's data alone, so it cannot go stale.

use super::{Field, Ty};
use crate::spec::{self, View, Wire};

/// The facts of a field, as sentences.
pub(super) fn line(field: &Field, spec: &spec::Field, view: View) -> String {
    let mut head = match field.spelling {
        Some(Wire::Rfc2822) => "Date and time, spelled as in RFC 2822".to_owned(),
        Some(Wire::Unix) => "Date and time, in seconds since 1970".to_owned(),
        Some(Wire::OneZero) => "True or false, spelled 1 or 0".to_owned(),
        Some(Wire::Text) => format!("{}, spelled as a text", phrase(&field.ty)),
        None => phrase(&field.ty).to_owned(),
    };
    if let Some(unit) = &spec.unit {
        head += &format!(" ({unit})");
    }
    let limits = &field.limits;
    for (bounds, what) in [
        (span(&limits.length.0, &limits.length.1), " characters"),
        (span(&limits.range.0, &limits.range.1), ""),
        (span(&limits.items.0, &limits.items.1), " items"),
    ] {
        if let Some(bounds) = bounds {
            head += &format!(", {bounds}{what}");
        }
    }
    let mut sentences = vec![head];
    if let Some(pattern) = &limits.pattern {
        sentences.push(format!("Matches `{pattern}`"));
    }
    if let Some(default) = &field.default {
        let text = match default {
            serde_json::Value::String(text) => format!("\"{text}\""),
            other => other.to_string(),
        };
        sentences.push(format!("`{text}` when left out"));
    }
    if field.nullable {
        sentences.push("May be null".to_owned());
    }
    if let Some(when) = &spec.when {
        sentences.push(format!("Only there with {when}"));
    }
    if field.required && view != View::Read {
        sentences.push("Required".to_owned());
    }
    if field.read_only {
        sentences.push("Set by the API".to_owned());
    }
    sentences.join(". ") + "."
}

/// A type in words.
pub fn phrase(ty: &Ty) -> &'static str {
    match ty {
        Ty::Int => "Whole number",
        Ty::Text => "Text",
        Ty::Bool => "True or false",
        Ty::Number => "Decimal number",
        Ty::DateTime => "Date and time",
        Ty::Date => "Date",
        Ty::Uuid => "UUID",
        Ty::Id => "Id, a whole number or a text",
        Ty::Json => "Any JSON",
        Ty::Named(_) => "One value",
        Ty::List(_) => "List",
        Ty::Map(_) => "Mapping from names",
        Ty::Link(_) => "A link, or what it links to when included",
    }
}

/// `1 to 255`, `up to 255` or `at least 1`.
pub(super) fn span<T: std::fmt::Display>(low: &Option<T>, high: &Option<T>) -> Option<String> {
    match (low, high) {
        (Some(low), Some(high)) => Some(format!("{low} to {high}")),
        (None, Some(high)) => Some(format!("up to {high}")),
        (Some(low), None) => Some(format!("at least {low}")),
        (None, None) => None,
    }
}
