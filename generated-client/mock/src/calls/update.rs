//! Changing records, and making those that are not there.

use serde_json::{Map, Value};

use super::{Done, Run};
use crate::refusal::Refusal;
use crate::state::{Change, Key};
use crate::values::key_of;

impl Run<'_> {
    pub(super) fn update(&self, change: Change<'_>, body: Value) -> Result<Done, Refusal> {
        self.each(change, body, |run, change, item| {
            let (key, record) = if run.call.key.is_some() {
                run.own()?
            } else {
                run.named(&item)?
            };
            run.write(change, key, Some(record), item)
        })
    }

    /// The record that an item of a batch names.
    fn named(&self, item: &Value) -> Result<(Key, std::sync::Arc<crate::state::Record>), Refusal> {
        let field = &self.rules.key;
        let key = item.get(field).and_then(key_of);
        let key = key.ok_or_else(|| {
            Refusal::invalid(field.clone(), format!("{field} is a required field"))
        })?;
        let record = self.find(&key)?;
        let record = record.ok_or_else(|| {
            Refusal::invalid(field.clone(), format!("{field} {key} does not exist"))
        })?;
        Ok((key, record))
    }

    pub(super) fn upsert(&self, change: Change<'_>, body: Value) -> Result<Done, Refusal> {
        self.each(change, body, |run, change, item| {
            let mut like = Map::new();
            for field in &run.call.matches {
                let value = run.matching(field, &item)?;
                like.insert(field.clone(), value);
            }
            let there = run
                .shelves
                .shelf(run.name)
                .map_err(Refusal::defect)?
                .like(&like, 1);
            let there = there.into_iter().next();
            let key = there
                .as_ref()
                .and_then(|record| record.get(&run.rules.key))
                .and_then(key_of);
            let key = key
                .or_else(|| change.new_key(run.name, run.rules.keys))
                .ok_or_else(|| Refusal::defect("no new key"))?;
            run.write(change, key, there, item)
        })
    }

    /// What a record is found by: worked out by the call's rules, or in the path, or sent.
    fn matching(&self, field: &str, item: &Value) -> Result<Value, Refusal> {
        if let Some(form) = self.call.sets.get(field) {
            let mut names = self.names.clone();
            names.set_json("body", item);
            let value = form.give(&names).map_err(|error| self.broken(&error))?;
            return Ok(value.unwrap_or_default());
        }
        if let Some((_, value)) = self.path.iter().find(|(name, _)| name == field) {
            return Ok(Key::of(value).value());
        }
        Ok(item.get(field).cloned().unwrap_or_default())
    }
}
