//! The list of official operations: that it is sound, and that each operation is ours or left out
//! with a reason.

use std::collections::{HashMap, HashSet};

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{Index, official},
    model::Method,
    spec::Official,
};

pub static OFFICIAL_LIST: Code = Code::error(
    "E530",
    "official-list",
    "The list of official operations has methods of HTTP at every path, and leaves out files that it has, each once.",
);
pub static UNOFFICIAL: Code = Code::error(
    "E531",
    "unofficial-operation",
    "Every endpoint is in the list of official operations, where a spec has one.",
);
pub static LEFT_OUT: Code = Code::error(
    "E532",
    "left-out-operation",
    "No endpoint is an operation that the list of official operations leaves out.",
);
pub static UNACCOUNTED: Code = Code::error(
    "E533",
    "unaccounted-operation",
    "Every official operation is an endpoint, or left out.",
);

pub(super) fn official(cx: &Index<'_>, out: &mut Diagnostics) {
    let Some(list) = &cx.document.official else {
        return;
    };
    sound(cx, list, out);
    let service = &cx.document.service;
    let mut listed: HashMap<_, Vec<_>> = HashMap::new();
    for operation in official::operations(list) {
        listed.entry(operation.key()).or_default().push(operation);
    }
    let mut ours = HashSet::new();
    let endpoints = cx.endpoints().flat_map(move |endpoint| {
        endpoint.methods().map(move |(method, path)| {
            let server = endpoint.group.server.as_deref();
            let key = official::key_of(service, server, method, path);
            (key, path.to_owned(), endpoint.at.key(method), "the path")
        })
    });
    let inbound = official::inbound(&cx.document.inbound).map(|(key, _, at)| {
        let path = key.1.clone();
        (key, path, at, "the path or the base URL")
    });
    for (key, path, at, wrong) in endpoints.chain(inbound) {
        let found = listed.get(&key).map(Vec::as_slice).unwrap_or_default();
        let reasons = found.iter().map(|one| official::left_out(list, one.file));
        match reasons.collect::<Option<Vec<_>>>().as_deref() {
            Some([]) => out.push(
                Diagnostic::new(
                    &UNOFFICIAL,
                    at.value(),
                    format!("`{}` does not have `{} {path}`", Official::FILE, key.0),
                )
                .help(format!(
                    "correct {wrong}, or add the operation to its file under `files:`"
                )),
            ),
            Some([reason, ..]) => out.push(
                Diagnostic::new(
                    &LEFT_OUT,
                    at.value(),
                    format!("`{}` leaves this operation out", Official::FILE),
                )
                .why(&*reason.why)
                .help("take its file out of `out:`, or remove the endpoint"),
            ),
            None => {}
        }
        ours.insert(key);
    }
    if list.later.is_some() {
        return;
    }
    for operation in official::operations(list) {
        let left_out = official::left_out(list, operation.file).is_some();
        if !left_out && !ours.contains(&operation.key()) {
            let message = format!("no endpoint is `{} {}`", operation.method, operation.path);
            out.push(
                Diagnostic::new(&UNACCOUNTED, operation.at.name(), message)
                    .help("add the endpoint, leave its file out under `out:`, or say `later:`"),
            );
        }
    }
}

fn sound(cx: &Index<'_>, list: &Official, out: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for operation in official::operations(list) {
        if !Method::ALL.iter().any(|it| it.as_str() == operation.method) {
            let message = format!("`{}` is no method", operation.method);
            out.push(
                Diagnostic::new(&OFFICIAL_LIST, operation.at.value(), message)
                    .help("write methods in capitals with blanks between them: `GET POST`"),
            );
        }
        if !seen.insert((operation.file, operation.path, operation.method)) {
            let message = format!("`{}` stands here twice", operation.method);
            out.push(
                Diagnostic::new(&OFFICIAL_LIST, operation.at.value(), message)
                    .help("remove one of the two"),
            );
        }
    }
    let mut seen = HashSet::new();
    for (index, reason) in list.out.iter().enumerate() {
        let at = At::root(Official::FILE)
            .key("out")
            .index(index)
            .key("files");
        for (index, file) in reason.files.iter().enumerate() {
            let at = at.index(index).value();
            if !list.files.contains(file) {
                let message = format!("`files` has no `{file}`");
                let known = cx.candidates(list.files.keys());
                out.push(Diagnostic::new(&OFFICIAL_LIST, at, message).meant(file, known));
            } else if !seen.insert(file) {
                let message = format!("`{file}` is left out twice");
                out.push(
                    Diagnostic::new(&OFFICIAL_LIST, at, message).help("remove one of the two"),
                );
            }
        }
    }
}
