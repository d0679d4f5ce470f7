//! Applies the known quirks of the live API to a response.

use serde_json::{Map, Value};

use super::Wanted;
use crate::rules::{Collection, Quirk, Sends};
use crate::state::Record;
use crate::values::key_of;

pub(super) fn apply(collection: &Collection, wanted: &Wanted, record: &Record, shown: &mut Value) {
    let ordinal = record
        .get(&collection.key)
        .and_then(key_of)
        .map_or(0, |key| key.ordinal());
    for quirk in &collection.quirks {
        let due = ordinal.checked_rem(quirk.every) == Some(0);
        let first = quirk.field.split('.').next().unwrap_or_default();
        if due && wanted.field(first, &collection.key) {
            put(quirk, quirk.field, shown);
        }
    }
}

/// Follows the path into objects and through lists.
fn put(quirk: &Quirk, path: &str, at: &mut Value) {
    match at {
        Value::Array(items) => items.iter_mut().for_each(|item| put(quirk, path, item)),
        Value::Object(fields) => match path.split_once('.') {
            Some((name, rest)) => {
                if let Some(inner) = fields.get_mut(name) {
                    put(quirk, rest, inner);
                }
            }
            None => spell(quirk, path, fields),
        },
        _ => {}
    }
}

fn spell(quirk: &Quirk, name: &str, fields: &mut Map<String, Value>) {
    let there = fields.get(name);
    let due = match &quirk.instead_of {
        Some(instead_of) => there == Some(instead_of),
        None => there.is_none(),
    };
    if !due {
        return;
    }
    let sent = match &quirk.sends {
        Sends::Value(value) => Some(value.clone()),
        Sends::Copy(other) => fields.get(*other).cloned(),
        Sends::Absent => None,
    };
    match sent {
        Some(value) => {
            fields.insert(name.to_owned(), value);
        }
        None => {
            fields.shift_remove(name);
        }
    }
}
