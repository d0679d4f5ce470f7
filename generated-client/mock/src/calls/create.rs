//! Creating records.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Done, Run};
use crate::catalogue::Envelope;
use crate::refusal::{PROBLEM_TYPE, Refusal};
use crate::rules::{BatchRule, Written};
use crate::state::{Change, Key};
use crate::values::key_of;

/// An item of a batch that was refused.
pub(super) struct Refused {
    pub(super) index: usize,
    /// The fields by which it is told; null where its index tells.
    pub(super) about: Value,
    pub(super) refusal: Refusal,
}

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
        let mut refused: Vec<Refused> = Vec::new();
        let skips = self.operation.special.and_then(|special| special.skips);
        for (index, item) in items.into_iter().enumerate() {
            if skips.is_some_and(|skips| skips(&self.context, &item)) {
                continue;
            }
            let (mark, about) = (change.mark(), self.about(&item));
            match write(self, &mut change, item) {
                Ok(one) => written.push(one),
                Err(refusal) if self.operation.batch == BatchRule::Whole => {
                    return Err(refusal.within(index));
                }
                Err(refusal) => {
                    change.back_to(mark);
                    refused.push(Refused {
                        index,
                        about,
                        refusal,
                    });
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

    /// The fields by which an item is told that is refused.
    fn about(&self, item: &Value) -> Value {
        let names = self.operation.special.map_or(&[][..], |own| own.names);
        if names.is_empty() {
            return Value::Null;
        }
        let of_path = |name: &str| Some(self.context.parameter(name).ok()?.value());
        let told = names.iter().filter_map(|name| {
            let own = item.get(*name).cloned().or_else(|| of_path(name))?;
            Some(((*name).to_owned(), own))
        });
        told.collect()
    }

    fn answer_batch(&self, total: usize, written: &[Written], refused: &[Refused]) -> Done {
        let mut shown = written.iter().map(|one| self.shown(&one.record));
        // Items about the single resource in the path: it is returned in its state after the last item.
        let data: Value = match self.operation.key {
            Some(_) if !self.endpoint.returns_list() => shown.next_back().unwrap_or_default(),
            _ => shown.collect(),
        };
        let tally = json!({ "total": total, "success": written.len(), "failed": refused.len() });
        let (status, body) = match (self.operation.batch, self.endpoint.envelope) {
            (_, Envelope::Meta) if refused.is_empty() => (None, self.wrapped(tally)),
            (BatchRule::PartlyBatchErrors, _) if !refused.is_empty() => {
                let bare = self.operation.special.is_some_and(|own| own.bare);
                let body = match refused {
                    [first, ..] if bare => told(first),
                    all => batch_errors(all),
                };
                (Some(StatusCode::UNPROCESSABLE_ENTITY), Some(body))
            }
            (BatchRule::PartlySaved, _) if !refused.is_empty() => {
                let mut body = errors(refused);
                body["meta"] = json!({ "saved_records": written.len() });
                (Some(StatusCode::UNPROCESSABLE_ENTITY), Some(body))
            }
            (BatchRule::PartlyErrors(status), _) => {
                self.in_part(status, (Some(data), total), refused)
            }
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

    /// What a batch of so many items returns whose other items are done when some are refused.
    pub(super) fn in_part(
        &self,
        status: StatusCode,
        (data, total): (Option<Value>, usize),
        refused: &[Refused],
    ) -> (Option<StatusCode>, Option<Value>) {
        let failed = refused.len();
        let mut body = json!({});
        if let Some(data) = data {
            body["data"] = data;
        }
        // Where all is well, the API has an empty list all the same.
        if failed > 0 || !self.setting.strict {
            body["errors"] = each_refused(refused).into();
        }
        body["meta"] =
            json!({ "total": total, "success": total.saturating_sub(failed), "failed": failed });
        ((failed > 0).then_some(status), Some(body))
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
fn errors(refused: &[Refused]) -> Value {
    let mut fields = serde_json::Map::new();
    for Refused { index, refusal, .. } in refused {
        for (field, says) in &refusal.clone().within(*index).fields {
            fields.insert(field.clone(), json!(says));
        }
        if refusal.fields.is_empty() {
            fields.insert(index.to_string(), json!(refusal.title));
        }
    }
    let status = refused
        .first()
        .map_or(422, |one| one.refusal.status.as_u16());
    json!({ "status": status, "title": "Some of it could not be saved.", "type": PROBLEM_TYPE, "errors": fields })
}

/// The rejected items as `batch_errors`.
fn batch_errors(refused: &[Refused]) -> Value {
    json!({ "batch_errors": each_refused(refused) })
}

/// The rejected items, one after the other.
fn each_refused(refused: &[Refused]) -> Vec<Value> {
    refused.iter().map(told).collect()
}

/// A refused item, by its own fields or by its index.
fn told(one: &Refused) -> Value {
    match &one.about {
        Value::Null => {
            let mut refusal = one.refusal.clone().within(one.index);
            if refusal.fields.is_empty() {
                // What is wrong with all of it.
                let says = refusal.title.clone();
                refusal = refusal.about(one.index.to_string(), says);
            }
            problem(&refusal)
        }
        about => json!({ "data": about, "field_errors": fields(&one.refusal) }),
    }
}

fn problem(refusal: &Refusal) -> Value {
    json!({
        "status": refusal.status.as_u16(),
        "title": refusal.title,
        "type": PROBLEM_TYPE,
        "errors": fields(refusal),
    })
}

/// What is wrong with which field.
fn fields(refusal: &Refusal) -> Value {
    let fields = refusal.fields.iter();
    let fields = fields.map(|(field, says)| (field.clone(), json!(says)));
    fields.collect()
}
