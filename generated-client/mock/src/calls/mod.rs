//! What each call does: one file per verb, for a request that has been parsed and validated.

mod body;
mod count;
mod create;
mod delete;
mod events;
mod find;
mod form;
mod list;
mod meta;
mod order;
mod query;
mod read;
mod replace;
mod seeds;
mod stream;
mod update;
mod write;

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use crate::catalogue::{Catalogue, Endpoint, Envelope};
use crate::events::Fired;
use crate::exchange::Request;
use crate::refusal::Refusal;
use crate::rules::{Collection, Context, Find, Model, Operation, Verb, Work};
use crate::setting::{Caller, Setting};
use crate::show::Show;
use crate::state::{Change, Key, Record, Shelves};
use crate::wanted::Wanted;

pub(crate) use self::seeds::make_seeds;

use self::query::Query;

/// The result of a call, before it is wrapped.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// The status, if it is not the default one.
    pub(crate) status: Option<StatusCode>,
    /// The whole body; `None` for no body.
    pub(crate) body: Option<Value>,
    /// The body in its place if it is not JSON, and its media type.
    pub(crate) bytes: Option<(&'static str, Vec<u8>)>,
    pub(crate) fired: Vec<Fired>,
    /// The keys of its records.
    pub(crate) ids: Vec<String>,
}

/// A store: its catalogue, what is derived from it, its records and its settings.
pub(crate) type Place<'a> = (&'static Catalogue, &'static Model, &'a Shelves, &'a Setting);

/// A call in progress.
pub(crate) struct Run<'a> {
    catalogue: &'static Catalogue,
    model: &'static Model,
    shelves: &'a Shelves,
    setting: &'a Setting,
    endpoint: &'static Endpoint,
    operation: &'static Operation,
    collection: &'static Collection,
    path: &'a [(String, String)],
    query: Query,
    context: Context<'a>,
}

impl<'a> Run<'a> {
    /// Prepares a call, validating its path and its query.
    pub(crate) fn prepare(
        (catalogue, model, shelves, setting): Place<'a>,
        endpoint: &'static Endpoint,
        path: &'a [(String, String)],
        request: &'a Request,
        caller: &'a Caller,
    ) -> Result<Self, Refusal> {
        let Some(operation) = model.operation(&endpoint.id) else {
            let says = format!(
                "the mock store does not serve `{}`: its result is not in any record",
                endpoint.id
            );
            return Err(Refusal::new(StatusCode::NOT_IMPLEMENTED, says));
        };
        let Some(collection) = model.collection(&operation.collection) else {
            return Err(Refusal::defect(format!(
                "no collection `{}`",
                operation.collection
            )));
        };
        let fills_time = collection.settings.fills_time && !setting.strict;
        let mut query = Query::read(endpoint, &collection.settings, &request.query, fills_time)?;
        if query.backwards {
            query.sort = Some((collection.key.clone(), true));
        }
        Ok(Self {
            catalogue,
            model,
            shelves,
            setting,
            endpoint,
            operation,
            collection,
            path,
            query,
            context: Context::new(shelves, setting, caller, path, request),
        })
    }

    /// Performs the read or write.
    pub(crate) fn run(self, request: &Request) -> Result<Done, Refusal> {
        query::judge_headers(self.endpoint, &request.headers)?;
        let needed = (&self.collection.settings, self.optional());
        query::judge_needed(self.endpoint, needed, &request.query)?;
        let (body, files) = self.body(request)?;
        let verb = self.operation.verb;
        let writes = !matches!(verb, Verb::List | Verb::Get | Verb::Count | Verb::Stream);
        // A write looks up the records of the call only when it holds the write lock: they exist until
        // its end.
        let change = writes.then(|| Change::begin(self.shelves));
        self.look_up()?;
        if let Some(asks) = self.operation.special.and_then(|special| special.asks) {
            asks(&self.context)?;
        }
        match (verb, change) {
            (_, Some(change)) if !files.is_empty() => self.keep_files(change, body, &files),
            (Verb::Create, Some(change)) => self.create(change, body),
            (Verb::Replace, Some(change)) => self.replace(change, body),
            (Verb::Update, Some(change)) => self.update(change, body),
            (Verb::Upsert, Some(change)) => self.upsert(change, body),
            (Verb::Delete, Some(change)) => self.delete(change, &body),
            (Verb::Count, _) => self.count(),
            (Verb::Stream, _) => self.stream(),
            (Verb::Get, _) => self.get(),
            (_, _) => self.list(),
        }
    }

