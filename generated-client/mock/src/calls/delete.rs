//! Removing records, or putting them into the archive.

use std::sync::Arc;

use serde_json::{Value, json};

use super::write::{Written, kept};
use super::{Done, Run};
use crate::catalogue::Envelope;
use crate::refusal::Refusal;
use crate::state::{Change, Key, Record};

impl Run<'_> {
    pub(super) fn delete(&self, mut change: Change<'_>) -> Result<Done, Refusal> {
        let named = match &self.call.key {
            Some(_) => vec![self.own()?],
            // Without a filter nothing is meant, and nothing is removed.
            None if self.query.filters.is_empty() => Vec::new(),
            None => self.found()?,
        };
        let mut gone = Vec::with_capacity(named.len());
        for (key, record) in named {
            gone.push(self.take_away(&mut change, key, record)?);
        }
        change.keep();
        let body = match (self.endpoint.envelope, gone.as_slice()) {
            (Envelope::Meta, gone) => {
                self.wrapped(json!({ "total": gone.len(), "success": gone.len(), "failed": 0 }))
            }
            (Envelope::None, _) => None,
            (_, [only]) => {
                let shown = self.shown(&only.record)?;
                self.wrapped(shown)
            }
            (_, _) => self.wrapped(json!([])),
        };
        self.done(body, None, &gone)
    }

    fn take_away(
        &self,
        change: &mut Change<'_>,
        key: Key,
        before: Arc<Record>,
    ) -> Result<Written, Refusal> {
        let mut names = self.names.clone();
        names.set_record("record", &before);
        let mut record = Arc::clone(&before);
        if self.call.archives.is_empty() {
            self.remove(change, self.name, self.rules, &key, &before)?;
        } else {
            let mut archived = (*before).clone();
            for (field, form) in &self.call.archives {
                if let Some(value) = form.give(&names).map_err(|error| self.broken(&error))? {
                    archived.insert(
                        field.clone(),
                        kept(self.catalogue, self.rules, field, value),
                    );
                }
            }
            record = Arc::new(archived);
            change.put(self.name, &key, Some(Arc::clone(&record)));
        }
        for follows in &self.call.then {
            self.follow(change, follows, &names)?;
        }
        Ok(Written {
            key,
            before: Some(before),
            record,
            body: Value::Null,
        })
    }
}
