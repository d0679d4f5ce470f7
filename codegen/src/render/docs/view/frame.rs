//! What surrounds every page of the site: its title, and the ways to the other pages.

use serde::Serialize;

use super::{Links, links::page};
use crate::model::Group;

/// What surrounds a page.
#[derive(Debug, Serialize)]
pub(in super::super) struct Frame {
    pub site: String,
    pub title: String,
    pub description: String,
    pub pages: Vec<NavLink>,
    pub groups: Vec<NavLink>,
    /// Machine-readable files.
    pub data: Vec<DataFile>,
    pub updated: String,
}

/// A way to another page.
#[derive(Debug, Serialize)]
pub(in super::super) struct NavLink {
    pub text: String,
    pub href: String,
    pub current: bool,
    /// What stands on the page, where it is the current one.
    pub inside: Vec<Inside>,
}

/// A file for programs, and what it holds.
#[derive(Debug, Serialize)]
pub(in super::super) struct DataFile {
    pub name: &'static str,
    pub holds: &'static str,
}

/// The files that the site carries beside its pages.
pub(in super::super) const DATA: [(&str, &str); 5] = [
    ("api.json", "everything in this reference, as JSON"),
    ("api.schema.json", "the JSON Schema of api.json"),
    ("scope-matrix.json", "the scopes of every endpoint, as JSON"),
    ("scope-matrix.csv", "the same as a table for spreadsheets"),
    ("scope-matrix.md", "the same as Markdown"),
];

/// A place on the current page.
#[derive(Debug, Serialize)]
pub(in super::super) struct Inside {
    pub method: &'static str,
    pub text: String,
    pub href: String,
}

/// The pages that are not a group's, in the order of the guide.
const PAGES: [(&str, &str); 10] = [
    (page::INDEX, "Orientation"),
    (page::AUTHENTICATION, "Authentication"),
    (page::ENDPOINTS, "All endpoints"),
    (page::SCOPES, "Scopes"),
    (page::ACCESS, "Access"),
    (page::EVENTS, "Webhook events"),
    (page::LIMITS, "Limits and pagination"),
    (page::ERRORS, "Errors"),
    (page::VERSIONS, "Versions"),
    (page::QUESTIONS, "Questions"),
];

/// What surrounds one of our own pages.
pub(in super::super) fn page(links: &Links<'_>, title: &str, description: &str) -> Frame {
    frame(links, title, description)
}

/// What surrounds a group's page.
pub(in super::super) fn group(links: &Links<'_>, group: &Group) -> Frame {
    frame(links, &group.title, &group.does)
}

fn frame(links: &Links<'_>, title: &str, description: &str) -> Frame {
    let api = links.api;
    Frame {
        site: api.service.title.clone(),
        title: title.to_owned(),
        description: description.to_owned(),
        pages: PAGES
            .iter()
            .map(|(name, text)| NavLink {
                text: (*text).to_owned(),
                href: links.file(name),
                current: *name == links.here,
                inside: Vec::new(),
            })
            .collect(),
        groups: api.groups.iter().map(|one| to_group(links, one)).collect(),
        data: DATA
            .iter()
            .map(|&(name, holds)| DataFile { name, holds })
            .collect(),
        updated: api.service.guide.updated.clone(),
    }
}

fn to_group(links: &Links<'_>, group: &Group) -> NavLink {
    let current = group.name == links.here;
    let endpoints = if current {
        links.api.endpoints_of(group)
    } else {
        &[]
    };
    NavLink {
        text: group.title.clone(),
        href: links.file(&group.name),
        current,
        inside: endpoints
            .iter()
            .map(|endpoint| Inside {
                method: endpoint.method.as_str(),
                text: endpoint.call.clone(),
                href: links.to(&group.name, &endpoint.id),
            })
            .collect(),
    }
}
