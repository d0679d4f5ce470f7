//! What expressions have at hand: names, and a sight of the whole store for functions.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};
use serde_json::Map;

use super::{Document, document::seen};
use crate::state::Shelves;

/// The name under which functions find the store. No expression can write it.
pub(super) const SIGHT: &str = "$sight";

/// The store, as functions see it.
#[derive(Debug)]
pub struct Sight(pub Arc<Shelves>);

impl Object for Sight {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

/// Names and what they mean.
#[derive(Clone, Debug, Default)]
pub struct Names(Arc<BTreeMap<Arc<str>, Value>>);

impl Names {
    /// Names in sight of a store.
    #[must_use]
    pub fn new(shelves: &Arc<Shelves>) -> Self {
        let mut names = Self::default();
        names.set(SIGHT, Value::from_object(Sight(Arc::clone(shelves))));
        names
    }

    /// One more name, or another meaning of one.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        Arc::make_mut(&mut self.0).insert(name.into(), value.into());
    }

    /// One name less.
    pub fn forget(&mut self, name: &str) {
        Arc::make_mut(&mut self.0).remove(name);
    }

    /// One more name for a value of JSON.
    pub fn set_json(&mut self, name: &str, value: &serde_json::Value) {
        self.set(name, seen(value));
    }

    /// One more name for a record.
    pub fn set_record(&mut self, name: &str, record: &Arc<Map<String, serde_json::Value>>) {
        self.set(name, Document::new(Arc::clone(record)));
    }

    /// These names and one more.
    pub(super) fn with(&self, name: &str, value: Value) -> Self {
        let mut names = self.clone();
        names.set(name, value);
        names
    }

    pub(super) fn context(&self) -> Value {
        Value::from_object(Context(Arc::clone(&self.0)))
    }
}

/// Names, looked up one by one.
#[derive(Debug)]
struct Context(Arc<BTreeMap<Arc<str>, Value>>);

impl Object for Context {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_str()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }
}

/// No names, but whether one was asked for. Functions are names, too.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked(Arc<AtomicBool>);

impl Asked {
    pub(super) fn anything(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Object for Asked {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, _: &Value) -> Option<Value> {
        self.0.store(true, Ordering::Relaxed);
        None
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }
}
