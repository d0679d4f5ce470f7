//! The page of a scope: what it allows, which scopes include it, its events, and where it is in the control
//! panel.

use serde::Serialize;

use super::{
    Links, ScopeLink, all_conflicts,
    rows::{self, EventLink, Row},
};
use crate::{
    model::{Endpoint, ScopeId},
    render::text::prose,
    scopes,
};

#[derive(Debug, Serialize)]
pub(in super::super) struct ScopePage {
    pub wire: String,
    pub label: String,
    pub level: String,
    pub covers: String,
    /// Whether it allows calls that read.
    pub reads: bool,
    /// Whether it allows calls that write.
    pub writes: bool,
    /// Whether one of those deletes.
    pub deletes: bool,
    pub satisfied_by: Vec<ScopeLink>,
    /// Those that it includes.
    pub satisfies: Vec<ScopeLink>,
    /// The endpoints for which it is the least scope.
    pub least_for: Vec<Row>,
    /// The endpoints for which it is sufficient instead of their least scope.
    pub alternative_for: Vec<Row>,
    /// The other endpoints that it allows.
    pub also_opens: Vec<Row>,
    /// The endpoints that need it only with some values, by condition.
    pub also_needed: Vec<AlsoNeeded>,
    pub events: Vec<EventLink>,
    pub conflicts: Vec<String>,
}

/// The endpoints that need a scope under one condition.
#[derive(Debug, Serialize)]
pub(in super::super) struct AlsoNeeded {
    pub when: String,
    pub rows: Vec<Row>,
}

/// The page of a scope.
pub(in super::super) fn view(links: &Links<'_>, id: ScopeId) -> ScopePage {
    let api = links.api;
    let scope = api.scope(id);
    let area = &api.areas[scope.area];
    let row = |one| rows::row(links, one);
    let opened = || api.least_for(id).chain(api.also_opened(id));
    let events = scopes::events(api, scope.area).into_iter();
    ScopePage {
        wire: scope.wire.clone(),
        label: area.label.clone(),
        level: prose(&scope.level),
        covers: prose(&area.covers),
        reads: !scope.writes || opened().any(|one| !one.writes),
        writes: scope.writes,
        deletes: opened().any(Endpoint::deletes),
        satisfied_by: scope
            .satisfied_by
            .iter()
            .map(|one| links.scope_link(*one))
            .collect(),
        satisfies: api.satisfied(id).map(|one| links.scope_link(one)).collect(),
        least_for: api.least_for(id).map(row).collect(),
        alternative_for: api.alternative_for(id).map(row).collect(),
        also_opens: api
            .also_opened(id)
            .filter(|one| one.or_scope != Some(id))
            .map(row)
            .collect(),
        also_needed: also_needed(links, id),
        events: events
            .map(|scope| EventLink {
                scope: scope.to_owned(),
                href: links.to(super::links::page::EVENTS, scope),
            })
            .collect(),
        conflicts: all_conflicts(links, &area.conflicts),
    }
}

fn also_needed(links: &Links<'_>, id: ScopeId) -> Vec<AlsoNeeded> {
    let mut all: Vec<AlsoNeeded> = Vec::new();
    for (endpoint, when) in links.api.also_needed_by(id) {
        let (row, when) = (rows::row(links, endpoint), prose(when));
        match all.iter_mut().find(|one| one.when == when) {
            Some(one) => one.rows.push(row),
            None => all.push(AlsoNeeded {
                when,
                rows: vec![row],
            }),
        }
    }
    all
}
