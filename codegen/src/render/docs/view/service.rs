//! The service as a whole: orientation, authentication, errors, versions, questions.

use serde::Serialize;

use super::{Links, all_conflicts, all_prose, diagrams};
use crate::{
    model::GenerationId,
    render::text::{prose, sentence},
    spec,
};

/// Prose on one topic.
#[derive(Debug, Serialize)]
pub(in super::super) struct TopicView {
    pub title: String,
    pub anchor: String,
    pub text: String,
    pub steps: Vec<diagrams::StepView>,
    /// The steps as a diagram.
    pub picture: Option<String>,
    pub points: Vec<String>,
}

/// The topics at a place.
pub(in super::super) fn topics(links: &Links<'_>, wanted: spec::Place) -> Vec<TopicView> {
    let topics = links.api.service.topics.iter();
    topics
        .filter(|one| one.at == wanted)
        .map(|one| topic(links, one))
        .collect()
}

pub(super) fn topic(links: &Links<'_>, topic: &spec::Topic) -> TopicView {
    let (steps, picture) = diagrams::steps(links, topic);
    TopicView {
        title: topic.title.clone(),
        anchor: links.anchor(&topic.title),
        text: prose(&topic.text),
        steps,
        picture,
        points: all_prose(&topic.points),
    }
}

/// A way to connect or to authenticate.
#[derive(Debug, Serialize)]
pub(in super::super) struct Way {
    pub name: String,
    pub anchor: String,
    pub does: String,
    pub facts: Vec<super::Fact>,
    pub docs: Option<String>,
}

/// The ways to connect.
pub(in super::super) fn connections(links: &Links<'_>) -> Vec<Way> {
    links
        .api
        .service
        .connections
        .iter()
        .map(|one| Way {
            name: one.name.clone(),
            anchor: links.anchor(&one.name),
            does: prose(&one.does),
            facts: vec![
                fact("Best for", &one.best_for),
                fact("Governed by", &one.governed_by),
            ],
            docs: one.docs.clone(),
        })
        .collect()
}

/// The ways to authenticate.
pub(in super::super) fn authentication(links: &Links<'_>) -> Vec<Way> {
    links
        .api
        .service
        .authentication
        .iter()
        .map(|one| Way {
            name: one.name.clone(),
            anchor: links.anchor(&one.name),
            does: prose(&one.does),
            facts: vec![fact("Token", &one.token), fact("Best for", &one.best_for)],
            docs: one.docs.clone(),
        })
        .collect()
}

fn fact(name: &'static str, text: &str) -> super::Fact {
    super::Fact {
        name,
        text: sentence(&prose(text)),
    }
}

/// A status and what to do about it.
#[derive(Debug, Serialize)]
pub(in super::super) struct StatusView {
    pub status: u16,
    pub name: String,
    pub means: String,
    pub then: String,
}

/// The statuses from `low` up to `high`.
pub(in super::super) fn statuses(links: &Links<'_>, low: u16, high: u16) -> Vec<StatusView> {
    links
        .api
        .service
        .statuses
        .iter()
        .filter(|one| (low..high).contains(&one.status))
        .map(|one| StatusView {
            status: one.status,
            name: prose(&one.name),
            means: prose(&one.means),
            then: prose(&one.then),
        })
        .collect()
}

/// A generation of the API.
#[derive(Debug, Serialize)]
pub(in super::super) struct GenerationView {
    pub title: String,
    pub anchor: String,
    pub does: String,
    pub groups: Vec<String>,
}

/// The generations, with the groups each serves.
pub(in super::super) fn generations(links: &Links<'_>) -> Vec<GenerationView> {
    let api = links.api;
    api.service
        .generations
        .iter()
        .enumerate()
        .map(|(at, (_, one))| GenerationView {
            title: one.title.clone(),
            anchor: links.anchor(&one.title),
            does: prose(&one.does),
            groups: api
                .groups
                .iter()
                .filter(|group| group.generation == GenerationId(at))
                .map(|group| format!("[{}]({})", prose(&group.title), links.file(&group.name)))
                .collect(),
        })
        .collect()
}

/// An entry of the history.
#[derive(Debug, Serialize)]
pub(in super::super) struct ReleaseView {
    pub name: String,
    pub anchor: String,
    pub title: String,
    pub current: bool,
    /// Whether it is a dated entry; those of generations have no date.
    pub dated: bool,
    pub does: String,
    pub changes: Vec<String>,
    pub conflicts: Vec<String>,
}

/// The history of the API.
pub(in super::super) fn history(links: &Links<'_>) -> Vec<ReleaseView> {
    links
        .api
        .history()
        .map(|(one, generation)| ReleaseView {
            name: one.name.clone(),
            anchor: links.anchor(&format!("{}: {}", one.name, one.title)),
            title: prose(&one.title),
            current: one.current,
            dated: generation.is_none(),
            does: prose(&one.does),
            changes: all_prose(&one.changes),
            conflicts: all_conflicts(links, &one.conflicts),
        })
        .collect()
}

/// A question and its answer.
#[derive(Debug, Serialize)]
pub(in super::super) struct QuestionView {
    pub question: String,
    pub anchor: String,
    pub answer: String,
}

/// The questions and their answers.
pub(in super::super) fn questions(links: &Links<'_>) -> Vec<QuestionView> {
    links
        .api
        .service
        .questions
        .iter()
        .map(|one| QuestionView {
            question: prose(&one.question),
            anchor: links.anchor(&one.question),
            answer: prose(&one.answer),
        })
        .collect()
}
