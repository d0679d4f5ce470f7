//! Reading many records as a file or as server-sent events.

use serde_json::Value;

use super::{Done, Run};
use crate::catalogue::Stream;
use crate::refusal::Refusal;
use crate::values::plain;

impl Run<'_> {
    /// The record that the path names, or all that it fits.
    pub(super) fn stream(&self) -> Result<Done, Refusal> {
        let found = match &self.operation.key {
            Some(_) => vec![self.own()?],
            None => self.found()?,
        };
        let all: Vec<Value> = found.iter().map(|(_, one)| self.shown(one)).collect();
        let kind = self.endpoint.media_type.as_deref();
        let (kind, text) = match (self.endpoint.stream, kind) {
            (Some(Stream::Events), _) => {
                let events = all.iter().map(|one| format!("data: {one}\n\n"));
                ("text/event-stream", events.collect())
            }
            (_, Some(kind)) if kind.ends_with("json") => (kind, Value::from(all).to_string()),
            (_, kind) => (kind.unwrap_or("text/csv"), table(&all)),
        };
        Ok(Done {
            bytes: Some((kind, text.into_bytes())),
            ..Done::default()
        })
    }
}

/// A row of names, and one for each record.
fn table(all: &[Value]) -> String {
    let mut rows = Vec::with_capacity(all.len() + 1);
    if let Some(Value::Object(first)) = all.first() {
        rows.push(first.keys().map(|name| cell(name)).collect());
        for one in all {
            rows.push(first.keys().map(|name| cell(&plain(&one[name]))).collect());
        }
    }
    let rows = rows
        .into_iter()
        .map(|row: Vec<String>| row.join(",") + "\r\n");
    rows.collect()
}

fn cell(text: &str) -> String {
    match text.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}
