//! Where the facts come from, and every fact on which the sources disagree.

use serde::Serialize;

use super::{
    super::text::{capital, prose},
    Links, area, inbound,
};
use crate::{model::Endpoint, spec::Conflict};

/// The page of sources.
#[derive(Debug, Serialize)]
pub(in super::super) struct Sources {
    sources: Vec<SourceView>,
    sections: Vec<Section>,
    total: usize,
}

/// Where facts come from.
#[derive(Debug, Serialize)]
struct SourceView {
    title: String,
    version: String,
}

/// The disagreements about one kind of thing.
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
    /// What they have in common; nothing where the section has no other part.
    title: Option<String>,
    items: Vec<Item>,
}

/// A disagreement.
#[derive(Debug, Serialize)]
struct Item {
    /// What it belongs to; nothing where it is about the API as a whole.
    subject: Option<String>,
    /// What the sources disagree on.
    about: String,
    said: Vec<Said>,
    followed: &'static str,
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

/// The page of sources.
pub(in super::super) fn view(links: &Links<'_>) -> Sources {
    let api = links.api;
    let events = api.events.iter().flat_map(|one| {
        let href = links.to(super::links::page::EVENTS, &one.scope);
        items(links, &format!("[`{}`]({href})", one.scope), &one.conflicts)
    });
    let scopes = api.areas.iter();
    let scopes = scopes.flat_map(|one| items(links, &prose(&one.label), &one.conflicts));
    let history = api.service.history.iter();
    let history = history.flat_map(|one| items(links, &one.name, &one.conflicts));
    let service = api.service.conflicts.iter();
    let mut sections = vec![
        whole(
            links,
            "The API as a whole",
            service.map(|one| item(links, None, one)).collect(),
        ),
        whole(links, "Scopes", scopes.collect()),
        whole(links, "Webhook events", events.collect()),
        section(links, "Endpoints", areas(links)),
        whole(links, inbound::TITLE, providers(links)),
        whole(links, "Changelog", history.collect()),
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
        let groups = links.api.groups.iter();
        let groups = groups.filter(|group| group.feature == area.name);
        let endpoints = groups.flat_map(|group| links.api.endpoints_of(group));
        let own = |one: &Endpoint| items(links, &links.endpoint(one), &one.conflicts);
        let items: Vec<Item> = endpoints.flat_map(own).collect();
        Part {
            name: area.name,
            title: Some(area.title),
            items,
        }
    });
    areas.filter(|part| !part.items.is_empty()).collect()
}

/// The calls that BigCommerce makes.
fn providers(links: &Links<'_>) -> Vec<Item> {
    let inbound = links.api.inbound.iter();
    let calls = inbound.flat_map(|inbound| &inbound.api.endpoints);
    calls
        .flat_map(|one| items(links, &links.inbound(&one.id), &one.conflicts))
        .collect()
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

/// What the sources say differently about one thing.
fn items(links: &Links<'_>, subject: &str, conflicts: &[Conflict]) -> Vec<Item> {
    let conflicts = conflicts.iter();
    conflicts
        .map(|one| item(links, Some(subject.to_owned()), one))
        .collect()
}

fn item(links: &Links<'_>, subject: Option<String>, conflict: &Conflict) -> Item {
    let told = links.words().conflict(conflict);
    Item {
        subject,
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
