//! The search index of the site: every group, page, endpoint, parameter, type, field, scope, event, status,
//! header and heading, with its address. It is a script, because a page that was opened from a disk can load
//! scripts but no other files.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    super::{
        html::{Seen, plain},
        text::prose,
    },
    Links, diagnostics, endpoint, events, group, guides,
    links::page,
    service,
    types::Schema,
};
use crate::model::{self, Home};

/// How many different words of a section are indexed.
const WORDS: usize = 150;

/// A word in more than one of so many sections distinguishes none of them.
const COMMON: usize = 5;

/// How many values of an enumeration are indexed; longer ones list the fields of something.
const VALUES: usize = 30;

/// The kind of a result. Readers see its name next to a result, and the script of the site ranks by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Group,
    Page,
    /// A section.
    Topic,
    /// A section of the coverage, whose name is a file's of the official description.
    Coverage,
    Endpoint,
    Type,
    Scope,
    Event,
    Status,
    Header,
    Term,
    Guide,
    Diagnostic,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Page => "page",
            Self::Topic => "topic",
            Self::Coverage => "coverage",
            Self::Endpoint => "endpoint",
            Self::Type => "type",
            Self::Scope => "scope",
            Self::Event => "event",
            Self::Status => "status",
            Self::Header => "header",
            Self::Term => "term",
            Self::Guide => "guide",
            Self::Diagnostic => "diagnostic",
        }
    }
}

/// A search result.
#[derive(Debug, Default)]
struct Entry {
    name: String,
    /// A line about it.
    text: String,
    /// Its anchor; empty if that is its name, `-` for the page itself, and with a leading dot if it starts
    /// with the name of the page.
    anchor: String,
    /// Further words that find it.
    words: String,
    /// The names of its parts, whose anchors are its own, a dot and the name.
    inside: String,
    /// The positions of the scopes that are sufficient for it.
    scopes: Vec<usize>,
    /// The positions of the events that it fires.
    events: Vec<usize>,
}

impl Entry {
    /// As a list, in the order above, without empty values at its end.
    fn json(&self) -> Value {
        let mut list = vec![
            json!(self.name),
            json!(self.text),
            json!(self.anchor),
            json!(self.words),
            json!(self.inside),
            json!(self.scopes),
            json!(self.events),
        ];
        let empty = |value: &Value| match value {
            Value::Array(items) => items.is_empty(),
            value => value == "",
        };
        while list.last().is_some_and(empty) {
            list.pop();
        }
        list.into()
    }
}

/// The results on a page, by kind.
#[derive(Debug)]
struct Page {
    file: String,
    kinds: Vec<(Kind, Vec<Entry>)>,
}

#[derive(Debug, Default)]
struct Index {
    pages: Vec<Page>,
    /// The shared schemas that already have a place.
    shared: Vec<String>,
}

/// The script that defines the index, for these pages.
pub(in super::super) fn script(links: &Links<'_>, pages: &[Seen]) -> String {
    let mut index = Index::default();
    groups(links, &mut index);
    scopes_and_statuses(links, &mut index);
    all_events(links, &mut index);
    guides_and_diagnostics(links, &mut index);
    headings(links, pages, &mut index);
    index.only_telling_words();
    let scopes: Vec<&str> = links.api.scopes.iter().map(|one| &*one.wire).collect();
    let events: Vec<&str> = links.api.events.iter().map(|one| &*one.scope).collect();
    let pages: Vec<Value> = index.pages.iter().map(Page::json).collect();
    let all = json!({ "scopes": scopes, "events": events, "pages": pages });
    let lines = all.to_string().replace("],[\"", "],\n[\"");
    format!("var SEARCH_INDEX = {lines};\n")
}

impl Page {
    /// Its file, and a list for each kind: the kind and its entries.
    fn json(&self) -> Value {
        let kinds = self.kinds.iter().map(|(kind, entries)| {
            let entries: Vec<Value> = entries.iter().map(Entry::json).collect();
            json!([kind.name(), entries])
        });
        let kinds: Vec<Value> = kinds.collect();
        json!([self.file, kinds])
    }

