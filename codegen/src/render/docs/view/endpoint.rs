//! An endpoint on its page: what it does, its facts as sentences, its request and response.

use serde::Serialize;

use super::{
    super::text::prose,
    Fact, Links, Output, ScopeLink, all_conflicts, curl, deprecation, example,
    parameter::{self, Filter, Parameter},
    reach, response,
};
use crate::{
    model::{Answer, Body, Caller, Endpoint, Kind, Ty, TypeId},
    words,
};

#[derive(Debug, Serialize)]
pub(in super::super) struct EndpointView {
    pub id: String,
    pub anchor: String,
    pub method: &'static str,
    pub path: String,
    /// What it does, without the full stop.
    pub title: String,
    pub does: String,
    pub note: Option<String>,
    pub deprecated: Option<String>,
    /// `read` or `write`.
    pub access: &'static str,
    /// How that is marked: what cannot be undone stands out.
    pub tone: &'static str,
    /// Whether it deletes, which is then shown instead of `write`.
    pub deletes: bool,
    /// How it moves or commits money, in a word or two.
    pub money: Option<&'static str>,
    pub scope: String,
    pub scope_href: String,
    /// The least scope of another area that is sufficient instead.
    pub or_scope: Option<ScopeLink>,
    pub version: String,
    pub href: String,
    pub facts: Vec<Fact>,
    pub conflicts: Vec<String>,
    pub path_parameters: Vec<Parameter>,
    pub headers: Vec<Parameter>,
    pub form: Vec<Parameter>,
    pub filters: Vec<Filter>,
    pub parameters: Vec<Parameter>,
    /// The call with curl; none if a client does not make the call.
    pub curl: Option<String>,
    /// The body of a response, as JSON; none if there is no body or it is not JSON.
    pub response: Option<String>,
    /// The call in Rust, as a whole program; none if a client does not make the call.
    pub example: Option<String>,
    /// Its call for any number of items in Rust.
    pub example_of_all: Option<String>,
    /// The sources of its facts, one sentence each.
    pub sources: Vec<String>,
    /// The call that waits for its job in Rust.
    pub example_of_job: Option<String>,
}

/// An endpoint on its group's page.
pub(in super::super) fn view(links: &Links<'_>, endpoint: &Endpoint) -> EndpointView {
    let api = links.api;
    let group = api.group(endpoint.group);
    let scope = api.scope(endpoint.scope);
    let (filters, parameters) = parameter::query(links, endpoint);
    let by_client = api.caller == Caller::Client;
    EndpointView {
        anchor: links.anchor(&endpoint.id),
        id: endpoint.id.clone(),
        method: endpoint.method.as_str(),
        path: endpoint.path.clone(),
        title: prose(endpoint.does.trim_end_matches('.')),
        does: prose(&endpoint.does),
        note: endpoint.note.as_deref().map(prose),
        deprecated: endpoint.deprecated.as_ref().map(deprecation),
        access: if endpoint.writes { "write" } else { "read" },
        tone: tone(endpoint),
        deletes: endpoint.deletes(),
        money: endpoint.money.map(words::money_in_short),
        scope: scope.wire.clone(),
        scope_href: links.scope_href(scope),
        or_scope: endpoint.or_scope.map(|id| links.scope_link(id)),
        version: links.api.generation(endpoint.generation).0.to_owned(),
        href: links.to(&group.name, &endpoint.id),
        facts: self::facts(links, endpoint),
        conflicts: all_conflicts(links, &endpoint.conflicts),
        path_parameters: endpoint
            .path_parameters
            .iter()
            .map(|one| parameter::view(links, endpoint, one))
            .collect(),
        form: endpoint
            .form
            .iter()
            .map(|one| parameter::view(links, endpoint, one))
            .collect(),
        headers: endpoint
            .headers
            .iter()
            .map(|one| parameter::view(links, endpoint, one))
            .collect(),
        filters,
        parameters,
        curl: by_client.then(|| curl::text(api, endpoint)),
        response: response::text(api, endpoint),
        example: by_client.then(|| example::text(api, endpoint)),
        example_of_all: example::of_all(api, endpoint),
        sources: sources(links, endpoint),
        example_of_job: example::of_job(api, endpoint),
    }
}

