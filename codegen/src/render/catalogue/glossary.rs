//! The glossary in the catalogue.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Api, See};

/// A term, and what it means.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Term<'a> {
    /// The term.
    term: &'a str,
    /// What it means, in Markdown.
    means: &'a str,
    /// Other words for it.
    also: &'a [String],
    /// Related entries.
    see: Vec<Target>,
}

/// Something that a term refers to.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Target {
    /// What it is.
    kind: Kind,
    /// Its name: that of a term, a group, a scope or a page; the id of an endpoint; the scope of an event;
    /// the number of a status; the title of a topic, a rate limit or a pagination style.
    name: String,
}

/// The kind of a reference.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// Another term.
    Term,
    /// A group.
    Group,
    /// An endpoint.
    Endpoint,
    /// A scope.
    Scope,
    /// A webhook event.
    Event,
    /// A status.
    Status,
    /// A page of the docs.
    Page,
    /// A topic.
    Topic,
    /// A rate limit.
    Rate,
    /// A style of paging.
    Paging,
}

impl<'a> Term<'a> {
    pub(super) fn all(api: &'a Api) -> Vec<Self> {
        let terms = api.glossary.iter();
        let terms = terms.map(|one| Self {
            term: &one.term,
            means: &one.means,
            also: &one.also,
            see: one.see.iter().map(|see| target(api, *see)).collect(),
        });
        terms.collect()
    }
}

fn target(api: &Api, see: See) -> Target {
    let service = &api.service;
    let (kind, name) = match see {
        See::Term(at) => (Kind::Term, api.glossary[at].term.clone()),
        See::Group(id) => (Kind::Group, api.group(id).name.clone()),
        See::Endpoint(at) => (Kind::Endpoint, api.endpoints[at].id.clone()),
        See::Scope(id) => (Kind::Scope, api.scope(id).wire.clone()),
        See::Event(id) => (Kind::Event, api.event(id).scope.clone()),
        See::Status(at) => (Kind::Status, service.statuses[at].status.to_string()),
        See::Page(page) => (Kind::Page, page.name().to_owned()),
        See::Topic(at) => (Kind::Topic, service.topics[at].title.clone()),
        See::Rate(id) => (Kind::Rate, api.rate(id).1.title.clone()),
        See::Pages(id) => (Kind::Paging, api.page_style(id).1.title.clone()),
    };
    Target { kind, name }
}
