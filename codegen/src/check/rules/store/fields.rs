//! What records are made of: the type they are shown as, and the fields they are told apart by.

use std::collections::HashSet;

use super::{CollectionAt, all_calls, all_collections};
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::Index,
};

pub static UNKNOWN_RECORD: Code = Code::error(
    "E706",
    "unknown-record",
    "What a collection holds is an object that the spec declares.",
);
pub static UNKNOWN_FIELD: Code = Code::error(
    "E707",
    "unknown-field",
    "A field that a store tells records apart by, refers by, links or nests by is one that they have.",
);

pub(in super::super) fn records(cx: &Index<'_>, out: &mut Diagnostics) {
    for collection in all_collections(cx) {
        if collection
            .schema(cx)
            .is_some_and(|schema| !schema.is_choice())
        {
            continue;
        }
        let holds = &collection.spec.holds;
        // An enumeration is there, and is no answer all the same.
        let objects = cx.schemas().filter(|schema| !schema.is_choice());
        let names = objects
            .filter(|schema| Some(schema.home) == collection.home(cx))
            .map(|schema| schema.name);
        out.push(
            Diagnostic::new(
                &UNKNOWN_RECORD,
                collection.at.key("holds").value(),
                format!("there is no object `{holds}`"),
            )
            .meant(holds, names),
        );
    }
}

pub(in super::super) fn fields(cx: &Index<'_>, out: &mut Diagnostics) {
    for collection in all_collections(cx) {
        let Some(known) = known(cx, collection) else {
            continue;
        };
        let mut check = |field: &str, at: At<'_>, named: bool| {
            if known.contains(&field) {
                return;
            }
            let at = if named { at.name() } else { at.value() };
            out.push(
                Diagnostic::new(
                    &UNKNOWN_FIELD,
                    at,
                    format!("a record of `{}` has no `{field}`", collection.name),
                )
                .meant(field, known.iter().copied()),
            );
        };
        let (spec, at) = (collection.spec, collection.at);
        for (outer, set) in spec.unique.iter().enumerate() {
            for (inner, field) in set.iter().enumerate() {
                check(field, at.key("unique").index(outer).index(inner), false);
            }
        }
        for field in spec.refers.keys() {
            check(field, at.key("refers").key(field), true);
        }
        for path in spec.links.keys() {
            let field = path.split('.').next().unwrap_or(path);
            check(field, at.key("links").key(path), true);
        }
        for call in all_calls(cx) {
            if call.spec.verbs().next().map(|(_, name)| name) != Some(collection.name) {
                continue;
            }
            for (index, field) in call.spec.matches.iter().enumerate() {
                check(field, call.at.key("matches").index(index), false);
            }
            for field in call.spec.archives.keys() {
                check(field, call.at.key("archives").key(field), true);
            }
            if let Some(nests) = &call.spec.nests {
                check(&nests.under, call.at.key("nests").key("under"), false);
                if let Some(order) = &nests.order {
                    check(order, call.at.key("nests").key("order"), false);
                }
            }
        }
    }
}

/// The fields of its records: those of their type, and those that are worked out for them.
fn known<'a>(cx: &Index<'a>, collection: CollectionAt<'a>) -> Option<Vec<&'a str>> {
    let spec = collection.spec;
    let mut known: Vec<&str> = collection
        .schema(cx)?
        .fields()
        .map(|field| field.name)
        .collect();
    let worked_out = spec.starts.keys().chain(spec.derives.keys());
    known.extend(std::iter::once(&*spec.key).chain(worked_out));
    let calls = all_calls(cx).filter(|call| {
        call.collection(cx)
            .is_some_and(|on| on.name == collection.name)
    });
    known.extend(calls.flat_map(|call| call.spec.sets.keys()));
    let mut seen = HashSet::new();
    known.retain(|field| seen.insert(*field));
    Some(known)
}
