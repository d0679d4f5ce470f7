//! Compares the limits and the default of a field or a parameter. The spec may have more than the official
//! ones. A default applies to omitted fields of a request, so it is not compared in responses.

use serde_json::Value;

use super::{Findings, Topic, edit::Change};
use crate::{
    diagnostic::At,
    import::{
        classes::Side,
        shape::{Kind, Shape},
        types::number_text,
    },
    spec::{Field, Parameter},
};

/// Official limits on this side, and defaults in requests; the spec may have more.
pub(super) fn limits(
    shape: &Shape,
    field: &Field,
    side: Side,
    place: &str,
    found: &mut Findings<'_>,
) {
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
                .filter(|value| side != Side::Read && !value.is_null())
                .map(default),
            field.default.as_ref().map(default),
        ),
    ];
    for (topic, theirs, ours) in told {
        let Some(theirs) = theirs else { continue };
        if differs(topic, &theirs, without(topic, shape), ours, place, found) {
            let value = match topic {
                Topic::Default => shape.default.clone().unwrap_or_default(),
                _ => theirs.into(),
            };
            found.mend(found.here(), Change::set(topic.as_str(), value));
        }
    }
    multiple(shape, field.kind.as_deref(), place, found);
}

/// The factor of a number's multiples, which the spec cannot express, except 1 for an integer.
pub(super) fn multiple(shape: &Shape, kind: Option<&str>, place: &str, found: &mut Findings<'_>) {
    let Some(factor) = &shape.multiple else {
        return;
    };
    let is_integer = kind.is_some_and(|kind| kind.trim_matches(['[', ']']) == "int");
    if is_integer && factor == "1" {
        return;
    }
    let ours = if is_integer { "integer" } else { "number" };
    let says = format!("is a multiple of {factor} officially but any {ours} here");
    found.add(Topic::Multiple, place, says);
}

/// The exclusive ends of a range.
fn without(topic: Topic, shape: &Shape) -> Option<String> {
    (topic == Topic::Range)
        .then(|| shape.range.without())
        .flatten()
}

/// The same for a query parameter. `said` is its declaration in the spec, and where; `most` is the maximum
/// number of items of the call in it.
pub(super) fn of_parameter<'a>(
    shape: &Shape,
    said: Option<(&Parameter, At<'a>)>,
    most: Option<u32>,
    place: &str,
    found: &mut Findings<'a>,
) {
    let item = match &shape.kind {
        Kind::List(item) => item,
        _ => shape,
    };
    // In a query a value is text, whatever its type is.
    let default = |value: &Value| match value {
        Value::String(text) => text.clone(),
        value => number_text(value).unwrap_or_else(|| value.to_string()),
    };
    let own = said.map(|(parameter, _)| parameter);
    let value = shape.default.as_ref().filter(|value| !value.is_null());
    let told = [
        (
            Topic::Range,
            item.range.text(),
            own.and_then(|it| it.range.clone()),
        ),
        (
            Topic::Items,
            shape.items.text().and_then(|bounds| most_items(&bounds)),
            most.map(|most| format!("..{most}")),
        ),
        (
            Topic::Default,
            value.map(default),
            own.and_then(|it| it.default.as_ref()).map(default),
        ),
    ];
    for (topic, theirs, ours) in told {
        let Some(theirs) = theirs else { continue };
        if !differs(topic, &theirs, without(topic, item), ours, place, found) {
            continue;
        }
        let value = match topic {
            Topic::Default => value.cloned().unwrap_or_default(),
            Topic::Range => theirs.into(),
            // The maximum number of items is a fact of the call.
            _ => continue,
        };
        if let Some((_, at)) = said {
            found.mend(at, Change::set(topic.as_str(), value));
        }
    }
}

/// The bounds of a list in a query, which is not sent if it is empty.
fn most_items(bounds: &str) -> Option<String> {
    match bounds.strip_prefix("1..") {
        Some("") => None,
        Some(most) => Some(format!("..{most}")),
        None => Some(bounds.to_owned()),
    }
}

/// Whether the spec has another value or none, which is then reported. For a range with exclusive ends,
/// `without` is the part that the spec cannot express.
fn differs(
    topic: Topic,
    theirs: &str,
    without: Option<String>,
    ours: Option<String>,
    place: &str,
    found: &mut Findings<'_>,
) -> bool {
    let is_other = ours.as_ref().is_none_or(|ours| trim(ours) != trim(theirs));
    if is_other || without.is_some() {
        let (what, ours) = (topic.as_str(), ours.unwrap_or_else(|| "nothing".into()));
        let without = without.map(|ends| format!(" {ends}")).unwrap_or_default();
        let says = format!(": {what} is {theirs}{without} officially but {ours} here");
        found.add(topic, place, says);
    }
    is_other
}

/// `0..255` is the same as `..255`, and `0.0` as `0`.
fn trim(bounds: &str) -> String {
    let end = |text: &str| text.strip_suffix(".0").unwrap_or(text).to_owned();
    match bounds.split_once("..") {
        Some((min, max)) => format!("{}..{}", end(if min == "0" { "" } else { min }), end(max)),
        None => bounds.to_owned(),
    }
}
