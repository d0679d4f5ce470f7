//! Endpoints as rows of a table: what one compares them by, and the details below a row.

use serde::Serialize;

use super::{Fact, Links, ScopeLink, area, endpoint::tone};
use crate::{
    model::{self, Api, Endpoint, Group, Least, ScopeId},
    render::text::prose,
    words,
};

#[derive(Debug, Serialize)]
pub(in super::super) struct RowGroup {
    pub name: String,
    pub title: String,
    pub href: String,
    pub rows: Vec<Row>,
    /// How many of them read.
    pub reads: usize,
    /// The minimum scopes for those that read, and for all of them.
    pub read_scopes: Vec<ScopeLink>,
    pub full_scopes: Vec<ScopeLink>,
}

/// The groups of an area and their rows.
#[derive(Debug, Serialize)]
pub(in super::super) struct RowArea {
    pub title: String,
    pub groups: Vec<RowGroup>,
}

/// An endpoint.
#[derive(Debug, Serialize)]
pub(in super::super) struct Row {
    pub id: String,
    pub method: &'static str,
    pub path: String,
    pub does: String,
    /// `read` or `write`.
    pub access: &'static str,
    /// How that is marked: what cannot be undone stands out.
    pub tone: &'static str,
    /// Whether it deletes, which is then shown instead of `write`.
    pub deletes: bool,
    /// How it moves or commits money, in a word or two.
    pub money: Option<&'static str>,
    pub group: String,
    pub href: String,
    pub deprecated: bool,
    /// The least scope.
    pub scope: ScopeLink,
    /// The least scope of another area that is sufficient instead.
    pub or_scope: Option<ScopeLink>,
    /// The others that are sufficient as well.
    pub also: Vec<ScopeLink>,
    /// Those that it also needs with some values.
    pub also_needs: Vec<AlsoNeeds>,
    /// Every sufficient scope, separated by spaces.
    pub enough: String,
    pub events: Vec<EventLink>,
    /// Version, limits and source.
    pub facts: Vec<Fact>,
    /// Whether its request body is a form.
    pub form: bool,
    /// The methods from the client to the call, separated by dots; then those of its bulk call and of the one
    /// that waits for its job, each after a space; then all of them on the handle for a single resource.
    pub rust: String,
    /// The types of its handles in the client: the full one, and the read-only one after a space.
    pub handles: String,
    /// Why its scope is in doubt.
    pub disputed: Option<String>,
}

/// A scope that an endpoint needs only under a condition.
#[derive(Clone, Debug, Serialize)]
pub(in super::super) struct AlsoNeeds {
    pub scope: ScopeLink,
    pub when: String,
}

/// An event that a call fires.
#[derive(Debug, Serialize)]
pub(in super::super) struct EventLink {
    pub scope: String,
    pub href: String,
}

/// The methods in use, in the order of their first use: a filter of a table of endpoints.
pub(in super::super) fn methods(api: &Api) -> Vec<&'static str> {
    let mut methods = Vec::new();
    for endpoint in &api.endpoints {
        let method = endpoint.method.as_str();
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    methods
}

/// All groups with their rows, in the docs' order.
pub(in super::super) fn groups(links: &Links<'_>) -> Vec<RowGroup> {
    let groups = links.api.groups.iter();
    groups.map(|group| of_group(links, group)).collect()
}

/// The same by area.
pub(in super::super) fn areas(links: &Links<'_>) -> Vec<RowArea> {
    let areas = area::all(links).into_iter().map(|area| {
        let groups = area.groups.iter().map(|part| links.api.group(part.id));
        RowArea {
            groups: groups.map(|group| of_group(links, group)).collect(),
            title: area.title,
        }
    });
    areas.collect()
}

fn of_group(links: &Links<'_>, group: &Group) -> RowGroup {
    let endpoints = links.api.endpoints_of(group);
    let Least { read, full } = Least::of(links.api, endpoints);
    let shown = |ids: Vec<ScopeId>| ids.into_iter().map(|id| links.scope_link(id)).collect();
    RowGroup {
        name: group.name.clone(),
        title: prose(&group.title),
        href: links.file(&group.name),
        rows: endpoints.iter().map(|one| row(links, one)).collect(),
        reads: endpoints.iter().filter(|one| !one.writes).count(),
        read_scopes: shown(read),
        full_scopes: shown(full),
    }
}

