//! Constraints between records: references must exist, and unique fields must be unique.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Collection, Work};
use crate::catalogue::OnDelete;
use crate::refusal::Refusal;
use crate::state::{Key, Record};
use crate::values::{key_of, plain};

impl Work<'_, '_> {
    /// Rejects a record that refers to something that does not exist. An unchanged reference may be gone,
    /// like the customer of an order.
    pub(crate) fn refers(
        &self,
        collection: &Collection,
        before: Option<&Record>,
        record: &Record,
    ) -> Result<(), Refusal> {
        for reference in &collection.refers {
            let field = &reference.field;
            let was = before.and_then(|before| before.get(field));
            let (values, listed): (&[Value], bool) = match record.get(field) {
                Some(Value::Array(values)) => (values, true),
                Some(Value::Null) | None => continue,
                Some(value) => (std::slice::from_ref(value), false),
            };
            let shelf = self.context.shelves.shelf(&reference.to);
            let shelf = shelf.map_err(Refusal::defect)?;
            for value in values {
                let stays = match was {
                    Some(Value::Array(all)) => all.contains(value),
                    Some(own) => own == value,
                    None => false,
                };
                if stays {
                    continue;
                }
                // A single key of 0 means none.
                let none = !listed && *value == 0;
                let there = key_of(value).is_some_and(|key| shelf.get(&key).is_some());
                if !there && !none {
                    let status = collection.settings.missing;
                    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
                    let says = format!("{field} {} does not exist", plain(value));
                    let status = status.unwrap_or(self.missing);
                    return Err(Refusal::new(status, says.clone()).about(field.clone(), says));
                }
            }
        }
        Ok(())
    }

    /// Rejects a record with a unique value that another one has.
    pub(crate) fn clashes(
        &self,
        collection: &Collection,
        key: &Key,
        record: &Record,
    ) -> Result<(), Refusal> {
        let shelf = self.context.shelves.shelf(&collection.name);
        let shelf = shelf.map_err(Refusal::defect)?;
        let Some(fields) = shelf.clash(key, record) else {
            return Ok(());
        };
        let status = StatusCode::from_u16(collection.settings.taken).ok();
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

    /// Deletes a record, and deletes or clears what refers to it.
    pub(crate) fn erase(
        &mut self,
        collection: &'static Collection,
        key: &Key,
    ) -> Result<(), Refusal> {
        self.change.put(&collection.name, key, None);
        let model = self.model;
        for other in model.collections.values() {
            for reference in other.refers.iter().filter(|one| one.to == collection.name) {
                let Some(then) = reference.on_delete else {
                    continue;
                };
                for (own, record) in self.referring(other, &reference.field, key)? {
                    match then {
                        OnDelete::Delete => self.erase(other, &own)?,
                        OnDelete::Clear => {
                            let mut record = record;
                            clear(&mut record, &reference.field, key);
                            self.put(other, &own, record);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn referring(
        &self,
        collection: &Collection,
        field: &str,
        key: &Key,
    ) -> Result<Vec<(Key, Record)>, Refusal> {
        let shelf = self.context.shelves.shelf(&collection.name);
        let shelf = shelf.map_err(Refusal::defect)?;
        let like = Record::from_iter([(field.to_owned(), key.value())]);
        let found = shelf.like(&like, usize::MAX).into_iter();
        Ok(found
            .filter_map(|record| {
                let own = collection.key_in(&record)?;
                Some((own, (*record).clone()))
            })
            .collect())
    }
}

/// Removes a key from a field.
fn clear(record: &mut Record, field: &str, key: &Key) {
    match record.get_mut(field) {
        Some(Value::Array(keys)) => keys.retain(|own| key_of(own).as_ref() != Some(key)),
        Some(own) => *own = json!(0),
        None => {}
    }
}
