//! Odd spellings that the live API is known to use, put over what is shown.

use serde_json::{Map, Value};

use super::Wanted;
use crate::catalogue::{Collection, Quirk};
use crate::state::Record;
use crate::values::key_of;

pub(super) fn apply(rules: &Collection, wanted: &Wanted, record: &Record, shown: &mut Value) {
    let ordinal = record
        .get(&rules.key)
        .and_then(key_of)
        .map_or(0, |key| key.ordinal());
    for quirk in &rules.quirks {
        let due = quirk
            .every
            .is_none_or(|every| every > 0 && ordinal % every == 0);
        let first = quirk.field.split('.').next().unwrap_or_default();
        if due && wanted.field(first, &rules.key) {
            put(quirk, &quirk.field, shown);
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
    let copied = quirk.copies.as_ref().and_then(|other| fields.get(other));
    match quirk.sends.as_ref().or(copied).cloned() {
        Some(value) => {
            fields.insert(name.to_owned(), value);
        }
        None => {
            fields.shift_remove(name);
        }
    }
}
