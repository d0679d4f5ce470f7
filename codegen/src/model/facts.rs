//! The line of facts that stands under every field: type, limits, unit, default, when present.
//! It is made from the spec's data alone, so it cannot go stale.

use super::{Field, Ty};
use crate::spec::{self, Format, View, Wire};

/// The facts of a field, as sentences.
pub(super) fn line(field: &Field, spec: &spec::Field, view: View) -> String {
    let mut head = match field.spelling {
        Some(Wire::Rfc2822) => "Date and time, spelled as in RFC 2822".to_owned(),
        Some(Wire::Unix) => "Date and time, in seconds since 1970".to_owned(),
        Some(Wire::OneZero) => "True or false, spelled 1 or 0".to_owned(),
        Some(Wire::Text) => format!("{}, spelled as a text", phrase(&field.ty)),
        None => phrase(&field.ty),
    };
    let kind = field.limits.format.map(kind_of_text);
    for unit in kind.into_iter().chain(spec.unit.as_deref()) {
        head += &format!(" ({unit})");
    }
    let limits = &field.limits;
    let mut bounds_of = Vec::new();
    for (bounds, what) in [
        (span(&limits.length.0, &limits.length.1), " characters"),
        (span(&limits.range.0, &limits.range.1), ""),
        (span(&limits.items.0, &limits.items.1), " items"),
    ] {
        if let Some(bounds) = bounds {
            let one = bounds.ends_with(" 1") && !bounds.contains(" to ");
            let what = if one {
                what.trim_end_matches('s')
            } else {
                what
            };
            bounds_of.push(format!("{bounds}{what}"));
        }
    }
    let parts: Vec<_> = [head]
        .into_iter()
        .filter(|h| !h.is_empty())
        .chain(bounds_of)
        .collect();
    let mut sentences: Vec<String> = Vec::new();
    if !parts.is_empty() {
        sentences.push(capitalized(&parts.join(", ")));
    }
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
    if let (Some(when), View::Read) = (&spec.when, view) {
        sentences.push(condition(when));
    }
    if field.required && view != View::Read {
        sentences.push("Required".to_owned());
    }
    if field.read_only {
        sentences.push("Set by the API".to_owned());
    }
    if field.secret {
        sentences.push("A secret, so not shown by `Debug`".to_owned());
    }
    sentences
        .iter()
        .map(|sentence| format!("{sentence}."))
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a text is.
const fn kind_of_text(format: Format) -> &'static str {
    match format {
        Format::Url => "URL",
        Format::Currency => "ISO 4217 code",
        Format::Country => "ISO 3166-1 alpha-2 code",
        Format::Email => "e-mail address",
        Format::EventScope => "event scope",
    }
}

/// When a field is there at all, without the full stop.
pub fn condition(when: &str) -> String {
    format!("Only there with {when}")
}

/// What is on its way out, since when, what to use instead and why.
pub fn deprecation(deprecated: &spec::Deprecated) -> String {
    let mut text = "Deprecated".to_owned();
    if let Some(since) = &deprecated.since {
        text += &format!(" since {since}");
    }
    if let Some(instead) = &deprecated.instead {
        text += &format!("; use {instead} instead");
    }
    let why = deprecated.why.iter().map(|why| format!(" {why}"));
    why.fold(text + ".", |text, why| text + &why)
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// A type in words.
pub fn phrase(ty: &Ty) -> String {
    match ty {
        Ty::List(item) => match &**item {
            Ty::Nullable(item) => match many(item) {
                Some(items) => format!("List of {items} or null"),
                None => "List, with null too".to_owned(),
            },
            item => match many(item) {
                Some(items) => format!("List of {items}"),
                None => "List".to_owned(),
            },
        },
        Ty::Map(value) => match &**value {
            Ty::Nullable(value) => match many(value) {
                Some(values) => format!("Mapping from names to {values} or null"),
                None => "Mapping from names, to null too".to_owned(),
            },
            value => match many(value) {
                Some(values) => format!("Mapping from names to {values}"),
                None => "Mapping from names".to_owned(),
            },
        },
        ty => one(ty).to_owned(),
    }
}

fn one(ty: &Ty) -> &'static str {
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
        Ty::Link(_) => "A link, or what it links to when included",
        // The type's own name says it.
        Ty::Named(_) | Ty::List(_) | Ty::Map(_) | Ty::Nullable(_) | Ty::OneOrMany(_) => "",
    }
}

fn many(ty: &Ty) -> Option<&'static str> {
    Some(match ty {
        Ty::Int => "whole numbers",
        Ty::Text => "texts",
        Ty::Bool => "truth values",
        Ty::Number => "decimal numbers",
        Ty::DateTime => "dates and times",
        Ty::Date => "dates",
        Ty::Uuid => "UUIDs",
        Ty::Id => "ids, each a whole number or a text",
        Ty::Json => "any JSON",
        Ty::Named(_)
        | Ty::List(_)
        | Ty::Map(_)
        | Ty::Link(_)
        | Ty::Nullable(_)
        | Ty::OneOrMany(_) => return None,
    })
}

/// `1 to 255`, `up to 255`, `at least 1` or `exactly 3`.
pub(super) fn span<T: std::fmt::Display + PartialEq>(
    low: &Option<T>,
    high: &Option<T>,
) -> Option<String> {
    match (low, high) {
        (Some(low), Some(high)) if low == high => Some(format!("exactly {low}")),
        (Some(low), Some(high)) => Some(format!("{low} to {high}")),
        (None, Some(high)) => Some(format!("up to {high}")),
        (Some(low), None) => Some(format!("at least {low}")),
        (None, None) => None,
    }
}
