//! An endpoint as its page shows it: what it does, its facts as sentences, what goes in and out.

use serde::Serialize;

use super::{
    super::text::{prose, sentence},
    Fact, Links, conflict, deprecation, example,
    links::page,
    parameter::{self, Filter, Parameter},
    types,
};
use crate::{
    model::{Answer, Endpoint, TypeId},
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
    pub version: String,
    pub group: String,
    pub href: String,
    /// Whether the guide has no row for it.
    pub beyond: bool,
    pub facts: Vec<Fact>,
    pub conflicts: Vec<String>,
    pub path_parameters: Vec<Parameter>,
    pub filters: Vec<Filter>,
    pub parameters: Vec<Parameter>,
    pub sends: Option<String>,
    pub answers: String,
    /// The call in Rust.
    pub example: String,
    pub source: String,
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
        method: endpoint.method,
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
        version: endpoint.version.clone(),
        group: group.title.clone(),
        href: links.to(&group.name, &endpoint.id),
        beyond: endpoint.guide.is_none(),
        facts: facts(links, endpoint),
        conflicts: endpoint.conflicts.iter().map(conflict).collect(),
        path_parameters: endpoint
            .path_parameters
            .iter()
            .map(|one| parameter::view(links, one))
            .collect(),
        filters,
        parameters,
        sends: sends(links, endpoint),
        answers: answers(links, endpoint),
        example: example::text(api, endpoint),
        source: source(links, endpoint),
    }
}

/// The named types that an endpoint takes and answers, and the enumerations of its parameters.
pub(in super::super) fn type_ids(endpoint: &Endpoint) -> Vec<TypeId> {
    let mut ids = Vec::new();
    if let Answer::Page(ty) | Answer::One(ty) | Answer::Outcome(ty) = &endpoint.answer {
        ids.extend(types::named(ty));
    }
    ids.extend(endpoint.body.as_ref().map(|body| body.ty));
    let parameters = endpoint.path_parameters.iter().chain(&endpoint.query);
    ids.extend(parameters.filter_map(|parameter| types::named(&parameter.ty)));
    ids.extend(endpoint.sort.as_ref().map(|sort| sort.by));
    ids
}

fn facts(links: &Links<'_>, endpoint: &Endpoint) -> Vec<Fact> {
    let api = links.api;
    let mut facts = Vec::new();
    let mut fact = |name, text: String| {
        facts.push(Fact {
            name,
            text: closed(text),
        })
    };
    fact("Acts on", prose(&endpoint.acts_on));
    fact(
        "Access",
        if endpoint.writes {
            "write".to_owned()
        } else {
            "read".to_owned()
        },
    );
    fact("Scope", scope(links, endpoint));
    let generation = api.service.generations.get(&endpoint.version);
    let title = generation.map_or(endpoint.version.as_str(), |generation| &generation.title);
    fact(
        "Version",
        format!("[{title}]({})", links.to(page::VERSIONS, title)),
    );
    events(links, endpoint, &mut fact);
    if let Some(rate) = api.service.rates.get(&endpoint.rate) {
        fact(
            "Rate limit",
            format!(
                "[{}]({})",
                prose(&rate.title),
                links.to(page::LIMITS, &rate.title)
            ),
        );
    }
    if let Some(batch) = endpoint.body.as_ref().and_then(|body| body.batch.as_ref()) {
        fact("Batch", super::batch(batch));
    }
    if let Some(concurrency) = &endpoint.concurrency {
        fact("At once", super::concurrency(concurrency));
    }
    if let Some(style) = &endpoint.page {
        fact("Paging", paging(links, endpoint, style));
    }
    if endpoint.needs_filter {
        let text =
            "needed; the call acts on whatever its filters match, so it never goes out without one";
        fact("A filter", text.to_owned());
    }
    let again = if endpoint.repeatable {
        "safe"
    } else {
        "not safe"
    };
    let mut again = format!("{again} when the outcome is unknown");
    if let Some(why) = &endpoint.repeat_why {
        again = format!("{again}. {}", prose(why));
    }
    fact("Repeating", again);
    fact("Success", statuses(links, &endpoint.success));
    if !endpoint.errors.is_empty() {
        fact(
            "Errors declared",
            format!(
                "{}; [others]({}) can come from any call",
                statuses(links, &endpoint.errors),
                links.file(page::ERRORS)
            ),
        );
    }
    facts
}

