//! Updating records, and creating those that do not exist.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Done, Run};
use crate::refusal::Refusal;
use crate::state::{Change, Key, Record};
use crate::values::key_of;

impl<'a> Run<'a> {
    pub(super) fn update(&self, change: Change<'a>, mut body: Value) -> Result<Done, Refusal> {
        let special = self.operation.special;
        if let (true, Value::Array(items)) = (special.is_some_and(|it| it.passes_over), &mut body) {
            items.retain(|item| self.named(item).is_ok());
        }
        self.each(change, body, |run, change, item| {
            let by_key = run.operation.key.is_some() || run.finds().is_some();
            if !by_key && !run.collection.single {
                let (key, record) = run.named(&item)?;
                return run.write(change, key, Some(record), item);
            }
            let key = run.own_key()?;
            let record = run.find(&key)?;
            let fixed = run.collection.settings.per_channel;
            if record.is_none() && fixed && run.inherited()?.is_none() {
                return Err(Refusal::not_found(&key));
            }
            if record.is_none() && !run.collection.given && !run.collection.single {
                return Err(Refusal::not_found(&key));
            }
            run.write(change, key, record, item)
        })
    }

    /// The record that a batch item identifies.
    fn named(&self, item: &Value) -> Result<(Key, Arc<Record>), Refusal> {
        let field = &self.collection.key;
        let key = item.get(field).and_then(key_of);
        let key = key.ok_or_else(|| {
            Refusal::invalid(field.clone(), format!("{field} is a required field"))
        })?;
        let record = self.find(&self.kept_under(&key))?;
        let record = record.ok_or_else(|| {
            Refusal::invalid(field.clone(), format!("{field} {key} does not exist"))
        })?;
        Ok((key, record))
    }

    pub(super) fn upsert(&self, change: Change<'a>, body: Value) -> Result<Done, Refusal> {
        self.each(change, body, |run, change, item| {
            let there = match run.finds() {
                Some(find) => find(&run.context, &item),
                None => run.meant(&item)?,
            };
            match there {
                Some(record) => {
                    let key = run.collection.key_in(&record);
                    let key = key.ok_or_else(|| Refusal::defect("a record without its key"))?;
                    run.write(change, key, Some(record), item)
                }
                None => run.make_new(change, item),
            }
        })
    }

    /// The key in an item of a body; an item that is not an object is a key itself.
    pub(super) fn key_of_item<'i>(&self, item: &'i Value) -> Option<&'i Value> {
        match item {
            Value::Object(fields) => fields.get(&self.collection.key),
            Value::Array(_) => None,
            key => Some(key),
        }
    }

    /// The record that an item refers to: by its key, by unique fields or, if records have neither, the
    /// one with the same values.
    fn meant(&self, item: &Value) -> Result<Option<Arc<Record>>, Refusal> {
        let collection = self.collection;
        if let Some(key) = self.key_of_item(item).and_then(key_of) {
            let record = self.find(&self.kept_under(&key))?;
            if record.is_none() && !collection.given {
                let says = format!("{} {key} does not exist", collection.key);
                return Err(Refusal::invalid(collection.key.clone(), says));
            }
            return Ok(record);
        }
        let Value::Object(fields) = item else {
            return Ok(None);
        };
        let ty = self.catalogue.types.get(&collection.holds);
        let named = ty.is_some_and(|ty| ty.fields.contains_key(&collection.key));
        let mut sets = collection.unique.iter();
        let set = sets.find(|set| set.iter().all(|field| fields.contains_key(field)));
        let mut like: Map<String, Value> = match set {
            Some(set) => {
                let own = fields.iter().filter(|(name, _)| set.contains(name));
                own.map(|(name, value)| (name.clone(), value.clone()))
                    .collect()
            }
            None if named => return Ok(None),
            None => fields.clone(),
        };
        for (name, _) in &self.operation.within {
            like.insert(name.clone(), self.context.parameter(name)?.value());
        }
        let shelf = self.shelves.shelf(&collection.name);
        let found = shelf.map_err(Refusal::defect)?.like(&like, 1);
        Ok(found.into_iter().next())
    }
}
