//! Collects differences by endpoint, with their places in the spec, and the fields that were found to be
//! official, which cancel some of them.

use std::collections::HashSet;

use super::{
    Topic,
    apart::Schemas,
    edit::{Change, Edit},
    ours::Home,
    read::Theirs,
};
use crate::{
    diagnostic::{At, SpecPath},
    spec::View,
};

/// A field of a schema in one of its views, or a branch of a one-of.
pub(super) type Key = (Home, String, View, String);

/// Endpoints, each by the positions of its group and of itself.
pub(super) type Endpoints = HashSet<(usize, usize)>;

/// The text for something in the spec that is not official.
pub(super) const EXTRA: &str = "is not official";

/// The prefix of a place in the body of another status than the first success.
const STATUS: &str = "status ";

/// The status in whose body a place is, if it is not the first success, and the place in the body.
pub(super) fn in_body(place: &str) -> (Option<&str>, &str) {
    let told = place.strip_prefix(STATUS);
    match told.and_then(|told| told.split_once(": ")) {
        Some((status, place)) => (Some(status), place),
        None => (None, place),
    }
}

/// A difference at one endpoint.
#[derive(Debug)]
pub(super) struct Finding {
    pub topic: Topic,
    /// What differs: `parameter id:in`, `field custom_url.url`.
    pub place: String,
    /// How it differs, as the rest of the sentence.
    says: String,
    /// Whether officially it is a string, if its type or its format differs.
    pub is_string: bool,
    /// The place in the spec.
    pub ours: SpecPath,
    /// The edits that adopt the official side.
    pub edits: Vec<Edit>,
    /// The official operation, by its position in all that was read.
    pub theirs: Theirs,
    /// The field of the spec that was not found officially.
    extra: Option<Key>,
    /// Whether a description that was not compared may declare that field.
    pub is_apart: bool,
    at: (usize, usize),
}

impl Finding {
    pub(super) fn text(&self) -> String {
        let says = &self.says;
        if self.place.is_empty() || says.starts_with(':') {
            format!("{}{says}", self.place)
        } else {
            format!("{} {says}", self.place)
        }
    }
}

/// Everything found.
pub(super) struct Settled {
    /// Each with its endpoint, by the positions of its group and of itself.
    pub all: Vec<((usize, usize), Finding)>,
    /// The endpoints whose descriptions say nothing about scopes.
    pub unscoped: Endpoints,
}

/// Everything found so far.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    all: Vec<Finding>,
    official: HashSet<Key>,
    /// The endpoints whose descriptions say nothing about scopes.
    unscoped: Endpoints,
    at: (usize, usize),
    theirs: Theirs,
    /// The part of the spec that is being compared.
    here: At<'a>,
}

impl<'a> Findings<'a> {
    pub(super) fn new() -> Self {
        Self {
            all: Vec::new(),
            official: HashSet::new(),
            unscoped: Endpoints::new(),
            at: (0, 0),
            theirs: Theirs::default(),
            here: At::root(""),
        }
    }

    /// Starts an endpoint, by the positions of its group and of itself, and its operation.
    pub(super) fn enter(&mut self, at: (usize, usize), here: At<'a>, theirs: Theirs) {
        self.at = at;
        self.here = here;
        self.theirs = theirs;
    }

    /// The differences that `step` adds are at `here`, a place in the spec.
    pub(super) fn within<T>(&mut self, here: At<'a>, step: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.here, here);
        let done = step(self);
        self.here = outer;
        done
    }

    pub(super) fn add(&mut self, topic: Topic, place: &str, says: impl Into<String>) {
        self.all.push(Finding {
            topic,
            place: place.to_owned(),
            says: says.into(),
            is_string: false,
            ours: self.here.name(),
            edits: Vec::new(),
            theirs: self.theirs,
            extra: None,
            is_apart: false,
            at: self.at,
        });
    }

