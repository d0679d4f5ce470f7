//! One collection: its records by key, and indexes of unique and other fields.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Key, Record};
use crate::values::plain;

/// The configuration of a shelf.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The first numeric key.
    pub first: i64,
    /// Sets of unique fields.
    pub unique: &'static [Vec<String>],
    /// Whether unique fields are case-sensitive.
    pub exact: bool,
    /// Indexed fields, such as those with keys of other records.
    pub indexed: Vec<&'static str>,
}

/// The records of a collection.
#[derive(Clone, Debug)]
pub struct Shelf {
    facts: Facts,
    records: BTreeMap<Key, Arc<Record>>,
    next: i64,
    /// For each set of unique fields, the record with each value.
    unique: Vec<HashMap<String, Key>>,
    /// For each indexed field, the records with each value.
    indexes: HashMap<&'static str, HashMap<String, BTreeSet<Key>>>,
}

impl Shelf {
    pub(super) fn new(facts: Facts) -> Self {
        let indexed = facts.indexed.iter();
        Self {
            records: BTreeMap::new(),
            next: facts.first,
            unique: facts.unique.iter().map(|_| HashMap::new()).collect(),
            indexes: indexed.map(|field| (*field, HashMap::new())).collect(),
            facts,
        }
    }

    /// The number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// The record with this key.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<Arc<Record>> {
        self.records.get(key).cloned()
    }

    /// Every record, in the order of the keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Key, &Arc<Record>)> {
        self.records.iter().inspect(|_| looked_at())
    }

    /// The next numeric key.
    pub(super) fn take_number(&mut self) -> i64 {
        // Callers may have used some.
        while self.records.contains_key(&Key::Number(self.next)) {
            self.next += 1;
        }
        let number = self.next;
        self.next += 1;
        number
    }

    /// The records with these values, up to a maximum number.
    #[must_use]
    pub fn like(&self, like: &Map<String, Value>, most: usize) -> Vec<Arc<Record>> {
        let fits = |record: &&Arc<Record>| {
            looked_at();
            like.iter()
                .all(|(name, value)| record.get(name).is_some_and(|own| same(own, value)))
        };
        let plain_ones = like
            .iter()
            .filter(|(_, value)| !value.is_array() && !value.is_object());
        let found = plain_ones.filter_map(|(name, value)| {
            let index = self.indexes.get(name.as_str())?;
            Some(index.get(&folded(value)))
        });
        // The value that the fewest records have leaves the fewest to check.
        match found.min_by_key(|keys| keys.map_or(0, BTreeSet::len)) {
            Some(keys) => keys
                .into_iter()
                .flatten()
                .filter_map(|key| self.records.get(key))
                .filter(fits)
                .take(most)
                .cloned()
                .collect(),
            None => self
                .records
                .values()
                .filter(fits)
                .take(most)
                .cloned()
                .collect(),
        }
    }

    /// The keys of the records that have one of these values in an indexed field, whatever the case of their
    /// letters. None where only looking at each record tells: the field has no index, or a record without the
    /// field may be meant.
    #[must_use]
    pub fn having(&self, field: &str, values: &[String]) -> Option<BTreeSet<Key>> {
        let index = self.indexes.get(field)?;
        if values.iter().any(String::is_empty) {
            return None;
        }
        let found = values
            .iter()
            .filter_map(|value| index.get(&value.to_lowercase()));
        Some(found.flatten().cloned().collect())
    }

    /// The unique fields in which another record already has the same value.
    #[must_use]
    pub fn clash(&self, key: &Key, record: &Record) -> Option<&'static [String]> {
        self.facts
            .unique
            .iter()
            .zip(&self.unique)
            .find(|(fields, taken)| {
                self.unique_value(fields, record)
                    .is_some_and(|value| taken.get(&value).is_some_and(|owner| owner != key))
            })
            .map(|(fields, _)| fields.as_slice())
    }

    /// The record with these values in unique fields.
    #[must_use]
    pub fn taken(&self, fields: &[&str], values: &[&str]) -> Option<Key> {
        let at = self.facts.unique.iter().position(|set| set == fields)?;
        let pairs = fields.iter().zip(values);
        let record = pairs.map(|(field, value)| ((*field).to_owned(), Value::from(*value)));
        let value = self.unique_value(&self.facts.unique[at], &record.collect())?;
        self.unique[at].get(&value).cloned()
    }

    /// The unique values of a record; `None` if one of them is empty.
    fn unique_value(&self, fields: &[String], record: &Record) -> Option<String> {
        let mut value = String::new();
        for field in fields {
            let part = record
                .get(field)
                .map(plain)
                .filter(|part| !part.is_empty())?;
            if !self.facts.exact {
                value.push_str(&part.to_lowercase());
            } else {
                value.push_str(&part);
            }
            value.push('\u{1f}');
        }
        Some(value)
    }

    /// Writes or deletes a record, and returns the previous one.
    pub(super) fn put(&mut self, key: &Key, record: Option<Arc<Record>>) -> Option<Arc<Record>> {
        let before = self.records.remove(key);
        if let Some(before) = &before {
            for at in 0..self.unique.len() {
                // A rule may have given another record the same value since.
                if let Some(value) = self.unique_value(&self.facts.unique[at], before)
                    && self.unique[at].get(&value) == Some(key)
                {
                    self.unique[at].remove(&value);
                }
            }
            self.index(key, before, false);
        }
        if let Some(record) = record {
            for at in 0..self.unique.len() {
                if let Some(value) = self.unique_value(&self.facts.unique[at], &record) {
                    self.unique[at].insert(value, key.clone());
                }
            }
            self.index(key, &record, true);
            self.records.insert(key.clone(), record);
        }
        before
    }

    fn index(&mut self, key: &Key, record: &Record, there: bool) {
        for (field, index) in &mut self.indexes {
            let values: &[Value] = match record.get(*field) {
                Some(Value::Array(values)) => values,
                Some(value) => std::slice::from_ref(value),
                None => continue,
            };
            for value in values {
                let value = folded(value);
                if there {
                    index.entry(value).or_default().insert(key.clone());
                } else if let Entry::Occupied(mut keys) = index.entry(value) {
                    keys.get_mut().remove(key);
                    // Values that nobody has any more would pile up.
                    if keys.get().is_empty() {
                        keys.remove();
                    }
                }
            }
        }
    }
}

