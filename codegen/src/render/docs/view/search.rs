//! What the site can be searched for: every group, endpoint, parameter, type, field, scope, event, status,
//! header and heading, with the address where it stands. It is a script, since a page that was opened
//! from a disk may load scripts and nothing else.

use serde::Serialize;

use super::{
    super::{
        html::{self, plain},
        text::prose,
    },
    Links, diagnostics, endpoint, events, group, guides,
    links::page,
    service,
    types::{Schema, heading},
};
use crate::{
    model::{self, Home},
    render::File,
};

/// How many different words of a section are searched.
const WORDS: usize = 150;

/// How many values of an enumeration are searched; longer ones list the fields of something.
const VALUES: usize = 30;

/// One thing that can be found. It is written as a list, in this order.
#[derive(Debug, Serialize)]
struct Entry(
    /// What kind of thing it is.
    &'static str,
    /// The position of its page.
    usize,
    /// Its anchor; empty where that is its name, `-` for the page as such.
    String,
    /// Its name.
    String,
    /// A line about it.
    String,
    /// Further words that lead to it.
    String,
    /// The names of what stands inside it, with an anchor behind its own and a dot.
    String,
    /// The positions of the scopes that are enough for it.
    Vec<usize>,
);

/// The index.
#[derive(Debug, Default, Serialize)]
struct Index {
    pages: Vec<String>,
    scopes: Vec<String>,
    entries: Vec<Entry>,
    #[serde(skip)]
    shared: Vec<String>,
}

/// The script that defines the index, for these pages.
pub(in super::super) fn script(links: &Links<'_>, files: &[File]) -> String {
    let scopes = links.api.scopes.iter();
    let mut index = Index {
        scopes: scopes.map(|scope| scope.wire.clone()).collect(),
        ..Index::default()
    };
    groups(links, &mut index);
    scopes_and_statuses(links, &mut index);
    all_events(links, &mut index);
    guides_and_diagnostics(links, &mut index);
    headings(files, &mut index);
    // An index of strings and integers always becomes JSON.
    let json = serde_json::to_string(&index).unwrap_or_default();
    let lines = json.replace("],[\"", "],\n[\"");
    format!("var SEARCH_INDEX = {lines};\n")
}

impl Index {
    fn page(&mut self, file: String) -> usize {
        match self.pages.iter().position(|page| *page == file) {
            Some(at) => at,
            None => {
                self.pages.push(file);
                self.pages.len() - 1
            }
        }
    }

    fn add(&mut self, kind: &'static str, page: usize, anchor: &str, name: &str, text: &str) {
        let anchor = if anchor == name { "" } else { anchor };
        self.entries.push(Entry(
            kind,
            page,
            anchor.to_owned(),
            name.to_owned(),
            text.to_owned(),
            String::new(),
            String::new(),
            Vec::new(),
        ));
    }

    fn also(&mut self, words: &str) {
        if let Some(entry) = self.entries.last_mut() {
            entry.5 = words.to_owned();
        }
    }

    fn inside(&mut self, names: &[&str]) {
        if let Some(entry) = self.entries.last_mut() {
            entry.6 = names.join(" ");
        }
    }
}

fn groups(links: &Links<'_>, index: &mut Index) {
    for one in &links.api.groups {
        let here = Links {
            here: &one.name,
            ..*links
        };
        let view = group::view(&here, one);
        let page = index.page(links.file(&one.name));
        index.add("group", page, "-", &plain(&view.title), &plain(&view.does));
        index.also(&one.name);
        for (endpoint, shown) in links.api.endpoints_of(one).iter().zip(&view.endpoints) {
            call(links, page, endpoint, shown, index);
        }
        types(links, page, &view.schemas, index);
    }
}

fn call(
    links: &Links<'_>,
    page: usize,
    endpoint: &model::Endpoint,
    view: &endpoint::EndpointView,
    index: &mut Index,
) {
    let name = format!("{} {}", view.method, view.path);
    index.add("endpoint", page, &view.anchor, &name, &plain(&view.does));
    let mut words = vec![endpoint.operation.as_str()];
    words.extend(endpoint.guide.as_deref());
    words.extend(
        endpoint
            .fires
            .iter()
            .map(|id| links.api.event(*id).scope.as_str()),
    );
    index.also(&words.join(" "));
    let parameters = view.path_parameters.iter().chain(&view.parameters);
    let parameters = parameters.chain(&view.headers).chain(&view.form);
    let names = parameters.map(|one| one.name.as_str());
    let names = names.chain(view.filters.iter().map(|one| one.field.as_str()));
    index.inside(&names.collect::<Vec<_>>());
    let enough = links.api.scope(endpoint.scope).satisfied_by.iter();
    let enough = [endpoint.scope].into_iter().chain(enough.copied());
    if let Some(entry) = index.entries.last_mut() {
        entry.7 = enough.map(|id| id.0).collect();
    }
}

