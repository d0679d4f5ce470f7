//! Changing records, and making those that are not there.

use serde_json::Value;

use super::{Done, Run};
use crate::refusal::Refusal;
use crate::state::{Change, Key};
use crate::values::key_of;

impl<'a> Run<'a> {
    pub(super) fn update(&self, change: Change<'a>, body: Value) -> Result<Done, Refusal> {
        self.each(change, body, |run, change, item| {
            let (key, record) = if run.operation.key.is_some() {
                run.own()?
            } else {
                run.named(&item)?
            };
            run.write(change, key, Some(record), item)
        })
    }

    /// The record that an item of a batch names.
    fn named(&self, item: &Value) -> Result<(Key, std::sync::Arc<crate::state::Record>), Refusal> {
        let field = &self.collection.key;
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

    pub(super) fn upsert(&self, change: Change<'a>, body: Value) -> Result<Done, Refusal> {
        self.each(change, body, |run, change, item| {
            let own = run.operation.special.and_then(|special| special.find);
            let there = match own {
                Some(find) => find(&run.context, &item),
                None => None,
            };
            let key = there
                .as_ref()
                .and_then(|record| record.get(&run.collection.key))
                .and_then(key_of);
            let key = key
                .or_else(|| change.new_key(run.collection))
                .ok_or_else(|| Refusal::defect("no new key"))?;
            run.write(change, key, there, item)
        })
    }
}
