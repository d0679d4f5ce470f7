//! The store without its server: it responds to requests that have passed the gate.

mod moved;
mod route;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header::CONTENT_TYPE};
use serde_json::{Map, Value, json};

use self::route::Routes;
use crate::calls::{Done, Run, make_seeds};
use crate::catalogue::{Catalogue, Endpoint, RefusalBody};
use crate::events::{Block, Fired};
use crate::exchange::{Request, Response};
use crate::refusal::{PROBLEM_TYPE, Refusal};
use crate::rules::{Make, Model, Seeding};
use crate::setting::{Caller, Setting};
use crate::state::{Change, Key, Record, Shelves};
use crate::values::key_of;

pub use self::route::Route;

/// The initial state of a store.
#[derive(Clone, Debug)]
pub struct EngineOptions {
    /// Determines all random values: the same seed results in the same store.
    pub seed: u64,
    /// The initial number of products; the number of all other records depends on it.
    pub products: usize,
    /// Whether the quirks of the live API are omitted.
    pub strict: bool,
    /// The hash of the store.
    pub hash: String,
    /// The server's URL: `http://127.0.0.1:8080`.
    pub url: String,
}

/// The result of a call.
#[derive(Debug)]
pub struct Outcome {
    /// The response.
    pub answer: Response,
    /// The events that were fired.
    pub fired: Vec<Fired>,
    /// The keys of its records.
    pub ids: Vec<String>,
}

/// Why a store cannot start.
#[derive(Debug)]
pub struct EngineError(String);

impl std::fmt::Display for EngineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the store cannot start: {}", self.0)
    }
}

impl std::error::Error for EngineError {}

/// A store without its server.
#[derive(Debug)]
pub struct Engine {
    catalogue: &'static Catalogue,
    model: &'static Model,
    routes: Arc<Routes>,
    shelves: Arc<Shelves>,
    setting: Setting,
}

