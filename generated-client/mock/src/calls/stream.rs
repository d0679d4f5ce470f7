//! Reading records as a file or as server-sent events.

use serde_json::Value;

use super::{Done, Run};
use crate::catalogue::Stream;
use crate::refusal::Refusal;
use crate::values::plain;

impl Run<'_> {
    /// The record in the path, or all records that match it.
    pub(super) fn stream(&self) -> Result<Done, Refusal> {
        let found = match &self.operation.key {
            Some(_) => vec![self.own()?],
            None => self.found()?,
        };
        let shown = found.iter().map(|(_, one)| self.shown(one));
        // A record may result in several events or rows.
        let all = shown.flat_map(|one| match one {
            Value::Array(several) => several,
            one => vec![one],
        });
        let all: Vec<Value> = all.collect();
        let kind = self.endpoint.media_type.as_deref();
        let (kind, text) = match (self.endpoint.stream, kind) {
            (Some(Stream::Events), _) => {
                let events = all.iter().map(|one| format!("data: {one}\n\n"));
                ("text/event-stream", events.collect())
            }
            (_, Some(kind)) if kind.ends_with("json") => (kind, Value::from(all).to_string()),
            (_, kind) => (kind.unwrap_or("text/csv"), table(&all)?),
        };
        Ok(Done {
            bytes: Some((kind, text.into_bytes())),
            ..Done::default()
        })
    }
}

/// A header row, and one row per record.
fn table(all: &[Value]) -> Result<String, Refusal> {
    let Some(Value::Object(first)) = all.first() else {
        return Ok(String::new());
    };
    let lines = csv::Terminator::CRLF;
    let mut rows = csv::WriterBuilder::new()
        .terminator(lines)
        .from_writer(Vec::new());
    let told = |error: csv::Error| Refusal::defect(error.to_string());
    rows.write_record(first.keys()).map_err(told)?;
    for one in all {
        let cells = first.keys().map(|name| plain(&one[name]));
        rows.write_record(cells).map_err(told)?;
    }
    let bytes = rows
        .into_inner()
        .map_err(|error| Refusal::defect(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
