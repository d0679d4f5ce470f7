//! The form of a case: one call, what the server is asked and answers, and what comes of it.

use std::{collections::BTreeMap, time::Duration};

use bigcommerce_tests::{root, server::Answer};
use serde::Deserialize;
use serde_json::{Value, json};

/// A case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows, in one sentence.
    pub does: String,
    #[serde(default)]
    pub client: Settings,
    pub call: Call,
    pub exchanges: Vec<Exchange>,
    pub expect: Expected,
}

/// How the client is made.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub timeout_ms: Option<u64>,
    pub max_body: Option<usize>,
    /// The client is led to a port that nobody listens on.
    pub nobody_listens: bool,
}

/// A call. Without parameters it is the plain one with sample arguments.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub endpoint: String,
    /// Lists are read page by page to their end.
    #[serde(default)]
    pub all_pages: bool,
    pub limit: Option<i64>,
    pub page: Option<i64>,
    pub after: Option<String>,
    pub name_like: Option<String>,
}

/// A request that must come, and its answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// Method, path and query.
    pub request: String,
    pub answer: Answering,
}

/// An answer. `{elsewhere}` in a header is the address of another server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answering {
    pub status: u16,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    json: Option<Value>,
    text: Option<String>,
    /// The text stands there so many times.
    times: Option<usize>,
    #[serde(default)]
    gzip: bool,
    #[serde(default)]
    wait_ms: u64,
    /// The connection is closed before the last byte.
    #[serde(default)]
    cut: bool,
}

impl Answering {
    /// The body before it is compressed.
    pub fn body(&self) -> String {
        match (&self.json, &self.text) {
            (Some(json), _) => json.to_string(),
            (None, Some(text)) => text.repeat(self.times.unwrap_or(1)),
            (None, None) => String::new(),
        }
    }

    pub fn make(&self, elsewhere: &str) -> Answer {
        let mut answer = match &self.json {
            Some(_) => Answer::json(self.status, self.body()),
            None => Answer::text(self.status, self.body()),
        };
        for (name, value) in &self.headers {
            answer = answer.header(name, &value.replace("{elsewhere}", elsewhere));
        }
        if self.gzip {
            answer = answer.gzip();
        }
        if self.cut {
            answer = answer.cut();
        }
        answer.after(Duration::from_millis(self.wait_ms))
    }
}

/// What comes of the call. What a case leaves out must not be there.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expected {
    /// The ids of all items read.
    ids: Vec<i64>,
    /// How many pages had items, or were the first.
    pages: usize,
    /// The status of the answer or of the error.
    status: Option<u16>,
    /// Whether a call that may succeed in part did so as a whole.
    complete: Option<bool>,
    /// The kind of the error.
    kind: Option<String>,
    /// Which of the usual questions the error says yes to.
    is: Vec<String>,
    problems: Vec<Value>,
    /// The missing scope.
    scope: Option<String>,
    /// Parts of the text of the error or of the value.
    pub says: Vec<String>,
}

impl Expected {
    pub fn shown(&self) -> BTreeMap<&'static str, Value> {
        BTreeMap::from([
            ("ids", json!(self.ids)),
            ("pages", json!(self.pages)),
            ("status", json!(self.status)),
            ("complete", json!(self.complete)),
            ("kind", json!(self.kind)),
            ("is", json!(self.is)),
            ("problems", json!(self.problems)),
            ("scope", json!(self.scope)),
        ])
    }
}

/// All cases, by the names of their files.
pub fn cases() -> Vec<(String, Case)> {
    let folder = root().join("tests/data/behaviour");
    let mut cases: Vec<(String, Case)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            match serde_json::from_str(&text) {
                Ok(case) => (name, case),
                Err(error) => panic!("{name}: {error}"),
            }
        })
        .collect();
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!cases.is_empty());
    cases
}
