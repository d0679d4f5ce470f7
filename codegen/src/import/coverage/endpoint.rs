//! Compares one endpoint with its operation: path, statuses, parameters, envelope; the fields of body
//! and answer are [`super::fields`]' business.

use std::collections::BTreeSet;

use super::{
    Findings,
    fields::Walk,
    ours::{Home, Ours, Spec},
};
use crate::{
    import::{
        answer::{self, Wrapping},
        classes::Side,
        operation::{Official, OfficialParameter, Operation},
        shape::{Kind, Shape},
    },
    spec::{Endpoint, Envelope, Group, SortDirection},
};

/// The two things to compare, and where the names in ours are looked up.
pub(super) struct Pair<'a> {
    pub spec: &'a Spec<'a>,
    pub official: &'a Official,
    pub home: Home,
}

/// A parameter as the spec declares it, under the name it has on the wire.
struct Parameter<'a> {
    name: String,
    kind: Option<String>,
    required: bool,
    members: Option<Vec<&'a str>>,
}

/// The method and the path of an endpoint.
pub(super) fn call(endpoint: &Endpoint) -> Option<(&'static str, &str)> {
    let methods = [
        ("get", &endpoint.get),
        ("post", &endpoint.post),
        ("put", &endpoint.put),
        ("patch", &endpoint.patch),
        ("delete", &endpoint.delete),
    ];
    methods
        .into_iter()
        .find_map(|(method, path)| Some((method, path.as_deref()?)))
}

impl<'a> Pair<'a> {
    pub(super) fn compare(
        &self,
        group: &'a Group,
        endpoint: &'a Endpoint,
        operation: &Operation,
        found: &mut Findings,
    ) {
        let answer = answer::read(operation, &self.official.arena);
        self.path(endpoint, operation, found);
        statuses("success", &answer.success, &endpoint.success, found);
        statuses("error", &answer.errors, &endpoint.errors, found);
        self.parameters(group, endpoint, operation, found);
        self.paging(endpoint, operation, found);
        self.envelope(group, endpoint, &answer, found);
        if operation.deprecated && endpoint.deprecated.is_none() {
            found.add("deprecated", "", "is deprecated officially and not here");
        }
        self.body(endpoint, operation, found);
        self.answer(endpoint, operation, &answer, found);
    }

    fn path(&self, endpoint: &Endpoint, operation: &Operation, found: &mut Findings) {
        let Some((method, path)) = call(endpoint) else {
            return;
        };
        if (method, bare(path)) != (operation.method, bare(&operation.path)) {
            let theirs = format!("{} {}", operation.method, operation.path);
            let says = format!("is `{theirs}` officially and `{method} {path}` here");
            found.add("path", "", says);
        }
    }

    fn parameters(
        &self,
        group: &'a Group,
        endpoint: &'a Endpoint,
        operation: &Operation,
        found: &mut Findings,
    ) {
        let ours = self.ours(group, endpoint);
        let theirs: Vec<&OfficialParameter> = operation
            .parameters
            .iter()
            .filter(|p| p.place == "query")
            .collect();
        for official in &theirs {
            let name = format!("parameter {}", official.name);
            let Some(own) = ours.iter().find(|p| p.name == official.name) else {
                found.missing("parameter", &name);
                continue;
            };
            if official.required != own.required {
                let (theirs, here) = nots(official.required);
                found.add(
                    "required",
                    &name,
                    format!("is {theirs}required officially and {here}here"),
                );
            }
            self.parameter(&name, own, &official.shape, found);
        }
        for own in &ours {
            if !theirs.iter().any(|official| official.name == own.name) {
                found.extra("parameter", &format!("parameter {}", own.name));
            }
        }
    }

    /// The type and the members of a parameter that both have.
    fn parameter(&self, name: &str, own: &Parameter<'_>, shape: &Shape, found: &mut Findings) {
        let item = match &shape.kind {
            Kind::List(item) => item,
            _ => shape,
        };
        let mut walk = Walk::new(self.spec, &self.official.arena, Side::Create);
        if let Some(members) = &own.members {
            let values: Vec<String> = item
                .values
                .iter()
                .filter_map(|value| value.as_str())
                .map(|text| text.split(':').next().unwrap_or(text).to_owned())
                .collect();
            let split = if name == "parameter sort" {
                values
            } else {
                super::fields::texts(item)
            };
            super::fields::members(name, &split, members, found);
        } else if let Some(kind) = &own.kind {
            let ours = self.spec.written(kind, self.home);
            let ours = match ours {
                Ours::List(item) => *item,
                other => other,
            };
            walk.value(item, &ours, name, found);
        }
    }

