//! The frame of every page of the site: its title, and the links to the other pages.

use serde::Serialize;

use super::{super::html::plain, Links, area, inbound, links::page};
use crate::model::{Api, Group};

/// The frame of a page.
#[derive(Debug, Serialize)]
pub(in super::super) struct Frame {
    pub site: String,
    /// The subject of the site, in a word.
    pub name: String,
    pub title: String,
    pub description: String,
    /// The pages above the groups.
    pub readers: Vec<NavPart>,
    pub areas: Vec<NavArea>,
    /// The pages below them.
    pub about: NavPart,
    /// The same page in other formats.
    pub twins: Vec<Twin>,
    /// Machine-readable files.
    pub data: Vec<DataFile>,
    /// The newest entry of the changelog.
    pub updated: String,
}

/// A link to another page.
#[derive(Debug, Serialize)]
pub(in super::super) struct NavLink {
    pub text: String,
    pub href: String,
    /// `page` if it leads to this page, `true` if it leads to the list of this one.
    pub current: Option<&'static str>,
    /// The headings of the page, if it is the current one.
    pub inside: Vec<Inside>,
}

/// Pages of the menu below a heading.
#[derive(Debug, Serialize)]
pub(in super::super) struct NavPart {
    pub title: &'static str,
    pub pages: Vec<NavLink>,
}

/// The groups of an area.
#[derive(Debug, Serialize)]
pub(in super::super) struct NavArea {
    pub title: String,
    pub current: bool,
    /// How many endpoints they have, as the first page counts them.
    pub total: usize,
    pub groups: Vec<NavLink>,
}

/// A page in another format.
#[derive(Debug, Serialize)]
pub(in super::super) struct Twin {
    pub name: &'static str,
    pub media: &'static str,
    pub href: String,
}

/// A file for programs, and its contents.
#[derive(Debug, Serialize)]
pub(in super::super) struct DataFile {
    pub name: &'static str,
    pub holds: &'static str,
}

/// The files of the site in addition to its pages.
pub(in super::super) const DATA: [(&str, &str); 6] = [
    ("api.json", "everything in this reference, as JSON"),
    ("api.schema.json", "the JSON Schema of api.json"),
    ("scope-matrix.json", "the scopes of every endpoint, as JSON"),
    ("scope-matrix.csv", "the same as a table for spreadsheets"),
    ("scope-matrix.md", "the same as Markdown"),
    (
        COVERAGE,
        "the official operations, and which of them are covered",
    ),
];

/// The file for programs that a spec without a list of official operations does not have.
const COVERAGE: &str = "coverage.json";

/// A place on the current page.
#[derive(Debug, Serialize)]
pub(in super::super) struct Inside {
    pub method: &'static str,
    pub text: String,
    pub href: String,
}

/// The names and titles of the pages that belong to no group, in the order of the menu.
pub(in super::super) fn pages(api: &Api) -> impl Iterator<Item = (&'static str, &'static str)> {
    page::pages().filter(move |(name, _)| is_there(api, name))
}

/// Whether there is a page: a spec without a list of official operations has no coverage page.
fn is_there(api: &Api, name: &str) -> bool {
    name != page::COVERAGE || api.official.is_some()
}

/// The frame of a page that belongs to no group.
pub(in super::super) fn page(links: &Links<'_>, title: &str, description: &str) -> Frame {
    frame(links, title, description)
}

/// The frame of a group's page.
pub(in super::super) fn group(links: &Links<'_>, group: &Group) -> Frame {
    frame(links, &group.title, &group.does)
}

fn frame(links: &Links<'_>, title: &str, description: &str) -> Frame {
    let api = links.api;
    Frame {
        site: api.service.title.clone(),
        name: api.service.name.clone(),
        title: title.to_owned(),
        description: plain(description),
        readers: page::READERS
            .iter()
            .map(|one| nav_part(links, one))
            .collect(),
        areas: area::all(links)
            .iter()
            .map(|one| nav(links, one))
            .chain(providers(links))
            .collect(),
        about: nav_part(links, &page::ABOUT),
        twins: twins(links),
        data: DATA
            .iter()
            .filter(|(name, _)| *name != COVERAGE || api.official.is_some())
            .map(|&(name, holds)| DataFile { name, holds })
            .collect(),
        updated: updated(api),
    }
}

fn nav_part(links: &Links<'_>, &(title, pages): &page::Part) -> NavPart {
    let pages = pages.iter().filter(|(name, _)| is_there(links.api, name));
    let pages = pages.map(|(name, text)| NavLink {
        text: (*text).to_owned(),
        href: links.file(name),
        current: current(links, name),
        inside: Vec::new(),
    });
    NavPart {
        title,
        pages: pages.collect(),
    }
}

/// The relation of a page in the menu to the page with the links.
fn current(links: &Links<'_>, name: &str) -> Option<&'static str> {
    if links.here == name {
        return Some("page");
    }
    (links.listed == Some(name)).then_some("true")
}

/// The date of the newest entry of the changelog; those of generations have none.
fn updated(api: &Api) -> String {
    let mut history = api.history();
    let newest = history.find(|(_, generation)| generation.is_none());
    newest.map(|(one, _)| one.name.clone()).unwrap_or_default()
}

/// The page with the links in other formats.
fn twins(links: &Links<'_>) -> Vec<Twin> {
    let twin = |name, media, href: &str| Twin {
        name,
        media,
        href: href.to_owned(),
    };
    let (markdown, json) = match links.here {
        page::NOT_FOUND => return Vec::new(),
        page::INDEX => ("index.md".to_owned(), "api.json".to_owned()),
        page::ENDPOINTS | page::SCOPES => {
            ("scope-matrix.md".to_owned(), "scope-matrix.json".to_owned())
        }
        here => (format!("{here}.md"), format!("{here}.json")),
    };
    vec![
        twin("Markdown", "text/markdown", &markdown),
        twin("JSON", "application/json", &json),
    ]
}

fn nav(links: &Links<'_>, area: &area::Area) -> NavArea {
    let groups = area.groups.iter().map(|part| links.api.group(part.id));
    let groups: Vec<NavLink> = groups.map(|group| to_group(links, group)).collect();
    NavArea {
        title: area.title.clone(),
        current: groups.iter().any(|group| group.current.is_some()),
        total: area.total,
        groups,
    }
}

/// The providers, as a separate area.
fn providers(links: &Links<'_>) -> Option<NavArea> {
    let all = inbound::all(links);
    let total: usize = all.iter().map(|one| one.total).sum();
    let all = all.into_iter().map(|one| NavLink {
        current: current(links, &one.name),
        text: one.title,
        href: one.href,
        inside: Vec::new(),
    });
    let groups: Vec<NavLink> = all.collect();
    (!groups.is_empty()).then(|| NavArea {
        title: inbound::TITLE.to_owned(),
        current: groups.iter().any(|group| group.current.is_some()),
        total,
        groups,
    })
}

fn to_group(links: &Links<'_>, group: &Group) -> NavLink {
    let current = current(links, &group.name);
    let endpoints = if current.is_some() {
        links.api.endpoints_of(group)
    } else {
        &[]
    };
    NavLink {
        text: group.short_title().to_owned(),
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
