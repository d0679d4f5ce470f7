//! Deleting records, or archiving them.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use super::create::Refused;
use super::find::Found;
use super::{Done, Run};
use crate::catalogue::Envelope;
use crate::refusal::Refusal;
use crate::rules::{BatchRule, Written};
use crate::state::{Change, Key, Record};
use crate::values::key_of;

/// The default number of records per page.
const PAGE: usize = 50;

impl<'a> Run<'a> {
    pub(super) fn delete(&self, mut change: Change<'a>, body: &Value) -> Result<Done, Refusal> {
        if let BatchRule::PartlyErrors(status) = self.operation.batch {
            return Ok(self.delete_in_part(change, status, body));
        }
        let named = match &self.operation.key {
            _ if self.finds().is_some() => match self.key_of_call(body) {
                Ok(key) => self.find(&key)?.map(|own| (key, own)).into_iter().collect(),
                Err(_) if self.collection.settings.forgives => Vec::new(),
                Err(mut refusal) => {
                    let missing = self.collection.settings.missing;
                    let status = missing.and_then(|status| StatusCode::from_u16(status).ok());
                    refusal.status = status.unwrap_or(refusal.status);
                    return Err(refusal);
                }
            },
            Some(_) if self.collection.settings.forgives => self.own().into_iter().collect(),
            Some(_) => vec![self.own()?],
            None if self.collection.single => self.own().into_iter().collect(),
            None if self.endpoint.takes_keys() => self.listed(body)?,
            // If the call has filters but none is given, nothing is deleted.
            None if self.names_none() => Vec::new(),
            None => self.page_of(self.found()?),
        };
        let mut gone = Vec::with_capacity(named.len());
        for (key, record) in named {
            gone.push(self.take_away(&mut change, key, record)?);
        }
        if let Some(refusal) = self.missing(&gone) {
            change.keep();
            return Err(refusal);
        }
        let special = self.operation.special;
        let body = match (special.and_then(|it| it.answer_all), gone.as_slice()) {
            (Some(answer), gone) => {
                let gone = gone
                    .iter()
                    .map(|one| (one.key.clone(), Arc::clone(&one.record)));
                self.wrapped(answer(&self.context, &gone.collect::<Vec<_>>(), &[]))
            }
            (None, gone) => match (self.endpoint.envelope, gone) {
                (Envelope::Meta, gone) => {
                    self.wrapped(json!({ "total": gone.len(), "success": gone.len(), "failed": 0 }))
                }
                (Envelope::None, _) => None,
                (_, _) if self.endpoint.takes_keys() => self.wrapped(body.clone()),
                (_, [only]) => self.wrapped(self.shown(&only.record)),
                (_, _) => self.wrapped(json!([])),
            },
        };
        let done = self.done(body, None, &gone);
        change.keep();
        Ok(done)
    }

    /// Removes the records whose keys the body lists, or else the query, and tells of those that are not there or
    /// stay.
    fn delete_in_part(&self, mut change: Change<'a>, status: StatusCode, body: &Value) -> Done {
        let listed = self.endpoint.takes_keys();
        let keys: Vec<Key> = if listed {
            let keys = body.as_array().into_iter().flatten();
            keys.filter_map(key_of).collect()
        } else {
            let filters = self.query.filters.iter();
            let named = filters.filter(|filter| filter.field == self.collection.key);
            let keys = named.flat_map(|filter| &filter.values);
            keys.map(|key| Key::of(key)).collect()
        };
        let (mut gone, mut refused) = (Vec::<Written>::new(), Vec::new());
        for (index, own) in keys.iter().enumerate() {
            let mark = change.mark();
            match self.remove_listed(&mut change, own) {
                Ok(one) => gone.extend(one),
                Err(refusal) => {
                    change.back_to(mark);
                    refused.push(Refused {
                        index,
                        about: Value::Null,
                        refusal,
                    });
                }
            }
        }
        let keys_of = |gone: &[Written]| gone.iter().map(|one| one.key.value()).collect::<Value>();
        let data = listed.then(|| keys_of(&gone));
        let done = if refused.is_empty() && self.endpoint.envelope == Envelope::None {
            self.done(None, None, &gone)
        } else {
            let (status, body) = self.in_part(status, (data, keys.len()), &refused);
            self.done(body, status, &gone)
        };
        change.keep();
        done
    }

