//! Records the requests of the client in a file, for programs that know only the official descriptions.

use std::{ffi::OsStr, fs::OpenOptions, io::Write};

use bigcommerce_tests::rows::Row;
use serde_json::{Map, Value, json};

use super::{Which, way::Asking};

/// The environment variable that names the file.
pub const FILE: &str = "BIGCOMMERCE_REQUESTS";

/// Appends a request to the file: a line of JSON, without the headers that are secret.
pub(super) fn record(file: &OsStr, row: &Row, which: Which, asking: &Asking) {
    let mut headers = Map::new();
    let mut secret = Vec::new();
    for (name, value) in &asking.headers {
        if value.is_sensitive() {
            secret.push(name.as_str());
        } else {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            headers.insert(name.as_str().to_owned(), Value::from(value));
        }
    }
    let call = match which {
        Which::Plain => "least",
        Which::Full(_) => "full",
    };
    let (path, query) = asking
        .target
        .split_once('?')
        .unwrap_or((asking.target.as_str(), ""));
    let line = json!({
        "endpoint": row.id,
        "call": call,
        "method": asking.method,
        "path": path,
        "query": query,
        "headers": headers,
        "secret_headers": secret,
        "body": String::from_utf8_lossy(&asking.body),
    });
    // Tests run in parallel: one write per line keeps the lines whole.
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(file)
        .unwrap();
    file.write_all(format!("{line}\n").as_bytes()).unwrap();
}
