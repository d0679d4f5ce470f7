//! The texts of the catalogue: topics, questions, the API's history, and disagreements of the sources.

use schemars::JsonSchema;
use serde::Serialize;

use crate::spec;

/// Prose on one topic.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Topic<'a> {
    /// The heading.
    title: &'a str,
    /// The text, in Markdown.
    text: &'a str,
    /// Points below it.
    points: &'a [String],
    /// The steps of a sequence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<Step<'a>>,
}

/// A step of a topic.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Step<'a> {
    /// Who sends something.
    from: &'a str,
    /// Who receives it; the same as the sender for an internal step.
    to: &'a str,
    /// What happens, in Markdown.
    does: &'a str,
    /// Details, in Markdown.
    with: Option<&'a str>,
}

/// A question and its answer.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Question<'a> {
    /// The question.
    question: &'a str,
    /// The answer, in Markdown.
    answer: &'a str,
}

/// An entry of the API's history.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Release<'a> {
    /// The version or date.
    name: &'a str,
    /// The heading.
    title: &'a str,
    /// Whether it is the current version.
    current: bool,
    /// What it is.
    does: &'a str,
    /// What changed.
    changes: &'a [String],
    /// Where the sources disagree.
    conflicts: Vec<Conflict<'a>>,
}

/// A fact on which the sources disagree.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct Conflict<'a> {
    /// Which fact.
    pub(in crate::render) about: &'a str,
    /// What the reference guide says.
    pub(in crate::render) guide: Option<&'a str>,
    /// What the official description says.
    pub(in crate::render) official: Option<&'a str>,
    /// Which of them this catalogue follows.
    pub(in crate::render) holds: spec::Holds,
    /// Why, and what to do about it.
    pub(in crate::render) why: &'a str,
    /// The same, from the spec.
    #[serde(skip)]
    pub(in crate::render) told: &'a spec::Conflict,
}

impl<'a> Topic<'a> {
    pub(super) fn of(topic: &'a spec::Topic) -> Self {
        Self {
            title: &topic.title,
            text: &topic.text,
            points: &topic.points,
            steps: topic.steps.iter().map(step).collect(),
        }
    }
}

fn step(step: &spec::Step) -> Step<'_> {
    Step {
        from: &step.from,
        to: &step.to,
        does: &step.does,
        with: step.with.as_deref(),
    }
}

impl<'a> Question<'a> {
    pub(super) fn of(question: &'a spec::Question) -> Self {
        Self {
            question: &question.question,
            answer: &question.answer,
        }
    }
}

impl<'a> Release<'a> {
    pub(super) fn of(release: &'a spec::Release) -> Self {
        Self {
            name: &release.name,
            title: &release.title,
            current: release.current,
            does: &release.does,
            changes: &release.changes,
            conflicts: Conflict::all(&release.conflicts),
        }
    }
}

impl<'a> Conflict<'a> {
    pub(in crate::render) fn all(conflicts: &'a [spec::Conflict]) -> Vec<Self> {
        let conflict = |conflict: &'a spec::Conflict| Self {
            about: conflict.about.as_str(),
            guide: conflict.guide.as_deref(),
            official: conflict.official.as_deref(),
            holds: conflict.holds,
            why: &conflict.why,
            told: conflict,
        };
        conflicts.iter().map(conflict).collect()
    }
}