    /// Every parameter of the query that our endpoint sends.
    fn ours(&self, group: &Group, endpoint: &'a Endpoint) -> Vec<Parameter<'a>> {
        let generation = self.spec.document.service.generations.get(&group.version);
        let mut all = Vec::new();
        for (field, filter) in endpoint.filters.iter() {
            for op in &filter.ops {
                let pattern = generation
                    .and_then(|g| g.operators.get(op))
                    .map(String::as_str);
                all.push(Parameter {
                    name: pattern.unwrap_or("{}").replace("{}", field),
                    kind: Some(filter.kind.clone()),
                    required: filter.required.contains(op),
                    members: None,
                });
            }
        }
        for (name, parameter) in endpoint.query.iter() {
            all.push(Parameter {
                name: name.to_owned(),
                kind: Some(parameter.kind.clone()),
                required: parameter.required,
                members: None,
            });
        }
        let mut plain = |name: &str, members: Option<Vec<&'a str>>| {
            let name = name.to_owned();
            all.push(Parameter {
                name,
                kind: None,
                required: false,
                members,
            });
        };
        if let Some(include) = &endpoint.include {
            plain("include", self.choice(include));
        }
        for select in &endpoint.select {
            plain(select, None);
        }
        if let Some(sort) = &endpoint.sort {
            plain("sort", self.choice(&sort.by));
            if sort.direction == SortDirection::Separate {
                plain("direction", None);
            }
        }
        let style = endpoint
            .page
            .as_ref()
            .and_then(|p| self.spec.document.service.pages.get(p));
        if style.is_some_and(|style| style.numbered) {
            plain("page", None);
        }
        if style.is_some() {
            plain("limit", None);
        }
        if style.is_some_and(|style| style.cursors) {
            plain("before", None);
            plain("after", None);
        }
        all
    }

    fn choice(&self, name: &str) -> Option<Vec<&'a str>> {
        match self.spec.written(name, self.home) {
            Ours::Choice(members) => Some(members),
            _ => None,
        }
    }

    fn paging(&self, endpoint: &Endpoint, operation: &Operation, found: &mut Findings) {
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
                found.add(
                    "limit",
                    what,
                    format!("is {theirs} officially and {ours} here"),
                );
            }
        }
    }

    fn envelope(
        &self,
        group: &Group,
        endpoint: &Endpoint,
        answer: &answer::Answer,
        found: &mut Findings,
    ) {
        let usual = self.spec.document.service.generations.get(&group.version);
        let none = endpoint.returns == "none" && endpoint.envelope.is_none();
        let ours = match endpoint.envelope.or(usual.map(|g| g.envelope)) {
            _ if none => Wrapping::Nothing,
            Some(Envelope::DataMeta) | None => Wrapping::Data,
            Some(Envelope::Meta) => Wrapping::Meta,
            Some(Envelope::Flat) => Wrapping::Flat,
            Some(Envelope::None) => Wrapping::Nothing,
        };
        if ours != answer.wrapping {
            let (theirs, ours) = (wrapping(answer.wrapping), wrapping(ours));
            found.add(
                "envelope",
                "the answer",
                format!("is {theirs} officially and {ours} here"),
            );
        }
    }

    fn body(&self, endpoint: &Endpoint, operation: &Operation, found: &mut Findings) {
        match (&operation.body, &endpoint.takes) {
            (None, None) => {}
            (Some(body), None) => found.missing("body", &format!("a body ({})", body.media)),
            (None, Some(takes)) => found.extra("body", &format!("the body {takes}")),
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
                        "batch",
                        "a batch",
                        format!("holds {theirs} officially and {ours} here"),
                    );
                }
            }
        }
    }

    fn answer(
        &self,
        endpoint: &Endpoint,
        operation: &Operation,
        answer: &answer::Answer,
        found: &mut Findings,
    ) {
        match (&answer.shape, endpoint.returns.as_str()) {
            (Some(_), "none" | "counts") | (None, _) => {}
            (Some(shape), returns) => {
                let walk = Walk::new(self.spec, &self.official.arena, Side::Read);
                let mut walk = walk.including(includes(operation));
                walk.value(
                    shape,
                    &self.spec.written(returns, self.home),
                    "the answer",
                    found,
                );
            }
        }
        if answer.counts != (endpoint.returns == "counts") {
            let (theirs, ours) = nots(answer.counts);
            found.add(
                "answer",
                "the answer",
                format!("is {theirs}a tally officially and {ours}here"),
            );
        }
    }
}

/// Where the word "not" goes: at ours when they say yes, at theirs when they say no.
fn nots(theirs: bool) -> (&'static str, &'static str) {
    if theirs { ("", "not ") } else { ("not ", "") }
}

/// The members of the operation's `include`.
fn includes(operation: &Operation) -> Vec<String> {
    let include = operation.parameters.iter().find(|p| p.name == "include");
    let shape = include.map(|parameter| match &parameter.shape.kind {
        Kind::List(item) => item,
        _ => &parameter.shape,
    });
    shape.map(super::fields::texts).unwrap_or_default()
}

/// A path with its parameters' names taken out.
fn bare(path: &str) -> Vec<&str> {
    let segments = path.trim_end_matches('/').split('/');
    segments
        .map(|s| if s.starts_with('{') { "{}" } else { s })
        .collect()
}

fn statuses(what: &str, theirs: &[u16], ours: &[u16], found: &mut Findings) {
    let (theirs, ours): (BTreeSet<u16>, BTreeSet<u16>) = (
        theirs.iter().copied().collect(),
        ours.iter().copied().collect(),
    );
    for status in theirs.difference(&ours) {
        found.missing("status", &format!("{what} status {status}"));
    }
    for status in ours.difference(&theirs) {
        found.extra("status", &format!("{what} status {status}"));
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
