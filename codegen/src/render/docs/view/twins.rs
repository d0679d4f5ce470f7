//! The pages in the formats that programs read: the Markdown reference and parts of the catalogue beside
//! the HTML, and the lists of all pages.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Links, area, frame, inbound, links::page};
use crate::{
    model::Api,
    render::{Defect, File, catalogue, coverage, docs::markdown, json_text, scopes},
};

/// The parts of the catalogue that the pages on all endpoints show.
const PARTS: [(&str, &[&str]); 7] = [
    (
        page::AUTHENTICATION,
        &[
            "service.connections",
            "service.authentication",
            "scopes_do",
            "scopes",
        ],
    ),
    (page::EVENTS, &["webhooks", "events", "wildcards"]),
    (
        page::LIMITS,
        &["service.rates", "service.pages", "service.request_size"],
    ),
    (page::ERRORS, &["service.statuses"]),
    (page::VERSIONS, &["service.generations", "service.history"]),
    (page::QUESTIONS, &["service.questions"]),
    (page::GLOSSARY, &["service.glossary"]),
];

/// The files for programs: those that are committed, and a part of them for each page.
pub(in super::super) fn data(api: &Api, root: &str) -> Result<Vec<File>, Defect> {
    let mut files = catalogue::render(api)?;
    let all = files.iter().find(|file| file.path.ends_with("/api.json"));
    let all = all.map_or("null", |file| &file.text);
    let all: Value = serde_json::from_str(all).map_err(|cause| Defect::new("api.json", cause))?;
    files.extend(scopes::render(api)?);
    files.extend(coverage::json(api)?);
    files.extend(markdown(api)?);
    for file in &mut files {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        file.path = format!("{root}/{name}");
    }
    let mut part = |name: &str, value: Map<String, Value>| -> Result<(), Defect> {
        let path = format!("{root}/{name}.json");
        let text = json_text::print(&value).map_err(|cause| Defect::new(&path, cause))?;
        files.push(File { path, text });
        Ok(())
    };
    for (name, keys) in PARTS {
        part(name, keys.iter().map(|key| named(&all, key)).collect())?;
    }
    part(page::SOURCES, of_sources(&all))?;
    if let Some(inbound) = &api.inbound {
        for (provider, _) in inbound.providers() {
            part(&provider.name, of_provider(&all, &provider.name))?;
        }
    }
    for group in &api.groups {
        part(&group.name, of_group(&all, &group.name))?;
    }
    Ok(files)
}

/// A part of the catalogue, under its own key.
fn named(all: &Value, key: &str) -> (String, Value) {
    let value = all.pointer(&format!("/{}", key.replace('.', "/")));
    let name = key.rsplit('.').next().unwrap_or(key);
    (name.to_owned(), value.cloned().unwrap_or_default())
}

/// The sources, and what they say differently: of the API as a whole, and of each thing under its name.
fn of_sources(all: &Value) -> Map<String, Value> {
    let keys = ["service.sources", "service.conflicts"];
    let mut part: Map<String, Value> = keys.iter().map(|key| named(all, key)).collect();
    let items = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let providers = items(&all["inbound"]);
    let calls = providers.iter().flat_map(|one| items(&one["calls"]));
    for (kind, things, key) in [
        ("scopes", items(&all["scopes"]), "label"),
        ("events", items(&all["events"]), "scope"),
        ("endpoints", items(&all["endpoints"]), "id"),
        ("calls", calls.collect(), "id"),
        ("history", items(&all["service"]["history"]), "name"),
    ] {
        let mut found = Map::new();
        for thing in things {
            let conflicts = &thing["conflicts"];
            if let Some(name) = thing[key].as_str()
                && conflicts.as_array().is_some_and(|all| !all.is_empty())
            {
                found.insert(name.to_owned(), conflicts.clone());
            }
        }
        part.insert(kind.to_owned(), found.into());
    }
    part
}

