//! The sources of the facts, and every fact on which they disagree.

use serde::Serialize;

use super::{
    super::text::{capital, prose},
    Links, area, inbound,
};
use crate::spec::Conflict;

/// The page of sources.
#[derive(Debug, Serialize)]
pub(in super::super) struct Sources {
    sources: Vec<SourceView>,
    sections: Vec<Section>,
    total: usize,
}

/// A source of facts.
#[derive(Debug, Serialize)]
struct SourceView {
    title: String,
    version: String,
}

/// The disagreements about one kind of item.
#[derive(Debug, Serialize)]
struct Section {
    title: &'static str,
    anchor: String,
    parts: Vec<Part>,
    total: usize,
}

/// Those of a section that belong together.
#[derive(Debug, Serialize)]
struct Part {
    /// What they are found by.
    name: String,
    /// What they have in common; nothing if the section has no other part.
    title: Option<String>,
    items: Vec<Item>,
}

/// A disagreement.
#[derive(Debug, Serialize)]
struct Item {
    /// What it belongs to; nothing if it is about the API as a whole.
    subjects: Vec<String>,
    /// What the sources disagree on.
    about: String,
    said: Vec<Said>,
    followed: Option<&'static str>,
    why: String,
    /// The same in one paragraph.
    text: String,
}

/// What one source says.
#[derive(Debug, Serialize)]
struct Said {
    source: &'static str,
    text: String,
}

/// An item of the API, with the disagreements of the sources on it.
type Told<'a> = (Option<String>, &'a [Conflict]);

/// The page of sources.
pub(in super::super) fn view(links: &Links<'_>) -> Sources {
    let api = links.api;
    let events = api.events.iter().map(|one| {
        let href = links.to(super::links::page::EVENTS, &one.scope);
        (
            Some(format!("[`{}`]({href})", one.scope)),
            &one.conflicts[..],
        )
    });
    let scopes = api.areas.iter();
    let scopes = scopes.map(|one| (Some(prose(&one.label)), &one.conflicts[..]));
    let calls = api.inbound.iter().flat_map(|one| &one.api.endpoints);
    let calls = calls.map(|one| (Some(links.inbound(&one.id)), &one.conflicts[..]));
    let history = api.service.history.iter();
    let history = history.map(|one| (Some(one.name.clone()), &one.conflicts[..]));
    let service = std::iter::once((None, &api.service.conflicts[..]));
    let mut sections = vec![
        whole(links, "The API as a whole", items(links, service)),
        whole(links, "Scopes", items(links, scopes)),
        whole(links, "Webhook events", items(links, events)),
        section(links, "Endpoints", areas(links)),
        whole(links, inbound::TITLE, items(links, calls)),
        whole(links, "Changelog", items(links, history)),
    ];
    sections.retain(|section| section.total > 0);
    let sources = api.service.sources.iter().map(|(_, source)| SourceView {
        title: prose(&source.title),
        version: source.version.clone(),
    });
    Sources {
        sources: sources.collect(),
        total: sections.iter().map(|section| section.total).sum(),
        sections,
    }
}

/// The endpoints, area by area.
fn areas(links: &Links<'_>) -> Vec<Part> {
    let areas = area::all(links).into_iter().map(|area| {
        let groups = area.groups.iter().map(|part| links.api.group(part.id));
        let endpoints = groups.flat_map(|group| links.api.endpoints_of(group));
        let told = endpoints.map(|one| (Some(links.endpoint(one)), &one.conflicts[..]));
        let items = items(links, told);
        Part {
            name: area.name,
            title: Some(area.title),
            items,
        }
    });
    areas.filter(|part| !part.items.is_empty()).collect()
}

/// A section in one part.
fn whole(links: &Links<'_>, title: &'static str, items: Vec<Item>) -> Section {
    let part = Part {
        name: links.anchor(title),
        title: None,
        items,
    };
    section(links, title, vec![part])
}

fn section(links: &Links<'_>, title: &'static str, parts: Vec<Part>) -> Section {
    Section {
        title,
        anchor: links.anchor(title),
        total: parts.iter().map(|part| part.items.len()).sum(),
        parts,
    }
}

/// The disagreements of the sources on several items. A disagreement on more than one is shown once.
fn items<'a>(links: &Links<'_>, told: impl Iterator<Item = Told<'a>>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (subject, conflicts) in told {
        for one in conflicts {
            let mut one = item(links, one);
            let same = |other: &&mut Item| other.about == one.about && other.text == one.text;
            match items.iter_mut().find(same) {
                Some(other) => other.subjects.extend(subject.clone()),
                None => {
                    one.subjects.extend(subject.clone());
                    items.push(one);
                }
            }
        }
    }
    items
}

fn item(links: &Links<'_>, conflict: &Conflict) -> Item {
    let told = links.words().conflict(conflict);
    Item {
        subjects: Vec::new(),
        about: capital(&told.about),
        text: told.text(),
        said: told
            .said
            .into_iter()
            .map(|(source, text)| Said { source, text })
            .collect(),
        followed: told.followed,
        why: told.why,
    }
}
