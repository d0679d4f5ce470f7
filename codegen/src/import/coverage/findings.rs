//! Collects differences by endpoint, and what was seen to be official, which takes some of them back.

use std::collections::HashSet;

use super::ours::Home;
use crate::spec::{Conflict, View};

/// A field of a schema in one of its views.
pub(super) type Key = (Home, String, View, String);

/// A difference at one endpoint.
#[derive(Debug)]
pub(super) struct Finding {
    pub topic: &'static str,
    /// What differs: `parameter id:in`, `field custom_url.url`.
    place: String,
    /// How, as the rest of the sentence.
    says: String,
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

    /// Whether one of the conflicts is about this topic as a whole, or names the field.
    pub(super) fn is_told_by(&self, conflicts: &[Conflict]) -> bool {
        let name = self.place.rsplit(['.', ' ']).next().unwrap_or_default();
        let name = format!("`{}`", name.trim_end_matches("[]"));
        let whole = ["path", "status", "envelope", "batch", "deprecated", "limit"];
        conflicts.iter().any(|conflict| {
            let texts = [
                &conflict.official,
                &conflict.guide,
                &Some(conflict.why.clone()),
            ];
            let named = texts.into_iter().flatten().any(|text| text.contains(&name));
            named || conflict.about == self.topic && whole.contains(&self.topic)
        })
    }
}

/// Everything found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    all: Vec<Finding>,
    official: HashSet<Key>,
    at: (usize, usize),
}

impl Findings {
    /// What follows is about this endpoint: the place of its group, and its own.
    pub(super) fn enter(&mut self, at: (usize, usize)) {
        self.at = at;
    }

    pub(super) fn add(&mut self, topic: &'static str, place: &str, says: impl Into<String>) {
        self.all.push(Finding {
            topic,
            place: place.to_owned(),
            says: says.into(),
            extra: None,
            at: self.at,
        });
    }

    pub(super) fn missing(&mut self, topic: &'static str, place: &str) {
        self.add(topic, place, "is official and missing");
    }

    pub(super) fn extra(&mut self, topic: &'static str, place: &str) {
        self.add(topic, place, "is ours and not official");
    }

    /// A field of ours that this place does not have officially; another place may.
    pub(super) fn extra_field(&mut self, place: &str, key: Key) {
        self.extra("field", place);
        if let Some(finding) = self.all.last_mut() {
            finding.extra = Some(key);
        }
    }

    /// A field of ours was found officially.
    pub(super) fn official(&mut self, key: Key) {
        self.official.insert(key);
    }

    /// The findings at an endpoint, without fields that are official elsewhere.
    pub(super) fn at(&self, at: (usize, usize)) -> impl Iterator<Item = &Finding> {
        let kept = move |finding: &&Finding| {
            let elsewhere = finding
                .extra
                .as_ref()
                .is_some_and(|key| self.official.contains(key));
            finding.at == at && !elsewhere
        };
        self.all.iter().filter(kept)
    }
}
