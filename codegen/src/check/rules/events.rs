//! Webhook events: that they exist, and that calls fire what they can fire.

use std::collections::BTreeSet;

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics, suggest},
    index::Index,
};

pub static READ_FIRES: Code = Code::error(
    "E411",
    "read-fires",
    "A call that only reads fires no event.",
);
pub static EMPTY_WILDCARD: Code = Code::error(
    "E412",
    "empty-wildcard",
    "A wildcard ends in `*` and matches at least one event.",
);

pub static BAD_RETRIES: Code = Code::error(
    "E413",
    "bad-retries",
    "Deliveries are retried at least once, after a wait.",
);

pub static EVENT_SCOPE: Code = Code::error(
    "E414",
    "event-scope",
    "The scope of an event is made of words with `/` between them, as in `store/order/created`.",
);

/// Whether a text can be the scope of an event. Words between the first and the last may be `*`.
pub(crate) fn is_event_scope(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_word = |word: &str| !word.is_empty() && word.chars().all(is_letter);
    let words: Vec<&str> = text.split('/').collect();
    let [first, middle @ .., last] = words.as_slice() else {
        return false;
    };
    is_word(first) && is_word(last) && middle.iter().all(|word| *word == "*" || is_word(word))
}

pub(super) fn scopes(cx: &Index<'_>, out: &mut Diagnostics) {
    for (index, event) in cx.document.events.events.iter().enumerate() {
        if !is_event_scope(&event.scope) {
            let at = At::root("events.yaml").key("events").index(index);
            let at = at.key("scope").value();
            let message = "this cannot be the scope of an event";
            out.push(
                Diagnostic::new(&EVENT_SCOPE, at, message)
                    .why("hooks subscribe to the event by this name")
                    .help("write words of letters, digits and `_`, as in `store/order/created`"),
            );
        } else if event.per_channel && !event.scope.contains("/channel/*/") {
            let at = At::root("events.yaml").key("events").index(index);
            let message = "this scope has no place for the id of a channel";
            out.push(
                Diagnostic::new(&EVENT_SCOPE, at.key("scope").value(), message)
                    .also(
                        at.key("per_channel").name(),
                        "only hooks of a channel receive it",
                    )
                    .help("write it as in `store/channel/*/page/created`, or remove `per_channel`"),
            );
        }
    }
}

pub(super) fn retries(cx: &Index<'_>, out: &mut Diagnostics) {
    let Some(retries) = &cx.document.events.retries else {
        return;
    };
    let at = At::root("events.yaml").key("retries").key("after");
    if retries.after.is_empty() {
        out.push(
            Diagnostic::new(&BAD_RETRIES, at.value(), "there are no retries")
                .help("list the wait before each, in seconds, or remove `retries:`"),
        );
    }
    for (index, _) in retries
        .after
        .iter()
        .enumerate()
        .filter(|(_, wait)| **wait == 0)
    {
        out.push(
            Diagnostic::new(&BAD_RETRIES, at.index(index).value(), "a wait cannot be 0")
                .why("a failed delivery is not retried at once")
                .help("write the number of seconds"),
        );
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
                .also(endpoint.reading().name(), "only reads")
                .help("remove `fires`; keep the event that the reference guide links to it in `event`"),
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
                    "end it with `/*`, or declare `{scope}` under `events`"
                )),
            );
            continue;
        };
        // The first entry at or after the prefix starts with it, if any does.
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
