//! What the first page says: what the API is, how much of it stands here, where the facts come from.

use serde::Serialize;

use super::{
    super::text::prose,
    Links, all_conflicts,
    service::{TopicView, topic},
};

/// What the guide counts, beside what stands here.
#[derive(Debug, Serialize)]
pub(in super::super) struct Total {
    pub name: &'static str,
    pub guide: usize,
    pub rows: usize,
    pub all: usize,
}

/// Where facts come from.
#[derive(Debug, Serialize)]
pub(in super::super) struct SourceView {
    pub title: String,
    pub version: String,
}

/// A server beside that of the store.
#[derive(Debug, Serialize)]
pub(in super::super) struct ServerView {
    pub name: String,
    pub text: String,
}

/// What the first page says.
#[derive(Debug, Serialize)]
pub(in super::super) struct Orientation {
    pub does: String,
    pub totals: Vec<Total>,
    pub updated: String,
    pub current: String,
    pub base_url: String,
    pub servers: Vec<ServerView>,
    pub sources: Vec<SourceView>,
    pub agents: TopicView,
    pub conflicts: Vec<String>,
}

/// What the first page says.
pub(in super::super) fn view(links: &Links<'_>) -> Orientation {
    let service = &links.api.service;
    Orientation {
        does: prose(&service.does),
        totals: totals(links),
        updated: service.guide.updated.clone(),
        current: service
            .history
            .iter()
            .find(|release| release.current)
            .map(|release| release.name.clone())
            .unwrap_or_default(),
        base_url: service.base_url.clone(),
        servers: service
            .servers
            .iter()
            .map(|(name, server)| ServerView {
                name: name.to_owned(),
                text: format!(
                    "{} It is at `{}` and takes `{}`. {}",
                    prose(&server.does),
                    server.base_url,
                    server.auth(),
                    prose(&server.token)
                ),
            })
            .collect(),
        sources: service
            .sources
            .iter()
            .map(|(_, source)| SourceView {
                title: prose(&source.title),
                version: source.version.clone(),
            })
            .collect(),
        agents: topic(links, &service.agents),
        conflicts: all_conflicts(links, &service.conflicts),
    }
}

fn totals(links: &Links<'_>) -> Vec<Total> {
    let api = links.api;
    let guide = &api.service.guide;
    let count = |which: &dyn Fn(&crate::model::Endpoint) -> bool| {
        let all = api.endpoints.iter().filter(|endpoint| which(endpoint));
        let rows = all.clone().filter(|endpoint| endpoint.guide.is_some());
        (rows.count(), all.count())
    };
    let (rows, all) = count(&|_| true);
    let (read_rows, reads) = count(&|endpoint| !endpoint.writes);
    let (write_rows, writes) = count(&|endpoint| endpoint.writes);
    let groups = api.groups.len();
    let has_row = |group: &&crate::model::Group| {
        api.endpoints[group.endpoints.clone()]
            .iter()
            .any(|endpoint| endpoint.guide.is_some())
    };
    let group_rows = api.groups.iter().filter(has_row).count();
    let needed = |guide_only: bool| {
        let mut scopes: Vec<_> = api
            .endpoints
            .iter()
            .filter(|endpoint| !guide_only || endpoint.guide.is_some())
            .map(|endpoint| endpoint.scope)
            .collect();
        scopes.sort_unstable();
        scopes.dedup();
        scopes.len()
    };
    let events = api
        .events
        .iter()
        .filter(|event| event.guide.is_some())
        .count();
    let total = |name, guide, rows, all| Total {
        name,
        guide,
        rows,
        all,
    };
    vec![
        total("Endpoints", guide.endpoints, rows, all),
        total("Capability groups", guide.groups, group_rows, groups),
        total("Endpoints that read", guide.reads, read_rows, reads),
        total("Endpoints that write", guide.writes, write_rows, writes),
        total("Permissions", guide.scopes, needed(true), api.scopes.len()),
        total("Webhook events", guide.events, events, api.events.len()),
    ]
}