/// A group and its endpoints, with the definitions that their schemas refer to, as the catalogue has them.
fn of_group(all: &Value, name: &str) -> Map<String, Value> {
    let list = |key: &str, by: &str| -> Vec<Value> {
        let all = all[key].as_array().into_iter().flatten();
        all.filter(|one| one[by] == name).cloned().collect()
    };
    let group = list("groups", "name").into_iter().next();
    let mut part = Map::new();
    part.insert("group".to_owned(), group.unwrap_or_default());
    let endpoints: Value = list("endpoints", "group").into();
    let schemas = ["requests", "responses"].into_iter().map(|side| {
        let definitions = definitions(&all["schemas"][side]["$defs"], &endpoints);
        (side.to_owned(), json!({ "$defs": definitions }))
    });
    let schemas: Map<String, Value> = schemas.collect();
    part.insert("endpoints".to_owned(), endpoints);
    part.insert("schemas".to_owned(), schemas.into());
    part
}

/// A provider with the definitions that the schemas of its calls refer to, as the catalogue has them.
fn of_provider(all: &Value, name: &str) -> Map<String, Value> {
    let mut providers = all["inbound"].as_array().into_iter().flatten();
    let provider = providers.find(|one| one["name"] == name);
    let provider = provider.cloned().unwrap_or_default();
    let definitions = definitions(&all["schemas"]["inbound"]["$defs"], &provider);
    let mut part = Map::new();
    part.insert("provider".to_owned(), provider);
    let schemas = json!({ "inbound": { "$defs": definitions } });
    part.insert("schemas".to_owned(), schemas);
    part
}

/// The definitions, of all there are, that a value refers to, and those that they refer to.
fn definitions(all: &Value, root: &Value) -> Map<String, Value> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut next = references(root);
    while let Some(name) = next.pop() {
        if let Some(definition) = all.get(&name)
            && found.insert(name)
        {
            next.extend(references(definition));
        }
    }
    let found = found.into_iter();
    found
        .map(|name| {
            let definition = all[&name].clone();
            (name, definition)
        })
        .collect()
}

/// The names of the definitions that stand anywhere in a value.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(keys) => {
            let inner = keys.values().flat_map(references);
            let own = keys.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|target| target.strip_prefix("#/$defs/"));
            inner.chain(own.map(str::to_owned)).collect()
        }
        _ => Vec::new(),
    }
}

/// What there is to read, for models that read Markdown.
pub(in super::super) fn llms(links: &Links<'_>) -> String {
    let service = &links.api.service;
    let does = service
        .does
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let mut text = format!("# {}\n\n> {does}\n\n## Pages\n\n", service.title);
    for (name, title) in frame::pages(links.api) {
        if ![page::ENDPOINTS, page::SCOPES].contains(&name) {
            text += &format!("- [{title}]({name}.md)\n");
        }
    }
    text += "- [Scope matrix](scope-matrix.md): every endpoint with the least scope it needs\n";
    text += "- [api.json](api.json): everything, as JSON\n";
    for area in area::all(links) {
        text += &format!("\n## {}\n\n", area.title);
        for group in area.groups {
            text += &format!("- [{}]({}.md): {}\n", group.text, group.name, group.does);
        }
    }
    let providers = inbound::all(links);
    if !providers.is_empty() {
        text += &format!("\n## {}\n\n", inbound::TITLE);
    }
    for one in providers {
        text += &format!("- [{}]({}.md): {}\n", one.title, one.name, one.does);
    }
    text
}

/// The pages by their addresses, a line each: below that of the site where it has none of its own.
pub(in super::super) fn sitemap(api: &Api, files: &[File]) -> String {
    let names = files.iter().filter_map(|file| file.path.rsplit('/').next());
    let pages = names.filter(|name| name.ends_with(".html") && *name != "404.html");
    let address = |name: &str| api.page_of_site(name).unwrap_or_else(|| name.to_owned());
    pages.map(|name| address(name) + "\n").collect()
}