/// A fact of several sentences gets its full stop; a bare one needs none.
fn closed(text: String) -> String {
    if text.contains(". ") {
        sentence(&text)
    } else {
        text
    }
}

fn scope(links: &Links<'_>, endpoint: &Endpoint) -> String {
    let scope = links.api.scope(endpoint.scope);
    let area = &links.api.areas[scope.area];
    let mut text = format!(
        "{} ({}, {})",
        links.scope(scope),
        prose(&area.label),
        prose(&scope.level)
    );
    if !scope.satisfied_by.is_empty() {
        let others: Vec<String> = scope
            .satisfied_by
            .iter()
            .map(|id| links.scope(links.api.scope(*id)))
            .collect();
        text += &format!("; {} grants it too", others.join(", "));
    }
    text
}

/// The event that the guide links to the row, and what the call really fires: they differ.
fn events(links: &Links<'_>, endpoint: &Endpoint, fact: &mut impl FnMut(&'static str, String)) {
    let api = links.api;
    let fires: Vec<String> = endpoint
        .fires
        .iter()
        .map(|id| links.event(api.event(*id)))
        .collect();
    match (endpoint.event, fires.is_empty()) {
        (Some(event), true) => fact(
            "Webhook event",
            format!(
                "{}, as the guide links it; this call fires none",
                links.event(api.event(event))
            ),
        ),
        (None, true) => fact("Webhook event", "none".to_owned()),
        (linked, false) => {
            let extra = match linked {
                Some(event) if !endpoint.fires.contains(&event) => format!(
                    "; the guide links {}, which this call does not fire",
                    links.event(api.event(event))
                ),
                _ => String::new(),
            };
            fact(
                "Webhook event",
                format!("fires {}{extra}", fires.join(", ")),
            );
        }
    }
}

fn paging(links: &Links<'_>, endpoint: &Endpoint, style: &str) -> String {
    let title = links
        .api
        .service
        .pages
        .get(style)
        .map_or(style, |page| &page.title);
    let mut text = format!("[{}]({})", prose(title), links.to(page::LIMITS, title));
    if let Some(limit) = &endpoint.limit {
        text += &format!("; {} a page, at most {}", limit.default, limit.max);
        if limit.unstated {
            text += " by common practice";
        }
        if let Some(note) = &limit.note {
            text += &format!(". {}", prose(note));
        }
    }
    text
}

fn statuses(links: &Links<'_>, statuses: &[u16]) -> String {
    let named: Vec<String> = statuses
        .iter()
        .map(|status| {
            let known = links
                .api
                .service
                .statuses
                .iter()
                .find(|one| one.status == *status);
            match known {
                Some(known) => format!("{status} {}", prose(&known.name)),
                None => status.to_string(),
            }
        })
        .collect();
    named.join(", ")
}

fn sends(links: &Links<'_>, endpoint: &Endpoint) -> Option<String> {
    let body = endpoint.body.as_ref()?;
    let name = &links.api.ty(body.ty).name;
    let link = format!("[`{name}`]({})", links.schema(body.ty));
    Some(if body.many {
        format!("a list of {link}")
    } else {
        link
    })
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
        Answer::Counts => format!("a tally of the batch{wrapped}"),
        Answer::Page(item) => {
            format!("a page: list of {}{wrapped}", types::words(links, item))
        }
        Answer::One(ty) => types::words(links, ty) + wrapped,
        Answer::Outcome(ty) => format!(
            "{}{wrapped}; after a partial success, what failed stands beside it",
            types::words(links, ty)
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