/// The class of the mark for a read or a write.
pub(super) fn tone(endpoint: &Endpoint) -> &'static str {
    match (endpoint.writes, endpoint.is_grave()) {
        (false, _) => "read",
        (true, false) => "write",
        (true, true) => "write grave",
    }
}

/// The named types of an endpoint's request and response, and the enumerations of its parameters.
pub(in super::super) fn type_ids(endpoint: &Endpoint) -> Vec<TypeId> {
    let mut ids = Vec::new();
    if let Answer::Page(ty) | Answer::One(ty) | Answer::Outcome(ty) | Answer::Events(Some(ty)) =
        &endpoint.answer
    {
        ids.extend(reach::named(ty));
    }
    ids.extend(
        endpoint
            .body
            .as_ref()
            .and_then(|body| reach::named(&body.ty)),
    );
    let parameters = endpoint.path_parameters.iter().chain(&endpoint.query);
    let parameters = parameters.chain(&endpoint.headers).chain(&endpoint.form);
    ids.extend(parameters.filter_map(|parameter| reach::named(&parameter.ty)));
    ids.extend(endpoint.sort.as_ref().map(|sort| sort.by));
    ids
}

/// The facts of an endpoint; its method and path are shown above them.
fn facts(links: &Links<'_>, endpoint: &Endpoint) -> Vec<Fact> {
    let words = links.words();
    let facts = words::facts(links.api, endpoint).into_iter();
    let by_client = links.api.caller == Caller::Client;
    let facts = facts.filter(|fact| match fact {
        words::Fact::Endpoint => false,
        words::Fact::Request(_)
        | words::Fact::Form
        | words::Fact::Response
        | words::Fact::Success
        | words::Fact::Errors => true,
        // On the site these are next to the path, and the page states the version of its endpoints.
        words::Fact::Access => by_client && links.output == Output::Markdown,
        words::Fact::Version => {
            by_client && links.output == Output::Markdown && own_version(links, endpoint)
        }
        // Everything else concerns a client.
        _ => by_client,
    });
    let facts = facts.flat_map(|fact| {
        let text = match fact {
            words::Fact::Errors if by_client => words.errors_and_others(endpoint),
            fact => words.fact(endpoint, fact),
        };
        let own = Fact {
            name: fact.name(),
            text,
        };
        let required = match fact {
            words::Fact::Request(body) if by_client => required(links, body),
            _ => None,
        };
        [Some(own), required].into_iter().flatten()
    });
    facts.collect()
}

/// Whether an endpoint has another version than its group.
fn own_version(links: &Links<'_>, endpoint: &Endpoint) -> bool {
    links.api.group(endpoint.group).generation != endpoint.generation
}

/// The required fields of a request body. In Markdown the table of the type is close enough.
fn required(links: &Links<'_>, body: &Body) -> Option<Fact> {
    let (Ty::Named(id), Output::Site) = (body.item(), links.output) else {
        return None;
    };
    let def = links.api.ty(*id);
    let Kind::Object { fields, .. } = &def.kind else {
        return None;
    };
    let all = fields.iter().filter(|field| field.required);
    let href = links.schema(*id);
    let all = all.map(|field| format!("[`{}`]({href}.{})", field.wire, field.wire));
    let all = all.collect::<Vec<_>>().join(", ");
    let mut parts: Vec<String> = links.words().choices(def);
    if !all.is_empty() {
        let all = if parts.is_empty() { all } else { all + "." };
        parts.insert(0, all);
    }
    (!parts.is_empty()).then(|| Fact {
        name: "Required fields",
        text: parts.join(" "),
    })
}

/// The sources of the facts: the official description, and the row of the reference guide.
fn sources(links: &Links<'_>, endpoint: &Endpoint) -> Vec<String> {
    let file = links.source(&endpoint.source, endpoint.source_url.as_deref());
    let operation = &endpoint.operation;
    let mut sources = vec![format!(
        "Official description: {file}, operation `{operation}`."
    )];
    let docs = endpoint.docs.iter();
    sources.extend(docs.map(|docs| format!("[Official page]({docs}).")));
    let row = endpoint.guide.iter();
    sources.extend(row.map(|row| format!("Reference guide: `{row}`.")));
    sources.extend(links.words().listed_event(endpoint));
    sources
}
