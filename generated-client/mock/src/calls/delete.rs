//! Removing records, or putting them into the archive.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Done, Run};
use crate::catalogue::Envelope;
use crate::refusal::Refusal;
use crate::rules::Written;
use crate::state::{Change, Key, Record};

impl<'a> Run<'a> {
    pub(super) fn delete(&self, mut change: Change<'a>) -> Result<Done, Refusal> {
        let named = match &self.operation.key {
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
            (_, [only]) => self.wrapped(self.shown(&only.record)),
            (_, _) => self.wrapped(json!([])),
        };
        Ok(self.done(body, None, &gone))
    }

    fn take_away(
        &self,
        change: &mut Change<'a>,
        key: Key,
        before: Arc<Record>,
    ) -> Result<Written, Refusal> {
        let archived = self.collection.rules.archive(&before).map(Arc::new);
        let record = match archived {
            Some(archived) => {
                change.put(&self.collection.name, &key, Some(Arc::clone(&archived)));
                archived
            }
            None => {
                self.remove(change, self.collection, &key)?;
                Arc::clone(&before)
            }
        };
        Ok(Written {
            key,
            before: Some(before),
            record,
            body: Value::Null,
        })
    }
}
