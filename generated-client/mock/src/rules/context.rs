//! What rules see of the store: its records, by key and by value, and the caller.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::exchange::Request;
use crate::refusal::Refusal;
use crate::setting::{Caller, Setting};
use crate::state::{Key, Record, Shelves};
use crate::values::{key_of, now};

/// The store as the rules of one call see it.
pub(crate) struct Context<'a> {
    pub(super) shelves: &'a Shelves,
    /// The store itself.
    pub(crate) setting: &'a Setting,
    /// The caller.
    pub(crate) caller: &'a Caller,
    path: &'a [(String, String)],
    request: &'a Request,
    /// The time of the call.
    pub(crate) now: String,
}

impl<'a> Context<'a> {
    /// The current state of the store.
    pub(crate) fn new(
        shelves: &'a Shelves,
        setting: &'a Setting,
        caller: &'a Caller,
        path: &'a [(String, String)],
        request: &'a Request,
    ) -> Self {
        Self {
            shelves,
            setting,
            caller,
            path,
            request,
            now: now(),
        }
    }

    /// The key in this path parameter.
    pub(crate) fn parameter(&self, name: &str) -> Result<Key, Refusal> {
        let found = self.path.iter().find(|(parameter, _)| parameter == name);
        found
            .map(|(_, value)| Key::of(value))
            .ok_or_else(|| Refusal::defect(format!("the path has no `{name}`")))
    }

    /// A query parameter, as it was sent.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.request.parameter(name)
    }

    /// A header, as it was sent.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.request.headers.get(name)?.to_str().ok()
    }

    /// The record in this path parameter.
    pub(crate) fn in_path(&self, collection: &str, name: &str) -> Result<Arc<Record>, Refusal> {
        let key = self.parameter(name)?;
        let shelf = self.shelves.shelf(collection).map_err(Refusal::defect)?;
        shelf.get(&key).ok_or_else(|| Refusal::not_found(&key))
    }

    /// The record with this key.
    pub(crate) fn one(&self, collection: &str, key: &Value) -> Option<Arc<Record>> {
        let key = key_of(key)?;
        self.shelves.shelf(collection).ok()?.get(&key)
    }

    /// The records with these values, in the order of their keys.
    pub(crate) fn all(&self, collection: &str, like: &[(&str, Value)]) -> Vec<Arc<Record>> {
        self.like(collection, like, usize::MAX)
    }

    /// The first record with these values.
    pub(crate) fn first(&self, collection: &str, like: &[(&str, Value)]) -> Option<Arc<Record>> {
        self.like(collection, like, 1).into_iter().next()
    }

    /// The record with this value in a unique field.
    pub(crate) fn known(&self, collection: &str, field: &str, value: &str) -> Option<Arc<Record>> {
        let shelf = self.shelves.shelf(collection).ok()?;
        let key = shelf.taken(&[field], &[value])?;
        shelf.get(&key)
    }

    fn like(&self, collection: &str, like: &[(&str, Value)], most: usize) -> Vec<Arc<Record>> {
        let like: Map<String, Value> = like
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        let shelf = self.shelves.shelf(collection);
        shelf.map_or_else(|_| Vec::new(), |shelf| shelf.like(&like, most))
    }

    /// How many records a collection has.
    pub(crate) fn size(&self, collection: &str) -> usize {
        let shelf = self.shelves.shelf(collection);
        shelf.map_or(0, |shelf| shelf.len())
    }

    /// The next number of this name.
    pub(crate) fn count(&self, name: &str) -> i64 {
        self.shelves.count(name)
    }

    /// The id of a record, or the next number with this name.
    pub(crate) fn id(&self, thing: &Value, name: &str) -> Value {
        match &thing["id"] {
            Value::Null => self.count(name).into(),
            id => id.clone(),
        }
    }

    /// A new UUID.
    pub(crate) fn uuid(&self) -> Value {
        self.shelves.uuid().into()
    }

    /// The keys of a record's ancestors, from the top, by the field that refers to the parent.
    pub(crate) fn above(&self, collection: &str, key: &Value, field: &str) -> Vec<Value> {
        // Deeper than any intended tree: a cycle ends here.
        const DEEPEST: usize = 64;
        let mut path = Vec::new();
        let mut next = self.one(collection, key);
        while let Some(record) = next.take() {
            let Some(key) = record.get(field) else { break };
            next = self.one(collection, key);
            if next.is_some() {
                path.push(key.clone());
            }
            if path.len() == DEEPEST {
                break;
            }
        }
        path.reverse();
        path
    }
}
