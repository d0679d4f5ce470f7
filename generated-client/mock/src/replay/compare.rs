//! Whether a request equals the recorded one, and otherwise how it differs.

use std::collections::BTreeSet;

use bytes::Bytes;
use http::Request;
use serde_json::Value;

use super::Redaction;
use super::body::Body;
use super::redactor::{MARK, Redactor};
use super::tape::TapedRequest;
use super::unify::Bindings;

/// The maximum number of reported differences.
const TOLD: usize = 20;

/// A request in the form of a recorded one.
pub(super) fn read(request: &Request<Bytes>) -> TapedRequest {
    // Without names nothing is redacted.
    TapedRequest::read(&mut Redactor::new(Redaction::none()), request)
}

/// A request as it may be shown.
pub(super) fn redacted(request: &Request<Bytes>) -> TapedRequest {
    TapedRequest::read(&mut Redactor::new(Redaction::standard()), request)
}

/// The differences, one per line; empty if the requests are equal. Bindings are learned along the way.
pub(super) fn differences(
    bindings: &mut Bindings,
    recorded: &TapedRequest,
    came: &TapedRequest,
) -> Vec<String> {
    let mut it = Differences {
        bindings,
        lines: Vec::new(),
    };
    it.text("method", &recorded.method, &came.method);
    it.text("path", &recorded.path, &came.path);
    it.pairs("query", &recorded.query, &came.query);
    it.body(recorded.body.as_ref(), came.body.as_ref());
    let more = it.lines.len().saturating_sub(2 * TOLD);
    if more > 0 {
        it.lines.truncate(2 * TOLD);
        it.lines.push(format!("  and {more} lines more"));
    }
    it.lines
}

struct Differences<'a> {
    bindings: &'a mut Bindings,
    lines: Vec<String>,
}

impl Differences<'_> {
    fn text(&mut self, place: &str, recorded: &str, came: &str) {
        if !self.bindings.same(recorded, came) {
            // The actual value of a placeholder must not be logged.
            let came = if recorded.contains(MARK) {
                "(another value)"
            } else {
                came
            };
            self.differ(place, Some(recorded), Some(came));
        }
    }

    fn differ(&mut self, place: &str, recorded: Option<&str>, came: Option<&str>) {
        self.lines
            .extend(recorded.map(|it| format!("- {place}  {it}")));
        self.lines.extend(came.map(|it| format!("+ {place}  {it}")));
    }

    /// Compares pairs in any order, but pairs with the same name in theirs.
    fn pairs(&mut self, place: &str, recorded: &[(String, String)], came: &[(String, String)]) {
        let names: BTreeSet<_> = recorded.iter().chain(came).map(|(name, _)| name).collect();
        for name in names {
            let of = |pairs: &[(String, String)]| -> Vec<String> {
                let pairs = pairs.iter().filter(|(key, _)| key == name);
                pairs.map(|(_, value)| value.clone()).collect()
            };
            let (recorded, came) = (of(recorded), of(came));
            for at in 0..recorded.len().max(came.len()) {
                let place = format!("{place} {name}");
                match (recorded.get(at), came.get(at)) {
                    (Some(recorded), Some(came)) => self.text(&place, recorded, came),
                    (recorded, came) => {
                        self.differ(
                            &place,
                            recorded.map(String::as_str),
                            came.map(String::as_str),
                        );
                    }
                }
            }
        }
    }

    fn body(&mut self, recorded: Option<&Body>, came: Option<&Body>) {
        match (recorded, came) {
            (None, None) => {}
            (Some(Body::Json(recorded)), Some(Body::Json(came))) => {
                match (
                    serde_json::from_str(recorded.get()),
                    serde_json::from_str(came.get()),
                ) {
                    (Ok(recorded), Ok(came)) => self.json("body", Some(&recorded), Some(&came)),
                    _ => self.text("body", recorded.get(), came.get()),
                }
            }
            (Some(Body::Form(recorded)), Some(Body::Form(came))) => {
                self.pairs("body", recorded, came);
            }
            (Some(Body::Text(recorded)), Some(Body::Text(came)))
            | (Some(Body::Withheld(recorded)), Some(Body::Withheld(came))) => {
                self.text("body", recorded, came);
            }
            (recorded, came) => {
                let (recorded, came) = (recorded.map(described), came.map(described));
                let (recorded, came) = (recorded.as_deref(), came.as_deref());
                self.differ("body", recorded.or(Some("none")), came.or(Some("none")));
            }
        }
    }

    fn json(&mut self, place: &str, recorded: Option<&Value>, came: Option<&Value>) {
        match (recorded, came) {
            (Some(Value::Object(recorded)), Some(Value::Object(came))) => {
                let added = came.keys().filter(|name| !recorded.contains_key(*name));
                for name in recorded.keys().chain(added) {
                    let place = format!("{place}.{name}");
                    self.json(&place, recorded.get(name), came.get(name));
                }
            }
            (Some(Value::Array(recorded)), Some(Value::Array(came))) => {
                for at in 0..recorded.len().max(came.len()) {
                    self.json(&format!("{place}[{at}]"), recorded.get(at), came.get(at));
                }
            }
            (Some(Value::String(recorded)), Some(Value::String(came))) => {
                self.text(place, recorded, came);
            }
            // A personal number was recorded as a placeholder, which is a string.
            (Some(Value::String(recorded)), Some(Value::Number(came))) => {
                let came = came.to_string();
                if recorded.contains(MARK) {
                    self.text(place, recorded, &came);
                } else {
                    self.differ(place, Some(&format!("{recorded:?}")), Some(&came));
                }
            }
            (Some(Value::Number(recorded)), Some(Value::Number(came))) if equal(recorded, came) => {
            }
            (recorded, came) if recorded == came => {}
            (recorded, came) => {
                let spell = |it: Option<&Value>| it.map(Value::to_string);
                let (recorded, came) = (spell(recorded), spell(came));
                self.differ(place, recorded.as_deref(), came.as_deref());
            }
        }
    }
}

/// 10 and 10.0 are the same amount.
fn equal(a: &serde_json::Number, b: &serde_json::Number) -> bool {
    a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64()
}

fn described(body: &Body) -> String {
    match body {
        Body::Json(json) => json.get().to_owned(),
        Body::Form(_) => "a form".to_owned(),
        Body::Text(text) => text.clone(),
        Body::Base64(_) | Body::Withheld(_) => "no text".to_owned(),
    }
}
