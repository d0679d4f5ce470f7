//! The words by which a path could reach the things of a group.

use crate::model::{Api, Endpoint, Group};

/// The words that name the things of a group in a path: its own name, where a path has it, and of the
/// shortest path that has no such word yet, the last, until every path has one.
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

/// Words of which a path of this group has one as well. Those of the group above, where every path has
/// them: without one, a path of `/products` is not that of the products of an order. And where another
/// group goes by the same words, such as `settings`, what every path of this one has besides.
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

/// What V3 has before the things of the catalog, and older versions have not: it tells nothing apart.
const SPACE: &str = "catalog";

/// Whether a part of a path is that word: paths and names join the same words in different ways.
fn has(path: &[&str], word: &str) -> bool {
    let plain = |text: &str| text.replace(['-', '_'], "");
    path.iter().any(|part| plain(part) == plain(word))
}

/// The parts of a path that are no parameters.
fn spoken(endpoint: &Endpoint) -> Vec<&str> {
    let parts = endpoint.path.split('/');
    parts
        .filter(|part| !part.is_empty() && !part.starts_with('{'))
        .collect()
}
