//! The contents of the first page: what the API is, and how much of it is covered.

use serde::Serialize;

use super::{
    super::text::prose,
    Links, curl, diagrams, example,
    service::{TopicView, topic},
};
use crate::{model::shown_first, words::uncapital};

/// How many there are of something.
#[derive(Debug, Serialize)]
pub(in super::super) struct Total {
    pub name: &'static str,
    pub all: usize,
}

/// A server other than the store's.
#[derive(Debug, Serialize)]
pub(in super::super) struct ServerView {
    pub name: String,
    /// What it does and how it is called, after its name.
    pub text: String,
}

/// The contents of the first page.
#[derive(Debug, Serialize)]
pub(in super::super) struct Orientation {
    pub does: String,
    pub totals: Vec<Total>,
    pub current: String,
    pub base_url: String,
    pub servers: Vec<ServerView>,
    pub agents: TopicView,
    /// The nesting of resources.
    pub nesting: Option<diagrams::Nesting>,
}

/// The contents of the first page.
pub(in super::super) fn view(links: &Links<'_>) -> Orientation {
    let service = &links.api.service;
    Orientation {
        does: prose(&service.does),
        totals: totals(links),
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
                    "{} Its base URL is `{}`, and each call sends the header `{}`. The token is {}",
                    uncapital(&prose(&server.does)),
                    server.base_url,
                    server.auth(),
                    uncapital(&prose(&server.token))
                ),
            })
            .collect(),
        agents: topic(links, &service.agents),
        nesting: diagrams::nesting(links),
    }
}

fn totals(links: &Links<'_>) -> Vec<Total> {
    let api = links.api;
    let writes = api.endpoints.iter().filter(|one| one.writes).count();
    let total = |name, all| Total { name, all };
    vec![
        total("endpoints", api.endpoints.len()),
        total("reads", api.endpoints.len() - writes),
        total("writes", writes),
        total("groups", api.groups.len()),
        total("scopes", api.scopes.len()),
        total("webhook events", api.events.len()),
    ]
}

/// The first call that a reader makes: the simplest one that reads one resource.
#[derive(Debug, Serialize)]
pub(in super::super) struct First {
    pub rust: String,
    pub curl: String,
}

/// The first call that a reader makes.
pub(in super::super) fn first(links: &Links<'_>) -> Option<First> {
    let api = links.api;
    let endpoint = shown_first(api)?;
    Some(First {
        rust: example::first(api, endpoint),
        curl: curl::text(api, endpoint),
    })
}
