//! Where the facts come from, and every fact on which the sources disagree.

use serde::Serialize;

use super::{super::text::prose, Links, conflicts::conflict};
use crate::spec::Conflict;

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
    items: Vec<Item>,
}

/// A disagreement, and what it is about.
#[derive(Debug, Serialize)]
struct Item {
    subject: String,
    text: String,
}

/// The page of sources.
pub(in super::super) fn view(links: &Links<'_>) -> Sources {
    let api = links.api;
    let items = |subject: String, conflicts: &[Conflict]| -> Vec<Item> {
        let items = conflicts.iter().map(|one| Item {
            subject: subject.clone(),
            text: conflict(links, one),
        });
        items.collect()
    };
    let section = |title, items: Vec<Item>| Section {
        title,
        anchor: links.anchor(title),
        items,
    };
    let endpoints = api.endpoints.iter();
    let events = api.events.iter();
    let areas = api.areas.iter();
    let history = api.service.history.iter();
    let mut sections = vec![
        section(
            "The API as a whole",
            items("General".to_owned(), &api.service.conflicts),
        ),
        section(
            "Scopes",
            areas
                .flat_map(|one| items(prose(&one.label), &one.conflicts))
                .collect(),
        ),
        section(
            "Webhook events",
            events
                .flat_map(|one| {
                    let href = links.to(super::links::page::EVENTS, &one.scope);
                    items(format!("[`{}`]({href})", one.scope), &one.conflicts)
                })
                .collect(),
        ),
        section(
            "Endpoints",
            endpoints
                .flat_map(|one| items(links.endpoint(one), &one.conflicts))
                .collect(),
        ),
        section(
            "Changelog",
            history
                .flat_map(|one| items(one.name.clone(), &one.conflicts))
                .collect(),
        ),
    ];
    sections.retain(|section| !section.items.is_empty());
    let sources = api.service.sources.iter().map(|(_, source)| SourceView {
        title: prose(&source.title),
        version: source.version.clone(),
    });
    Sources {
        sources: sources.collect(),
        total: sections.iter().map(|section| section.items.len()).sum(),
        sections,
    }
}
