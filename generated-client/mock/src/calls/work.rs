//! What a change brings with it: records that are made beside one, and others that change.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::Run;
use crate::refusal::Refusal;
use crate::rules::{Collection, Context};
use crate::state::{Change, Key};
use crate::values::key_of;

/// A change on its way, as the rules of a collection may go on with it.
pub(crate) struct Work<'a, 'b> {
    pub(super) run: &'a Run<'b>,
    pub(super) change: &'a mut Change<'b>,
}

impl Work<'_, '_> {
    /// Makes a record of any collection, by the collection's rules alone.
    pub(crate) fn make(
        &mut self,
        collection: &str,
        fields: Map<String, Value>,
    ) -> Result<Key, Refusal> {
        let collection = self.collection(collection)?;
        self.run.put_new(self.change, collection, fields)
    }

    /// Changes fields of a record of any collection.
    pub(crate) fn amend(
        &mut self,
        collection: &str,
        key: &Value,
        fields: Value,
    ) -> Result<(), Refusal> {
        let collection = self.collection(collection)?;
        let shelf = self.run.shelves.shelf(&collection.name);
        let found = key_of(key).and_then(|key| Some((shelf.ok()?.get(&key)?, key)));
        if let (Some((record, key)), Value::Object(fields)) = (found, fields) {
            let mut record = Arc::unwrap_or_clone(record);
            record.extend(fields);
            self.run.put(self.change, collection, &key, record);
        }
        Ok(())
    }

    /// The record that has these values in fields that no two records share.
    pub(crate) fn taken(&self, collection: &str, fields: &[&str], values: &[&str]) -> Option<Key> {
        let shelf = self.run.shelves.shelf(collection).ok()?;
        shelf.taken(fields, values)
    }

    /// Takes a record of any collection away, with what belongs to it.
    pub(crate) fn remove(&mut self, collection: &str, key: &Value) -> Result<(), Refusal> {
        let collection = self.collection(collection)?;
        match key_of(key) {
            Some(key) => self.run.remove(self.change, collection, &key),
            None => Ok(()),
        }
    }

    /// The store as the change has left it so far.
    pub(crate) fn context(&self) -> &Context<'_> {
        &self.run.context
    }

    fn collection(&self, name: &str) -> Result<&'static Collection, Refusal> {
        let found = self.run.model.collection(name);
        found.ok_or_else(|| Refusal::defect(format!("no collection `{name}`")))
    }
}
