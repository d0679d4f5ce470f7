//! Compares one endpoint with its operation: path, statuses, parameters, envelope; [`super::fields`] compares
//! the fields of body and response.

use std::collections::BTreeSet;

use super::{
    Findings, Topic,
    edit::Change,
    fields::Walk,
    ours::{Home, Spec},
};
use crate::{
    bare_path::bare,
    diagnostic::At,
    import::{
        answer::{self, Wrapping},
        classes::Side,
        known,
        operation::{Official, Operation},
    },
    spec::{Endpoint, Envelope, Group},
};

/// The two sides of a comparison, and the file in which the spec's names are resolved.
pub(super) struct Pair<'a> {
    pub spec: &'a Spec<'a>,
    pub official: &'a Official,
    pub home: Home,
    /// The place of the endpoint.
    pub at: At<'a>,
}

impl<'a> Pair<'a> {
    pub(super) fn compare(
        &self,
        group: &'a Group,
        endpoint: &'a Endpoint,
        operation: &Operation,
        found: &mut Findings<'a>,
    ) {
        let answer = answer::read(operation, &self.official.arena);
        self.path(endpoint, operation, found);
        found.within(self.at.key("success"), |found| {
            statuses(
                "success",
                self.at,
                &answer.success,
                &endpoint.success,
                found,
            );
        });
        found.within(self.at.key("errors"), |found| {
            statuses("error", self.at, &answer.errors, &endpoint.errors, found);
        });
        self.path_parameters(group, endpoint, operation, found);
        self.parameters(group, endpoint, operation, found);
        found.within(self.at.key("limit"), |found| {
            self.paging(endpoint, operation, found);
        });
        self.envelope(group, endpoint, &answer, found);
        if operation.deprecated && endpoint.deprecated.is_none() {
            found.add(
                Topic::Deprecated,
                "",
                "is deprecated officially but not here",
            );
            found.mend(
                self.at,
                Change::of_endpoint("deprecated", serde_json::json!({})),
            );
        }
        found.within(self.at.key("takes"), |found| {
            self.body(endpoint, operation, found);
        });
        found.within(self.at.key("returns"), |found| {
            self.answer(endpoint, &endpoint.returns, &answer, found);
        });
        self.others(group, endpoint, operation, found);
    }

    /// Compares the bodies of the other success statuses that the spec also has.
    fn others(
        &self,
        group: &Group,
        endpoint: &'a Endpoint,
        operation: &Operation,
        found: &mut Findings<'a>,
    ) {
        for (status, answer) in answer::others(operation, &self.official.arena) {
            if !endpoint.success.contains(&status) {
                continue;
            }
            let partial = endpoint.partial.as_deref().filter(|_| status == 207);
            let key = partial.map_or("returns", |_| "partial");
            let returns = partial.unwrap_or(&endpoint.returns);
            found.of_status(status, |found| {
                self.envelope(group, endpoint, &answer, found);
                // With another envelope it is another value.
                let is_wrapped_alike = answer.wrapping == self.wrapping(group, endpoint);
                if is_wrapped_alike {
                    found.within(self.at.key(key), |found| {
                        self.answer(endpoint, returns, &answer, found);
                    });
                }
            });
        }
    }

    fn path(&self, endpoint: &'a Endpoint, operation: &Operation, found: &mut Findings<'a>) {
        let Some((method, path)) = known::call(endpoint) else {
            return;
        };
        if (method, bare(path)) != (operation.method, bare(&operation.path)) {
            let [theirs, own] = [operation.method, method].map(str::to_ascii_uppercase);
            let theirs = format!("{theirs} {}", operation.path);
            let says = format!("is `{theirs}` officially but `{own} {path}` here");
            let moved = operation.path.clone();
            let same = operation.method == method;
            found.within(self.at.key(method), |found| {
                found.add(Topic::Path, "", says)
            });
            if same {
                found.mend(self.at, Change::of_endpoint(method, moved));
            }
        }
        if operation.id != endpoint.operation {
            let says = format!(
                "operation id is `{}` officially but `{}` here",
                operation.id, endpoint.operation
            );
            found.within(self.at.key("operation"), |found| {
                found.add(Topic::OperationId, "", says)
            });
            let id = operation.id.clone();
            found.mend(self.at, Change::of_endpoint("operation", id));
        }
    }

    fn paging(&self, endpoint: &'a Endpoint, operation: &Operation, found: &mut Findings<'a>) {
        let limit = operation
            .parameters
            .iter()
            .find(|p| p.place == "query" && p.name == "limit");
        let Some(shape) = limit.map(|p| &p.shape) else {
            return;
        };
        let Some(ours) = &endpoint.limit else { return };
        let default = shape
            .default
            .as_ref()
            .and_then(crate::import::types::number_text);
        let told = [
            ("the default page size", default, ours.default),
            ("the largest page size", shape.range.max.clone(), ours.max),
        ];
        for (what, theirs, ours) in told {
            if let Some(theirs) = theirs.filter(|theirs| *theirs != ours.to_string()) {
                let number: Option<u32> = theirs.parse().ok();
                found.add(
                    Topic::Limit,
                    what,
                    format!("is {theirs} officially but {ours} here"),
                );
                if let Some(number) = number {
                    let key = if what.starts_with("the default") {
                        "default"
                    } else {
                        "max"
                    };
                    found.mend(found.here(), Change::set(key, number));
                }
            }
        }
    }

