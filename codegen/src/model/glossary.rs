//! The glossary: its terms in alphabetical order, each with its related entries.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::{EventId, GroupId, PageId, RateId, ScopeId};
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    docs_pages,
    index::Index,
    spec,
};

pub static UNKNOWN_SEE: Code = Code::error(
    "E540",
    "unknown-see",
    "Everything that the glossary refers to exists in the docs.",
);
pub static TERM_TWICE: Code = Code::error(
    "E541",
    "term-twice",
    "A word is in the glossary once, as a term or as another word for one.",
);
pub static AMBIGUOUS_SEE: Code = Code::error(
    "E542",
    "ambiguous-see",
    "Every name that the glossary refers to has only one meaning.",
);
/// The codes that may be reported here.
pub static CODES: &[&Code] = &[&UNKNOWN_SEE, &TERM_TWICE, &AMBIGUOUS_SEE];

/// A term, and what it means.
#[derive(Clone, Debug)]
pub struct Term {
    pub term: String,
    pub means: String,
    /// Other words for it.
    pub also: Vec<String>,
    /// Its related entries.
    pub see: Vec<See>,
}

/// A place in the docs that the glossary can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum See {
    /// A term, by its position in [`super::Api::glossary`].
    Term(usize),
    Group(GroupId),
    /// An endpoint, by its position in [`super::Api::endpoints`].
    Endpoint(usize),
    Scope(ScopeId),
    /// A webhook event.
    Event(EventId),
    /// A status, by its position among those of the service.
    Status(usize),
    Page(Page),
    /// A topic, by its position among those of the service.
    Topic(usize),
    /// A rate limit.
    Rate(RateId),
    /// A style of paging.
    Pages(PageId),
}

/// A page about all endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Ways to connect and to authenticate.
    Authentication,
    Scopes,
    /// Webhook events.
    Events,
    /// Limits and pagination.
    Limits,
    /// Statuses.
    Errors,
    /// Generations and the changelog.
    Versions,
}

impl Page {
    const ALL: [(&'static str, Self); 6] = [
        (docs_pages::AUTHENTICATION, Self::Authentication),
        (docs_pages::SCOPES, Self::Scopes),
        (docs_pages::EVENTS, Self::Events),
        (docs_pages::LIMITS, Self::Limits),
        (docs_pages::ERRORS, Self::Errors),
        (docs_pages::VERSIONS, Self::Versions),
    ];

    /// The name by which the glossary refers to it, which is that of its file.
    #[must_use]
    pub fn name(self) -> &'static str {
        let known = Self::ALL.iter().find(|(_, page)| *page == self);
        known.map_or("", |(name, _)| name)
    }
}

/// Resolves the glossary, and reports each reference to something that does not exist.
pub(super) fn resolve(cx: &Index<'_>, out: &mut Diagnostics) -> Option<Vec<Term>> {
    let terms = &cx.document.service.glossary;
    once(terms, out);
    let mut order: Vec<usize> = (0..terms.len()).collect();
    order.sort_by_key(|at| terms[*at].term.to_lowercase());
    let statuses = cx.document.service.statuses.iter();
    let statuses: Vec<String> = statuses.map(|one| one.status.to_string()).collect();
    let calls: Vec<String> = cx.endpoints().map(|one| one.full_id()).collect();
    let known = known(cx, &order, &calls, &statuses);
    let found: Vec<Option<Term>> = order
        .iter()
        .map(|at| {
            let place = list().index(*at);
            term(cx, &terms[*at], place, &known, out)
        })
        .collect();
    found.into_iter().collect()
}

fn list() -> At<'static> {
    At::root("service.yaml").key("glossary")
}

