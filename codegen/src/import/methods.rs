//! Chooses the names of methods from paths, and the path a group lives at.

use heck::ToSnakeCase;
use indexmap::IndexMap;

use super::names::{VERBS, singular, words};

/// What is needed to name a method.
pub(crate) struct Call<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub operation: &'a str,
    /// The answer is a list.
    pub lists: bool,
    /// The body is a list.
    pub batch: bool,
    /// The path is that of many things: single ones stand below it, or filters choose among them.
    pub many: bool,
}

/// The method in code of a call whose group lives at `base`.
pub(crate) fn method(call: &Call<'_>, base: &str) -> String {
    let below = |rest: &&str| rest.is_empty() || rest.starts_with('/');
    let rest = call.path.strip_prefix(base).filter(below);
    let rest = rest.unwrap_or_else(|| outside(call.path, base));
    let segments: Vec<&str> = rest.split('/').filter(|s| !s.is_empty()).collect();
    let literals: Vec<&str> = segments
        .iter()
        .copied()
        .filter(|s| !s.starts_with('{'))
        .collect();
    let last = segments
        .last()
        .or(base.rsplit('/').next().as_ref())
        .copied()
        .unwrap_or("");
    let one = last.starts_with('{');
    if call.method == "post" && verb_like(call.operation, last) {
        return last.to_snake_case();
    }
    let whole = literals.is_empty();
    let verb = match call.method {
        "get" if one || !call.lists => "get",
        "get" => "list",
        "post" if whole && call.batch => "create_all",
        "post" => "create",
        "put" if whole && call.batch => "update_batch",
        "put" => "update",
        "patch" => "patch",
        _ if whole && !one && call.many => "delete_all",
        _ => "delete",
    };
    if whole {
        return verb.to_owned();
    }
    let many = call.batch || call.lists || (call.method == "delete" && !one && call.many);
    let mut noun: Vec<String> = literals
        .iter()
        .map(|s| singular(&s.to_snake_case()))
        .collect();
    if let (true, Some(place)) = (many, noun.last_mut()) {
        *place = literals
            .last()
            .map(|s| s.to_snake_case())
            .unwrap_or_default();
    }
    format!("{verb}_{}", noun.join("_"))
}

/// A path of another collection, without the generation that both begin with.
fn outside<'p>(path: &'p str, base: &str) -> &'p str {
    let first = base.split('/').find(|s| !s.is_empty()).unwrap_or_default();
    let rest = path
        .strip_prefix('/')
        .and_then(|path| path.strip_prefix(first));
    rest.filter(|rest| rest.starts_with('/')).unwrap_or(path)
}

/// Whether the last segment is itself what the call does, as in `/customers/validate-credentials`.
fn verb_like(operation: &str, last: &str) -> bool {
    let first = words(operation).into_iter().next().unwrap_or_default();
    !VERBS.contains(&first.as_str()) && words(last).first() == Some(&first)
}

/// The path a group lives at: what all its paths begin with, cut before a trailing parameter. Where
/// that says nothing, the collection that most of them belong to.
pub(crate) fn base<'a>(paths: impl Iterator<Item = &'a str> + Clone) -> String {
    let common = common(paths.clone());
    if common.split('/').filter(|s| !s.is_empty()).count() > 1 {
        return common;
    }
    let mut collections: IndexMap<String, usize> = IndexMap::new();
    for path in paths {
        let segments: Vec<&str> = path.split('/').collect();
        let start = usize::from(!common.is_empty()) + 2;
        let collection = segments.get(..start).unwrap_or(&segments).join("/");
        *collections.entry(collection).or_default() += 1;
    }
    let most = collections.values().copied().max().unwrap_or_default();
    let first = collections.into_iter().find(|(_, count)| *count == most);
    first.map(|(collection, _)| collection).unwrap_or(common)
}

fn common<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut common: Option<Vec<&str>> = None;
    for path in paths {
        let segments: Vec<&str> = path.split('/').collect();
        common = Some(match common {
            None => segments,
            Some(known) => {
                let same = known
                    .iter()
                    .zip(&segments)
                    .take_while(|(a, b)| a == b)
                    .count();
                known.into_iter().take(same).collect()
            }
        });
    }
    let mut common = common.unwrap_or_default();
    while common.last().is_some_and(|s| s.starts_with('{')) {
        common.pop();
    }
    common.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_named_by_what_it_does_to_the_group() {
        let name = |method, path, lists, batch| {
            let call = Call {
                method,
                path,
                operation: "getX",
                lists,
                batch,
                many: true,
            };
            super::method(&call, "/v3/catalog/brands")
        };
        assert_eq!(name("get", "/v3/catalog/brands", true, false), "list");
        assert_eq!(name("get", "/v3/catalog/brands/{id}", false, false), "get");
        assert_eq!(
            name("put", "/v3/catalog/brands", true, true),
            "update_batch"
        );
        assert_eq!(
            name("get", "/v3/catalog/brands/{id}/metafields", true, false),
            "list_metafields"
        );
        let alone = |path| {
            let call = Call {
                method: "delete",
                path,
                operation: "deleteX",
                lists: false,
                batch: false,
                many: false,
            };
            super::method(&call, "/v3/catalog/brands")
        };
        assert_eq!(alone("/v3/catalog/brands/{id}/image"), "delete_image");
        assert_eq!(alone("/v3/catalog/brands"), "delete");
        assert_eq!(
            name("delete", "/v3/catalog/brands", false, false),
            "delete_all"
        );
    }
}
