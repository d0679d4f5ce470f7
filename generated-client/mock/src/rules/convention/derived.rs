//! The fields of a record that were not sent: initial values, and values derived from other fields.

use serde_json::Value;

use super::Collection;
use crate::catalogue::Types;
use crate::rules::Context;
use crate::rules::fields::page;
use crate::state::Record;
use crate::values::canonical;

impl Collection {
    /// The fields of a new record that were not sent.
    pub(crate) fn start(&self, context: &Context<'_>, record: &mut Record) {
        if let Value::Object(starts) = self.rules.starts(context, record) {
            for (name, value) in starts {
                record.entry(name).or_insert(value);
            }
        }
        for name in &self.made_at {
            let now = || Value::from(context.now.as_str());
            record.entry(name.as_str()).or_insert_with(now);
        }
        for (name, value) in &self.starts {
            record.entry(name.as_str()).or_insert_with(|| value.clone());
        }
    }

    /// The derived fields of a record, each in its stored format.
    pub(crate) fn finish(&self, types: &Types, context: &Context<'_>, record: &mut Record) {
        for name in &self.changed_at {
            record.insert(name.clone(), context.now.as_str().into());
        }
        self.rules.derive(context, record);
        let Some(ty) = types.get(&self.holds) else {
            return;
        };
        // A storefront page is named after its resource.
        if ty.fields.contains_key("custom_url") {
            record.insert("custom_url".to_owned(), page(record));
        }
        for (name, value) in record.iter_mut() {
            if let Some(field) = ty.fields.get(name) {
                *value = canonical(types, &field.ty, value.take());
            }
        }
    }
}