    /// A change in progress, for the rules.
    fn work<'c>(&'c self, change: &'c mut Change<'a>) -> Work<'c, 'a> {
        Work {
            catalogue: self.catalogue,
            model: self.model,
            missing: self.endpoint.bad_status(),
            context: &self.context,
            change,
        }
    }

    /// The body, and its files.
    fn body(&self, request: &Request) -> Result<(Value, Vec<form::File>), Refusal> {
        if self.endpoint.takes_form() {
            let form = form::Form::read(self.endpoint, self.operation.special, request)?;
            return Ok((Value::Object(form.values), form.files));
        }
        let allows = (&self.collection.settings, self.optional());
        let body = body::read(self.catalogue, self.endpoint, allows, request)?;
        Ok((body, Vec::new()))
    }

    /// Fields that the catalogue requires but the API does not.
    fn optional(&self) -> &'static [&'static str] {
        self.operation
            .special
            .map_or(&[], |special| special.optional)
    }

    /// Rejects a path whose parent records do not exist.
    fn look_up(&self) -> Result<(), Refusal> {
        for (parameter, collection) in &self.operation.above {
            if let Some(collection) = collection
                && !self.has_outlived(parameter)?
            {
                self.context.in_path(collection, parameter)?;
            }
        }
        Ok(())
    }

    /// Whether the call's collection has records that outlive their parent.
    fn has_outlived(&self, parameter: &str) -> Result<bool, Refusal> {
        let above = self.context.parameter(parameter)?.value();
        let like = [(parameter, above)];
        Ok(self.collection.settings.outlives
            && self.context.first(&self.collection.name, &like).is_some())
    }

    /// The record in the path.
    fn own(&self) -> Result<(Key, Arc<Record>), Refusal> {
        let key = self.own_key()?;
        self.find(&key)?
            .map(|record| (key.clone(), record))
            .ok_or_else(|| Refusal::not_found(&key))
    }

    /// The key of the record in the path.
    fn own_key(&self) -> Result<Key, Refusal> {
        self.key_of_call(&Value::Null)
    }

    /// The same, if the body may name the record.
    fn key_of_call(&self, body: &Value) -> Result<Key, Refusal> {
        if let Some(find) = self.finds() {
            let found = find(&self.context, body);
            let key = found.and_then(|record| self.collection.key_in(&record));
            let above = self.path.last().map_or("", |(_, value)| value.as_str());
            return key.ok_or_else(|| Refusal::not_found(&Key::of(above)));
        }
        match &self.operation.key {
            Some(parameter) => Ok(self.kept_under(&self.context.parameter(parameter)?)),
            None if self.collection.single => Ok(self.kept_under(&Key::of(&self.query.channel))),
            None => Err(Refusal::defect("the call names no record")),
        }
    }

    /// How the record of the call is found, if not by its key.
    fn finds(&self) -> Option<Find> {
        self.operation.special.and_then(|special| special.find)
    }

    /// The key under which a record is stored: keys chosen by callers are scoped to the parent in the
    /// path.
    fn kept_under(&self, own: &Key) -> Key {
        if !self.collection.given && !self.collection.single {
            return own.clone();
        }
        let above = self.operation.within.iter();
        let mut words: Vec<String> = above
            .filter_map(|(name, _)| Some(self.context.parameter(name).ok()?.to_string()))
            .collect();
        if self.of_channel() {
            words.push(self.query.channel.clone());
        }
        words.push(own.to_string());
        Key::of(&words.join("/"))
    }

    /// Whether the call is about a channel's own record in place of the store's.
    fn of_channel(&self) -> bool {
        self.collection.settings.per_channel && !self.query.channel.is_empty()
    }

    /// The store's record that a channel may override.
    fn inherited(&self) -> Result<Option<Arc<Record>>, Refusal> {
        match &self.operation.key {
            Some(parameter) if self.of_channel() => self.find(&self.context.parameter(parameter)?),
            _ => Ok(None),
        }
    }

    /// The record with this key, if it exists for this call.
    fn find(&self, key: &Key) -> Result<Option<Arc<Record>>, Refusal> {
        let shelf = self
            .shelves
            .shelf(&self.collection.name)
            .map_err(Refusal::defect)?;
        let Some(record) = shelf.get(key) else {
            return Ok(None);
        };
        drop(shelf);
        let mine = self.belongs(&record)? && !self.is_foreign(&record);
        Ok(mine.then_some(record))
    }

    /// Whether the record belongs to the parents in the path.
    fn belongs(&self, record: &Record) -> Result<bool, Refusal> {
        for (parameter, _) in &self.operation.within {
            let key = self.context.parameter(parameter)?;
            let own = record.get(parameter).and_then(crate::values::key_of);
            if own.is_none_or(|own| own != key) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_foreign(&self, record: &Record) -> bool {
        self.collection.rules.is_foreign(&self.context, record)
    }

    /// A record as the call returns it.
    fn shown(&self, record: &Record) -> Value {
        let wanted: &Wanted = &self.query.wanted;
        if let Some(answer) = self.operation.special.and_then(|special| special.answer) {
            return answer(&self.context, wanted, record);
        }
        let show = Show {
            types: &self.catalogue.types,
            collection: self.collection,
            wanted,
            strict: self.setting.strict,
            root: &self.setting.root,
            context: &self.context,
        };
        show.record(record)
    }

    /// A single value in the envelope.
    fn wrapped(&self, value: Value) -> Option<Value> {
        match self.endpoint.envelope {
            Envelope::None => None,
            Envelope::Flat => Some(value),
            Envelope::DataMeta => Some(json!({ "data": value, "meta": {} })),
            Envelope::Meta => Some(json!({ "meta": value })),
        }
    }
}
