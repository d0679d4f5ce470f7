//! The service as a whole: orientation, signing in, errors, versions, questions.

use serde::Serialize;

use super::{Links, all_conflicts, all_prose, links::page};
use crate::{
    render::docs::text::{prose, sentence},
    spec,
};

/// A text on one topic.
#[derive(Debug, Serialize)]
pub(in super::super) struct TopicView {
    pub title: String,
    pub anchor: String,
    pub text: String,
    pub points: Vec<String>,
}

/// What the guide counts, beside what stands here.
#[derive(Debug, Serialize)]
pub(in super::super) struct Total {
    pub name: &'static str,
    pub guide: usize,
    pub rows: usize,
    pub all: usize,
}

/// Where facts come from.
#[derive(Debug, Serialize)]
pub(in super::super) struct SourceView {
    pub title: String,
    pub version: String,
}

/// What the first page says.
#[derive(Debug, Serialize)]
pub(in super::super) struct Orientation {
    pub does: String,
    pub totals: Vec<Total>,
    pub updated: String,
    pub current: String,
    pub base_url: String,
    pub sources: Vec<SourceView>,
    pub agents: TopicView,
    pub conflicts: Vec<String>,
}

/// What the first page says.
pub(in super::super) fn orientation(links: &Links<'_>) -> Orientation {
    let service = &links.api.service;
    Orientation {
        does: prose(&service.does),
        totals: totals(links),
        updated: service.guide.updated.clone(),
        current: service
            .history
            .iter()
            .find(|release| release.current)
            .map(|release| release.name.clone())
            .unwrap_or_default(),
        base_url: service.base_url.clone(),
        sources: service
            .sources
            .iter()
            .map(|(_, source)| SourceView {
                title: prose(&source.title),
                version: source.version.clone(),
            })
            .collect(),
        agents: topic(links, &service.agents),
        conflicts: all_conflicts(&service.conflicts),
    }
}

fn totals(links: &Links<'_>) -> Vec<Total> {
    let api = links.api;
    let guide = &api.service.guide;
    let count = |which: &dyn Fn(&crate::model::Endpoint) -> bool| {
        let all = api.endpoints.iter().filter(|endpoint| which(endpoint));
        let rows = all.clone().filter(|endpoint| endpoint.guide.is_some());
        (rows.count(), all.count())
    };
    let (rows, all) = count(&|_| true);
    let (read_rows, reads) = count(&|endpoint| !endpoint.writes);
    let (write_rows, writes) = count(&|endpoint| endpoint.writes);
    let groups = api.groups.len();
    let needed = |guide_only: bool| {
        let mut scopes: Vec<_> = api
            .endpoints
            .iter()
            .filter(|endpoint| !guide_only || endpoint.guide.is_some())
            .map(|endpoint| endpoint.scope)
            .collect();
        scopes.sort_unstable();
        scopes.dedup();
        scopes.len()
    };
    let events = api
        .events
        .iter()
        .filter(|event| event.guide.is_some())
        .count();
    let total = |name, guide, rows, all| Total {
        name,
        guide,
        rows,
        all,
    };
    vec![
        total("Endpoints", guide.endpoints, rows, all),
        total("Capability groups", guide.groups, groups, groups),
        total("Endpoints that read", guide.reads, read_rows, reads),
        total("Endpoints that write", guide.writes, write_rows, writes),
        total("Permissions", guide.scopes, needed(true), api.scopes.len()),
        total("Webhook events", guide.events, events, api.events.len()),
    ]
}

/// The topics that belong on a page. The spec does not place them, so their titles decide; one with
/// any other title stands on the first page.
pub(in super::super) fn topics(links: &Links<'_>, wanted: &str) -> Vec<TopicView> {
    let topics = links.api.service.topics.iter();
    topics
        .filter(|one| place(&one.title) == wanted)
        .map(|one| topic(links, one))
        .collect()
}

/// The place of the text that introduces the capability map.
pub(in super::super) const MAP: &str = "map";

fn place(title: &str) -> &'static str {
    match title {
        "Areas" => MAP,
        "Ways in" | "Installing an app" => page::AUTHENTICATION,
        "Errors" | "Repeating a call" => page::ERRORS,
        "Filters" => page::LIMITS,
        _ => page::INDEX,
    }
}

fn topic(links: &Links<'_>, topic: &spec::Topic) -> TopicView {
    TopicView {
        title: topic.title.clone(),
        anchor: links.anchor(&topic.title),
        text: prose(&topic.text),
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
    pub guide: bool,
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
            guide: one.guide,
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
        .map(|(key, one)| GenerationView {
            title: one.title.clone(),
            anchor: links.anchor(&one.title),
            does: prose(&one.does),
            groups: api
                .groups
                .iter()
                .filter(|group| group.version == key)
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
    pub does: String,
    pub changes: Vec<String>,
    pub conflicts: Vec<String>,
}

/// The history of the API.
pub(in super::super) fn history(links: &Links<'_>) -> Vec<ReleaseView> {
    links
        .api
        .service
        .history
        .iter()
        .map(|one| ReleaseView {
            name: one.name.clone(),
            anchor: links.anchor(&format!("{}: {}", one.name, one.title)),
            title: prose(&one.title),
            current: one.current,
            does: prose(&one.does),
            changes: all_prose(&one.changes),
            conflicts: all_conflicts(&one.conflicts),
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
