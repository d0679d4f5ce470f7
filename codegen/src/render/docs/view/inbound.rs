//! The pages of providers: the calls that BigCommerce makes, and what a server returns. They show what a
//! group's page shows, but for all that concerns a client.

use serde::Serialize;

use super::{
    super::text::prose,
    Links,
    group::{self, GroupView},
    response,
    types::Schema,
};
use crate::{
    model::{Api, Group, Inbound},
    spec::{self, InboundAuth},
};

/// The facts of a call that concern the one who responds.
const FACTS: &[&str] = &["Request body", "Response", "Success"];

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
    /// Who responds, where BigCommerce calls, and how it signs in.
    pub facts: Vec<(&'static str, String)>,
    /// What stands beside each endpoint of the group.
    pub calls: Vec<CallView>,
}

/// What a call has beyond what an endpoint has.
#[derive(Debug, Serialize)]
pub(in super::super) struct CallView {
    /// The request body, as JSON.
    pub request: Option<String>,
    /// The error statuses.
    pub errors: String,
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

/// Links as they read from the page of a provider, among its own types.
pub(in super::super) fn links<'a>(
    inbound: &'a Inbound,
    group: &'a Group,
    of: &Links<'_>,
) -> Links<'a> {
    Links {
        api: &inbound.api,
        output: of.output,
        here: &group.name,
    }
}

/// The page of a provider.
pub(in super::super) fn view(
    links: &Links<'_>,
    group: &Group,
    provider: &spec::Inbound,
) -> ProviderView {
    let mut view = group::view(links, group);
    for endpoint in &mut view.endpoints {
        endpoint.facts.retain(|fact| FACTS.contains(&fact.name));
    }
    view.schemas.iter_mut().for_each(as_sent);
    let auth = match provider.auth {
        InboundAuth::Basic => "HTTP Basic authentication",
        InboundAuth::None => "none",
    };
    let credentials = prose(&provider.credentials);
    ProviderView {
        calls: calls(links.api, group),
        facts: vec![
            ("Handled by", prose(&provider.answered_by)),
            ("Base URL", format!("`{}`", provider.base_url)),
            ("Authentication", format!("{auth}. {credentials}")),
        ],
        group: view,
    }
}

fn calls(api: &Api, group: &Group) -> Vec<CallView> {
    let endpoints = api.endpoints_of(group).iter();
    let view = |endpoint: &crate::model::Endpoint| {
        let body = endpoint.body.as_ref();
        let request = body.map(|body| format!("{:#}", response::sample(api, &body.ty)));
        let errors = endpoint.errors.iter().map(|status| format!("`{status}`"));
        CallView {
            request,
            errors: errors.collect::<Vec<_>>().join(", "),
        }
    };
    endpoints.map(view).collect()
}

/// No Rust is made of these schemas, and both sides send them.
fn as_sent(schema: &mut Schema) {
    schema.types.clear();
    if !schema.columns.is_empty() {
        schema.columns = vec!["Sent"];
    }
    for field in &mut schema.fields {
        for tag in &mut field.tags {
            tag.text = tag.text.replace("always returned", "always sent");
        }
        field.nested.iter_mut().for_each(as_sent);
    }
}
