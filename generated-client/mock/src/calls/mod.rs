//! What each call does: one file per verb, over a request that has been read and judged.

mod body;
mod create;
mod delete;
mod events;
mod find;
mod follow;
mod holds;
mod list;
mod meta;
mod order;
mod query;
mod read;
mod seeds;
mod tree;
mod update;
mod write;

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use crate::catalogue::{Call, Catalogue, Collection, Endpoint, Envelope, Verb};
use crate::engine::{Caller, Setting};
use crate::events::Fired;
use crate::exchange::Asked;
use crate::forms::{FormError, Names};
use crate::refusal::Refusal;
use crate::show::{Show, Wanted};
use crate::state::{Change, Key, Record, Shelves};

pub(crate) use self::seeds::sow;

use self::query::Query;

/// What a call comes to, before it is wrapped.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// The status, where it is not the usual one.
    pub(crate) status: Option<StatusCode>,
    /// The whole body; none for no body.
    pub(crate) body: Option<Value>,
    /// What fired.
    pub(crate) fired: Vec<Fired>,
    /// The keys of the records it was about.
    pub(crate) ids: Vec<String>,
}

/// A call on its way.
pub(crate) struct Run<'a> {
    catalogue: &'static Catalogue,
    shelves: &'a Arc<Shelves>,
    setting: &'a Setting,
    endpoint: &'static Endpoint,
    call: &'static Call,
    name: &'static str,
    rules: &'static Collection,
    path: &'a [(String, String)],
    query: Query,
    names: Names,
}

impl<'a> Run<'a> {
    /// Prepares a call, judging its path and its query.
    pub(crate) fn prepare(
        catalogue: &'static Catalogue,
        shelves: &'a Arc<Shelves>,
        setting: &'a Setting,
        endpoint: &'static Endpoint,
        path: &'a [(String, String)],
        asked: &[(String, String)],
        caller: &Caller,
    ) -> Result<Self, Refusal> {
        let Some(call) = catalogue.store.calls.get(&endpoint.id) else {
            let says = format!("the mock store does not model `{}`", endpoint.id);
            return Err(Refusal::new(StatusCode::NOT_IMPLEMENTED, says));
        };
        let Some((name, rules)) = catalogue.store.collections.get_key_value(&call.collection)
        else {
            return Err(Refusal::defect(format!(
                "no collection `{}`",
                call.collection
            )));
        };
        let fills_time = rules.fills_time && !setting.strict;
        let query = Query::read(endpoint, call, asked, fills_time)?;
        let mut names = Names::new(shelves);
        names.set_json(
            "store",
            &json!({ "hash": setting.hash, "url": setting.url }),
        );
        names.set_json("token", &json!({ "client_id": caller.client_id }));
        names.set("now", crate::values::now());
        let pairs = |pairs: &[(String, String)]| {
            let pairs = pairs
                .iter()
                .map(|(name, value)| (name.clone(), Value::from(value.as_str())));
            Value::Object(pairs.collect())
        };
        names.set_json("query", &pairs(asked));
        let keyed = path
            .iter()
            .map(|(name, value)| (name.clone(), Key::of(value).value()));
        names.set_json("path", &Value::Object(keyed.collect()));
        Ok(Self {
            catalogue,
            shelves,
            setting,
            endpoint,
            call,
            name,
            rules,
            path,
            query,
            names,
        })
    }

    /// Does it.
    pub(crate) fn run(mut self, asked: &Asked) -> Result<Done, Refusal> {
        let body = body::read(self.catalogue, self.endpoint, self.call, asked)?;
        let writes = !matches!(self.call.verb, Verb::List | Verb::Get);
        // Who writes looks up what the call names once nobody else writes: it stays there until the end.
        let change = writes.then(|| Change::begin(self.shelves));
        self.look_up()?;
        match (self.call.verb, change) {
            (Verb::Create, Some(change)) => self.create(change, body),
            (Verb::Update, Some(change)) => self.update(change, body),
            (Verb::Upsert, Some(change)) => self.upsert(change, body),
            (Verb::Delete, Some(change)) => self.delete(change),
            (Verb::Get, _) => self.get(),
            (_, _) => self.list(),
        }
    }

