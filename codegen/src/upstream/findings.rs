//! Collects differences by endpoint, with the place in the spec that each is about, and what was seen
//! to be official, which takes some of them back.

use std::collections::HashSet;

use super::{
    Topic,
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

/// Endpoints, each by the place of its group and its own in it.
pub(super) type Endpoints = HashSet<(usize, usize)>;

/// What is said of something of ours that is not there officially.
pub(super) const EXTRA: &str = "is not official";

/// What begins a place in the body of another status than the first success.
const STATUS: &str = "status ";

/// The status in whose body a place is, where that is not the first success, and the place in the body.
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
    /// How, as the rest of the sentence.
    says: String,
    /// Whether officially it is a string, where its type or its spelling differs.
    pub is_string: bool,
    /// Where ours stands.
    pub ours: SpecPath,
    /// What makes the spec say what they say.
    pub edits: Vec<Edit>,
    /// The operation of theirs, by its place in all that was read.
    pub theirs: Theirs,
    /// The field of ours that was not found officially.
    extra: Option<Key>,
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
    /// Each with its endpoint, by the place of the group and its own.
    pub all: Vec<((usize, usize), Finding)>,
    /// The endpoints whose descriptions say nothing of scopes.
    pub unscoped: Endpoints,
}

/// Everything found so far.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    all: Vec<Finding>,
    official: HashSet<Key>,
    /// The endpoints whose descriptions say nothing of scopes.
    unscoped: Endpoints,
    at: (usize, usize),
    theirs: Theirs,
    /// What of ours is being compared.
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

    /// What follows is about this endpoint, by the place of its group and its own, and this operation.
    pub(super) fn enter(&mut self, at: (usize, usize), here: At<'a>, theirs: Theirs) {
        self.at = at;
        self.here = here;
        self.theirs = theirs;
    }

    /// What `step` adds is about `here`, a place in our spec.
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
            at: self.at,
        });
    }

    /// What `step` adds is about the body of this status, beside the first success. Only what that one does
    /// not show as well is told, and what to write of it is for a person to say.
    pub(super) fn beside(&mut self, status: u16, step: impl FnOnce(&mut Self)) {
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

    /// What was just added is a string officially.
    pub(super) fn is_string(&mut self) {
        if let Some(finding) = self.all.last_mut() {
            finding.is_string = true;
        }
    }

    /// How the spec is made to say what was just added.
    pub(super) fn mend(&mut self, at: At<'_>, change: Change) {
        self.mend_at(at.value(), change);
    }

    /// The same at a place that was made up.
    pub(super) fn mend_at(&mut self, at: SpecPath, change: Change) {
        if let Some(finding) = self.all.last_mut() {
            finding.edits.push(Edit {
                file: at.file,
                at: at.segments,
                change,
            });
        }
    }

    /// Where what is being compared stands in our spec.
    pub(super) const fn here(&self) -> At<'a> {
        self.here
    }

    pub(super) fn missing(&mut self, topic: Topic, place: &str) {
        self.add(topic, place, "is missing here");
    }

    pub(super) fn extra(&mut self, topic: Topic, place: &str) {
        self.add(topic, place, EXTRA);
    }

    /// A field of ours that this place does not have officially; another place may.
    pub(super) fn extra_field(&mut self, place: &str, key: Key) {
        self.extra(Topic::Field, place);
        if let Some(finding) = self.all.last_mut() {
            finding.extra = Some(key);
        }
    }

    /// The same of a branch of a one-of.
    pub(super) fn extra_branch(&mut self, place: &str, name: &str, key: Key) {
        let says = format!(": branch `{name}` is not official");
        self.add(Topic::Branch, place, says);
        if let Some(finding) = self.all.last_mut() {
            finding.extra = Some(key);
        }
    }

    /// What `step` adds is about a branch of a one-of, which is said of places that other branches have too.
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

    /// A field of ours was found officially.
    pub(super) fn official(&mut self, key: Key) {
        self.official.insert(key);
    }

    /// The description of the endpoint says nothing of scopes, as those without prose.
    pub(super) fn without_scopes(&mut self) {
        self.unscoped.insert(self.at);
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
