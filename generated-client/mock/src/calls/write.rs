//! Writing one record: the body is merged into the existing record, and the store's constraints are
//! checked.

use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use super::Run;
use crate::catalogue::TypeExpr;
use crate::refusal::Refusal;
use crate::rules::{Collection, Write, Written};
use crate::state::{Change, Key, Record};
use crate::values::{canonical, canonical_time};

/// The polymorphic field with the key of the parent.
const RESOURCE: &str = "resource_id";

impl<'a> Run<'a> {
    /// Writes a record: a new one, or an update of `before`.
    pub(super) fn write(
        &self,
        change: &mut Change<'a>,
        key: Key,
        before: Option<Arc<Record>>,
        body: Value,
    ) -> Result<Written, Refusal> {
        let collection = self.collection;
        let mut record = match &before {
            Some(before) => Record::clone(before),
            None => self.inherited()?.as_deref().cloned().unwrap_or_default(),
        };
        if before.is_none() {
            self.place(&mut record, &key, &body);
        }
        self.take(&mut record, &body)?;
        if before.is_none() {
            collection.start(&self.context, &mut record);
        }
        let mut write = Write {
            before: before.as_deref(),
            body: &body,
            record: &mut record,
        };
        match self.operation.special.and_then(|special| special.write) {
            Some(own) => own(&self.context, &mut write)?,
            None => collection.rules.write(&self.context, &mut write)?,
        }
        let work = self.work(change);
        work.refers(collection, before.as_deref(), &record)?;
        collection.finish(&self.catalogue.types, &self.context, &mut record);
        work.clashes(collection, &key, &record)?;
        let record = Arc::new(record);
        change.put(&collection.name, &key, Some(Arc::clone(&record)));
        let mut written = Written {
            key,
            before,
            record,
            body,
        };
        collection.rules.after(&mut self.work(change), &written)?;
        // A record created by this write may have changed this one.
        let shelf = self
            .shelves
            .shelf(&collection.name)
            .map_err(Refusal::defect)?;
        if let Some(record) = shelf.get(&written.key) {
            written.record = record;
        }
        drop(shelf);
        if collection.settings.fleeting {
            change.put(&collection.name, &written.key, None);
        }
        Ok(written)
    }

    /// A settings record that nobody has written yet.
    pub(super) fn fresh(&self) -> Arc<Record> {
        let mut record = Record::new();
        self.place(&mut record, &Key::of(&self.query.channel), &Value::Null);
        let (collection, types) = (self.collection, &self.catalogue.types);
        collection.start(&self.context, &mut record);
        collection.finish(types, &self.context, &mut record);
        Arc::new(record)
    }

    /// The position of a new record: its key, and its parents.
    fn place(&self, record: &mut Record, key: &Key, body: &Value) {
        let collection = self.collection;
        let of_path = |name: &String| {
            let mut path = self.path.iter();
            let found = path.find(|(own, _)| own == name);
            found.map(|(_, value)| Key::of(value))
        };
        if collection.given || collection.single {
            record.insert(Collection::PLACE.to_owned(), key.value());
            let own = self.operation.key.as_ref().and_then(of_path);
            let own = own.map(|key| key.value());
            let own = own.or_else(|| self.key_of_item(body).cloned());
            record.extend(own.map(|own| (collection.key.clone(), own)));
        } else {
            record.insert(collection.key.clone(), key.value());
        }
        for (name, _) in &self.operation.within {
            record.extend(of_path(name).map(|above| (name.clone(), above.value())));
        }
        if self.of_channel() || (collection.single && !self.query.channel.is_empty()) {
            let channel = Key::of(&self.query.channel).value();
            record.insert("channel_id".to_owned(), channel);
        }
        // Polymorphic records use this name for their parent.
        let ty = self.catalogue.types.get(&collection.holds);
        if ty.is_some_and(|ty| ty.fields.contains_key(RESOURCE))
            && let Some((above, _)) = self.operation.within.last()
        {
            record.extend(of_path(above).map(|above| (RESOURCE.to_owned(), above.value())));
        }
    }

    /// The fields of the body that the call accepts and that a record has.
    fn take(&self, record: &mut Record, body: &Value) -> Result<(), Refusal> {
        let collection = self.collection;
        let Some(ty) = self.catalogue.types.get(&collection.holds) else {
            record.insert(Collection::VALUE.to_owned(), body.clone());
            return Ok(());
        };
        let Value::Object(body) = body else {
            return Ok(());
        };
        let taken = self.endpoint.request_type();
        let taken = taken.and_then(|taken| self.catalogue.types.get(taken));
        for (name, value) in body {
            let Some(field) = ty.fields.get(name) else {
                continue;
            };
            let sent = taken.and_then(|taken| taken.fields.get(name));
            if taken.is_some() && sent.is_none() {
                continue;
            }
            if field.read_only || *name == collection.key {
                continue;
            }
            // A time may be sent as a string, and stored in another type.
            let mut both = [Some(field), sent].into_iter().flatten();
            if both.any(|field| field.ty == TypeExpr::DateTime) && is_no_time(value) {
                return Err(self.no_time(name));
            }
            let value = canonical(&self.catalogue.types, &field.ty, value.clone());
            match (record.get_mut(name), value) {
                // An object is merged, not replaced.
                (Some(Value::Object(own)), Value::Object(new)) => own.extend(new),
                (_, value) => {
                    record.insert(name.clone(), value);
                }
            }
        }
        Ok(())
    }

    /// A schema can only say that a time is a string.
    fn no_time(&self, field: &str) -> Refusal {
        let status: StatusCode = self.endpoint.bad_status();
        let says = format!("The field '{field}' is not a date and time.");
        Refusal::new(status, says.clone()).about(field, says)
    }
}

/// Whether a present string represents no time.
fn is_no_time(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty()) && canonical_time(value).is_none()
}
