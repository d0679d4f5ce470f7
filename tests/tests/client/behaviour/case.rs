//! The format of a case: one call, the requests and responses of the server, and the expected result.

use std::{collections::BTreeMap, time::Duration};

use bigcommerce_client::{CallOptions, RetryPolicy};
use bigcommerce_tests::{root, server::Answer};
use serde::Deserialize;
use serde_json::{Value, json};

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

/// How the client is built.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub timeout_ms: Option<u64>,
    pub max_body: Option<usize>,
    /// The client is pointed to a port that nobody listens on.
    pub nobody_listens: bool,
    /// When calls are retried. By default they are not, so that a case shows one response.
    pub retry: Option<Retry>,
    /// The retry budget of all calls.
    pub retry_budget: Option<u32>,
    pub max_wait_ms: Option<u64>,
    /// The maximum time for which responses hold up all calls.
    pub max_hold_ms: Option<u64>,
    /// Where random waits are in their range, from 0 to 1; 1 by default.
    pub chance: Option<f64>,
}

/// A retry policy; omitted settings have their defaults.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retry {
    attempts: Option<u32>,
    within_ms: Option<u64>,
    statuses: Option<Vec<u16>>,
}

impl Retry {
    pub fn policy(&self) -> RetryPolicy {
        let mut policy = RetryPolicy::standard();
        if let Some(attempts) = self.attempts {
            policy = policy.attempts(attempts);
        }
        if let Some(millis) = self.within_ms {
            policy = policy.within(Duration::from_millis(millis));
        }
        match &self.statuses {
            Some(statuses) => policy.statuses(statuses.iter().copied()),
            None => policy,
        }
    }
}

/// Options of a call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    idempotent: Option<bool>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    retry: Option<Retry>,
    max_wait_ms: Option<u64>,
    timeout_ms: Option<u64>,
}

impl Options {
    pub fn make(&self) -> CallOptions {
        let mut options = CallOptions::new();
        if let Some(idempotent) = self.idempotent {
            options = options.idempotent(idempotent);
        }
        if let Some(retry) = &self.retry {
            options = options.retry(retry.policy());
        }
        if let Some(millis) = self.max_wait_ms {
            options = options.max_wait(Duration::from_millis(millis));
        }
        if let Some(millis) = self.timeout_ms {
            options = options.timeout(Duration::from_millis(millis));
        }
        for (name, value) in &self.headers {
            options = options.header(name, value).unwrap();
        }
        options
    }
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
    /// The list is read by cursor.
    #[serde(default)]
    pub by_cursor: bool,
    pub name_like: Option<String>,
    /// The images in the update of a product, by their ids; null for a new one.
    pub images: Option<Vec<Option<i64>>>,
    /// Only for those calls that a case has used with options so far.
    pub options: Option<Options>,
}

/// An expected request, and its response.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// Method, path and query.
    pub request: String,
    /// Headers that the request must have.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    pub answer: Answering,
}

/// A response. `{elsewhere}` in a header is the URL of another server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answering {
    pub status: u16,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    json: Option<Value>,
    text: Option<String>,
    /// The text is repeated this many times.
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
    /// The body before compression.
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

/// The expected result of the call. What a case omits must be absent.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expected {
    /// The ids of all items read.
    ids: Vec<i64>,
    /// How many pages had items, or were the first.
    pages: usize,
    /// The status of the response or of the error.
    status: Option<u16>,
    /// Whether a call that may succeed in part succeeded completely.
    complete: Option<bool>,
    /// The kind of the error.
    kind: Option<String>,
    /// Which of the error's `is_..` methods return true.
    is: Vec<String>,
    problems: Vec<Value>,
    /// The missing scope.
    scope: Option<String>,
    /// Parts of the text of the error or of the value.
    pub says: Vec<String>,
    /// How long the client waited each time, in milliseconds.
    waits_ms: Vec<u64>,
    /// The number of attempts of the failed call, if it matters.
    pub attempts: Option<u32>,
    /// Whether the failed call may have happened, if it matters.
    pub may_have_happened: Option<bool>,
    /// What observers receive, if it matters.
    pub told: Option<Vec<String>>,
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
            ("waits_ms", json!(self.waits_ms)),
        ])
    }
}

/// All cases, by file name, including those in folders.
pub fn cases() -> Vec<(String, Case)> {
    let mut folders = vec![root().join("tests/data/behaviour")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let into = if path.is_dir() {
                &mut folders
            } else {
                &mut files
            };
            into.push(path);
        }
    }
    let mut cases: Vec<(String, Case)> = files
        .into_iter()
        .map(|path| {
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
