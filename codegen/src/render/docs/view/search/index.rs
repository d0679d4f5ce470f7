//! The parts of the search index, and how they are written down.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::words::words;

/// A word in more than one of so many sections distinguishes none of them.
const COMMON: usize = 5;

/// The kind of a result. Readers see its name next to a result, and the script of the site ranks by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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
pub(super) struct Entry {
    name: String,
    /// A line about it.
    text: String,
    /// Its anchor; empty if that is its name, `-` for the page itself, and with a leading dot if it starts
    /// with the name of the page.
    anchor: String,
    /// Further words that find it.
    pub(super) words: String,
    /// The names of its parts, whose anchors are its own, a dot and the name.
    pub(super) inside: String,
    /// The positions of the scopes that are sufficient for it.
    pub(super) scopes: Vec<usize>,
    /// The positions of the events that it fires.
    pub(super) events: Vec<usize>,
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
pub(super) struct Index {
    pages: Vec<Page>,
    /// The shared schemas that already have a place.
    pub(super) shared: Vec<String>,
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
        let short = self.shortened(anchor);
        let mut all = self.kinds.iter().flat_map(|(_, entries)| entries);
        all.any(|entry| entry.anchor == short || entry.anchor.is_empty() && entry.name == anchor)
    }

    /// An anchor without the name of the page, if it starts with that and a dot.
    fn shortened<'a>(&self, anchor: &'a str) -> &'a str {
        match anchor.strip_prefix(self.file.trim_end_matches(".html")) {
            Some(rest) if rest.starts_with('.') => rest,
            _ => anchor,
        }
    }
}

impl Index {
    /// The position of a page, which is added if it is new.
    pub(super) fn page(&mut self, file: String) -> usize {
        match self.pages.iter().position(|page| page.file == file) {
            Some(at) => at,
            None => {
                let kinds = Vec::new();
                self.pages.push(Page { file, kinds });
                self.pages.len() - 1
            }
        }
    }

    /// Whether a page has results of a kind.
    pub(super) fn holds(&self, page: usize, kind: Kind) -> bool {
        self.pages[page]
            .kinds
            .iter()
            .any(|(known, _)| *known == kind)
    }

    /// Whether a result leads to an anchor on a page.
    pub(super) fn has(&self, page: usize, anchor: &str) -> bool {
        self.pages[page].has(anchor)
    }

    /// Each page as a list, in their order.
    pub(super) fn json(&self) -> Vec<Value> {
        self.pages.iter().map(Page::json).collect()
    }

    /// Adds an entry, and returns it for further facts.
    pub(super) fn add(
        &mut self,
        kind: Kind,
        page: usize,
        anchor: &str,
        name: &str,
        text: &str,
    ) -> &mut Entry {
        let page = &mut self.pages[page];
        let anchor = if anchor == name {
            ""
        } else {
            page.shortened(anchor)
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
    pub(super) fn only_telling_words(&mut self) {
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
