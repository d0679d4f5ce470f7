//! The list of official operations: that it is valid, and that each operation is an endpoint or left out
//! with a reason.

use std::collections::{HashMap, HashSet};

use super::paths::is_path;
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics, suggest},
    index::{
        EndpointAt, Index,
        official::{self, OperationAt, OperationKey},
    },
    model::Method,
    spec::Official,
};

pub static OFFICIAL_LIST: Code = Code::error(
    "E530",
    "official-list",
    "The list of official operations has HTTP methods for every path, and every file that it leaves out exists and is listed once.",
);
pub static UNOFFICIAL: Code = Code::error(
    "E531",
    "unofficial-operation",
    "Every endpoint is in the list of official operations, if the spec has one.",
);
pub static LEFT_OUT: Code = Code::error(
    "E532",
    "left-out-operation",
    "No endpoint is an operation that the official list leaves out.",
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
    let doubts = sound(cx, list, out);
    let service = &cx.document.service;
    let mut listed: HashMap<_, Vec<_>> = HashMap::new();
    for operation in official::operations(list).filter(has_method) {
        listed.entry(operation.key()).or_default().push(operation);
    }
    let mut ours = HashSet::new();
    let endpoints = cx.endpoints().flat_map(move |endpoint| {
        endpoint.methods().map(move |(method, path)| {
            let server = endpoint.group.server.as_deref();
            let key = official::key_of(service, server, method, path);
            Call {
                key,
                path: path.to_owned(),
                at: endpoint.at.key(method),
                wrong: "the path",
                is_path: is_path(path),
            }
        })
    });
    let inbound = official::inbound(&cx.document.inbound).map(|(key, _, at)| Call {
        path: key.1.clone(),
        key,
        at,
        wrong: "the path or the base URL",
        is_path: true,
    });
    let mut unlisted = Vec::new();
    for call in endpoints.chain(inbound) {
        let found = listed.get(&call.key).map(Vec::as_slice).unwrap_or_default();
        let reasons = found.iter().map(|one| official::left_out(list, one.file));
        ours.insert(call.key.clone());
        match reasons.collect::<Option<Vec<_>>>().as_deref() {
            // One of its methods is invalid, and may be meant to be this one.
            Some([]) if doubts.paths.contains(&call.key.1) => {}
            Some([]) => unlisted.push(call),
            Some([reason, ..]) => {
                let file = found.first().map_or(Official::FILE, |one| one.file);
                let message = format!("this operation is in `{file}`, which is left out");
                out.push(
                    Diagnostic::new(&LEFT_OUT, call.at.value(), message)
                        .why(&*reason.why)
                        .help("remove its file from `out:`, or remove the endpoint"),
                );
            }
            None => {}
        }
    }
    let mut seen = HashSet::new();
    let mut missing: Vec<_> = official::operations(list)
        .filter(|one| official::left_out(list, one.file).is_none() && !ours.contains(&one.key()))
        .filter(|one| has_method(one) && seen.insert((one.file, one.key())))
        .collect();
    for call in &unlisted {
        // A missing operation is probably the misspelled one, so it is not reported as well.
        let near = nearest(&call.key, &missing);
        let near = near.map(|near| missing.remove(near));
        // Another rule reports what is wrong with its syntax.
        if call.is_path {
            out.push(call.unofficial(near.map(|near| near.path)));
        }
    }
    if list.later.is_some() || doubts.files || is_open(cx) {
        return;
    }
    for operation in missing {
        let message = format!(
            "there is no endpoint `{} {}`",
            operation.method, operation.path
        );
        out.push(
            Diagnostic::new(&UNACCOUNTED, operation.at.name(), message)
                .help("add the endpoint, list its file under `out:`, or add `later:`"),
        );
    }
}

/// Whether an endpoint is incomplete, so that no operation can be reported as missing.
fn is_open(cx: &Index<'_>) -> bool {
    let is_known = |endpoint: EndpointAt<'_>| {
        let mut calls = endpoint.methods().peekable();
        calls.peek().is_some() && calls.all(|(_, path)| is_path(path))
    };
    let mut groups = cx.groups();
    groups.any(|(group, _)| group.endpoints.is_empty()) || !cx.endpoints().all(is_known)
}

/// A call of the spec.
struct Call<'a> {
    key: OperationKey,
    path: String,
    at: At<'a>,
    /// What may be wrong if the list does not have it.
    wrong: &'static str,
    is_path: bool,
}

impl Call<'_> {
    fn unofficial(&self, near: Option<&str>) -> Diagnostic {
        let Self {
            key: (method, _),
            path,
            at,
            wrong,
            ..
        } = self;
        let says = format!("`{}` does not have `{method} {path}`", Official::FILE);
        let mut diagnostic = Diagnostic::new(&UNOFFICIAL, at.value(), says);
        if let Some(near) = near {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        diagnostic.help(format!(
            "correct {wrong}, or add the operation to its file under `files:`"
        ))
    }
}

/// The operation with this method and the most similar path.
fn nearest((method, path): &OperationKey, all: &[OperationAt<'_>]) -> Option<usize> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let keys = all.iter().map(|one| one.key());
    let keys: Vec<(usize, OperationKey)> = keys.enumerate().collect();
    let paths = keys.iter().filter(|(_, (other, _))| other == method);
    let paths = paths.map(|(_, (_, path))| path.as_str());
    let same = paths.clone().find(|other| *other == path);
    let near = same.or_else(|| suggest(path, paths))?;
    let mut keys = keys.iter();
    let found = keys.find(|(_, (other, path))| other == method && path == near);
    found.map(|(place, _)| *place)
}

/// What an invalid list leaves undetermined.
#[derive(Default)]
struct Doubts {
    /// The paths with an invalid method.
    paths: HashSet<String>,
    /// Whether a file that does not exist is left out.
    files: bool,
}

fn has_method(operation: &OperationAt<'_>) -> bool {
    Method::ALL.iter().any(|it| it.as_str() == operation.method)
}

fn sound(cx: &Index<'_>, list: &Official, out: &mut Diagnostics) -> Doubts {
    let mut doubts = Doubts::default();
    let mut seen = HashSet::new();
    for operation in official::operations(list) {
        if !has_method(&operation) {
            let (_, path) = operation.key();
            doubts.paths.insert(path);
            let message = format!("`{}` is not an HTTP method", operation.method);
            out.push(
                Diagnostic::new(&OFFICIAL_LIST, operation.at.value(), message)
                    .help("write methods in capitals, separated by spaces: `GET POST`"),
            );
        }
        if !seen.insert((operation.file, operation.path, operation.method)) {
            let message = format!("`{}` is listed twice", operation.method);
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
                doubts.files = true;
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
    doubts
}
