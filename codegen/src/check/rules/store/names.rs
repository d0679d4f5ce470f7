//! Groups and collections by name: one namespace of collections for all groups.

use super::{all_calls, all_collections};
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics, SpecPath},
    index::Index,
};

pub static STORE_GROUP: Code = Code::error(
    "E700",
    "store-group",
    "A file below store/ is named after its group, which is one of the spec's.",
);
pub static UNKNOWN_COLLECTION: Code = Code::error(
    "E701",
    "unknown-collection",
    "A collection that is spoken of is kept by some group, and by only one.",
);

pub(in super::super) fn groups(cx: &Index<'_>, out: &mut Diagnostics) {
    for store in &cx.document.stores {
        let at = At::root(&store.file).key("group").value();
        let known = || cx.groups().map(|(group, _)| &*group.group);
        if !known().any(|group| group == store.group) {
            out.push(
                Diagnostic::new(
                    &STORE_GROUP,
                    at,
                    format!("there is no group `{}`", store.group),
                )
                .meant(&store.group, known()),
            );
        } else if store.file != format!("store/{}.yaml", store.group) {
            out.push(
                Diagnostic::new(
                    &STORE_GROUP,
                    at,
                    format!("this file is not named after `{}`", store.group),
                )
                .help(format!("name it `store/{}.yaml`", store.group)),
            );
        }
    }
}

pub(in super::super) fn collections(cx: &Index<'_>, out: &mut Diagnostics) {
    let mut seen: Vec<(&str, SpecPath)> = Vec::new();
    for collection in all_collections(cx) {
        let at = collection.at.name();
        match seen.iter().find(|(name, _)| *name == collection.name) {
            Some((name, first)) => out.push(
                Diagnostic::new(
                    &UNKNOWN_COLLECTION,
                    at,
                    format!("`{name}` is kept by another group already"),
                )
                .also(first.clone(), "here")
                .help("give one of them another name"),
            ),
            None => seen.push((collection.name, at)),
        }
    }
    let mut named = |name: &str, at: At<'_>| {
        if !seen.iter().any(|(known, _)| *known == name) {
            out.push(
                Diagnostic::new(
                    &UNKNOWN_COLLECTION,
                    at.value(),
                    format!("no group keeps `{name}`"),
                )
                .meant(name, seen.iter().map(|(known, _)| *known)),
            );
        }
    };
    for collection in all_collections(cx) {
        let refers = collection.at.key("refers");
        for (field, to) in collection.spec.refers.iter() {
            named(&to.to, refers.key(field).key("to"));
        }
        let follows = collection.at.key("on_delete");
        for (index, then) in collection.spec.on_delete.iter().enumerate() {
            named(&then.within, follows.index(index).key("in"));
        }
    }
    for call in all_calls(cx) {
        for (verb, name) in call.spec.verbs() {
            named(name, call.at.key(verb));
        }
        for (parameter, name) in call.spec.within.iter() {
            named(name, call.at.key("within").key(parameter));
        }
        for (name, reads) in call.spec.reads.iter() {
            named(&reads.from, call.at.key("reads").key(name).key("from"));
        }
        for (index, makes) in call.spec.makes.iter().enumerate() {
            named(&makes.within, call.at.key("makes").index(index).key("in"));
        }
        for (index, then) in call.spec.then.iter().enumerate() {
            named(&then.within, call.at.key("then").index(index).key("in"));
        }
    }
}
