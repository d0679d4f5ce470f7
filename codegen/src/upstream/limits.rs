//! Compares the limits and the default of a field. Ours may say more than the official ones.

use serde_json::Value;

use super::{Findings, Topic, edit::Change};
use crate::{
    import::{shape::Shape, types::number_text},
    spec::Field,
};

/// Limits and defaults that are official; ours may say more.
pub(super) fn limits(shape: &Shape, field: &Field, place: &str, found: &mut Findings<'_>) {
    let default = |value: &Value| number_text(value).unwrap_or_else(|| value.to_string());
    let told = [
        (Topic::Length, shape.length.text(), field.length.clone()),
        (Topic::Range, shape.range.text(), field.range.clone()),
        (Topic::Items, shape.items.text(), field.items.clone()),
        (Topic::Pattern, shape.pattern.clone(), field.pattern.clone()),
        (
            Topic::Default,
            shape
                .default
                .as_ref()
                .filter(|value| !value.is_null())
                .map(default),
            field.default.as_ref().map(default),
        ),
    ];
    for (topic, theirs, ours) in told {
        let Some(theirs) = theirs else { continue };
        if ours.as_ref().is_none_or(|ours| trim(ours) != trim(&theirs)) {
            let ours = ours.unwrap_or_else(|| "nothing".into());
            let what = topic.as_str();
            found.add(
                topic,
                place,
                format!(": {what} is {theirs} officially and {ours} here"),
            );
            let value = match topic {
                Topic::Default => shape.default.clone().unwrap_or_default(),
                _ => theirs.into(),
            };
            found.mend(found.here(), Change::set(what, value));
        }
    }
}

/// `0..255` says no more than `..255`, and `0.0` is `0`.
fn trim(bounds: &str) -> String {
    let end = |text: &str| text.strip_suffix(".0").unwrap_or(text).to_owned();
    match bounds.split_once("..") {
        Some((min, max)) => format!("{}..{}", end(if min == "0" { "" } else { min }), end(max)),
        None => bounds.to_owned(),
    }
}