/// Schemas and their fields. A shared one stands on several pages, of which the first will do.
fn types(links: &Links<'_>, page: usize, schemas: &[Schema], index: &mut Index) {
    let mut all = Vec::new();
    schemas.iter().for_each(|schema| schema.all(&mut all));
    for schema in all {
        if index.shared.contains(&schema.name) {
            continue;
        }
        let mut defs = links.api.types.iter();
        if defs.any(|def| def.home == Home::Shared && heading(def) == schema.name) {
            index.shared.push(schema.name.clone());
        }
        let members = schema.members.iter().map(|member| member.value.as_str());
        let known = schema.known.iter().map(|known| known.name.as_str());
        let members = members.chain(known);
        let values = members.chain(schema.values.iter().map(String::as_str));
        let values: Vec<&str> = values.take(VALUES).collect();
        let does = first_sentence(&schema.does);
        index.add("type", page, &schema.anchor, &schema.name, &does);
        let names = schema.types.replace(" on create and update", "");
        let names = names.replace(" in responses", "").replace(" on create", "");
        let names = names
            .replace(" on update", "")
            .replace(&format!("`{}`", schema.name), "");
        index.also(plain(&format!("{names} {}", values.join(" "))).trim());
        let fields = schema.fields.iter().map(|field| field.name.as_str());
        index.inside(&fields.collect::<Vec<_>>());
    }
}

fn scopes_and_statuses(links: &Links<'_>, index: &mut Index) {
    for scope in &links.api.scopes {
        let page = index.page(links.scope_href(scope));
        let area = &links.api.areas[scope.area];
        let text = format!("{}: {}", area.label, scope.level);
        index.add("scope", page, "-", &scope.wire, &text);
    }
    let page = index.page(links.file(page::ERRORS));
    for status in service::statuses(links, 0, 1000) {
        let name = format!("{} {}", status.status, plain(&status.name));
        let means = first_sentence(&status.means);
        index.add("status", page, &status.status.to_string(), &name, &means);
    }
    let page = index.page(links.file(page::LIMITS));
    for (_, rate) in links.api.service.rates.iter() {
        for (name, does) in rate.headers.iter() {
            index.add("header", page, name, name, &plain(&prose(does)));
        }
    }
}

fn all_events(links: &Links<'_>, index: &mut Index) {
    let page = index.page(links.file(page::EVENTS));
    for event in &links.api.events {
        let does = first_sentence(&prose(&event.does));
        index.add("event", page, &event.scope, &event.scope, &does);
        index.also(event.guide.as_deref().unwrap_or_default());
    }
    let here = Links {
        here: page::EVENTS,
        ..*links
    };
    types(links, page, &events::view(&here).schemas, index);
}

fn guides_and_diagnostics(links: &Links<'_>, index: &mut Index) {
    for guide in guides::all(links).guides {
        let page = index.page(guide.href);
        index.add("guide", page, "-", guide.title, &plain(&guide.when));
        index.also(&guide.name);
    }
    let page = index.page(links.file(page::GLOSSARY));
    for term in &links.api.glossary {
        let means = first_sentence(&prose(&term.means));
        index.add("term", page, &links.anchor(&term.term), &term.term, &means);
        index.also(&term.also.join(" "));
    }
    for code in diagnostics::all(links).codes {
        let page = index.page(code.href);
        index.add("diagnostic", page, "-", code.number, &plain(&code.holds));
        index.also(code.name);
    }
}

/// The headings of the pages that are no group's, with the words below them.
fn headings(files: &[File], index: &mut Index) {
    let mut known: Vec<(usize, String)> = Vec::new();
    for Entry(_, page, anchor, name, ..) in &index.entries {
        let anchor = if anchor.is_empty() { name } else { anchor };
        known.push((*page, anchor.clone()));
    }
    let groups = index.entries.iter().filter(|entry| entry.0 == "group");
    let groups: Vec<usize> = groups.map(|entry| entry.1).collect();
    for file in files {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        if !name.ends_with(".html") || name == "404.html" {
            continue;
        }
        let page = index.page(name.to_owned());
        if groups.contains(&page) {
            continue;
        }
        for heading in html::headings(&file.text) {
            if known.contains(&(page, heading.id.clone())) {
                continue;
            }
            let first = first_sentence(&heading.text);
            index.add(
                "topic",
                page,
                &heading.id,
                &heading.title,
                &shortened(&first),
            );
            index.also(&words(&heading.text));
        }
    }
}

/// The different words of a section, in lower case.
fn words(text: &str) -> String {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !"-_/".contains(c)) {
        let word = word.trim_matches(['-', '/']).to_lowercase();
        // What has marks in it is a name, which has an entry of its own.
        let name = word.contains(['_', '/']);
        if !name && (3..40).contains(&word.len()) && found.len() < WORDS && !found.contains(&word) {
            found.push(word);
        }
    }
    found.join(" ")
}

/// The first sentence of a string, without marks.
fn first_sentence(text: &str) -> String {
    let text = plain(text);
    match text.find(". ") {
        Some(end) => text[..=end].to_owned(),
        None => text,
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