impl Engine {
    /// The catalogue.
    pub(crate) const fn catalogue(&self) -> &'static Catalogue {
        self.catalogue
    }

    /// A new store of a catalogue.
    ///
    /// # Errors
    ///
    /// Returns an error if the package's own rules cannot be resolved, which is a defect of the
    /// package.
    pub fn new(catalogue: &'static Catalogue, options: EngineOptions) -> Result<Self, EngineError> {
        let model = Model::shared(catalogue);
        let shelves = Shelves::new(model.facts(), options.seed);
        let mut setting = Setting::new(options.hash, options.url, options.strict);
        setting.filling = true;
        let seeds = (options.products, make_seeds as Make);
        let filled = Seeding::fill(catalogue, model, &shelves, &setting, seeds);
        filled.map_err(EngineError)?;
        setting.filling = false;
        Ok(Self {
            catalogue,
            model,
            routes: Arc::new(Routes::of(catalogue)),
            shelves,
            setting,
        })
    }

    /// Another store with a copy of all records, at its own URL.
    pub(crate) fn copy(&self, url: String) -> Self {
        let shelves = self.shelves.copy();
        moved::to(&shelves, &self.setting.url, &url);
        Self {
            catalogue: self.catalogue,
            model: self.model,
            routes: Arc::clone(&self.routes),
            shelves,
            setting: Setting::new(self.setting.hash.clone(), url, self.setting.strict),
        }
    }

    /// The collection whose records have all of these fields.
    pub(crate) fn collection_with(&self, fields: &[&str]) -> Option<&'static str> {
        let mut all = self.model.collections.values();
        let found = all.find(|collection| {
            let held = self.catalogue.types.get(&collection.holds);
            held.is_some_and(|held| fields.iter().all(|field| held.fields.contains_key(*field)))
        });
        found.map(|collection| collection.name.as_str())
    }

    /// The endpoint of a path; `form` is whether a form is sent.
    #[must_use]
    pub fn route(&self, method: &Method, path: &str, form: bool) -> Route {
        self.routes.find(method, path, form)
    }

    /// Serves a call.
    #[must_use]
    pub fn run(
        &self,
        endpoint: &'static Endpoint,
        path: &[(String, String)],
        request: &Request,
        caller: &Caller,
    ) -> Outcome {
        let run = Run::prepare(
            (self.catalogue, self.model, &self.shelves, &self.setting),
            endpoint,
            path,
            request,
            caller,
        );
        match run.and_then(|run| run.run(request)) {
            Ok(done) => finish(endpoint, done),
            Err(refusal) => Outcome {
                answer: self.refuse(Some(&endpoint.group), &refusal),
                fired: Vec::new(),
                ids: Vec::new(),
            },
        }
    }

    /// An error response in the format of its group.
    #[must_use]
    pub fn refuse(&self, group: Option<&str>, refusal: &Refusal) -> Response {
        let bodies = group.and_then(|group| self.catalogue.refusals(group));
        let status = refusal.status.as_u16().to_string();
        let odd = bodies
            .and_then(|bodies| bodies.get(&status))
            .filter(|_| !self.setting.strict);
        let form = odd.or_else(|| bodies.and_then(|bodies| bodies.get("usual")));
        let fields = || {
            let fields = refusal
                .fields
                .iter()
                .map(|(name, says)| (name.clone(), json!(says)));
            fields.collect::<Map<String, Value>>()
        };
        let code = refusal.status.as_u16();
        match form.copied().unwrap_or_default() {
            RefusalBody::Problem => json_answer(
                refusal.status,
                &json!({ "status": code, "title": refusal.title, "type": PROBLEM_TYPE, "errors": fields() }),
            ),
            RefusalBody::List => {
                let mut problem = json!({ "status": code, "message": refusal.title });
                if !refusal.fields.is_empty() {
                    problem["details"] = Value::Object(fields());
                }
                json_answer(refusal.status, &json!([problem]))
            }
            RefusalBody::Errors => {
                let problem =
                    json!({ "status": code, "title": refusal.title, "type": PROBLEM_TYPE });
                json_answer(refusal.status, &json!({ "errors": [problem] }))
            }
            RefusalBody::Text => answer(
                refusal.status,
                "text/plain; charset=utf-8",
                refusal.title.clone().into(),
            ),
            RefusalBody::Empty => Response {
                status: refusal.status,
                ..Response::default()
            },
        }
    }

    /// The collections with their numbers of records.
    #[must_use]
    pub fn collections(&self) -> Vec<(String, usize)> {
        let sizes = self.shelves.sizes().into_iter();
        sizes.map(|(name, size)| (name.to_owned(), size)).collect()
    }

    /// The records of a collection, as they are stored.
    #[must_use]
    pub fn records(&self, collection: &str) -> Vec<Arc<Record>> {
        self.shelves
            .shelf(collection)
            .map(|shelf| shelf.iter().map(|(_, record)| Arc::clone(record)).collect())
            .unwrap_or_default()
    }

    /// Changes fields of a record without a call; returns false if the record does not exist.
    pub fn amend(&self, collection: &str, key: &Value, fields: Map<String, Value>) -> bool {
        self.touch(collection, key, |record| {
            let mut record = record.clone();
            record.extend(fields);
            Some(record)
        })
    }

    /// Deletes a record without a call; returns false if the record does not exist.
    pub fn remove(&self, collection: &str, key: &Value) -> bool {
        self.touch(collection, key, |_| None)
    }

    /// Remembers that the hooks of an account get nothing at a host for a while.
    pub(crate) fn block(&self, client_id: &str, block: &Block) {
        self.setting.block(client_id, block);
    }

    fn touch(
        &self,
        collection: &str,
        key: &Value,
        change: impl FnOnce(&Record) -> Option<Record>,
    ) -> bool {
        let Some(collection) = self.model.collection(collection) else {
            return false;
        };
        let name = collection.name.as_str();
        let Some(key): Option<Key> = key_of(key) else {
            return false;
        };
        let mut writing = Change::begin(&self.shelves);
        let Some(record) = self
            .shelves
            .shelf(name)
            .ok()
            .and_then(|shelf| shelf.get(&key))
        else {
            return false;
        };
        writing.put(name, &key, change(&record).map(Arc::new));
        writing.keep();
        true
    }
}

fn finish(endpoint: &Endpoint, done: Done) -> Outcome {
    let usual = StatusCode::from_u16(endpoint.usual_status()).unwrap_or_default();
    let status = done.status.unwrap_or(usual);
    let answer = match (done.bytes, &done.body) {
        (Some((kind, bytes)), _) => answer(status, kind, bytes),
        (None, Some(body)) => json_answer(status, body),
        (None, None) => Response {
            status,
            ..Response::default()
        },
    };
    Outcome {
        answer,
        fired: done.fired,
        ids: done.ids,
    }
}

fn json_answer(status: StatusCode, body: &Value) -> Response {
    // Writing a JSON value cannot fail.
    answer(
        status,
        "application/json",
        serde_json::to_vec(body).unwrap_or_default(),
    )
}

fn answer(status: StatusCode, kind: &'static str, body: Vec<u8>) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    Response {
        status,
        headers,
        body: Bytes::from(body),
    }
}
