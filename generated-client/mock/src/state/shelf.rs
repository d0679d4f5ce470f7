//! One collection: its records by their keys, and indexes over what is unique and what refers.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Key, Record};
use crate::values::plain;

/// What a collection says of the records on its shelf.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The first number that is given out as a key.
    pub first: i64,
    /// Sets of fields that no two records share.
    pub unique: &'static [Vec<String>],
    /// Whether case counts in what is unique.
    pub exact: bool,
    /// Fields that hold keys of other records.
    pub refers: Vec<&'static str>,
}

/// The records of a collection.
#[derive(Clone, Debug)]
pub struct Shelf {
    facts: Facts,
    records: BTreeMap<Key, Arc<Record>>,
    next: i64,
    /// For each set of unique fields, who has which values.
    unique: Vec<HashMap<String, Key>>,
    /// For each field that refers, who refers to what.
    referring: HashMap<&'static str, HashMap<String, BTreeSet<Key>>>,
}

impl Shelf {
    pub(super) fn new(facts: Facts) -> Self {
        let refers = facts.refers.iter();
        Self {
            records: BTreeMap::new(),
            next: facts.first,
            unique: facts.unique.iter().map(|_| HashMap::new()).collect(),
            referring: refers.map(|field| (*field, HashMap::new())).collect(),
            facts,
        }
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// The record with this key.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<Arc<Record>> {
        self.records.get(key).cloned()
    }

    /// Every record, by its key, in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Key, &Arc<Record>)> {
        self.records.iter()
    }

    /// The next number.
    pub(super) fn take_number(&mut self) -> i64 {
        // Callers may have given out some.
        while self.records.contains_key(&Key::Number(self.next)) {
            self.next += 1;
        }
        let number = self.next;
        self.next += 1;
        number
    }

    /// The records that have these values, at most so many.
    #[must_use]
    pub fn like(&self, like: &Map<String, Value>, most: usize) -> Vec<Arc<Record>> {
        let fits = |record: &&Arc<Record>| {
            like.iter()
                .all(|(name, value)| record.get(name).is_some_and(|own| same(own, value)))
        };
        let index = like.iter().find_map(|(name, value)| {
            let index = self.referring.get(name.as_str())?;
            Some(index.get(&plain(value)))
        });
        match index {
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

    /// The fields in which another record already has what this one would have.
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

    /// The record that has these values in fields that no two share.
    #[must_use]
    pub fn taken(&self, fields: &[&str], values: &[&str]) -> Option<Key> {
        let at = self.facts.unique.iter().position(|set| set == fields)?;
        let pairs = fields.iter().zip(values);
        let record = pairs.map(|(field, value)| ((*field).to_owned(), Value::from(*value)));
        let value = self.unique_value(&self.facts.unique[at], &record.collect())?;
        self.unique[at].get(&value).cloned()
    }

    /// What a record has in unique fields; none when one of them is empty.
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

    /// Puts a record, or takes it away, and gives back what was there.
    pub(super) fn put(&mut self, key: &Key, record: Option<Arc<Record>>) -> Option<Arc<Record>> {
        let before = self.records.remove(key);
        if let Some(before) = &before {
            for at in 0..self.unique.len() {
                if let Some(value) = self.unique_value(&self.facts.unique[at], before) {
                    self.unique[at].remove(&value);
                }
            }
            self.refer(key, before, false);
        }
        if let Some(record) = record {
            for at in 0..self.unique.len() {
                if let Some(value) = self.unique_value(&self.facts.unique[at], &record) {
                    self.unique[at].insert(value, key.clone());
                }
            }
            self.refer(key, &record, true);
            self.records.insert(key.clone(), record);
        }
        before
    }

    fn refer(&mut self, key: &Key, record: &Record, there: bool) {
        for (field, index) in &mut self.referring {
            let values: &[Value] = match record.get(*field) {
                Some(Value::Array(values)) => values,
                Some(value) => std::slice::from_ref(value),
                None => continue,
            };
            for value in values {
                if there {
                    index.entry(plain(value)).or_default().insert(key.clone());
                } else if let Some(keys) = index.get_mut(&plain(value)) {
                    keys.remove(key);
                }
            }
        }
    }
}

/// Whether a record's value is the one looked for; a list is when it has it.
fn same(own: &Value, value: &Value) -> bool {
    match own {
        Value::Array(items) if !value.is_array() => items.iter().any(|item| same(item, value)),
        Value::Number(_) | Value::String(_) => own == value || plain(own) == plain(value),
        _ => own == value,
    }
}
