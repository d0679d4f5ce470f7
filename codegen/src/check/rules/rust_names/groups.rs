//! Groups among the client's own names, and the variants of the catalogue.

use std::collections::{HashMap, HashSet};

use crate::model::claims::{OTHER_NAME, RENAME, Taken, reserved};
use crate::{
    diagnostic::{At, Diagnostics},
    index::Index,
    model::{module_name, type_name},
};

/// Modules of the client, beside those of the groups.
const MODULES: &[&str] = &[
    "access",
    "address",
    "answer",
    "app",
    "audit",
    "blocking",
    "body",
    "bulk",
    "call",
    "catalogue",
    "client",
    "clock",
    "declare",
    "decoding",
    "disk",
    "download",
    "envelope",
    "error",
    "events",
    "example",
    "generated",
    "guide",
    "json",
    "kind",
    "limits",
    "maybe",
    "mock",
    "models",
    "network",
    "oauth",
    "observe",
    "options",
    "outcome",
    "page",
    "paths",
    "policy",
    "prelude",
    "query",
    "quota",
    "raw",
    "reading",
    "readme",
    "request",
    "response",
    "retry",
    "sample",
    "scope_matrix",
    "scopes",
    "secrets",
    "serde",
    "shared",
    "signing",
    "storefront",
    "stream",
    "target",
    "token",
    "transport",
    "upload",
    "value",
    "webhook",
];

/// Cargo features of the client, beside those of the groups.
const FEATURES: &[&str] = &[
    "all", "axum", "blocking", "codegen", "default", "mcp", "redis", "reqwest", "serde", "tower",
    "tracing", "yaml",
];

/// Pages of the docs, beside those of the groups.
const PAGES: &[&str] = &[
    "authentication",
    "endpoints",
    "errors",
    "events",
    "index",
    "limits",
    "questions",
    "scopes",
    "versions",
];

/// Methods that every client has, beside those that lead to a group.
const CLIENT_METHODS: &[&str] = &[
    "acting_as",
    "actor",
    "at",
    "auth",
    "base_of",
    "base_url",
    "builder",
    "client",
    "clone",
    "config",
    "endpoint",
    "execute",
    "fmt",
    "guarded",
    "new",
    "policies",
    "quota",
    "raw",
    "read_only",
    "request",
    "secrets",
    "send",
    "server",
    "store_hash",
    "tokens",
    "under",
];

pub(in super::super) fn groups(cx: &Index<'_>, out: &mut Diagnostics) {
    let mut modules = Taken::new("the client");
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (group, _) in cx.groups() {
        *times.entry(&group.group).or_default() += 1;
    }
    for (group, at) in cx.groups() {
        let name = module_name(&group.group);
        if let Some(feature) = group.feature.as_ref().filter(|_| group.made.is_none()) {
            let place = at.key("feature").value();
            if FEATURES.contains(&feature.as_str()) {
                let why = "the client has a feature of that name";
                reserved(feature, why, OTHER_NAME, place, out);
            } else if module_name(feature) != *feature {
                let why = "a feature is written as modules are in Rust";
                let help = format!("write `{}`", module_name(feature));
                reserved(feature, why, &help, place, out);
            }
        }
        let at = at.key("group").value();
        let taken = [
            (MODULES, "the client has a module of that name"),
            (FEATURES, "the client has a feature of that name"),
            (CLIENT_METHODS, "the client has a method of that name"),
            (PAGES, "the docs have a page of that name"),
        ]
        .into_iter()
        .find(|(names, _)| names.contains(&name.as_str()));
        if let Some((_, why)) = taken {
            reserved(&name, why, OTHER_NAME, at, out);
        } else {
            // A group given twice is a duplicate id already.
            if times
                .get(group.group.as_str())
                .is_some_and(|times| *times > 1)
                && modules.names.contains_key(&name)
            {
                continue;
            }
            modules.take(
                name,
                format!("the group `{}`", group.group),
                at,
                RENAME,
                out,
            );
        }
    }
}

pub(in super::super) fn catalogue(cx: &Index<'_>, out: &mut Diagnostics) {
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut endpoints = Taken::new("`Endpoint`");
    for endpoint in cx.endpoints() {
        let times = ids.entry(endpoint.full_id()).or_default();
        *times += 1;
        if *times > 1 {
            continue;
        }
        let id = endpoint.full_id();
        let variant = type_name(&format!("{}_{}", endpoint.group.group, endpoint.spec.id));
        endpoints.take(
            variant,
            format!("`{id}`"),
            endpoint.at.key("id").value(),
            RENAME,
            out,
        );
    }
    let mut scopes = Taken::new("`Scope`");
    for (area, spec) in cx.document.scopes.areas.iter() {
        let levels = At::root("scopes.yaml").key("areas").key(area).key("levels");
        for level in spec.levels.keys() {
            let variant = type_name(&format!("{area}_{level}"));
            scopes.take(
                variant,
                format!("`{area}.{level}`"),
                levels.key(level).name(),
                RENAME,
                out,
            );
        }
    }
    let mut events = Taken::new("`Event`");
    let list = At::root("events.yaml").key("events");
    let mut seen = HashSet::new();
    for (index, event) in cx.document.events.events.iter().enumerate() {
        if !seen.insert(event.scope.as_str()) {
            continue;
        }
        let at = list.index(index).key("scope").value();
        events.take(
            type_name(&event.scope),
            format!("`{}`", event.scope),
            at,
            RENAME,
            out,
        );
    }
}
