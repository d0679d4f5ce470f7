//! Writing one record: what was sent is put over what was there, and what the store enforces is
//! enforced.

use std::sync::Arc;

use http::StatusCode;
use indexmap::IndexMap;
use serde_json::Value;

use super::Run;
use super::holds::{clashes, refers};
use crate::catalogue::{Catalogue, Collection, TypeExpr};
use crate::forms::{Form, FormError, Names};
use crate::refusal::Refusal;
use crate::state::{Change, Key, Record};
use crate::values::{canonical, canonical_time};

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
        self.take(&mut fresh, &body)?;
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
    fn take(&self, record: &mut Record, body: &Value) -> Result<(), Refusal> {
        let (Value::Object(body), Some(ty)) = (body, self.catalogue.types.get(&self.rules.holds))
        else {
            return Ok(());
        };
        for (name, value) in body {
            let Some(field) = ty.fields.get(name) else {
                continue;
            };
            if field.read_only || *name == self.rules.key || self.call.sets.contains_key(name) {
                continue;
            }
            if field.ty == TypeExpr::DateTime && is_no_time(value) {
                return Err(self.no_time(name));
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
        Ok(())
    }

    /// A schema can only say that a time is a text.
    fn no_time(&self, field: &str) -> Refusal {
        let status = match self.endpoint.version.as_str() {
            "v2" => StatusCode::BAD_REQUEST,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let says = format!("The field '{field}' is no date and time.");
        Refusal::new(status, says.clone()).about(field, says)
    }

    /// Works out fields in turn, each of which sees those before it.
    pub(super) fn work_out(
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
}

/// Whether a text that is there stands for no time.
fn is_no_time(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty()) && canonical_time(value).is_none()
}
