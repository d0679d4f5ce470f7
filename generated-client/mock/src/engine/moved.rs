//! Updates records with a store's URL, such as those of files, when the store gets another one.

use std::sync::Arc;

use serde_json::Value;

use crate::state::{Change, Key, Record, Shelves};

/// Replaces the old URL in records with the new one.
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
        // Writing takes the same lock.
        drop(shelf);
        for (key, record) in moved {
            writing.put(name, &key, Some(Arc::new(record)));
        }
    }
    writing.keep();
}

fn names(value: &Value, address: &str) -> bool {
    match value {
        Value::String(text) => moved(text, address, address).is_some(),
        Value::Array(items) => items.iter().any(|item| names(item, address)),
        Value::Object(fields) => fields.values().any(|field| names(field, address)),
        _ => false,
    }
}

fn replace(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(text) => {
            if let Some(moved) = moved(text, old, new) {
                *text = moved;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, old, new)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|field| replace(field, old, new)),
        _ => {}
    }
}

/// The text with the new URL in place of the old one; `None` if it does not contain the old one, which must
/// end with its port.
fn moved(text: &str, old: &str, new: &str) -> Option<String> {
    let mut parts = text.split(old);
    let mut out = parts.next()?.to_owned();
    let mut is_moved = false;
    for part in parts {
        let is_longer = part.starts_with(|next: char| next.is_ascii_digit());
        out += if is_longer { old } else { new };
        out += part;
        is_moved |= !is_longer;
    }
    is_moved.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn an_address_whose_port_only_begins_alike_stays() {
        let to = |text| moved(text, "http://127.0.0.1:3000", "http://127.0.0.1:41234");
        assert_eq!(
            to("see http://127.0.0.1:3000/mug.png and http://127.0.0.1:30001/hook").as_deref(),
            Some("see http://127.0.0.1:41234/mug.png and http://127.0.0.1:30001/hook")
        );
        assert_eq!(to("http://127.0.0.1:30001/hook"), None);
        assert_eq!(to("nowhere"), None);
    }
}