    /// The differences that `step` adds are in the body of this status, other than the first success. Only
    /// those that the first one does not have are reported, and a person has to make the edit.
    pub(super) fn of_status(&mut self, status: u16, step: impl FnOnce(&mut Self)) {
        let start = self.all.len();
        step(self);
        for mut finding in self.all.split_off(start) {
            let text = finding.text();
            let mut shown = self.all.iter().filter(|one| one.at == finding.at);
            if shown.any(|one| one.text() == text) {
                continue;
            }
            finding.place = format!("{STATUS}{status}: {}", finding.place);
            finding.edits.clear();
            self.all.push(finding);
        }
    }

    /// The last difference is a string officially.
    pub(super) fn is_string(&mut self) {
        if let Some(finding) = self.all.last_mut() {
            finding.is_string = true;
        }
    }

    /// The edit for the last difference.
    pub(super) fn mend(&mut self, at: At<'_>, change: Change) {
        self.mend_at(at.own_value(), change);
    }

    /// The same at a place that was constructed.
    pub(super) fn mend_at(&mut self, at: SpecPath, change: Change) {
        if let Some(finding) = self.all.last_mut() {
            finding.edits.push(Edit {
                file: at.file,
                at: at.segments,
                change,
            });
        }
    }

    /// The place in the spec of what is being compared.
    pub(super) const fn here(&self) -> At<'a> {
        self.here
    }

    pub(super) fn missing(&mut self, topic: Topic, place: &str) {
        self.add(topic, place, "is missing here");
    }

    pub(super) fn extra(&mut self, topic: Topic, place: &str) {
        self.add(topic, place, EXTRA);
    }

    /// A field of the spec that is not official here; it may be elsewhere.
    pub(super) fn extra_field(&mut self, place: &str, key: Key) {
        self.extra(Topic::Field, place);
        if let Some(finding) = self.all.last_mut() {
            finding.extra = Some(key);
        }
    }

    /// The same for a branch of a one-of.
    pub(super) fn extra_branch(&mut self, place: &str, name: &str, key: Key) {
        let says = format!(": branch `{name}` is not official");
        self.add(Topic::Branch, place, says);
        if let Some(finding) = self.all.last_mut() {
            finding.extra = Some(key);
        }
    }

    /// The differences that `step` adds are in a branch of a one-of, whose name is added to places that other
    /// branches also have.
    pub(super) fn in_branch(
        &mut self,
        branch: &str,
        is_shared: impl Fn(&str) -> bool,
        step: impl FnOnce(&mut Self),
    ) {
        let start = self.all.len();
        step(self);
        let added = self.all.iter_mut().skip(start);
        for finding in added.filter(|finding| is_shared(&finding.place)) {
            finding.says.push_str(&format!(" in branch `{branch}`"));
        }
    }

    /// A field of the spec was found officially.
    pub(super) fn official(&mut self, key: Key) {
        self.official.insert(key);
    }

    /// The description of the endpoint says nothing about scopes, like those without prose.
    pub(super) fn without_scopes(&mut self) {
        self.unscoped.insert(self.at);
    }

    /// Other descriptions may declare the fields of these schemas.
    pub(super) fn apart(&mut self, schemas: &Schemas<'_>) {
        for finding in &mut self.all {
            let extra = finding.extra.as_ref();
            finding.is_apart = extra.is_some_and(|(home, schema, view, _)| {
                schemas.contains(&(*home, schema.as_str(), *view))
            });
        }
    }

    /// The findings by endpoint, without fields that are official elsewhere.
    pub(super) fn settled(mut self) -> Settled {
        let official = self.official;
        self.all.retain(|finding| {
            let key = finding.extra.as_ref();
            !key.is_some_and(|key| official.contains(key))
        });
        self.all.sort_by_key(|finding| finding.at);
        let all = self.all.into_iter();
        Settled {
            all: all.map(|finding| (finding.at, finding)).collect(),
            unscoped: self.unscoped,
        }
    }
}