/// Counts a record that was read to find others, so that tests can tell what a call costs.
fn looked_at() {
    #[cfg(test)]
    LOOKED_AT.with(|count| count.set(count.get() + 1));
}

#[cfg(test)]
thread_local! {
    pub(crate) static LOOKED_AT: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Under what an index has a value.
fn folded(value: &Value) -> String {
    plain(value).to_lowercase()
}

/// Whether a record's value is the one searched for; a list matches if it contains it.
fn same(own: &Value, value: &Value) -> bool {
    match own {
        Value::Array(items) if !value.is_array() => items.iter().any(|item| same(item, value)),
        Value::Number(_) | Value::String(_) => own == value || plain(own) == plain(value),
        _ => own == value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A shelf of records with a code each, of which no two share one.
    fn coded(codes: &[&str]) -> Shelf {
        static UNIQUE: std::sync::LazyLock<Vec<Vec<String>>> =
            std::sync::LazyLock::new(|| vec![vec!["code".to_owned()]]);
        let mut shelf = Shelf::new(Facts {
            first: 1,
            unique: &UNIQUE,
            exact: false,
            indexed: vec!["code"],
        });
        for (id, code) in (1..).zip(codes) {
            put(&mut shelf, id, json!({ "code": code }));
        }
        shelf
    }

    fn put(shelf: &mut Shelf, id: i64, record: Value) {
        let record = record.as_object().cloned().map(Arc::new);
        shelf.put(&Key::Number(id), record);
    }

    #[test]
    fn an_index_knows_a_value_in_any_case_of_letters_and_says_nothing_of_an_empty_one() {
        let shelf = coded(&["TEA", "Cup", "", "7"]);
        let having = |field: &str, values: &[&str]| {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            let found = shelf.having(field, &values)?;
            Some(
                found
                    .into_iter()
                    .map(|key| key.ordinal())
                    .collect::<Vec<_>>(),
            )
        };
        for (values, keys) in [
            (&["tea"][..], Some(vec![1])),
            (&["CUP", "Tea", "7"][..], Some(vec![1, 2, 4])),
            (&["milk"][..], Some(vec![])),
            (&["tea", ""][..], None),
        ] {
            assert_eq!(having("code", values), keys, "{values:?}");
        }
        assert_eq!(having("name", &["tea"]), None);
    }

    #[test]
    fn a_value_that_moved_to_another_record_stays_known_and_one_that_nobody_has_is_forgotten() {
        let mut shelf = coded(&["tea", "cup"]);
        put(&mut shelf, 2, json!({ "code": "Tea" }));
        put(&mut shelf, 1, json!({ "code": "pot" }));
        assert_eq!(shelf.taken(&["code"], &["tea"]), Some(Key::Number(2)));
        let mut values: Vec<&str> = shelf.indexes["code"].keys().map(String::as_str).collect();
        values.sort_unstable();
        assert_eq!(values, ["pot", "tea"]);
    }

    #[test]
    fn records_are_found_by_all_of_the_values_whichever_of_them_are_indexed() {
        let mut shelf = Shelf::new(Facts {
            first: 1,
            unique: &[],
            exact: false,
            indexed: vec!["list", "variant"],
        });
        for id in 0..6 {
            let record = json!({ "id": id, "list": 1, "variant": id % 3, "tags": [id] });
            let record = record.as_object().unwrap().clone();
            shelf.put(&Key::Number(id), Some(Arc::new(record)));
        }
        let found = |like: Value| -> Vec<i64> {
            let found = shelf.like(like.as_object().unwrap(), usize::MAX);
            let ids = found.iter().map(|record| record["id"].as_i64());
            ids.map(Option::unwrap).collect()
        };
        assert_eq!(found(json!({ "list": 1, "variant": "2" })), [2, 5]);
        assert_eq!(found(json!({ "list": 1, "tags": 4 })), [4]);
        assert_eq!(found(json!({ "list": 1, "tags": [3] })), [3]);
        assert!(found(json!({ "list": 2, "variant": 2 })).is_empty());
    }
}