/// Reports duplicate words.
fn once(terms: &[spec::Term], out: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for (index, one) in terms.iter().enumerate() {
        let at = list().index(index);
        let own = std::iter::once((&one.term, at.key("term").value()));
        let also = one.also.iter().enumerate();
        let also = also.map(|(word, text)| (text, at.key("also").index(word).value()));
        for (word, place) in own.chain(also) {
            match seen.get(&word.to_lowercase()) {
                Some(first) => out.push(
                    Diagnostic::new(
                        &TERM_TWICE,
                        place,
                        format!("`{word}` is already in the glossary"),
                    )
                    .also(Clone::clone(first), "here")
                    .help("keep it where it is explained, and refer there with `see:`"),
                ),
                None => {
                    seen.insert(word.to_lowercase(), place);
                }
            }
        }
    }
}

/// Names, each with the things that have it.
type Known<'a> = IndexMap<&'a str, Vec<(&'static str, See)>>;

/// Everything that has a name.
fn known<'a>(
    cx: &Index<'a>,
    order: &[usize],
    calls: &'a [String],
    statuses: &'a [String],
) -> Known<'a> {
    let (document, service) = (cx.document, &cx.document.service);
    let mut known = Known::new();
    let mut add = |kind, name: &'a str, place| known.entry(name).or_default().push((kind, place));
    for (at, from) in order.iter().enumerate() {
        add("a term", &service.glossary[*from].term, See::Term(at));
    }
    for (at, (group, _)) in cx.groups().enumerate() {
        add("a group", &group.group, See::Group(GroupId(at)));
    }
    for (at, id) in calls.iter().enumerate() {
        add("an endpoint", id, See::Endpoint(at));
    }
    let areas = document.scopes.areas.iter();
    let scopes = areas.flat_map(|(_, area)| area.levels.iter());
    for (at, (_, scope)) in scopes.enumerate() {
        add("a scope", &scope.wire, See::Scope(ScopeId(at)));
    }
    for (at, event) in document.events.events.iter().enumerate() {
        add("an event", &event.scope, See::Event(EventId(at)));
    }
    for (at, status) in statuses.iter().enumerate() {
        add("a status", status, See::Status(at));
    }
    for (name, page) in Page::ALL {
        add("a page", name, See::Page(page));
    }
    for (at, topic) in service.topics.iter().enumerate() {
        add("a topic", &topic.title, See::Topic(at));
    }
    for (at, (_, rate)) in service.rates.iter().enumerate() {
        add("a rate limit", &rate.title, See::Rate(RateId(at)));
    }
    for (at, (_, style)) in service.pages.iter().enumerate() {
        add("a pagination style", &style.title, See::Pages(PageId(at)));
    }
    known
}

fn term(
    cx: &Index<'_>,
    spec: &spec::Term,
    at: At<'_>,
    known: &Known<'_>,
    out: &mut Diagnostics,
) -> Option<Term> {
    let mut see = Vec::new();
    for (index, name) in spec.see.iter().enumerate() {
        let place = at.key("see").index(index).value();
        match known.get(&**name).map(Vec::as_slice) {
            Some(_) if *name == spec.term => out.push(
                Diagnostic::new(&UNKNOWN_SEE, place, format!("`{name}` is the term itself"))
                    .also(at.key("term").value(), "this one")
                    .help("name a related entry, or remove this"),
            ),
            Some([(_, target)]) => see.push(*target),
            Some(several) => {
                let kinds: Vec<&str> = several.iter().map(|(kind, _)| *kind).collect();
                let message = format!("`{name}` is the name of {}", kinds.join(" and "));
                out.push(
                    Diagnostic::new(&AMBIGUOUS_SEE, place, message)
                        .why("the link could lead to any of them")
                        .help("rename one of them, or name something else here"),
                );
            }
            None => out.push(
                Diagnostic::new(
                    &UNKNOWN_SEE,
                    place,
                    format!("the docs have nothing named `{name}`"),
                )
                .why("the link would lead nowhere")
                .help("name a term, a group, an endpoint, a scope, an event, a status, a page, or a title in service.yaml")
                .lacks(name.split('.').next().unwrap_or_default())
                .meant(name, cx.candidates(known.keys().copied())),
            ),
        }
    }
    (see.len() == spec.see.len()).then(|| Term {
        term: spec.term.clone(),
        means: spec.means.clone(),
        also: spec.also.clone(),
        see,
    })
}
