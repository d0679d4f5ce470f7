//! The words in a path that identify the resources of a group.

use crate::model::{Api, Endpoint, Group};

/// The words that name the resources of a group in a path: its own name if a path has it, then the last word
/// of the shortest path without such a word, until every path has one.
pub(super) fn words<'a>(group: &'a Group, endpoints: &'a [Endpoint]) -> Vec<&'a str> {
    let mut paths: Vec<Vec<&str>> = endpoints.iter().map(spoken).collect();
    paths.sort_by_key(Vec::len);
    let mut words = Vec::new();
    if paths.iter().any(|path| has(path, &group.name)) {
        words.push(group.name.as_str());
    }
    for path in &paths {
        if !words.iter().any(|word| has(path, word)) {
            words.extend(path.last().copied());
        }
    }
    words.sort_unstable();
    words
}

/// Further words that a path of this group must have. Those of the parent group if every path has them:
/// otherwise a path of `/products` would match the products of an order. If another group has the same words,
/// such as `settings`, also what every path of this one has.
pub(super) fn within<'a>(api: &'a Api, group: &'a Group) -> Vec<&'a str> {
    let endpoints = api.endpoints_of(group);
    let everywhere = |word: &&str| endpoints.iter().all(|it| has(&spoken(it), word));
    if let Some(nested) = &group.nested {
        let above = api.group(nested.under);
        let mut within = words(above, api.endpoints_of(above));
        within.retain(everywhere);
        return within;
    }
    let own = words(group, endpoints);
    let shared = |other: &&Group| {
        let theirs = words(other, api.endpoints_of(other));
        other.name != group.name
            && other.nested.is_none()
            && own.iter().any(|word| theirs.contains(word))
    };
    if own.contains(&group.name.as_str()) || !api.groups.iter().any(|other| shared(&other)) {
        return Vec::new();
    }
    let mut within: Vec<&str> = endpoints
        .iter()
        .take(1)
        .flat_map(|it| spoken(it).into_iter().skip(1))
        .collect();
    within.retain(|word| everywhere(word) && !own.contains(word) && *word != SPACE);
    within
}

/// The segment of V3 before the catalog's resources, which older versions lack: it distinguishes nothing.
const SPACE: &str = "catalog";

/// Whether a part of a path is that word: paths and names join words in different ways.
fn has(path: &[&str], word: &str) -> bool {
    let plain = |text: &str| text.replace(['-', '_'], "");
    path.iter().any(|part| plain(part) == plain(word))
}

/// The parts of a path that are not parameters.
fn spoken(endpoint: &Endpoint) -> Vec<&str> {
    let parts = endpoint.path.split('/');
    parts
        .filter(|part| !part.is_empty() && !part.starts_with('{'))
        .collect()
}
