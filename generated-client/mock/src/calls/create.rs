//! Creating records.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Done, Run};
use crate::catalogue::Envelope;
use crate::refusal::{PROBLEM_TYPE, Refusal};
use crate::rules::{BatchRule, Written};
use crate::state::{Change, Key};
use crate::values::key_of;

impl<'a> Run<'a> {
    pub(super) fn create(&self, change: Change<'a>, body: Value) -> Result<Done, Refusal> {
        self.each(change, body, Self::make_new)
    }

    /// Creates one record.
    pub(super) fn make_new(
        &self,
        change: &mut Change<'a>,
        item: Value,
    ) -> Result<Written, Refusal> {
        let given = self.key_of_item(&item).and_then(key_of);
        let given = given.filter(|_| self.collection.given);
        let key = given
            .map(|key| self.kept_under(&key))
            .or_else(|| change.new_key(&self.collection.name, self.collection.by_uuid))
            .ok_or_else(|| Refusal::defect("no new key"))?;
        self.write(change, key, None, item)
    }

    /// Does the same for each item of a body, or for the only one.
    pub(super) fn each(
        &self,
        mut change: Change<'a>,
        body: Value,
        write: impl Fn(&Self, &mut Change<'a>, Value) -> Result<Written, Refusal>,
    ) -> Result<Done, Refusal> {
        let items = match body {
            Value::Array(items) if self.endpoint.takes_list() => items,
            body => {
                let written = write(self, &mut change, body)?;
                // A record that this call itself emptied may be gone.
                let gone =
                    self.endpoint.success.contains(&204) && self.find(&written.key)?.is_none();
                let done = if gone {
                    self.done(None, Some(StatusCode::NO_CONTENT), &[written])
                } else {
                    let mut shown = self.shown(&written.record);
                    if self.endpoint.returns_list() && !shown.is_array() {
                        shown = json!([shown]);
                    }
                    let mut body = self.wrapped(shown);
                    let partly = self.operation.special.and_then(|special| special.partly);
                    let lost = partly.and_then(|partly| partly(&written));
                    if let (Some(lost), Some(Value::Object(body))) = (&lost, &mut body) {
                        body.insert("errors".to_owned(), problem(lost));
                    }
                    self.done(body, lost.map(|lost| lost.status), &[written])
                };
                change.keep();
                return Ok(done);
            }
        };
        let total = items.len();
        let mut written = Vec::with_capacity(total);
        let mut refused: Vec<(usize, Refusal)> = Vec::new();
        let skips = self.operation.special.and_then(|special| special.skips);
        for (index, item) in items.into_iter().enumerate() {
            if skips.is_some_and(|skips| skips(&self.context, &item)) {
                continue;
            }
            let mark = change.mark();
            match write(self, &mut change, item) {
                Ok(one) => written.push(one),
                Err(refusal) if self.operation.batch == BatchRule::Whole => {
                    return Err(refusal.within(index));
                }
                Err(refusal) => {
                    change.back_to(mark);
                    refused.push((index, refusal));
                }
            }
        }
        if !refused.is_empty() && self.operation.batch == BatchRule::BatchErrors {
            return Ok(Done {
                status: Some(StatusCode::UNPROCESSABLE_ENTITY),
                body: Some(batch_errors(&refused)),
                ..Done::default()
            });
        }
        let done = self.answer_batch(total, &written, &refused);
        change.keep();
        Ok(done)
    }

    fn answer_batch(
        &self,
        total: usize,
        written: &[Written],
        refused: &[(usize, Refusal)],
    ) -> Done {
        let mut shown = written.iter().map(|one| self.shown(&one.record));
        // Items about the single resource in the path: it is returned in its state after the last item.
        let data: Value = match self.operation.key {
            Some(_) if !self.endpoint.returns_list() => shown.next_back().unwrap_or_default(),
            _ => shown.collect(),
        };
        let tally = json!({ "total": total, "success": written.len(), "failed": refused.len() });
        let (status, body) = match (self.operation.batch, self.endpoint.envelope) {
            (_, Envelope::Meta) if refused.is_empty() => (None, self.wrapped(tally)),
            (BatchRule::PartlyBatchErrors, _) if !refused.is_empty() => (
                Some(StatusCode::UNPROCESSABLE_ENTITY),
                Some(batch_errors(refused)),
            ),
            (BatchRule::PartlyErrors, _) if !refused.is_empty() => (
                Some(StatusCode::UNPROCESSABLE_ENTITY),
                Some(json!({ "data": data, "errors": each_refused(refused), "meta": tally })),
            ),
            (_, _) if refused.is_empty() => {
                let whole = self
                    .operation
                    .special
                    .and_then(|special| special.answer_all);
                let data = match whole {
                    Some(answer) if !written.is_empty() => answer(&self.context, &[], &[]),
                    _ => data,
                };
                (None, self.wrapped(data))
            }
            (_, envelope) => {
                // If nothing was done, it is not a success.
                let status = if written.is_empty() {
                    StatusCode::UNPROCESSABLE_ENTITY
                } else {
                    StatusCode::MULTI_STATUS
                };
                let mut body = json!({ "errors": errors(refused), "meta": tally });
                if envelope == Envelope::DataMeta {
                    body["data"] = data;
                }
                (Some(status), Some(body))
            }
        };
        self.done(body, status, written)
    }

    /// The result of a call that has changed something. Events read the store, so this runs before another
    /// write can.
    pub(super) fn done(
        &self,
        body: Option<Value>,
        status: Option<StatusCode>,
        written: &[Written],
    ) -> Done {
        Done {
            status,
            body,
            fired: self.fire(written),
            ids: written.iter().map(|one| Key::to_string(&one.key)).collect(),
            ..Done::default()
        }
    }
}

/// The rejected items in one object, as category trees return them.
fn errors(refused: &[(usize, Refusal)]) -> Value {
    let mut fields = serde_json::Map::new();
    for (index, refusal) in refused {
        for (field, says) in &refusal.clone().within(*index).fields {
            fields.insert(field.clone(), json!(says));
        }
        if refusal.fields.is_empty() {
            fields.insert(index.to_string(), json!(refusal.title));
        }
    }
    let status = refused
        .first()
        .map_or(422, |(_, refusal)| refusal.status.as_u16());
    json!({ "status": status, "title": "Some of it could not be saved.", "type": PROBLEM_TYPE, "errors": fields })
}

/// The rejected items as `batch_errors`.
fn batch_errors(refused: &[(usize, Refusal)]) -> Value {
    json!({ "batch_errors": each_refused(refused) })
}

/// The rejected items, one after the other.
fn each_refused(refused: &[(usize, Refusal)]) -> Vec<Value> {
    let one = |(index, refusal): &(usize, Refusal)| problem(&refusal.clone().within(*index));
    refused.iter().map(one).collect()
}

fn problem(refusal: &Refusal) -> Value {
    let fields = refusal.fields.iter();
    let fields: serde_json::Map<String, Value> = fields
        .map(|(field, says)| (field.clone(), json!(says)))
        .collect();
    json!({
        "status": refusal.status.as_u16(),
        "title": refusal.title,
        "type": PROBLEM_TYPE,
        "errors": fields,
    })
}