    /// The spec's envelope.
    fn wrapping(&self, group: &Group, endpoint: &Endpoint) -> Wrapping {
        let usual = self.spec.document.service.generations.get(&group.version);
        let none = endpoint.returns == "none" && endpoint.envelope.is_none();
        match endpoint.envelope.or(usual.map(|g| g.envelope)) {
            _ if none => Wrapping::Nothing,
            _ if ["file", "events"].contains(&endpoint.returns.as_str()) => Wrapping::Flat,
            Some(Envelope::DataMeta) | None => Wrapping::Data,
            Some(Envelope::Meta) => Wrapping::Meta,
            Some(Envelope::Flat) => Wrapping::Flat,
            Some(Envelope::None) => Wrapping::Nothing,
        }
    }

    fn envelope(
        &self,
        group: &Group,
        endpoint: &'a Endpoint,
        answer: &answer::Answer,
        found: &mut Findings<'a>,
    ) {
        let ours = self.wrapping(group, endpoint);
        if ours != answer.wrapping {
            let (theirs, ours) = (wrapping(answer.wrapping), wrapping(ours));
            found.add(
                Topic::Envelope,
                "the response",
                format!("is {theirs} officially but {ours} here"),
            );
        }
    }

    fn body(&self, endpoint: &'a Endpoint, operation: &Operation, found: &mut Findings<'a>) {
        match (&operation.body, &endpoint.takes) {
            (None, None) => {}
            (Some(_), None) if !endpoint.form.is_empty() => {}
            (Some(body), None) => found.missing(Topic::Body, &format!("a body ({})", body.media)),
            (None, Some(takes)) => found.extra(Topic::Body, &format!("the body {takes}")),
            (Some(body), Some(takes)) => {
                let side = if operation.method == "post" {
                    Side::Create
                } else {
                    Side::Update
                };
                let mut walk = Walk::new(self.spec, &self.official.arena, side);
                walk.value(
                    &body.shape,
                    &self.spec.written(takes, self.home),
                    "the body",
                    found,
                );
                let theirs = body.shape.items.max.as_deref();
                let ours = endpoint.batch.as_ref().map(|batch| batch.max.to_string());
                if let Some(theirs) = theirs.filter(|theirs| Some(*theirs) != ours.as_deref()) {
                    let ours = ours.as_deref().unwrap_or("nothing");
                    found.add(
                        Topic::Batch,
                        "a batch",
                        format!("has {theirs} officially but {ours} here"),
                    );
                    if let Ok(max) = theirs.parse::<u32>() {
                        match &endpoint.batch {
                            Some(_) => found.mend(self.at.key("batch"), Change::set("max", max)),
                            None => {
                                let batch = serde_json::json!({ "max": max });
                                found.mend(self.at, Change::of_endpoint("batch", batch));
                            }
                        }
                    }
                }
            }
        }
    }

    fn answer(
        &self,
        endpoint: &Endpoint,
        returns: &str,
        answer: &answer::Answer,
        found: &mut Findings<'a>,
    ) {
        if let Some(says) = media(endpoint, answer) {
            found.add(Topic::Type, "the response", says);
            return;
        }
        match (&answer.shape, returns) {
            (Some(_), "none" | "counts" | "file" | "events") | (None, _) => {}
            (Some(shape), returns) => {
                let mut walk = Walk::new(self.spec, &self.official.arena, Side::Read);
                walk.value(
                    shape,
                    &self.spec.written(returns, self.home),
                    "the response",
                    found,
                );
            }
        }
        if answer.counts != (returns == "counts") {
            found.add(
                Topic::Answer,
                "the response",
                only("the totals of a batch", answer.counts),
            );
        }
    }
}

/// A different kind of response: JSON, a file or a stream of events.
fn media(endpoint: &Endpoint, answer: &answer::Answer) -> Option<String> {
    const EVENTS: &str = "text/event-stream";
    answer.shape.as_ref()?;
    let own = endpoint.media_type.as_deref();
    let theirs = answer.media.as_deref();
    let (fits, ours) = match endpoint.returns.as_str() {
        "events" => (theirs == Some(EVENTS), Some(EVENTS)),
        "file" => {
            let is_own = |theirs: &str| own.is_none_or(|own| own == theirs);
            (theirs.is_some_and(is_own), own.or(Some("a file")))
        }
        _ => (theirs.is_none(), None),
    };
    let name = |media: Option<&str>| match media {
        Some(media) if media.contains('/') => format!("`{media}`"),
        Some(media) => media.to_owned(),
        None => "JSON".to_owned(),
    };
    (!fits).then(|| format!("is {} officially but {} here", name(theirs), name(ours)))
}

/// What only one side has.
pub(super) fn only(what: &str, theirs: bool) -> String {
    if theirs {
        format!("is {what} officially but not here")
    } else {
        format!("is {what} here but not officially")
    }
}

fn statuses(what: &str, at: At<'_>, theirs: &[u16], ours: &[u16], found: &mut Findings<'_>) {
    let key = if what == "success" {
        "success"
    } else {
        "errors"
    };
    let (theirs, ours): (BTreeSet<u16>, BTreeSet<u16>) = (
        theirs.iter().copied().collect(),
        ours.iter().copied().collect(),
    );
    for status in theirs.difference(&ours) {
        found.missing(Topic::Status, &format!("{what} status {status}"));
        match ours.is_empty() {
            true => found.mend(at, Change::of_endpoint(key, serde_json::json!([status]))),
            false => found.mend(at.key(key), Change::Insert((*status).into())),
        }
    }
    for status in ours.difference(&theirs) {
        found.extra(Topic::Status, &format!("{what} status {status}"));
        found.mend(at.key(key), Change::Take((*status).into()));
    }
}

fn wrapping(wrapping: Wrapping) -> &'static str {
    match wrapping {
        Wrapping::Data => "`data` and `meta`",
        Wrapping::Meta => "`meta` alone",
        Wrapping::Flat => "the bare value",
        Wrapping::Nothing => "without a body",
    }
}
