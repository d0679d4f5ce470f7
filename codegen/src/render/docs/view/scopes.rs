//! Scopes by area: what each opens, what else grants it, and which endpoints need it.

use serde::Serialize;

use super::{Links, all_conflicts};
use crate::{
    model::{Endpoint, Scope, ScopeId},
    render::text::prose,
};

/// The scopes of all areas.
#[derive(Debug, Serialize)]
pub(in super::super) struct ScopesView {
    pub does: String,
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

/// A scope.
#[derive(Debug, Serialize)]
pub(in super::super) struct ScopeView {
    pub wire: String,
    pub anchor: String,
    pub level: String,
    /// What it lets a caller do.
    pub access: &'static str,
    pub satisfied_by: Vec<String>,
    /// The endpoints for which it is the least scope.
    pub least_for: Vec<String>,
    /// The further endpoints that it opens as well.
    pub also_opens: Vec<String>,
}

/// The scopes of all areas.
pub(in super::super) fn view(links: &Links<'_>) -> ScopesView {
    let api = links.api;
    ScopesView {
        does: prose(&api.scopes_do),
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
                conflicts: all_conflicts(&area.conflicts),
            })
            .collect(),
    }
}

/// The fewest scopes for a part of the API.
#[derive(Debug, Serialize)]
pub(in super::super) struct LeastView {
    pub title: String,
    /// The group's page; none for all groups together.
    pub href: Option<String>,
    pub read: Vec<String>,
    pub full: Vec<String>,
}

/// The fewest scopes for each group, and for all of them.
pub(in super::super) fn least(links: &Links<'_>) -> Vec<LeastView> {
    let api = links.api;
    let fewest = |endpoints: &[Endpoint], writes: bool| -> Vec<String> {
        let those = endpoints.iter().filter(|one| writes || !one.writes);
        api.least(those)
            .into_iter()
            .map(|id| links.scope(api.scope(id)))
            .collect()
    };
    let row = |title: String, href, endpoints: &[Endpoint]| LeastView {
        title,
        href,
        read: fewest(endpoints, false),
        full: fewest(endpoints, true),
    };
    let groups = api.groups.iter().map(|group| {
        let href = Some(links.file(&group.name));
        row(prose(&group.title), href, api.endpoints_of(group))
    });
    groups
        .chain([row("All of them".to_owned(), None, &api.endpoints)])
        .collect()
}

fn scope(links: &Links<'_>, id: ScopeId, scope: &Scope) -> ScopeView {
    let api = links.api;
    let those = |which: &dyn Fn(ScopeId) -> bool| {
        api.endpoints
            .iter()
            .filter(|endpoint| which(endpoint.scope))
            .map(|endpoint| links.endpoint(endpoint))
            .collect()
    };
    ScopeView {
        wire: scope.wire.clone(),
        anchor: links.anchor(&scope.wire),
        level: prose(&scope.level),
        access: if scope.writes {
            "read and write"
        } else {
            "read"
        },
        satisfied_by: scope
            .satisfied_by
            .iter()
            .map(|other| format!("`{}`", api.scope(*other).wire))
            .collect(),
        least_for: those(&|needed| needed == id),
        also_opens: those(&|needed| api.scope(needed).satisfied_by.contains(&id)),
    }
}
