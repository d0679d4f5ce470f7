//! Records that name their store's address, such as those of files, when it is at another one.

use std::sync::Arc;

use serde_json::Value;

use crate::state::{Change, Key, Record, Shelves};

/// Puts the new address where records have the old one.
pub(super) fn to(shelves: &Arc<Shelves>, old: &str, new: &str) {
    if old == new {
        return;
    }
    let mut writing = Change::begin(shelves);
    for (name, _) in shelves.sizes() {
        let Ok(shelf) = shelves.shelf(name) else {
            continue;
        };
        let moved: Vec<(Key, Record)> = shelf
            .iter()
            .filter(|(_, record)| record.values().any(|value| names(value, old)))
            .map(|(key, record)| {
                let mut record = Record::clone(record);
                record
                    .values_mut()
                    .for_each(|value| replace(value, old, new));
                (key.clone(), record)
            })
            .collect();
        // Writing asks for the same lock.
        drop(shelf);
        for (key, record) in moved {
            writing.put(name, &key, Some(Arc::new(record)));
        }
    }
    writing.keep();
}

fn names(value: &Value, address: &str) -> bool {
    match value {
        Value::String(text) => text.contains(address),
        Value::Array(items) => items.iter().any(|item| names(item, address)),
        Value::Object(fields) => fields.values().any(|field| names(field, address)),
        _ => false,
    }
}

fn replace(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(text) if text.contains(old) => *text = text.replace(old, new),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, old, new)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|field| replace(field, old, new)),
        _ => {}
    }
}
