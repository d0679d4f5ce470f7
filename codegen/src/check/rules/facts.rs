//! Facts about the facts: conflicts between sources, totals, open questions.

use std::collections::BTreeSet;

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::Index,
    spec::Conflict,
};

pub static CONFLICT: Code =
    Code::error("E500", "conflict", "A conflict quotes at least one source.");
pub static GUIDE_TOTALS: Code = Code::error(
    "E501",
    "guide-totals",
    "The spec has as many rows as the reference guide counts.",
);
pub static TODO: Code = Code::error("E502", "todo", "No `todo:` is open.");

pub(super) fn conflicts(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        judge(&endpoint.spec.conflicts, endpoint.at.key("conflicts"), out);
    }
    for (conflicts, list) in beyond_endpoints(cx) {
        judge(conflicts, list, out);
    }
}

/// The conflicts that are not those of an endpoint, each list with its place.
pub(super) fn beyond_endpoints<'a>(cx: &Index<'a>) -> Vec<(&'a [Conflict], At<'a>)> {
    let document = cx.document;
    let mut all = Vec::new();
    let events = At::root("events.yaml").key("events");
    for (index, event) in document.events.events.iter().enumerate() {
        let list = events.index(index).key("conflicts");
        all.push((event.conflicts.as_slice(), list));
    }
    let areas = At::root("scopes.yaml").key("areas");
    for (name, area) in document.scopes.areas.iter() {
        let list = areas.key(name).key("conflicts");
        all.push((area.conflicts.as_slice(), list));
    }
    let service = At::root("service.yaml");
    let own = document.service.conflicts.as_slice();
    all.push((own, service.key("conflicts")));
    for (index, release) in document.service.history.iter().enumerate() {
        let list = service.key("history").index(index).key("conflicts");
        all.push((release.conflicts.as_slice(), list));
    }
    all
}

fn judge(conflicts: &[Conflict], list: At<'_>, out: &mut Diagnostics) {
    for (index, conflict) in conflicts.iter().enumerate() {
        let at = list.index(index);
        if conflict.guide.is_none() && conflict.official.is_none() {
            out.push(
                Diagnostic::new(
                    &CONFLICT,
                    at.key("about").value(),
                    "this conflict quotes no source",
                )
                .help("add `guide:` or `official:`, with what the source says"),
            );
        }
    }
}

pub(super) fn totals(cx: &Index<'_>, out: &mut Diagnostics) {
    let rows: Vec<_> = cx.endpoints().filter(|e| e.spec.guide.is_some()).collect();
    let groups: BTreeSet<&str> = rows.iter().map(|e| e.group.file.as_str()).collect();
    let reads = rows.iter().filter(|e| e.reads()).count();
    // Areas that only other endpoints need do not count. An unknown area is reported elsewhere, and does
    // not affect the count.
    let areas: BTreeSet<&str> = rows.iter().map(|row| row.needed_scope().area).collect();
    let scopes = areas
        .iter()
        .map(|area| Some(cx.document.scopes.areas.get(area)?.levels.len()))
        .sum::<Option<usize>>()
        .unwrap_or(cx.document.service.guide.scopes);
    let events = cx
        .document
        .events
        .events
        .iter()
        .filter(|event| event.guide.is_some())
        .count();
    let rows_have_methods = rows.iter().all(|row| row.methods().next().is_some());
    let guide = &cx.document.service.guide;
    for (key, counted, found, what) in [
        (
            "endpoints",
            guide.endpoints,
            rows.len(),
            "endpoints with a `guide:` row",
        ),
        (
            "groups",
            guide.groups,
            groups.len(),
            "groups with a `guide:` row",
        ),
        ("reads", guide.reads, reads, "rows that read"),
        (
            "writes",
            guide.writes,
            rows.len() - reads,
            "rows that write",
        ),
        (
            "scopes",
            guide.scopes,
            scopes,
            "scopes of the areas that `guide:` rows need",
        ),
        (
            "events",
            guide.events,
            events,
            "events with a `guide:` slug",
        ),
    ] {
        // A row without a method may be a read or a write.
        let is_known = !["reads", "writes"].contains(&key) || rows_have_methods;
        if counted != found && is_known {
            out.push(
                Diagnostic::new(
                    &GUIDE_TOTALS,
                    At::root("service.yaml").key("guide").key(key).value(),
                    format!("{what}: the reference guide counts {counted}, the spec has {found}"),
                )
                .help(
                    "find the row that is missing or wrongly marked; the number is the reference guide's own",
                ),
            );
        }
    }
}

fn conflict_todos<'c>(
    conflicts: &'c [Conflict],
    owner: At<'c>,
) -> impl Iterator<Item = (&'c Option<String>, At<'c>)> {
    let at = owner.key("conflicts");
    let all = conflicts.iter().enumerate();
    all.map(move |(index, one)| (&one.todo, at.index(index)))
}

pub(super) fn todos(cx: &Index<'_>, out: &mut Diagnostics) {
    let endpoints = cx.endpoints().map(|e| (&e.spec.todo, e.at));
    let schemas = cx.schemas().filter(|s| s.spec.todo.is_some());
    let schemas = schemas.map(|s| (&s.spec.todo, s.at()));
    let fields = cx.fields().filter(|f| f.spec.todo.is_some());
    let fields = fields.map(|f| (&f.spec.todo, f.at()));
    let mut open: Vec<(&Option<String>, At<'_>)> = Vec::new();
    for (group, at) in cx.groups() {
        open.push((&group.todo, at));
        open.extend(
            group
                .path
                .iter()
                .map(|(name, one)| (&one.todo, at.key("path").key(name))),
        );
    }
    for endpoint in cx.endpoints() {
        open.extend(conflict_todos(&endpoint.spec.conflicts, endpoint.at));
        let filters = endpoint.at.key("filters");
        open.extend(
            endpoint
                .spec
                .filters
                .iter()
                .map(|(name, one)| (&one.todo, filters.key(name))),
        );
        open.extend(
            endpoint
                .parameters()
                .map(|(key, name, one)| (&one.todo, endpoint.at.key(key).key(name))),
        );
    }
    let events = At::root("events.yaml").key("events");
    for (index, event) in cx.document.events.events.iter().enumerate() {
        let at = events.index(index);
        open.push((&event.todo, at));
        open.extend(conflict_todos(&event.conflicts, at));
    }
    for (name, area) in cx.document.scopes.areas.iter() {
        let at = At::root("scopes.yaml").key("areas").key(name);
        open.extend(conflict_todos(&area.conflicts, at));
    }
    let service = &cx.document.service;
    let at = At::root("service.yaml");
    open.extend(conflict_todos(&service.conflicts, at));
    for (index, release) in service.history.iter().enumerate() {
        let at = at.key("history").index(index);
        open.extend(conflict_todos(&release.conflicts, at));
    }
    for (todo, at) in open
        .into_iter()
        .chain(endpoints)
        .chain(schemas)
        .chain(fields)
    {
        if todo.is_some() {
            out.push(
                Diagnostic::new(&TODO, at.key("todo").value(), "this question is still open")
                    .help("answer it in the spec and remove the `todo:`"),
            );
        }
    }
}