    /// Finds the records that the path and the call's rules name beside its own.
    fn look_up(&mut self) -> Result<(), Refusal> {
        for (parameter, collection) in &self.call.within {
            self.there(collection, parameter)?;
        }
        for (name, reads) in &self.call.reads {
            let record = self.there(&reads.from, &reads.key)?;
            self.names.set_record(name, &record);
        }
        Ok(())
    }

    fn there(&self, collection: &str, parameter: &str) -> Result<Arc<Record>, Refusal> {
        let key = self.parameter(parameter)?;
        let shelf = self.shelves.shelf(collection).map_err(Refusal::defect)?;
        shelf.get(&key).ok_or_else(|| Refusal::not_found(&key))
    }

    fn parameter(&self, name: &str) -> Result<Key, Refusal> {
        self.path
            .iter()
            .find(|(parameter, _)| parameter == name)
            .map(|(_, value)| Key::of(value))
            .ok_or_else(|| Refusal::defect(format!("the path has no `{name}`")))
    }

    /// The record that the path names.
    fn own(&self) -> Result<(Key, Arc<Record>), Refusal> {
        let Some(parameter) = &self.call.key else {
            return Err(Refusal::defect("the call names no record"));
        };
        let key = self.parameter(parameter)?;
        self.find(&key)?
            .map(|record| (key.clone(), record))
            .ok_or_else(|| Refusal::not_found(&key))
    }

    /// The record with this key, if it is there for this call.
    fn find(&self, key: &Key) -> Result<Option<Arc<Record>>, Refusal> {
        let shelf = self.shelves.shelf(self.name).map_err(Refusal::defect)?;
        let Some(record) = shelf.get(key) else {
            return Ok(None);
        };
        drop(shelf);
        let mine = self.belongs(&record)? && !self.is_foreign(&record)?;
        Ok(mine.then_some(record))
    }

    /// Whether the record lies below the ones that the path names.
    fn belongs(&self, record: &Record) -> Result<bool, Refusal> {
        for parameter in self.call.within.keys() {
            let key = self.parameter(parameter)?;
            let own = record.get(parameter).and_then(crate::values::key_of);
            if own.is_some_and(|own| own != key) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_foreign(&self, record: &Arc<Record>) -> Result<bool, Refusal> {
        let Some(foreign) = &self.rules.foreign else {
            return Ok(false);
        };
        let mut names = self.names.clone();
        names.set_record("record", record);
        foreign.holds(&names).map_err(|error| self.broken(&error))
    }

    fn show<'b>(&'b self, wanted: &'b Wanted) -> Show<'b> {
        Show {
            types: &self.catalogue.types,
            rules: self.rules,
            wanted,
            strict: self.setting.strict,
            root: &self.setting.root,
        }
    }

    /// A record as the call answers it.
    fn shown(&self, record: &Arc<Record>) -> Result<Value, Refusal> {
        let show = self.show(&self.query.wanted);
        let shown = match &self.call.answers {
            None => show.record(record, &self.names),
            Some(form) => {
                let mut names = self.names.clone();
                names.set_record("record", record);
                let include: Vec<String> = self.query.wanted.include.iter().cloned().collect();
                names.set("include", include);
                form.give(&names).map(Option::unwrap_or_default)
            }
        };
        shown.map_err(|error| self.broken(&error))
    }

    /// One value in the envelope.
    fn wrapped(&self, value: Value) -> Option<Value> {
        match self.endpoint.envelope {
            Envelope::None => None,
            Envelope::Flat => Some(value),
            Envelope::DataMeta => Some(json!({ "data": value, "meta": {} })),
            Envelope::Meta => Some(json!({ "meta": value })),
        }
    }

    /// An expression of the spec that does not work: told as what it is, a defect of the mock.
    fn broken(&self, error: &FormError) -> Refusal {
        Refusal::defect(format!(
            "a rule of `{}` cannot be worked out: {error}",
            self.endpoint.id
        ))
    }
}
