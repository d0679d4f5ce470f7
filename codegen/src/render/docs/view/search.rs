//! What the site can be searched for: every group, endpoint, parameter, type, field, scope, event,
//! status and topic, with the address where it stands. It is a script, since a page that was opened
//! from a disk may load scripts and nothing else.

use serde::Serialize;

use super::{
    super::{html::plain, text::prose},
    Links, endpoint, events, group,
    links::page,
    service,
    types::{Schema, heading},
};
use crate::{
    model::{self, Event, Home},
    spec::Place,
};

/// One thing that can be found. It is written as a list, in this order.
#[derive(Debug, Serialize)]
struct Entry(
    /// What kind of thing it is.
    &'static str,
    /// Its name.
    String,
    /// Its address.
    String,
    /// A line about it.
    String,
    /// Further words that lead to it.
    String,
);

/// The script that defines the index, one entry a line.
pub(in super::super) fn script(links: &Links<'_>) -> String {
    let mut entries = Vec::new();
    let mut shared = Vec::new();
    groups(links, &mut shared, &mut entries);
    scopes(links, &mut entries);
    all_events(links, &mut shared, &mut entries);
    texts(links, &mut entries);
    let mut out = String::from("var SEARCH_INDEX = [\n");
    for entry in &entries {
        // A tuple of strings always becomes JSON.
        out.push_str(&serde_json::to_string(entry).unwrap_or_default());
        out.push_str(",\n");
    }
    out.push_str("];\n");
    out
}

fn groups(links: &Links<'_>, shared: &mut Vec<String>, entries: &mut Vec<Entry>) {
    for one in &links.api.groups {
        let here = Links {
            here: &one.name,
            ..*links
        };
        let view = group::view(&here, one);
        let file = links.file(&one.name);
        entries.push(Entry(
            "group",
            plain(&view.title),
            file.clone(),
            plain(&view.does),
            one.name.clone(),
        ));
        for (endpoint, shown) in links.api.endpoints_of(one).iter().zip(&view.endpoints) {
            calls(&file, endpoint, shown, entries);
        }
        for schema in &view.schemas {
            types(links, &file, schema, shared, entries);
        }
    }
}

fn calls(
    file: &str,
    endpoint: &model::Endpoint,
    view: &endpoint::EndpointView,
    entries: &mut Vec<Entry>,
) {
    let mut words = vec![
        view.method,
        &view.path,
        &view.enough,
        &view.scope_label,
        &endpoint.operation,
        &endpoint.acts_on,
    ];
    words.extend(endpoint.guide.as_deref());
    words.extend(view.events.iter().map(|event| event.scope.as_str()));
    entries.push(Entry(
        "endpoint",
        view.id.clone(),
        format!("{file}#{}", view.anchor),
        plain(&view.does),
        words.join(" "),
    ));
    let mut parameter = |name: &str, text: &str, words: String| {
        entries.push(Entry(
            "parameter",
            format!("{}.{name}", view.id),
            format!("{file}#{}.{name}", view.anchor),
            first_sentence(text),
            words,
        ));
    };
    for one in view
        .path_parameters
        .iter()
        .chain(&view.parameters)
        .chain(&view.headers)
        .chain(&view.form)
    {
        parameter(&one.name, &one.text, String::new());
    }
    for one in &view.filters {
        parameter(&one.field, &one.text, one.names.join(" "));
    }
}

/// A schema and its fields. A shared one stands on several pages, of which the first will do.
fn types(
    links: &Links<'_>,
    file: &str,
    schema: &Schema,
    shared: &mut Vec<String>,
    entries: &mut Vec<Entry>,
) {
    if shared.contains(&schema.name) {
        return;
    }
    let mut defs = links.api.types.iter();
    if defs.any(|def| def.home == Home::Shared && heading(def) == schema.name) {
        shared.push(schema.name.clone());
    }
    let members = schema.members.iter().map(|member| member.value.as_str());
    let values: Vec<&str> = members
        .chain(schema.values.iter().map(String::as_str))
        .collect();
    entries.push(Entry(
        "type",
        schema.name.clone(),
        format!("{file}#{}", schema.anchor),
        first_sentence(&schema.does),
        plain(&format!("{} {}", schema.types, values.join(" "))),
    ));
    for field in &schema.fields {
        entries.push(Entry(
            "field",
            format!("{}.{}", schema.name, field.name),
            format!("{file}#{}", field.anchor),
            first_sentence(field.does.as_deref().unwrap_or(&field.facts)),
            String::new(),
        ));
    }
}

fn scopes(links: &Links<'_>, entries: &mut Vec<Entry>) {
    for scope in &links.api.scopes {
        let area = &links.api.areas[scope.area];
        entries.push(Entry(
            "scope",
            scope.wire.clone(),
            links.scope_href(scope),
            format!("{}: {}", area.label, scope.level),
            plain(&prose(&area.covers)),
        ));
    }
}

fn all_events(links: &Links<'_>, shared: &mut Vec<String>, entries: &mut Vec<Entry>) {
    for Event {
        scope, does, guide, ..
    } in &links.api.events
    {
        entries.push(Entry(
            "event",
            scope.clone(),
            links.to(page::EVENTS, scope),
            plain(&prose(does)),
            guide.clone().unwrap_or_default(),
        ));
    }
    let here = Links {
        here: page::EVENTS,
        ..*links
    };
    for schema in &events::view(&here).schemas {
        types(links, &links.file(page::EVENTS), schema, shared, entries);
    }
}

/// Statuses, topics and questions.
fn texts(links: &Links<'_>, entries: &mut Vec<Entry>) {
    for status in service::statuses(links, 0, 1000) {
        entries.push(Entry(
            "status",
            format!("{} {}", status.status, plain(&status.name)),
            format!("{}#{}", links.file(page::ERRORS), status.status),
            first_sentence(&status.means),
            String::new(),
        ));
    }
    let places = [
        (Place::Index, page::INDEX),
        (Place::Install, page::AUTHENTICATION),
        (Place::Filters, page::LIMITS),
        (Place::Repeat, page::ERRORS),
    ];
    for (place, page) in places {
        for topic in service::topics(links, place) {
            topics(
                links,
                page,
                &topic.title,
                &topic.anchor,
                &topic.text,
                entries,
            );
        }
    }
    for way in service::connections(links)
        .iter()
        .chain(&service::authentication(links))
    {
        topics(
            links,
            page::AUTHENTICATION,
            &way.name,
            &way.anchor,
            &way.does,
            entries,
        );
    }
    for one in service::generations(links) {
        topics(
            links,
            page::VERSIONS,
            &one.title,
            &one.anchor,
            &one.does,
            entries,
        );
    }
    for one in service::history(links) {
        let title = format!("{}: {}", one.name, one.title);
        topics(
            links,
            page::VERSIONS,
            &title,
            &one.anchor,
            &one.does,
            entries,
        );
    }
    for one in service::questions(links) {
        topics(
            links,
            page::QUESTIONS,
            &one.question,
            &one.anchor,
            &one.answer,
            entries,
        );
    }
}

fn topics(
    links: &Links<'_>,
    page: &str,
    title: &str,
    anchor: &str,
    text: &str,
    entries: &mut Vec<Entry>,
) {
    entries.push(Entry(
        "topic",
        plain(title),
        format!("{}#{anchor}", links.file(page)),
        first_sentence(text),
        String::new(),
    ));
}

/// The first sentence of a string, without marks.
fn first_sentence(text: &str) -> String {
    let text = plain(text);
    match text.find(". ") {
        Some(end) => text[..=end].to_owned(),
        None => text,
    }
}
