//! The search index of the site: every group, page, endpoint, parameter, type, field, scope, event, status,
//! header and heading, with its address. It is a script, because a page that was opened from a disk can load
//! scripts but no other files.

mod index;
mod words;

use serde_json::json;

use self::{
    index::{Index, Kind},
    words::{first_sentence, shortened, words},
};
use super::{
    super::{
        html::{Seen, plain},
        text::prose,
    },
    Links, diagnostics, endpoint, events,
    group::{self, GroupView},
    guides, inbound,
    links::page,
    service,
    types::Schema,
};
use crate::model::{self, Caller, Home};

/// How many values of an enumeration are indexed; longer ones list the fields of something.
const VALUES: usize = 30;

/// The script that defines the index, for these pages.
pub(in super::super) fn script(links: &Links<'_>, pages: &[Seen]) -> String {
    let mut index = Index::default();
    groups(links, &mut index);
    providers(links, &mut index);
    scopes_and_statuses(links, &mut index);
    all_events(links, &mut index);
    guides_and_diagnostics(links, &mut index);
    headings(links, pages, &mut index);
    index.only_telling_words();
    let scopes: Vec<&str> = links.api.scopes.iter().map(|one| &*one.wire).collect();
    let events: Vec<&str> = links.api.events.iter().map(|one| &*one.scope).collect();
    let all = json!({ "scopes": scopes, "events": events, "pages": index.json() });
    let lines = all.to_string().replace("],[\"", "],\n[\"");
    format!("var SEARCH_INDEX = {lines};\n")
}

fn groups(links: &Links<'_>, index: &mut Index) {
    for one in &links.api.groups {
        let here = Links {
            here: &one.name,
            ..*links
        };
        let view = group::view(&here, one);
        let page = index.page(links.file(&one.name));
        let entry = index.add(
            Kind::Group,
            page,
            "-",
            &plain(&view.title),
            &plain(&view.does),
        );
        entry.words.clone_from(&one.name);
        calls(links, page, one, &view, index);
    }
}

/// The calls that BigCommerce makes. Their pages belong to no group, so that their other headings are found, too.
fn providers(links: &Links<'_>, index: &mut Index) {
    let Some(inbound) = &links.api.inbound else {
        return;
    };
    for (one, _) in inbound.providers() {
        let own = inbound::links(inbound, one, links);
        let page = index.page(links.file(&one.name));
        calls(&own, page, one, &group::view(&own, one), index);
    }
}

/// The endpoints of a page, and their types.
fn calls(
    links: &Links<'_>,
    page: usize,
    group: &model::Group,
    view: &GroupView,
    index: &mut Index,
) {
    for (endpoint, shown) in links.api.endpoints_of(group).iter().zip(&view.endpoints) {
        call(links, page, endpoint, shown, index);
    }
    types(links, page, &view.schemas, index);
}

