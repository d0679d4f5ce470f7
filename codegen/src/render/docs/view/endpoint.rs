//! An endpoint as its page shows it: what it does, its facts as sentences, what goes in and out.

use serde::Serialize;

use super::{
    super::text::prose,
    Fact, Links, conflict, deprecation, example, facts,
    parameter::{self, Filter, Parameter},
    reach, words,
};
use crate::{
    model::{Answer, Endpoint, Ty, TypeId},
    spec::Envelope,
};

/// An endpoint.
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
    pub scope: String,
    pub scope_label: String,
    pub scope_href: String,
    /// What grants as much as the least scope.
    pub also: Vec<String>,
    /// Every scope that is enough, with blanks between them.
    pub enough: String,
    /// The events that it fires or that the guide links to it.
    pub events: Vec<EventLink>,
    pub version: String,
    pub group: String,
    /// The name of the group's page.
    pub page: String,
    pub href: String,
    /// Whether the guide has no row for it.
    pub beyond: bool,
    pub facts: Vec<Fact>,
    pub conflicts: Vec<String>,
    pub path_parameters: Vec<Parameter>,
    pub headers: Vec<Parameter>,
    pub form: Vec<Parameter>,
    pub filters: Vec<Filter>,
    pub parameters: Vec<Parameter>,
    pub sends: Option<String>,
    pub answers: String,
    /// The call in Rust.
    pub example: String,
    /// Its call for any number of items in Rust.
    pub example_of_all: Option<String>,
    pub source: String,
}

/// An event beside an endpoint.
#[derive(Debug, Serialize)]
pub(in super::super) struct EventLink {
    pub scope: String,
    pub href: String,
    /// Whether a call fires it; the guide links some to calls that do not.
    pub fired: bool,
}

/// An endpoint as its group's page shows it.
pub(in super::super) fn view(links: &Links<'_>, endpoint: &Endpoint) -> EndpointView {
    let api = links.api;
    let group = api.group(endpoint.group);
    let scope = api.scope(endpoint.scope);
    let (filters, parameters) = parameter::query(links, endpoint);
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
        scope: scope.wire.clone(),
        scope_label: format!("{}: {}", api.areas[scope.area].label, scope.level),
        scope_href: links.scope_href(scope),
        also: scope
            .satisfied_by
            .iter()
            .map(|id| links.scope(api.scope(*id)))
            .collect(),
        enough: std::iter::once(scope)
            .chain(scope.satisfied_by.iter().map(|id| api.scope(*id)))
            .map(|one| one.wire.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        events: events(links, endpoint),
        version: links.api.generation(endpoint.generation).0.to_owned(),
        group: group.title.clone(),
        page: group.name.clone(),
        href: links.to(&group.name, &endpoint.id),
        beyond: endpoint.guide.is_none(),
        facts: facts::all(links, endpoint),
        conflicts: endpoint.conflicts.iter().map(conflict).collect(),
        path_parameters: endpoint
            .path_parameters
            .iter()
            .map(|one| parameter::view(links, one))
            .collect(),
        form: endpoint
            .form
            .iter()
            .map(|one| parameter::view(links, one))
            .collect(),
        headers: endpoint
            .headers
            .iter()
            .map(|one| parameter::view(links, one))
            .collect(),
        filters,
        parameters,
        sends: sends(links, endpoint),
        answers: answers(links, endpoint),
        example: example::text(api, endpoint),
        example_of_all: example::of_all(api, endpoint),
        source: source(links, endpoint),
    }
}

fn events(links: &Links<'_>, endpoint: &Endpoint) -> Vec<EventLink> {
    let linked = endpoint.event.filter(|id| !endpoint.fires.contains(id));
    let event = |id, fired| {
        let scope = links.api.event(id).scope.clone();
        EventLink {
            href: links.to(super::links::page::EVENTS, &scope),
            scope,
            fired,
        }
    };
    let fired = endpoint.fires.iter().map(|id| event(*id, true));
    fired.chain(linked.map(|id| event(id, false))).collect()
}

/// The named types that an endpoint takes and answers, and the enumerations of its parameters.
pub(in super::super) fn type_ids(endpoint: &Endpoint) -> Vec<TypeId> {
    let mut ids = Vec::new();
    if let Answer::Page(ty) | Answer::One(ty) | Answer::Outcome(ty) = &endpoint.answer {
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

fn sends(links: &Links<'_>, endpoint: &Endpoint) -> Option<String> {
    if !endpoint.form.is_empty() {
        return Some("a form (`multipart/form-data`)".to_owned());
    }
    let body = endpoint.body.as_ref()?;
    let item = match body.item() {
        Ty::Named(id) => format!("[`{}`]({})", links.api.ty(*id).name, links.schema(*id)),
        item if body.many() => words::plural(links, item),
        item => words::of(links, item),
    };
    let mut text = match &body.ty {
        Ty::List(_) => format!("a list of {item}"),
        Ty::OneOrMany(_) => format!("{item} or a list of them"),
        _ => item,
    };
    if body.optional {
        text += ", or no body";
    }
    Some(text)
}

fn answers(links: &Links<'_>, endpoint: &Endpoint) -> String {
    let wrapped = match endpoint.envelope {
        Envelope::DataMeta => ", in `data` beside `meta`",
        Envelope::Meta => ", in `meta` alone",
        Envelope::Flat => ", without an envelope",
        Envelope::None => "",
    };
    match &endpoint.answer {
        Answer::Nothing => "nothing".to_owned(),
        Answer::File => match &endpoint.media_type {
            Some(media_type) => format!("a file (`{media_type}`)"),
            None => "a file".to_owned(),
        },
        Answer::Events => "events as they come (`text/event-stream`)".to_owned(),
        Answer::Counts => format!("a tally of the batch{wrapped}"),
        Answer::Page(item) => {
            format!("a page: list of {}{wrapped}", words::of(links, item))
        }
        Answer::One(ty) => words::of(links, ty) + wrapped,
        Answer::Outcome(ty) => format!(
            "{}{wrapped}; after a partial success, what failed stands beside it",
            words::of(links, ty)
        ),
    }
}

/// Where the facts come from: the official description, and the guide's row.
fn source(links: &Links<'_>, endpoint: &Endpoint) -> String {
    let file = links.source(&endpoint.source, endpoint.source_url.as_deref());
    let row = match &endpoint.guide {
        Some(row) => format!("the guide's row `{row}`"),
        None => "no row of the guide".to_owned(),
    };
    format!("{file}, operation `{}`; {row}", endpoint.operation)
}