    /// Removes the record with a key; none where it is no fault that there is none.
    fn remove_listed(
        &self,
        change: &mut Change<'a>,
        own: &Key,
    ) -> Result<Option<Written>, Refusal> {
        let key = self.kept_under(own);
        match self.find(&key)? {
            Some(record) => self.take_away(change, key, record).map(Some),
            None if self.collection.settings.forgives => Ok(None),
            None => {
                let field = self.collection.key.clone();
                let says = format!("{field} {key} does not exist");
                Err(Refusal::invalid(field, says))
            }
        }
    }

    /// Whether a call selects nothing to delete with any of its filters.
    fn names_none(&self) -> bool {
        let named = !self.query.filters.is_empty() || !self.query.searches.is_empty();
        let sweeps = self.collection.settings.sweeps || !self.optional().is_empty();
        self.endpoint.filters() && !named && !sweeps
    }

    /// Why a call fails although it deletes what it finds: one of its ids does not exist.
    fn missing(&self, gone: &[Written]) -> Option<Refusal> {
        let status = StatusCode::from_u16(self.collection.settings.gone?).ok()?;
        let ids = self.query.filters.iter();
        let ids = ids.filter(|filter| filter.field == self.collection.key);
        let is_gone = |id: &Key| gone.iter().any(|one| one.key == *id);
        let mut asked = ids.flat_map(|filter| filter.values.iter().map(|id| Key::of(id)));
        let missing = asked.find(|id| !is_gone(id))?;
        let says = format!("There is nothing with the id {missing}.");
        Some(Refusal::new(status, says.clone()).about(self.collection.key.clone(), says))
    }

    /// Only the records of the requested page, if a call deletes one page at a time.
    fn page_of(&self, found: Found) -> Found {
        let mut parameters = self.endpoint.parameters.iter();
        if !parameters.any(|one| one.name == "page") {
            return found;
        }
        let number = |name: &str| self.context.query(name)?.parse::<usize>().ok();
        let limit = number("limit").unwrap_or(PAGE);
        let before = number("page").unwrap_or(1).max(1) - 1;
        let page = found.into_iter().skip(before.saturating_mul(limit));
        page.take(limit).collect()
    }

    /// The records whose keys a body lists; unknown keys are ignored.
    fn listed(&self, body: &Value) -> Result<Found, Refusal> {
        let keys = body.as_array().into_iter().flatten().filter_map(key_of);
        let mut found = Found::new();
        for key in keys.map(|key| self.kept_under(&key)) {
            found.extend(self.find(&key)?.map(|record| (key, record)));
        }
        Ok(found)
    }

    fn take_away(
        &self,
        change: &mut Change<'a>,
        key: Key,
        before: Arc<Record>,
    ) -> Result<Written, Refusal> {
        let kept = match self.operation.special.and_then(|special| special.kept) {
            Some(kept) => kept(&self.context, &before),
            None => self.collection.rules.kept(&self.context, &before),
        };
        if let Some(says) = kept {
            let status = StatusCode::from_u16(self.collection.settings.kept);
            let own = format!("{key} cannot be removed");
            let refusal = Refusal::new(status.unwrap_or_default(), says);
            // Of several that a call names, this is the one that stays.
            return Err(refusal.about(self.collection.key.clone(), own));
        }
        let archived = self.collection.rules.archive(&before).map(Arc::new);
        let record = match archived {
            Some(archived) => {
                change.put(&self.collection.name, &key, Some(Arc::clone(&archived)));
                archived
            }
            None => {
                let mut work = self.work(change);
                work.erase(self.collection, &key)?;
                self.collection.rules.removed(&mut work, &before)?;
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
