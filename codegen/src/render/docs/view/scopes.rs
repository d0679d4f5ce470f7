//! Scopes by area: what each allows, which scopes include it, and which endpoints need it.

use serde::Serialize;

use super::{Links, all_conflicts};
use crate::{
    model::{Scope, ScopeId},
    render::text::prose,
};

/// The scopes of all areas.
#[derive(Debug, Serialize)]
pub(in super::super) struct ScopesView {
    pub does: String,
    /// What BigCommerce adds to every grant.
    pub unasked: Vec<String>,
    pub areas: Vec<AreaView>,
}

/// An area and its scopes.
#[derive(Debug, Serialize)]
pub(in super::super) struct AreaView {
    pub label: String,
    pub anchor: String,
    pub covers: String,
    pub scopes: Vec<ScopeView>,
    pub conflicts: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(in super::super) struct ScopeView {
    pub wire: String,
    pub anchor: String,
    pub level: String,
    /// What it allows.
    pub access: &'static str,
    pub satisfied_by: Vec<String>,
    /// The scopes that also grant it, as in tokens.
    pub above: Vec<String>,
    /// The address of its own page.
    pub page: String,
    /// The endpoints for which it is the least scope.
    pub least_for: Vec<String>,
    /// The other endpoints that it allows.
    pub also_opens: Vec<String>,
}

/// The scopes of all areas.
pub(in super::super) fn view(links: &Links<'_>) -> ScopesView {
    let api = links.api;
    ScopesView {
        does: prose(&api.scopes_do),
        unasked: api.granted_unasked.clone(),
        areas: api
            .areas
            .iter()
            .enumerate()
            .map(|(at, area)| AreaView {
                label: area.label.clone(),
                anchor: links.anchor(&area.label),
                covers: prose(&area.covers),
                scopes: api
                    .scopes
                    .iter()
                    .enumerate()
                    .filter(|(_, scope)| scope.area == at)
                    .map(|(id, one)| scope(links, ScopeId(id), one))
                    .collect(),
                conflicts: all_conflicts(links, &area.conflicts),
            })
            .collect(),
    }
}

fn scope(links: &Links<'_>, id: ScopeId, scope: &Scope) -> ScopeView {
    let api = links.api;
    ScopeView {
        wire: scope.wire.clone(),
        anchor: links.anchor(&scope.wire),
        level: prose(&scope.level),
        access: if scope.writes { "read, write" } else { "read" },
        satisfied_by: scope
            .satisfied_by
            .iter()
            .map(|other| format!("`{}`", api.scope(*other).wire))
            .collect(),
        above: scope
            .satisfied_by
            .iter()
            .map(|other| api.scope(*other).wire.clone())
            .collect(),
        page: links.scope_href(scope),
        least_for: api.least_for(id).map(|one| links.endpoint(one)).collect(),
        also_opens: api.also_opened(id).map(|one| links.endpoint(one)).collect(),
    }
}