    fn has(&self, anchor: &str) -> bool {
        let mut all = self.kinds.iter().flat_map(|(_, entries)| entries);
        all.any(|entry| entry.anchor == anchor || entry.anchor.is_empty() && entry.name == anchor)
    }
}

impl Index {
    fn page(&mut self, file: String) -> usize {
        match self.pages.iter().position(|page| page.file == file) {
            Some(at) => at,
            None => {
                let kinds = Vec::new();
                self.pages.push(Page { file, kinds });
                self.pages.len() - 1
            }
        }
    }

    /// Adds an entry, and returns it for further facts.
    fn add(&mut self, kind: Kind, page: usize, anchor: &str, name: &str, text: &str) -> &mut Entry {
        let page = &mut self.pages[page];
        let stem = page.file.trim_end_matches(".html");
        let anchor = match anchor.strip_prefix(stem) {
            _ if anchor == name => "",
            Some(rest) if rest.starts_with('.') => rest,
            _ => anchor,
        };
        let at = page.kinds.iter().position(|(known, _)| *known == kind);
        let at = at.unwrap_or_else(|| {
            page.kinds.push((kind, Vec::new()));
            page.kinds.len() - 1
        });
        let entries = &mut page.kinds[at].1;
        entries.push(Entry {
            name: name.to_owned(),
            text: text.to_owned(),
            anchor: anchor.to_owned(),
            ..Entry::default()
        });
        let last = entries.len() - 1;
        &mut entries[last]
    }

