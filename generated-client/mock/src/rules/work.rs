//! The consequences of a change: other records that are created or changed.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Map, Value};

use super::{Collection, Context, Model};
use crate::catalogue::Catalogue;
use crate::refusal::Refusal;
use crate::state::{Change, Key, Record};
use crate::values::key_of;

/// A change in progress, for the rules of a collection.
pub(crate) struct Work<'a, 'b> {
    pub(crate) catalogue: &'static Catalogue,
    pub(crate) model: &'static Model,
    /// The error status for an invalid reference, if the collection has none of its own.
    pub(crate) missing: StatusCode,
    /// The current state of the store within the change.
    pub(crate) context: &'a Context<'b>,
    pub(crate) change: &'a mut Change<'b>,
}

impl Work<'_, '_> {
    /// Creates a record of any collection, by the collection's rules alone.
    pub(crate) fn make(
        &mut self,
        collection: &str,
        fields: Map<String, Value>,
    ) -> Result<Key, Refusal> {
        let collection = self.collection(collection)?;
        let given = fields.get(&collection.key).and_then(key_of);
        let key = given
            .or_else(|| self.change.new_key(&collection.name, collection.by_uuid))
            .ok_or_else(|| Refusal::defect(format!("no key for `{}`", collection.name)))?;
        let mut record = Record::new();
        record.insert(collection.key.clone(), key.value());
        record.extend(fields);
        collection.start(self.context, &mut record);
        collection.finish(&self.catalogue.types, self.context, &mut record);
        self.refers(collection, None, &record)?;
        self.clashes(collection, &key, &record)?;
        self.change
            .put(&collection.name, &key, Some(Arc::new(record)));
        Ok(key)
    }

    /// Changes fields of a record in any collection.
    pub(crate) fn amend(
        &mut self,
        collection: &str,
        key: &Value,
        fields: Value,
    ) -> Result<(), Refusal> {
        let collection = self.collection(collection)?;
        let shelf = self.context.shelves.shelf(&collection.name);
        let found = key_of(key).and_then(|key| Some((shelf.ok()?.get(&key)?, key)));
        if let (Some((record, key)), Value::Object(fields)) = (found, fields) {
            let mut record = Arc::unwrap_or_clone(record);
            record.extend(fields);
            self.put(collection, &key, record);
        }
        Ok(())
    }

    /// The record with these values in unique fields.
    pub(crate) fn taken(&self, collection: &str, fields: &[&str], values: &[&str]) -> Option<Key> {
        let shelf = self.context.shelves.shelf(collection).ok()?;
        shelf.taken(fields, values)
    }

    /// Deletes a record of any collection, with what belongs to it.
    pub(crate) fn remove(&mut self, collection: &str, key: &Value) -> Result<(), Refusal> {
        let collection = self.collection(collection)?;
        match key_of(key) {
            Some(key) => self.erase(collection, &key),
            None => Ok(()),
        }
    }

    /// The current state of the store within the change.
    pub(crate) fn context(&self) -> &Context<'_> {
        self.context
    }

    /// Writes a changed record, with everything that follows from the change.
    pub(super) fn put(&mut self, collection: &'static Collection, key: &Key, mut record: Record) {
        collection.finish(&self.catalogue.types, self.context, &mut record);
        self.change
            .put(&collection.name, key, Some(Arc::new(record)));
    }

    fn collection(&self, name: &str) -> Result<&'static Collection, Refusal> {
        let found = self.model.collection(name);
        found.ok_or_else(|| Refusal::defect(format!("no collection `{name}`")))
    }
}