/// An endpoint as a row.
pub(in super::super) fn row(links: &Links<'_>, endpoint: &Endpoint) -> Row {
    let api = links.api;
    let group = api.group(endpoint.group);
    let enough = api.enough(endpoint);
    let enough: Vec<&str> = enough.map(|id| &*api.scope(id).wire).collect();
    let also = api.enough(endpoint).skip(1);
    let (handle, reader) = api.handles_of(endpoint);
    Row {
        id: endpoint.id.clone(),
        method: endpoint.method.as_str(),
        path: endpoint.path.clone(),
        does: prose(&endpoint.does),
        access: if endpoint.writes { "write" } else { "read" },
        tone: tone(endpoint),
        deletes: endpoint.deletes(),
        money: endpoint.money.map(words::money_in_short),
        group: group.name.clone(),
        href: links.to(&group.name, &endpoint.id),
        deprecated: endpoint.deprecated.is_some(),
        enough: enough.join(" "),
        events: endpoint.fires.iter().map(|id| event(links, *id)).collect(),
        facts: facts(links, endpoint),
        form: !endpoint.form.is_empty(),
        rust: rust(links, endpoint),
        handles: format!("{handle} {reader}"),
        disputed: endpoint.scope_conflict().map(|one| prose(&one.why)),
        scope: links.scope_link(endpoint.scope),
        or_scope: endpoint.or_scope.map(|id| links.scope_link(id)),
        also: also.map(|id| links.scope_link(id)).collect(),
        also_needs: endpoint
            .also_needs
            .iter()
            .map(|one| AlsoNeeds {
                scope: links.scope_link(one.scope),
                when: prose(&one.when),
            })
            .collect(),
    }
}

fn event(links: &Links<'_>, id: model::EventId) -> EventLink {
    let scope = &links.api.event(id).scope;
    EventLink {
        scope: scope.clone(),
        href: links.to(super::links::page::EVENTS, scope),
    }
}

/// The details below a row: version, limits and source.
fn facts(links: &Links<'_>, endpoint: &Endpoint) -> Vec<Fact> {
    let words = links.words();
    let shown = |fact: &words::Fact<'_>| {
        matches!(
            fact,
            words::Fact::Version
                | words::Fact::Pagination(_)
                | words::Fact::RateLimit
                | words::Fact::Batch(_)
                | words::Fact::Concurrency(_)
                | words::Fact::Retry
        )
    };
    let facts = words::facts(links.api, endpoint).into_iter().filter(shown);
    let mut facts: Vec<Fact> = facts
        .map(|fact| Fact {
            name: fact.name(),
            text: words.fact(endpoint, fact),
        })
        .collect();
    let file = links.source(&endpoint.source, endpoint.source_url.as_deref());
    facts.push(Fact {
        name: "Source",
        text: format!("{file}, operation `{}`", endpoint.operation),
    });
    facts
}

fn rust(links: &Links<'_>, endpoint: &Endpoint) -> String {
    let steps = model::call(links.api, endpoint).steps;
    let names: Vec<&str> = steps.iter().map(|(name, _)| *name).collect();
    let call = names.iter().rposition(|name| *name == endpoint.call);
    let handle = &names[..call.unwrap_or_default()];
    let mut handles = vec![handle.join(".")];
    if let Some((at, method)) = narrowed(links.api, endpoint, handle.len()) {
        let (before, after) = handle.split_at(at);
        handles.push([before, &[method], after].concat().join("."));
    }
    let chains = handles.iter().flat_map(|handle| {
        let methods = endpoint.methods();
        methods.map(move |method| format!("{handle}.{method}"))
    });
    chains.collect::<Vec<_>>().join(" ")
}

/// The method that narrows the handle of an endpoint to a single resource, and its position in the chain that
/// returns the handle.
fn narrowed<'a>(api: &'a Api, endpoint: &Endpoint, steps: usize) -> Option<(usize, &'a str)> {
    let mut group = api.group(endpoint.group);
    // Of two handles of a group, the nested one is narrowed.
    if group.nested.is_some() && !endpoint.nested {
        return None;
    }
    let mut at = steps;
    loop {
        if let Some(narrowed) = &group.narrowed {
            return Some((at, narrowed.method.as_str()));
        }
        group = api.group(group.nested.as_ref()?.under);
        at = at.checked_sub(1)?;
    }
}
