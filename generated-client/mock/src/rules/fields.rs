//! Reading and building JSON values.

use serde_json::{Value, json};

use crate::state::Record;
use crate::values::{number, rounded};

static NULL: Value = Value::Null;

/// A field of a record; null if it is absent.
pub(super) fn get<'a>(record: &'a Record, name: &str) -> &'a Value {
    record.get(name).unwrap_or(&NULL)
}

/// The items of an array; empty for anything else.
pub(super) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The value of a string; empty for anything else.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Whether a value is set: not null, false, 0 or empty.
pub(super) fn says(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
    }
}

/// The first value that is set, or else the last one.
pub(super) fn or<const N: usize>(values: [&Value; N]) -> Value {
    let found = values.iter().find(|value| says(value));
    found
        .or(values.last())
        .map_or(Value::Null, |value| (*value).clone())
}

/// The numeric value; 0 for anything else.
pub(super) fn amount(value: &Value) -> f64 {
    number(value).unwrap_or(0.0)
}

/// An amount of money, with four decimal places.
pub(super) fn money(amount: f64) -> Value {
    rounded(amount)
}

/// An integer count.
pub(super) fn count(items: &[Value]) -> Value {
    Value::from(items.len())
}

/// The sum of a field over the items of an array.
pub(super) fn sum(list: &[Value], field: &str) -> f64 {
    list.iter().map(|item| amount(&item[field])).sum()
}

/// An object with the fields of another one merged into it.
pub(super) fn with(object: &Value, changes: Value) -> Value {
    let mut fields = object.as_object().cloned().unwrap_or_default();
    if let Value::Object(changes) = changes {
        fields.extend(changes);
    }
    Value::Object(fields)
}

/// An object without some of its fields.
pub(super) fn without(object: &Value, names: &[&str]) -> Value {
    let mut fields = object.as_object().cloned().unwrap_or_default();
    fields.retain(|name, _| !names.contains(&name.as_str()));
    Value::Object(fields)
}

/// The items of one array, with those of another replacing items with the same id; the others are
/// appended.
pub(super) fn merged(old: &[Value], new: &[Value]) -> Vec<Value> {
    let mut items = old.to_vec();
    for item in new {
        let id = &item["id"];
        let known = items
            .iter_mut()
            .find(|old| !id.is_null() && old["id"] == *id);
        match known {
            Some(old) => *old = with(old, item.clone()),
            None => items.push(item.clone()),
        }
    }
    items
}

/// The keys of records, values or options, in order and joined with `-`.
pub(super) fn joined(keys: impl Iterator<Item = i64>) -> String {
    let mut keys: Vec<i64> = keys.collect();
    keys.sort_unstable();
    let keys: Vec<String> = keys.iter().map(i64::to_string).collect();
    keys.join("-")
}

/// `Fog Linen: Towel` as `fog-linen-towel`.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            slug.push(letter);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The storefront URL of a record: the given path, or one derived from the name.
pub(super) fn page(record: &Record) -> Value {
    let given = get(record, "custom_url");
    let url = match text(&given["url"]) {
        "" => format!("/{}/", slug(text(get(record, "name")))),
        url => url.to_owned(),
    };
    let customized = given["is_customized"].as_bool().unwrap_or(false);
    json!({ "url": url, "is_customized": customized })
}