    /// Drops the words of sections that are in too many of them, and those in their names and descriptions.
    fn only_telling_words(&mut self) {
        let pages = self.pages.iter_mut();
        let kinds = pages.flat_map(|page| &mut page.kinds);
        let topics = kinds.filter(|(kind, _)| *kind == Kind::Topic);
        let mut topics: Vec<&mut Entry> = topics.flat_map(|(_, entries)| entries).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for topic in &topics {
            for word in topic.words.split(' ') {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
        let most = topics.len() / COMMON;
        for topic in &mut topics {
            let shown = words(&format!("{} {}", topic.name, topic.text));
            let shown: BTreeSet<&str> = shown.iter().map(String::as_str).collect();
            let kept = topic.words.split(' ');
            let kept = kept.filter(|word| !shown.contains(word) && counts[*word] <= most);
            topic.words = kept.collect::<Vec<_>>().join(" ");
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
        let entry = index.add(
            Kind::Group,
            page,
            "-",
            &plain(&view.title),
            &plain(&view.does),
        );
        entry.words.clone_from(&one.name);
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
    let entry = index.add(
        Kind::Endpoint,
        page,
        &view.anchor,
        &name,
        &plain(&view.does),
    );
    let words = [Some(&endpoint.operation), endpoint.guide.as_ref()];
    entry.words = joined(words.into_iter().flatten().map(String::as_str));
    let parameters = view.path_parameters.iter().chain(&view.parameters);
    let parameters = parameters.chain(&view.headers).chain(&view.form);
    let names = parameters.map(|one| one.name.as_str());
    entry.inside = joined(names.chain(view.filters.iter().map(|one| one.field.as_str())));
    let enough = links.api.enough(endpoint.scope);
    entry.scopes = enough.map(|id| id.0).collect();
    entry.events = endpoint.fires.iter().map(|id| id.0).collect();
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

/// Schemas and their fields. A shared one is on several pages, of which the first is used.
fn types(links: &Links<'_>, page: usize, schemas: &[Schema], index: &mut Index) {
    let mut all = Vec::new();
    schemas.iter().for_each(|schema| schema.all(&mut all));
    for schema in all {
        if index.shared.contains(&schema.name) {
            continue;
        }
        let mut defs = schema.ids.iter().map(|id| links.api.ty(*id));
        if defs.any(|def| def.home == Home::Shared) {
            index.shared.push(schema.name.clone());
        }
        let members = schema.members.iter().map(|member| member.value.as_str());
        let known = schema.known.iter().map(|known| known.name.as_str());
        let members = members.chain(known);
        let values = members.chain(schema.values.iter().map(String::as_str));
        let values: Vec<&str> = values.take(VALUES).collect();
        let does = first_sentence(&schema.does);
        let names = schema.in_rust.iter().filter(|name| **name != schema.name);
        let words = joined(names.map(String::as_str).chain(values));
        let entry = index.add(Kind::Type, page, &schema.anchor, &schema.name, &does);
        entry.words = plain(&words);
        entry.inside = joined(schema.fields.iter().map(|field| field.name.as_str()));
    }
}

fn scopes_and_statuses(links: &Links<'_>, index: &mut Index) {
    for scope in &links.api.scopes {
        let page = index.page(links.scope_href(scope));
        let area = &links.api.areas[scope.area];
        let text = format!("{}: {}", area.label, scope.level);
        index.add(Kind::Scope, page, "-", &scope.wire, &text);
    }
    let page = index.page(links.file(page::ERRORS));
    for status in service::statuses(links, 0, 1000) {
        let name = format!("{} {}", status.status, plain(&status.name));
        let means = first_sentence(&status.means);
        index.add(
            Kind::Status,
            page,
            &status.status.to_string(),
            &name,
            &means,
        );
    }
    let page = index.page(links.file(page::LIMITS));
    for (_, rate) in links.api.service.rates.iter() {
        for (name, does) in rate.headers.iter() {
            index.add(Kind::Header, page, name, name, &plain(&prose(does)));
        }
    }
}

fn all_events(links: &Links<'_>, index: &mut Index) {
    let page = index.page(links.file(page::EVENTS));
    for event in &links.api.events {
        let does = first_sentence(&prose(&event.does));
        let entry = index.add(Kind::Event, page, &event.scope, &event.scope, &does);
        entry.words = event.guide.clone().unwrap_or_default();
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
        let entry = index.add(Kind::Guide, page, "-", guide.title, &plain(&guide.when));
        entry.words.clone_from(&guide.name);
    }
    let page = index.page(links.file(page::GLOSSARY));
    for term in &links.api.glossary {
        let means = first_sentence(&prose(&term.means));
        let entry = index.add(
            Kind::Term,
            page,
            &links.anchor(&term.term),
            &term.term,
            &means,
        );
        entry.words = term.also.join(" ");
    }
    for code in diagnostics::all(links).codes {
        let page = index.page(code.href);
        let entry = index.add(
            Kind::Diagnostic,
            page,
            "-",
            code.number,
            &plain(&code.holds),
        );
        code.name.clone_into(&mut entry.words);
    }
}

/// The pages that belong to no group, and their headings with the words below them.
fn headings(links: &Links<'_>, pages: &[Seen], index: &mut Index) {
    for seen in pages
        .iter()
        .filter(|seen| seen.page != links.file(page::NOT_FOUND))
    {
        let page = index.page(seen.page.clone());
        if index.pages[page]
            .kinds
            .iter()
            .any(|(kind, _)| *kind == Kind::Group)
        {
            continue;
        }
        // Guides, scopes and diagnostics are found by their kind.
        if !index.pages[page].has("-") {
            index.add(Kind::Page, page, "-", &seen.title, &plain(&seen.about));
        }
        // The headings below the list of operations are found as endpoints.
        let listed = seen.page == links.file(page::COVERAGE);
        for heading in &seen.headings {
            if index.pages[page].has(&heading.id) {
                continue;
            }
            let text = heading
                .text
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let first = shortened(&first_sentence(&text));
            let kind = if listed { Kind::Coverage } else { Kind::Topic };
            let entry = index.add(kind, page, &heading.id, &heading.title, &first);
            if !listed {
                entry.words = words(&text).join(" ");
            }
        }
    }
}

/// The different words of a section, in lower case.
fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !"-_/".contains(c)) {
        let word = word.trim_matches(['-', '/']).to_lowercase();
        // A word with punctuation is a name, which has its own entry.
        let name = word.contains(['_', '/']);
        if !name && (3..40).contains(&word.len()) && found.len() < WORDS && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// The first sentence of a string, without markup.
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
