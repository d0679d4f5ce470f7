//! The official descriptions that groups, endpoints and providers name as their sources: that they exist.

use std::collections::HashSet;

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::Index,
    spec::Official,
    stem::stem,
};

pub static UNKNOWN_SOURCE: Code = Code::error(
    "E534",
    "unknown-source",
    "The source of a group, an endpoint or a provider is a file in the list of official operations, if the spec has one.",
);

pub(super) fn sources(cx: &Index<'_>, out: &mut Diagnostics) {
    let Some(list) = &cx.document.official else {
        return;
    };
    let known: HashSet<&str> = list.files.keys().map(stem).collect();
    let groups = cx.groups().map(|(group, at)| (&group.source, at));
    let providers = cx.document.inbound.iter();
    let providers = providers.map(|it| (&it.source, At::root(&it.file)));
    let endpoints = cx.endpoints();
    let endpoints = endpoints.filter_map(|it| Some((it.spec.source.as_ref()?, it.at)));
    for (source, at) in groups.chain(providers).chain(endpoints) {
        // An empty one is reported as an empty text.
        if source.is_empty() || known.contains(stem(source)) {
            continue;
        }
        let message = format!("`{}` lists no file `{}`", Official::FILE, stem(source));
        let files = cx.candidates(list.files.keys());
        out.push(
            Diagnostic::new(&UNKNOWN_SOURCE, at.key("source").value(), message)
                .why(
                    "the comparison with the official descriptions finds an endpoint by its source",
                )
                .help("correct the name, or add the file under `files:`")
                .meant(stem(source), files),
        );
    }
}
