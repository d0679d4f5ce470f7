//! Whether old examples already show a difference: then a description was corrected, and the API did not
//! change.

use serde_json::Value;

use super::{Difference, Topic, edit::Change, findings::in_body, read::Text, security::raw};
use crate::import::{operation::Operation, resolve::Source};

/// Whether the old examples show what the schema only says now.
pub(super) fn is_shown(difference: &Difference, text: &Text<'_>, operation: &Operation) -> bool {
    let wanted = match difference.topic {
        // Something removed was shown before, which does not mean that it still exists.
        Topic::Field if difference.is_extra() => return false,
        Topic::Field => is_text(difference),
        Topic::Wire | Topic::Type => Some(difference.is_string),
        _ => return false,
    };
    let Some(operation) = raw(text, operation) else {
        return false;
    };
    let (of, place) = in_body(&difference.place);
    let (owner, names) = match place.strip_prefix("body field ") {
        Some(names) => (operation.pointer("/requestBody"), names),
        None => {
            let responses = operation.get("responses").and_then(Value::as_object);
            let mut all = responses.into_iter().flatten();
            let found = all.find(|(status, _)| match of {
                Some(of) => *status == of,
                None => status.starts_with('2'),
            });
            (
                found.map(|(_, response)| response),
                place.trim_start_matches("field "),
            )
        }
    };
    let source = Source::new(&text.root);
    let contents = owner
        .map(|owner| source.follow(owner))
        .and_then(|owner| owner.get("content"));
    let contents = contents.and_then(Value::as_object).into_iter().flatten();
    let mut examples = contents.flat_map(|(_, content)| {
        let named = content.get("examples").and_then(Value::as_object);
        let named = named.into_iter().flat_map(|all| all.values());
        let named = named.filter_map(|one| source.follow(one).get("value"));
        content.get("example").into_iter().chain(named)
    });
    // With the type that the schema has now, if that is reported.
    examples.any(|example| {
        let example = example.get("data").unwrap_or(example);
        let found = at(example, names);
        found.is_some_and(|value| match wanted {
            Some(text) => value.is_string() == text,
            None => !value.is_null(),
        })
    })
}

/// Whether the schema has a field that is missing here as a string, if it is a plain value.
fn is_text(difference: &Difference) -> Option<bool> {
    let Some(Change::Set { value, .. }) = difference.edits.first().map(|edit| &edit.change) else {
        return None;
    };
    match value.get("type").and_then(Value::as_str)? {
        "string" => Some(true),
        "int" | "decimal" | "bool" => Some(false),
        _ => None,
    }
}

/// The value at `a.b[].c` of an example.
fn at<'v>(example: &'v Value, names: &str) -> Option<&'v Value> {
    let first = |value: &'v Value| match value {
        Value::Array(items) => items.first(),
        value => Some(value),
    };
    names.split('.').try_fold(first(example)?, |here, name| {
        let name = name.trim_end_matches("[]").trim_end_matches("{}");
        first(here)?.get(name)
    })
}
