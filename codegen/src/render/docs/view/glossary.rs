//! The glossary: the terms with their meanings and related entries.

use serde::Serialize;

use super::{super::text::prose, Links, Output, links::page};
use crate::{
    model::{Page, See},
    spec::Place,
};

/// The page of terms.
#[derive(Debug, Serialize)]
pub(in super::super) struct Glossary {
    pub letters: Vec<Letter>,
}

/// The terms with the same first letter.
#[derive(Debug, Serialize)]
pub(in super::super) struct Letter {
    pub letter: char,
    /// The anchor of its first term.
    pub first: String,
    pub terms: Vec<TermView>,
}

#[derive(Debug, Serialize)]
pub(in super::super) struct TermView {
    pub term: String,
    pub anchor: String,
    pub means: String,
    pub also: Vec<String>,
    /// Links to related entries.
    pub see: Vec<String>,
}

/// The page of terms.
pub(in super::super) fn view(links: &Links<'_>) -> Glossary {
    let mut letters: Vec<Letter> = Vec::new();
    for one in &links.api.glossary {
        let first = one.term.chars().find(|c| c.is_alphanumeric());
        let letter = first.unwrap_or('#').to_ascii_uppercase();
        let term = TermView {
            term: prose(&one.term),
            anchor: links.anchor(&one.term),
            means: prose(&one.means),
            also: one.also.iter().map(|word| prose(word)).collect(),
            see: one.see.iter().map(|see| link(links, *see)).collect(),
        };
        match letters.last_mut().filter(|last| last.letter == letter) {
            Some(last) => last.terms.push(term),
            None => letters.push(Letter {
                letter,
                first: term.anchor.clone(),
                terms: vec![term],
            }),
        }
    }
    Glossary { letters }
}

/// A link to what a term refers to.
fn link(links: &Links<'_>, see: See) -> String {
    let api = links.api;
    let named = |shown: &str, href: String| format!("[{}]({href})", prose(shown));
    match see {
        See::Term(at) => {
            let term = &api.glossary[at].term;
            named(term, links.to(page::GLOSSARY, term))
        }
        See::Group(id) => {
            let group = api.group(id);
            named(&group.title, links.file(&group.name))
        }
        See::Endpoint(at) => links.endpoint(&api.endpoints[at]),
        See::Scope(id) => links.scope(api.scope(id)),
        See::Event(id) => {
            let scope = &api.event(id).scope;
            format!("[`{scope}`]({})", links.to(page::EVENTS, scope))
        }
        See::Status(at) => {
            let status = &api.service.statuses[at];
            let anchor = match links.output {
                Output::Site => status.status.to_string(),
                // Rows of a table have no anchors there.
                Output::Markdown => "Statuses".to_owned(),
            };
            let shown = format!("{} {}", status.status, status.name);
            named(&shown, links.to(page::ERRORS, &anchor))
        }
        See::Page(page) => whole(links, page),
        See::Topic(at) => topic(links, at),
        See::Rate(id) => {
            let title = &api.rate(id).1.title;
            named(title, links.to(page::LIMITS, title))
        }
        See::Pages(id) => {
            let title = &api.page_style(id).1.title;
            named(title, links.to(page::LIMITS, title))
        }
    }
}

/// A link to a page about all endpoints.
fn whole(links: &Links<'_>, of: Page) -> String {
    let name = of.name();
    let href = match (of, links.output) {
        (Page::Scopes, Output::Markdown) => links.to(page::AUTHENTICATION, "Scopes"),
        _ => links.file(name),
    };
    format!("[{}]({href})", page::title(name))
}

/// A link to a topic. Topics that introduce a part of a page are below its heading.
fn topic(links: &Links<'_>, at: usize) -> String {
    let topic = &links.api.service.topics[at];
    let href = match topic.at {
        Place::Index => links.to(page::INDEX, &topic.title),
        Place::Map => links.to(page::INDEX, "capability map"),
        Place::Connect => links.file(page::AUTHENTICATION),
        Place::Install => links.to(page::AUTHENTICATION, &topic.title),
        Place::Statuses => links.file(page::ERRORS),
        Place::Repeat => links.to(page::ERRORS, &topic.title),
        Place::Filters => links.to(page::LIMITS, &topic.title),
    };
    format!("[{}]({href})", prose(&topic.title))
}
