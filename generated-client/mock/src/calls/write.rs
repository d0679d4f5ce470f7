//! Writing one record: what was sent is put over what was there, and what the store enforces is
//! enforced.

use std::sync::Arc;

use http::StatusCode;
use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Run;
use crate::catalogue::{Catalogue, Collection, Follows, Makes, TypeExpr};
use crate::forms::{Form, FormError, Names};
use crate::refusal::Refusal;
use crate::state::{Change, Key, Record, Shelves};
use crate::values::{canonical, key_of, plain};

/// What was written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) key: Key,
    pub(super) before: Option<Arc<Record>>,
    pub(super) record: Arc<Record>,
    pub(super) body: Value,
}

/// A field as its collection keeps it.
pub(super) fn kept(catalogue: &Catalogue, rules: &Collection, name: &str, value: Value) -> Value {
    let field = catalogue
        .types
        .get(&rules.holds)
        .and_then(|ty| ty.fields.get(name));
    match field {
        Some(field) => canonical(&catalogue.types, &field.ty, value),
        // Kept beside the fields of the type, and never shown.
        None => canonical(&catalogue.types, &TypeExpr::Plain, value),
    }
}

impl Run<'_> {
    /// Writes a record: a new one, or over `before`.
    pub(super) fn write(
        &self,
        change: &mut Change<'_>,
        key: Key,
        before: Option<Arc<Record>>,
        body: Value,
    ) -> Result<Written, Refusal> {
        let broken = |error: FormError| self.broken(&error);
        let is_new = before.is_none();
        let mut names = self.names.clone();
        names.set_json("body", &body);
        if let Some(before) = &before {
            names.set_record("before", before);
        }
        let mut fresh = before.as_deref().cloned().unwrap_or_default();
        if is_new {
            fresh.insert(self.rules.key.clone(), key.value());
            for (name, value) in self.path {
                if self.call.within.contains_key(name) {
                    fresh.insert(name.clone(), Key::of(value).value());
                }
            }
        }
        self.take(&mut fresh, &body);
        let mut record = Arc::new(fresh);
        names.set_record("record", &record);
        for (name, form) in &self.call.lets {
            if let Some(value) = form.give(&names).map_err(broken)? {
                names.set_json(name, &value);
            }
        }
        let rules = self.rules;
        self.work_out(rules, &self.call.sets, &mut record, &mut names, false)?;
        if is_new {
            self.work_out(rules, &rules.starts, &mut record, &mut names, true)?;
        }
        self.refuse(&names)?;
        refers(self.shelves, rules, &record)?;
        self.work_out(rules, &rules.derives, &mut record, &mut names, false)?;
        clashes(self.shelves, self.name, rules, &key, &record)?;
        change.put(self.name, &key, Some(Arc::clone(&record)));
        for makes in &self.call.makes {
            self.make(change, makes, &names)?;
        }
        for follows in &self.call.then {
            self.follow(change, follows, &names)?;
        }
        // What was made may have changed this one.
        let record = self.get_own(&key).unwrap_or(record);
        Ok(Written {
            key,
            before,
            record,
            body,
        })
    }

    fn get_own(&self, key: &Key) -> Option<Arc<Record>> {
        self.shelves.shelf(self.name).ok()?.get(key)
    }

    /// The fields of the body that a record has and that may be written.
    fn take(&self, record: &mut Record, body: &Value) {
        let (Value::Object(body), Some(ty)) = (body, self.catalogue.types.get(&self.rules.holds))
        else {
            return;
        };
        for (name, value) in body {
            let Some(field) = ty.fields.get(name) else {
                continue;
            };
            if field.read_only || *name == self.rules.key || self.call.sets.contains_key(name) {
                continue;
            }
            let value = canonical(&self.catalogue.types, &field.ty, value.clone());
            match (record.get_mut(name), value) {
                // An object is changed, not replaced.
                (Some(Value::Object(own)), Value::Object(new)) => own.extend(new),
                (_, value) => {
                    record.insert(name.clone(), value);
                }
            }
        }
    }

    /// Works out fields in turn, each of which sees those before it.
    fn work_out(
        &self,
        rules: &Collection,
        forms: &'static IndexMap<String, Form>,
        record: &mut Arc<Record>,
        names: &mut Names,
        only_missing: bool,
    ) -> Result<(), Refusal> {
        names.set_record("record", record);
        for (name, form) in forms {
            if only_missing && record.contains_key(name) {
                continue;
            }
            if let Some(value) = form.give(names).map_err(|error| self.broken(&error))? {
                let value = kept(self.catalogue, rules, name, value);
                // Held by nobody else the record is changed in its place, and not copied for each field.
                names.forget("record");
                Arc::make_mut(record).insert(name.clone(), value);
                names.set_record("record", record);
            }
        }
        Ok(())
    }

    fn refuse(&self, names: &Names) -> Result<(), Refusal> {
        for refuses in &self.call.refuses {
            if refuses
                .when
                .holds(names)
                .map_err(|error| self.broken(&error))?
            {
                let status = StatusCode::from_u16(refuses.status)
                    .unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
                let refusal = Refusal::new(status, refuses.says.clone());
                return Err(match &refuses.field {
                    Some(field) => refusal.about(field.clone(), refuses.says.clone()),
                    None => refusal,
                });
            }
        }
        Ok(())
    }

    /// Records that come with this one.
    fn make(
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

/// Refuses a record that refers to what is not there.
fn refers(shelves: &Shelves, rules: &Collection, record: &Record) -> Result<(), Refusal> {
    for (field, refers) in &rules.refers {
        let values: &[Value] = match record.get(field) {
            Some(Value::Array(values)) => values,
            Some(Value::Null) | None => continue,
            Some(value) => std::slice::from_ref(value),
        };
        let shelf = shelves.shelf(&refers.to).map_err(Refusal::defect)?;
        for value in values {
            let there = key_of(value).is_some_and(|key| shelf.get(&key).is_some());
            if !there && !refers.none.contains(value) {
                let status = refers
                    .status
                    .and_then(|status| StatusCode::from_u16(status).ok());
                let says = format!("{field} {} does not exist", plain(value));
                let status = status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
                return Err(Refusal::new(status, says.clone()).about(field.clone(), says));
            }
        }
    }
    Ok(())
}

/// Refuses a record that has what another one has.
fn clashes(
    shelves: &Shelves,
    name: &str,
    rules: &Collection,
    key: &Key,
    record: &Record,
) -> Result<(), Refusal> {
    let shelf = shelves.shelf(name).map_err(Refusal::defect)?;
    let Some(fields) = shelf.clash(key, record) else {
        return Ok(());
    };
    let status = rules
        .clash
        .and_then(|status| StatusCode::from_u16(status).ok());
    let list = fields.join(" and ");
    let value = fields
        .first()
        .and_then(|field| record.get(field))
        .map(plain)
        .unwrap_or_default();
    let mut refusal = Refusal::new(
        status.unwrap_or(StatusCode::CONFLICT),
        format!("The {list} `{value}` is already taken."),
    );
    for field in fields {
        refusal = refusal.about(field.clone(), format!("The {field} must be unique."));
    }
    Err(refusal)
}
