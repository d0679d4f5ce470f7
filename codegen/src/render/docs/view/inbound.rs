//! The pages of providers: the calls that BigCommerce makes, and what a server returns. They show the same as
//! a group's page, except what concerns a client.

use serde::Serialize;

use super::{
    super::text::prose,
    Links,
    group::{self, GroupView},
    response,
};
use crate::{
    model::{Api, Group, Inbound},
    spec::{self, InboundAuth},
};

/// The title of the list of all providers.
pub(in super::super) const TITLE: &str = "Calls to your server";

/// A provider, in a list of all.
#[derive(Debug, Serialize)]
pub(in super::super) struct Provider {
    pub name: String,
    pub title: String,
    pub href: String,
    pub does: String,
    pub total: usize,
}

/// A provider with everything on its page.
#[derive(Debug, Serialize)]
pub(in super::super) struct ProviderView {
    pub group: GroupView,
    /// Who responds, where BigCommerce calls, and how it authenticates.
    pub facts: Vec<(&'static str, String)>,
    /// What is shown with each endpoint of the group.
    pub calls: Vec<CallView>,
}

/// What a call has in addition to an endpoint.
#[derive(Debug, Serialize)]
pub(in super::super) struct CallView {
    /// The request body, as JSON.
    pub request: Option<String>,
}

/// All providers.
pub(in super::super) fn all(links: &Links<'_>) -> Vec<Provider> {
    let inbound = links.api.inbound.iter();
    let providers = inbound.flat_map(|inbound| inbound.providers());
    let provider = |(group, _): (&Group, &spec::Inbound)| Provider {
        name: group.name.clone(),
        title: prose(&group.title),
        href: links.file(&group.name),
        does: prose(&group.does),
        total: group.endpoints.len(),
    };
    providers.map(provider).collect()
}

/// Links that are relative to the page of a provider, among its own types.
pub(in super::super) fn links<'a>(
    inbound: &'a Inbound,
    group: &'a Group,
    of: &Links<'_>,
) -> Links<'a> {
    Links {
        api: &inbound.api,
        output: of.output,
        here: &group.name,
        listed: None,
    }
}

/// The page of a provider.
pub(in super::super) fn view(
    links: &Links<'_>,
    group: &Group,
    provider: &spec::Inbound,
) -> ProviderView {
    let auth = match provider.auth {
        InboundAuth::Basic => "HTTP Basic authentication",
        InboundAuth::None => "none",
    };
    let credentials = prose(&provider.credentials);
    ProviderView {
        calls: calls(links.api, group),
        facts: vec![
            ("Server", prose(&provider.server)),
            ("Base URL", format!("`{}`", provider.base_url)),
            ("Authentication", format!("{auth}. {credentials}")),
        ],
        group: group::view(links, group),
    }
}

fn calls(api: &Api, group: &Group) -> Vec<CallView> {
    let endpoints = api.endpoints_of(group).iter();
    let view = |endpoint: &crate::model::Endpoint| {
        let body = endpoint.body.as_ref();
        let request = body.map(|body| format!("{:#}", response::sample(api, &body.ty)));
        CallView { request }
    };
    endpoints.map(view).collect()
}
