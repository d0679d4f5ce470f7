//! Calls: that each is one of the group's, does one thing, and names parameters and events that the
//! endpoint has.

use super::{CallAt, all_calls, all_collections};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, suggest},
    index::Index,
    spec::StoreRules,
};

pub static UNKNOWN_CALL: Code = Code::error(
    "E702",
    "unknown-call",
    "What a store's call does is said of an endpoint of its group.",
);
pub static ONE_VERB: Code = Code::error(
    "E703",
    "one-verb",
    "A store's call lists, gets, creates, updates, upserts or deletes: one of them.",
);
pub static CALL_PARAMETER: Code = Code::error(
    "E704",
    "call-parameter",
    "A key that a store's call takes from the path is a parameter of that path.",
);
pub static CALL_FIRES: Code = Code::error(
    "E705",
    "call-fires",
    "A store's call says when an event fires only of events that the endpoint fires.",
);

/// The endpoints of the group, by id.
fn ids<'a>(cx: &Index<'a>, store: &'a StoreRules) -> Vec<&'a str> {
    cx.endpoints()
        .filter(|endpoint| endpoint.group.group == store.group)
        .map(|endpoint| &*endpoint.spec.id)
        .collect()
}

pub(in super::super) fn unknown_calls(cx: &Index<'_>, out: &mut Diagnostics) {
    let known_group = |store: &StoreRules| cx.groups().any(|(g, _)| g.group == store.group);
    let unknown = |store: &StoreRules, id: &str, at| {
        Diagnostic::new(
            &UNKNOWN_CALL,
            at,
            format!("`{}` has no endpoint `{id}`", store.group),
        )
    };
    for call in all_calls(cx).filter(|call| known_group(call.store)) {
        if call.endpoint(cx).is_none() {
            let ids = ids(cx, call.store);
            out.push(unknown(call.store, call.id, call.at.name()).meant(call.id, ids));
        }
    }
    for collection in all_collections(cx) {
        let by = collection.spec.seeds.as_ref().and_then(|s| s.by.as_deref());
        let makers = || {
            let calls = collection.store.calls.iter();
            calls.filter_map(|(id, call)| call.create.is_some().then_some(id))
        };
        if let Some(by) = by
            && !makers().any(|id| id == by)
        {
            let at = collection.at.key("seeds").key("by").value();
            let says = format!("no call here that makes records is `{by}`");
            out.push(Diagnostic::new(&UNKNOWN_CALL, at, says).meant(by, makers()));
        }
    }
}

pub(in super::super) fn verbs(cx: &Index<'_>, out: &mut Diagnostics) {
    for call in all_calls(cx) {
        let verbs: Vec<&str> = call.spec.verbs().map(|(verb, _)| verb).collect();
        match verbs.as_slice() {
            [_] => {}
            [] => out.push(
                Diagnostic::new(
                    &ONE_VERB,
                    call.at.name(),
                    format!("`{}` does not say what it does", call.id),
                )
                .help("write `list`, `get`, `create`, `update`, `upsert` or `delete` with a collection"),
            ),
            [first, second, ..] => out.push(
                Diagnostic::new(
                    &ONE_VERB,
                    call.at.key(second).name(),
                    format!("`{}` does two things", call.id),
                )
                .also(call.at.key(first).name(), "the other one")
                .help("keep one; what happens to other records goes into `makes` and `then`"),
            ),
        }
    }
}

pub(in super::super) fn parameters(cx: &Index<'_>, out: &mut Diagnostics) {
    for call in all_calls(cx) {
        let Some(parameters) = path_parameters(&call, cx) else {
            continue;
        };
        let mut named = |parameter: &str, at| {
            if parameters.contains(&parameter) {
                return;
            }
            let diagnostic = Diagnostic::new(
                &CALL_PARAMETER,
                at,
                format!("the path has no parameter `{parameter}`"),
            );
            out.push(match suggest(parameter, parameters.iter().copied()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None if parameters.is_empty() => diagnostic
                    .why("a call without a parameter names its records in the body or by filters")
                    .help("remove it"),
                None => diagnostic.help(format!("it has `{}`", parameters.join("` and `"))),
            });
        };
        if let Some(key) = &call.spec.key {
            named(key, call.at.key("key").value());
        }
        for parameter in call.spec.within.keys() {
            named(parameter, call.at.key("within").key(parameter).name());
        }
        for (name, reads) in call.spec.reads.iter() {
            named(
                &reads.key,
                call.at.key("reads").key(name).key("key").value(),
            );
        }
    }
}

/// What stands in braces in the path of its endpoint.
fn path_parameters<'a>(call: &CallAt<'a>, cx: &Index<'a>) -> Option<Vec<&'a str>> {
    let endpoint = call.endpoint(cx)?;
    let (_, path) = endpoint.methods().next()?;
    Some(
        path.split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .collect(),
    )
}

pub(in super::super) fn events(cx: &Index<'_>, out: &mut Diagnostics) {
    for call in all_calls(cx) {
        let Some(endpoint) = call.endpoint(cx) else {
            continue;
        };
        for scope in call.spec.fires.keys() {
            if endpoint.spec.fires.iter().any(|fired| fired == scope) {
                continue;
            }
            let at = call.at.key("fires").key(scope).name();
            let says = format!("`{}` does not fire `{scope}`", endpoint.full_id());
            let fires = endpoint.spec.fires.iter().map(String::as_str);
            out.push(
                Diagnostic::new(&CALL_FIRES, at, says)
                    .why("which events a call fires is said with the endpoint, in `fires`")
                    .meant(scope, fires),
            );
        }
    }
}