fn call(
    links: &Links<'_>,
    page: usize,
    endpoint: &model::Endpoint,
    view: &endpoint::EndpointView,
    index: &mut Index,
) {
    let name = format!("{} {}", view.method, view.path);
    let entry = index.add(
        Kind::Endpoint,
        page,
        &view.anchor,
        &name,
        &plain(&view.does),
    );
    let words = [Some(&endpoint.operation), endpoint.guide.as_ref()];
    let words = words.into_iter().flatten().map(String::as_str);
    entry.words = joined(words.chain(endpoint.known_as.iter().map(String::as_str)));
    let parameters = view.path_parameters.iter().chain(&view.parameters);
    let parameters = parameters.chain(&view.headers).chain(&view.form);
    let names = parameters.map(|one| one.name.as_str());
    entry.inside = joined(names.chain(view.filters.iter().map(|one| one.field.as_str())));
    // The calls that BigCommerce makes need no scope.
    if links.api.caller == Caller::Client {
        let enough = links.api.enough(endpoint);
        entry.scopes = enough.map(|id| id.0).collect();
        entry.events = endpoint.fires.iter().map(|id| id.0).collect();
    }
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

/// Schemas and their fields. A shared one is on several pages, of which the first is used.
fn types(links: &Links<'_>, page: usize, schemas: &[Schema], index: &mut Index) {
    let mut all = Vec::new();
    schemas.iter().for_each(|schema| schema.all(&mut all));
    for schema in all {
        if index.shared.contains(&schema.name) {
            continue;
        }
        let mut defs = schema.ids.iter().map(|id| links.api.ty(*id));
        if defs.any(|def| def.home == Home::Shared) {
            index.shared.push(schema.name.clone());
        }
        let members = schema.members.iter().map(|member| member.value.as_str());
        let known = schema.known.iter().map(|known| known.name.as_str());
        let members = members.chain(known);
        let values = members.chain(schema.values.iter().map(String::as_str));
        let values: Vec<&str> = values.take(VALUES).collect();
        let does = first_sentence(&schema.does);
        let names = schema.in_rust.iter().filter(|name| **name != schema.name);
        let words = joined(names.map(String::as_str).chain(values));
        let entry = index.add(Kind::Type, page, &schema.anchor, &schema.name, &does);
        entry.words = plain(&words);
        entry.inside = joined(schema.fields.iter().map(|field| field.name.as_str()));
    }
}

fn scopes_and_statuses(links: &Links<'_>, index: &mut Index) {
    for scope in &links.api.scopes {
        let page = index.page(links.scope_href(scope));
        let area = &links.api.areas[scope.area];
        let text = format!("{}: {}", area.label, scope.level);
        index.add(Kind::Scope, page, "-", &scope.wire, &text);
    }
    let page = index.page(links.file(page::ERRORS));
    for status in service::statuses(links, 0, 1000) {
        let name = format!("{} {}", status.status, plain(&status.name));
        let means = first_sentence(&status.means);
        index.add(
            Kind::Status,
            page,
            &status.status.to_string(),
            &name,
            &means,
        );
    }
    let page = index.page(links.file(page::LIMITS));
    for (_, rate) in links.api.service.rates.iter() {
        for (name, does) in rate.headers.iter() {
            index.add(Kind::Header, page, name, name, &plain(&prose(does)));
        }
    }
}

fn all_events(links: &Links<'_>, index: &mut Index) {
    let page = index.page(links.file(page::EVENTS));
    for event in &links.api.events {
        let does = first_sentence(&prose(&event.does));
        let entry = index.add(Kind::Event, page, &event.scope, &event.scope, &does);
        entry.words = event.guide.clone().unwrap_or_default();
    }
    let here = Links {
        here: page::EVENTS,
        ..*links
    };
    types(links, page, &events::view(&here).schemas, index);
}

fn guides_and_diagnostics(links: &Links<'_>, index: &mut Index) {
    for guide in guides::all(links).guides {
        let page = index.page(guide.href);
        let entry = index.add(Kind::Guide, page, "-", guide.title, &plain(&guide.when));
        entry.words.clone_from(&guide.name);
    }
    let page = index.page(links.file(page::GLOSSARY));
    for term in &links.api.glossary {
        let means = first_sentence(&prose(&term.means));
        let entry = index.add(
            Kind::Term,
            page,
            &links.anchor(&term.term),
            &term.term,
            &means,
        );
        entry.words = term.also.join(" ");
    }
    for code in diagnostics::all(links).codes {
        let page = index.page(code.href);
        let entry = index.add(
            Kind::Diagnostic,
            page,
            "-",
            code.number,
            &plain(&code.holds),
        );
        code.name.clone_into(&mut entry.words);
    }
}

/// The pages that belong to no group, and their headings with the words below them.
fn headings(links: &Links<'_>, pages: &[Seen], index: &mut Index) {
    for seen in pages
        .iter()
        .filter(|seen| seen.page != links.file(page::NOT_FOUND))
    {
        let page = index.page(seen.page.clone());
        if index.holds(page, Kind::Group) {
            continue;
        }
        // Guides, scopes and diagnostics are found by their kind.
        if !index.has(page, "-") {
            index.add(Kind::Page, page, "-", &seen.title, &plain(&seen.about));
        }
        // The headings below the list of operations are found as endpoints.
        let listed = seen.page == links.file(page::COVERAGE);
        for heading in &seen.headings {
            if index.has(page, &heading.id) {
                continue;
            }
            let text = heading
                .text
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let first = shortened(&first_sentence(&text));
            let kind = if listed { Kind::Coverage } else { Kind::Topic };
            let entry = index.add(kind, page, &heading.id, &heading.title, &first);
            if !listed {
                entry.words = words(&text).join(" ");
            }
        }
    }
}
