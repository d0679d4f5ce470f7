//! A stand-in for the engine, until it is here.

use std::fmt;
use std::sync::Arc;

use http::{HeaderValue, Method, StatusCode, header::CONTENT_TYPE};
use serde_json::{Map, Value, json};

use crate::catalogue::{Catalogue, Endpoint};
use crate::{Answer, Asked, Refusal};

/// What a store starts with.
#[derive(Clone, Debug)]
pub struct EngineOptions {
    /// Decides what is made up.
    pub seed: u64,
    /// How many products there are.
    pub products: usize,
    /// Without the oddities of the live API.
    pub strict: bool,
    /// The hash of the store.
    pub hash: String,
    /// Where it is.
    pub url: String,
}

/// Why there is no engine.
#[derive(Debug)]
pub struct EngineError(pub String);

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EngineError {}

/// Where a path leads.
#[derive(Debug)]
pub enum Route<'a> {
    /// To a call.
    Endpoint {
        /// Which.
        endpoint: &'static Endpoint,
        /// The values in the path.
        path: Vec<(String, String)>,
    },
    /// The path has other methods.
    WrongMethod {
        /// Which.
        allow: Vec<&'a str>,
    },
    /// Nowhere.
    Unknown,
}

/// Who calls.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The API account.
    pub client_id: String,
}

/// What came of a call.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What is answered.
    pub answer: Answer,
    /// The events it fired.
    pub fired: Vec<Fired>,
    /// The ids of what it read or wrote.
    pub ids: Vec<String>,
}

/// An event.
#[derive(Clone, Debug)]
pub struct Fired {
    /// `store/product/created`.
    pub scope: String,
    /// What it says.
    pub data: Value,
}

/// Records, and what calls do with them.
pub struct Engine {
    catalogue: &'static Catalogue,
}

impl Engine {
    /// A store's records as they are at its start.
    pub fn new(_options: EngineOptions) -> Result<Self, EngineError> {
        let catalogue = Catalogue::shared().map_err(EngineError)?;
        Ok(Self { catalogue })
    }

    /// Where a path leads.
    pub fn route(&self, method: &Method, path: &str) -> Route<'_> {
        let mut allow = Vec::new();
        for endpoint in &self.catalogue.endpoints {
            if let Some(values) = fits(&endpoint.path, path) {
                if endpoint.method == method.as_str() {
                    return Route::Endpoint {
                        endpoint,
                        path: values,
                    };
                }
                allow.push(endpoint.method.as_str());
            }
        }
        if allow.is_empty() {
            Route::Unknown
        } else {
            Route::WrongMethod { allow }
        }
    }

    /// Runs a call.
    pub fn run(
        &self,
        endpoint: &'static Endpoint,
        _path: &[(String, String)],
        _asked: &Asked,
        _caller: &Caller,
    ) -> Outcome {
        Outcome {
            answer: json_answer(
                StatusCode::OK,
                &json!({"data": [], "meta": {}, "call": endpoint.id}),
            ),
            fired: Vec::new(),
            ids: Vec::new(),
        }
    }

    /// A refusal in the body shape of its generation.
    pub fn refuse(&self, group: Option<&str>, refusal: &Refusal) -> Answer {
        let fields: Map<String, Value> = refusal
            .fields
            .iter()
            .map(|(k, v)| (k.clone(), Value::from(v.as_str())))
            .collect();
        let status = refusal.status.as_u16();
        let body = if group == Some("orders") {
            json!([{"status": status, "message": refusal.title}])
        } else {
            json!({"status": status, "title": refusal.title, "type": "/api-docs/getting-started/api-status-codes", "errors": fields})
        };
        json_answer(refusal.status, &body)
    }

    /// The collections, and how many records each has.
    pub fn collections(&self) -> Vec<(String, usize)> {
        vec![("products".to_owned(), 1)]
    }

    /// The records of a collection.
    pub fn records(&self, _collection: &str) -> Vec<Arc<Map<String, Value>>> {
        vec![Arc::new(Map::from_iter([(
            "id".to_owned(),
            Value::from(1),
        )]))]
    }

    /// Changes a record.
    pub fn amend(&self, _collection: &str, _key: &Value, _fields: Map<String, Value>) -> bool {
        false
    }
}

fn json_answer(status: StatusCode, body: &Value) -> Answer {
    let mut answer = Answer {
        status,
        body: body.to_string().into(),
        ..Answer::default()
    };
    answer
        .headers
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

fn fits(pattern: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut values = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(values),
            (Some(w), Some(g)) if w.starts_with('{') => {
                values.push((w.trim_matches(['{', '}']).to_owned(), g.to_owned()));
            }
            (Some(w), Some(g)) if w == g => {}
            _ => return None,
        }
    }
}
