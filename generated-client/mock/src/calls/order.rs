//! Sorting records.

use std::cmp::Ordering;

use serde_json::Value;

use super::Run;
use super::find::Found;
use crate::values::{number, plain};

impl Run<'_> {
    pub(super) fn order(&self, found: &mut Found) {
        if let Some(among) = self.among() {
            // A stable sort, so that equal values keep the order of their keys.
            found.sort_by_cached_key(|(_, record)| {
                let place = among(&self.context, record).and_then(|place| place.as_i64());
                (place.is_none(), place)
            });
            return;
        }
        let Some((field, descending)) = &self.query.sort else {
            return;
        };
        if *field == self.collection.key {
            if *descending {
                found.reverse();
            }
            return;
        }
        let mut keyed = Vec::with_capacity(found.len());
        for (key, record) in found.drain(..) {
            let value = self
                .looked_at(&record, field, field)
                .or_else(|| record.get(field).cloned());
            keyed.push((value.unwrap_or(Value::Null), key, record));
        }
        // A stable sort, so that equal values keep the order of their keys.
        keyed.sort_by(|(one, ..), (other, ..)| {
            let order = ordered(one, other);
            if *descending { order.reverse() } else { order }
        });
        found.extend(keyed.into_iter().map(|(_, key, record)| (key, record)));
    }
}

/// Numbers by value, strings alphabetically, missing values first.
fn ordered(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Number(_), Value::Number(_)) => number(one)
            .partial_cmp(&number(other))
            .unwrap_or(Ordering::Equal),
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        _ => plain(one).to_lowercase().cmp(&plain(other).to_lowercase()),
    }
}
