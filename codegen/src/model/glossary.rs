//! The glossary: its terms by the alphabet, each with the places where more is said of it.

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
    "Where the glossary sends a reader, the docs have something.",
);
pub static TERM_TWICE: Code = Code::error(
    "E541",
    "term-twice",
    "A word stands once in the glossary, as a term or beside one.",
);
/// What may be reported here.
pub static CODES: &[&Code] = &[&UNKNOWN_SEE, &TERM_TWICE];

/// A term, and what it means.
#[derive(Clone, Debug)]
pub struct Term {
    /// The term.
    pub term: String,
    /// What it means.
    pub means: String,
    /// Other words for it.
    pub also: Vec<String>,
    /// Where more is said of it.
    pub see: Vec<See>,
}

/// A place in the docs that the glossary can send a reader to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum See {
    /// A term, by its position in [`super::Api::glossary`].
    Term(usize),
    /// A group.
    Group(GroupId),
    /// An endpoint, by its position in [`super::Api::endpoints`].
    Endpoint(usize),
    /// A scope.
    Scope(ScopeId),
    /// A webhook event.
    Event(EventId),
    /// A status, by its position among those of the service.
    Status(usize),
    /// A page.
    Page(Page),
    /// A topic, by its position among those of the service.
    Topic(usize),
    /// A rate limit.
    Rate(RateId),
    /// A style of paging.
    Pages(PageId),
}

/// A page on what concerns all endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Ways to connect and to authenticate.
    Authentication,
    /// Scopes.
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

/// Resolves the glossary, and reports each place that is not there.
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

/// Reports each word that stands there twice.
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
                        format!("`{word}` is in the glossary already"),
                    )
                    .also(Clone::clone(first), "here")
                    .help("leave it where it is explained, and link there with `see:`"),
                ),
                None => {
                    seen.insert(word.to_lowercase(), place);
                }
            }
        }
    }
}

/// Everything that can be named, terms before all else.
fn known<'a>(
    cx: &Index<'a>,
    order: &[usize],
    calls: &'a [String],
    statuses: &'a [String],
) -> IndexMap<&'a str, See> {
    let (document, service) = (cx.document, &cx.document.service);
    let terms = order.iter().enumerate();
    let terms = terms.map(|(at, from)| (&*service.glossary[*from].term, See::Term(at)));
    let groups = cx.groups().enumerate();
    let groups = groups.map(|(at, (group, _))| (&*group.group, See::Group(GroupId(at))));
    let calls = calls.iter().enumerate();
    let calls = calls.map(|(at, id)| (id.as_str(), See::Endpoint(at)));
    let areas = document.scopes.areas.iter();
    let scopes = areas.flat_map(|(_, area)| area.levels.iter()).enumerate();
    let scopes = scopes.map(|(at, (_, scope))| (&*scope.wire, See::Scope(ScopeId(at))));
    let events = document.events.events.iter().enumerate();
    let events = events.map(|(at, event)| (&*event.scope, See::Event(EventId(at))));
    let statuses = statuses.iter().enumerate();
    let statuses = statuses.map(|(at, status)| (status.as_str(), See::Status(at)));
    let pages = Page::ALL.into_iter();
    let pages = pages.map(|(name, page)| (name, See::Page(page)));
    let topics = service.topics.iter().enumerate();
    let topics = topics.map(|(at, topic)| (&*topic.title, See::Topic(at)));
    let rates = service.rates.iter().enumerate();
    let rates = rates.map(|(at, (_, rate))| (&*rate.title, See::Rate(RateId(at))));
    let styles = service.pages.iter().enumerate();
    let styles = styles.map(|(at, (_, style))| (&*style.title, See::Pages(PageId(at))));
    let mut known = IndexMap::new();
    for (name, place) in terms
        .chain(groups)
        .chain(calls)
        .chain(scopes)
        .chain(events)
        .chain(statuses)
        .chain(pages)
        .chain(topics)
        .chain(rates)
        .chain(styles)
    {
        known.entry(name).or_insert(place);
    }
    known
}

fn term(
    cx: &Index<'_>,
    spec: &spec::Term,
    at: At<'_>,
    known: &IndexMap<&str, See>,
    out: &mut Diagnostics,
) -> Option<Term> {
    let mut see = Vec::new();
    for (index, name) in spec.see.iter().enumerate() {
        let place = at.key("see").index(index).value();
        match known.get(&**name) {
            Some(_) if *name == spec.term => out.push(
                Diagnostic::new(&UNKNOWN_SEE, place, format!("`{name}` is the term itself"))
                    .also(at.key("term").value(), "this one")
                    .help("name what says more of it, or leave this out"),
            ),
            Some(target) => see.push(*target),
            None => out.push(
                Diagnostic::new(
                    &UNKNOWN_SEE,
                    place,
                    format!("the docs have nothing called `{name}`"),
                )
                .why("it would become a link to nowhere")
                .help("name a term, a group, an endpoint, a scope, an event, a status, a page, or a title of service.yaml")
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
