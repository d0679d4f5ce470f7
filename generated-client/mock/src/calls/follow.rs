//! What a change brings with it: records that are made beside one, and others that change or go.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::Run;
use super::holds::{clashes, refers};
use super::write::kept;
use crate::catalogue::{Collection, Follows, Makes};
use crate::forms::{FormError, Names};
use crate::refusal::Refusal;
use crate::state::{Change, Key, Record};
use crate::values::key_of;

impl Run<'_> {
    /// Records that come with this one.
    pub(super) fn make(
        &self,
        change: &mut Change<'_>,
        makes: &'static Makes,
        names: &Names,
    ) -> Result<(), Refusal> {
        let broken = |error: FormError| self.broken(&error);
        if let Some(when) = &makes.when
            && !when.holds(names).map_err(broken)?
        {
            return Ok(());
        }
        let items = match &makes.each {
            Some(each) => each
                .items(names)
                .map_err(broken)?
                .into_iter()
                .map(Some)
                .collect(),
            None => vec![None],
        };
        for item in items {
            let mut names = names.clone();
            if let Some(item) = item {
                names.set("item", item);
            }
            if let Some(Value::Object(fields)) = makes.gives.give(&names).map_err(broken)? {
                self.put_new(change, &makes.within, fields, &names)?;
            }
        }
        Ok(())
    }

    /// Puts a record into any collection, by the collection's rules alone.
    pub(super) fn put_new(
        &self,
        change: &mut Change<'_>,
        collection: &str,
        fields: Map<String, Value>,
        names: &Names,
    ) -> Result<Key, Refusal> {
        let Some((name, rules)) = self.catalogue.store.collections.get_key_value(collection) else {
            return Err(Refusal::defect(format!("no collection `{collection}`")));
        };
        let given = fields.get(&rules.key).and_then(key_of);
        let key = given
            .or_else(|| change.new_key(name, rules.keys))
            .ok_or_else(|| Refusal::defect(format!("no key for `{collection}`")))?;
        let mut record = Record::new();
        record.insert(rules.key.clone(), key.value());
        for (name, value) in fields {
            record.insert(name.clone(), kept(self.catalogue, rules, &name, value));
        }
        record.insert(rules.key.clone(), key.value());
        let (mut record, mut names) = (Arc::new(record), names.clone());
        self.work_out(rules, &rules.starts, &mut record, &mut names, true)?;
        self.work_out(rules, &rules.derives, &mut record, &mut names, false)?;
        refers(self.shelves, rules, &record)?;
        clashes(self.shelves, name, rules, &key, &record)?;
        change.put(name, &key, Some(record));
        Ok(key)
    }

    /// What happens to other records.
    pub(super) fn follow(
        &self,
        change: &mut Change<'_>,
        follows: &'static Follows,
        names: &Names,
    ) -> Result<(), Refusal> {
        let broken = |error: FormError| self.broken(&error);
        let Some((name, rules)) = self
            .catalogue
            .store
            .collections
            .get_key_value(&follows.within)
        else {
            return Err(Refusal::defect(format!(
                "no collection `{}`",
                follows.within
            )));
        };
        let mut touched = Vec::new();
        if let Some(key) = &follows.key {
            let key = key.give(names).map_err(broken)?.as_ref().and_then(key_of);
            let shelf = self.shelves.shelf(name).map_err(Refusal::defect)?;
            touched.extend(key.and_then(|key| shelf.get(&key).map(|record| (key, record))));
        }
        if let Some(condition) = &follows.condition {
            let shelf = self.shelves.shelf(name).map_err(Refusal::defect)?;
            let all: Vec<_> = shelf
                .iter()
                .map(|(key, record)| (key.clone(), Arc::clone(record)))
                .collect();
            drop(shelf);
            for (key, other) in all {
                let mut names = names.clone();
                names.set_record("other", &other);
                if condition.holds(&names).map_err(broken)? {
                    touched.push((key, other));
                }
            }
        }
        for (key, other) in touched {
            let mut names = names.clone();
            names.set_record("other", &other);
            if follows.sets.is_empty() {
                self.remove(change, name, rules, &key, &other)?;
                continue;
            }
            let mut record = (*other).clone();
            for (field, form) in &follows.sets {
                if let Some(value) = form.give(&names).map_err(broken)? {
                    record.insert(field.clone(), kept(self.catalogue, rules, field, value));
                }
            }
            let mut record = Arc::new(record);
            self.work_out(rules, &rules.derives, &mut record, &mut names, false)?;
            change.put(name, &key, Some(record));
        }
        Ok(())
    }

    /// Takes a record away, with what follows from that.
    pub(super) fn remove(
        &self,
        change: &mut Change<'_>,
        name: &'static str,
        rules: &'static Collection,
        key: &Key,
        record: &Arc<Record>,
    ) -> Result<(), Refusal> {
        change.put(name, key, None);
        let mut names = self.names.clone();
        names.set_record("record", record);
        for follows in &rules.on_delete {
            self.follow(change, follows, &names)?;
        }
        Ok(())
    }
}
