//! Webhook events: that they exist, and that calls fire what they can fire.

use std::collections::{BTreeSet, HashSet};

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics, suggest},
    index::Index,
};

pub static UNKNOWN_EVENT: Code = Code::error(
    "E410",
    "unknown-event",
    "An event is one that events.yaml declares.",
);
pub static READ_FIRES: Code = Code::error(
    "E411",
    "read-fires",
    "A call that only reads fires no event.",
);
pub static EMPTY_WILDCARD: Code = Code::error(
    "E412",
    "empty-wildcard",
    "A wildcard ends in `*` and stands for at least one event.",
);

pub(super) fn unknown_events(cx: &Index<'_>, out: &mut Diagnostics) {
    let events = &cx.document.events;
    let known: HashSet<&str> = events.events.iter().map(|event| &*event.scope).collect();
    for endpoint in cx.endpoints() {
        let linked = endpoint
            .spec
            .event
            .iter()
            .map(|event| (event, endpoint.at.key("event")));
        let fires = endpoint.at.key("fires");
        let fired = endpoint
            .spec
            .fires
            .iter()
            .enumerate()
            .map(|(i, event)| (event, fires.index(i)));
        for (scope, at) in linked.chain(fired) {
            if known.contains(scope.as_str()) {
                continue;
            }
            let diagnostic = Diagnostic::new(
                &UNKNOWN_EVENT,
                at.value(),
                format!("events.yaml declares no event `{scope}`"),
            );
            let names = events.events.iter().map(|event| event.scope.as_str());
            out.push(match suggest(scope, cx.candidates(names)) {
                _ if scope.ends_with('*') => diagnostic
                    .why("a wildcard subscribes to events; a call fires single ones")
                    .help("name the event itself"),
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("declare it in events.yaml, or correct it here"),
            });
        }
    }
}

pub(super) fn reads_fire(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        if endpoint.reads() && !endpoint.spec.fires.is_empty() {
            out.push(
                Diagnostic::new(
                    &READ_FIRES,
                    endpoint.at.key("fires").name(),
                    format!("`{}` only reads", endpoint.full_id()),
                )
                .also(endpoint.at.key("get").name(), "only reads")
                .help("keep what the guide links to it in `event`, and remove `fires`"),
            );
        }
    }
}

pub(super) fn wildcards(cx: &Index<'_>, out: &mut Diagnostics) {
    let events = &cx.document.events;
    let scopes: BTreeSet<&str> = events.events.iter().map(|event| &*event.scope).collect();
    for (index, wildcard) in events.wildcards.iter().enumerate() {
        let at = At::root("events.yaml")
            .key("wildcards")
            .index(index)
            .key("scope");
        let scope = &wildcard.scope;
        let Some(prefix) = scope.strip_suffix('*') else {
            out.push(
                Diagnostic::new(
                    &EMPTY_WILDCARD,
                    at.value(),
                    format!("`{scope}` is not a wildcard"),
                )
                .help(format!(
                    "end it in `/*`, or declare `{scope}` under `events`"
                )),
            );
            continue;
        };
        // Whatever starts with the prefix comes first behind it.
        let next = scopes.range::<&str, _>(prefix..).next();
        if !next.is_some_and(|scope| scope.starts_with(prefix)) {
            let parents = events
                .events
                .iter()
                .filter_map(|event| event.scope.rsplit_once('/').map(|(parent, _)| parent));
            let mut diagnostic = Diagnostic::new(
                &EMPTY_WILDCARD,
                at.value(),
                format!("no event starts with `{prefix}`"),
            );
            if let Some(near) = suggest(prefix.trim_end_matches('/'), cx.candidates(parents)) {
                diagnostic = diagnostic.help(format!("did you mean `{near}/*`?"));
            }
            out.push(diagnostic);
        }
    }
}
