//! The page on coverage: each official operation with its endpoints, or why it has none.

use serde::Serialize;

use super::{
    super::text::{prose, slug},
    Links,
};
use crate::model::{Description, Official, Operation, Share};

/// Which official operations are covered.
#[derive(Debug, Serialize)]
pub(in super::super) struct Coverage {
    summary: String,
    out: Vec<Out>,
    files: Vec<FileView>,
}

/// Descriptions that are left out together.
#[derive(Debug, Serialize)]
struct Out {
    title: String,
    why: String,
    count: usize,
}

/// An official description.
#[derive(Debug, Serialize)]
struct FileView {
    name: String,
    anchor: String,
    href: String,
    here: usize,
    all: usize,
    /// Why it is left out.
    out: Option<String>,
    operations: Vec<OperationView>,
}

/// An official operation.
#[derive(Debug, Serialize)]
struct OperationView {
    method: &'static str,
    path: String,
    /// The endpoints, or the text if there are none.
    here: String,
}

/// Which official operations are covered.
pub(in super::super) fn view(links: &Links<'_>, list: &Official) -> Coverage {
    let files: Vec<FileView> = list.files.iter().map(|it| file(links, list, it)).collect();
    Coverage {
        summary: summary(links, list),
        out: out(list),
        files,
    }
}

fn summary(links: &Links<'_>, list: &Official) -> String {
    let (store, others) = list.shares();
    let share = |share: Share| format!("{} of {}", share.here, share.all);
    let mut text = format!("{} management operations are covered", share(store));
    if others.all > 0 {
        text += &format!(", and {} on other servers", share(others));
    }
    let inbound = list.inbound();
    if inbound > 0 {
        text += &format!("; {inbound} more are calls to your server");
    }
    let source = links.api.official_source();
    let version = source.map(|source| format!(" ({})", source.version));
    text += &format!(
        ". The list is that of the official API description{}.",
        version.unwrap_or_default()
    );
    text
}

fn out(list: &Official) -> Vec<Out> {
    let all = list.left_out().into_iter();
    let all = all.map(|(out, count)| Out {
        title: out.title.clone(),
        why: prose(&out.why),
        count,
    });
    all.collect()
}

fn file(links: &Links<'_>, list: &Official, file: &Description) -> FileView {
    let share = Share::of(&file.operations);
    let inbound = file.operations.iter();
    let inbound = inbound.filter(|one| !one.inbound.is_empty()).count();
    let anchor = slug(&file.file);
    FileView {
        name: file.file.clone(),
        href: format!("#{anchor}"),
        anchor,
        here: share.here + inbound,
        all: share.all,
        out: file.out.as_ref().map(|out| out.title.clone()),
        operations: file
            .operations
            .iter()
            .map(|one| operation(links, list, file, one))
            .collect(),
    }
}

fn operation(
    links: &Links<'_>,
    list: &Official,
    file: &Description,
    one: &Operation,
) -> OperationView {
    let endpoints = one
        .endpoints
        .iter()
        .filter_map(|at| links.api.endpoints.get(*at));
    let inbound = one.inbound.iter();
    let inbound = inbound.map(|id| format!("{}, without client code", links.inbound(id)));
    let endpoints = endpoints.map(|it| links.endpoint(it)).chain(inbound);
    let endpoints: Vec<String> = endpoints.collect();
    let why = match &file.out {
        Some(_) => Some("left out".to_owned()),
        None => list.later.as_deref().map(prose),
    };
    OperationView {
        method: one.method.as_str(),
        path: one.path.clone(),
        here: match endpoints.as_slice() {
            [] => why.unwrap_or_default(),
            some => some.join(", "),
        },
    }
}
