//! Chooses the names of methods from paths, and the path a group lives at.

use std::collections::{HashMap, HashSet};

use heck::ToSnakeCase;
use indexmap::IndexMap;

use super::{
    draft::DraftEndpoint,
    names::{self, singular, words},
};

/// What is needed to name a method.
pub(crate) struct Call<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub operation: &'a str,
    /// The response is a list.
    pub lists: bool,
    /// The body is a list.
    pub batch: bool,
    /// The path is that of many things: single ones stand below it, or filters choose among them.
    pub many: bool,
}

/// How many words of a path a method's name may be made of.
const LONGEST: usize = 4;

/// The names that the method of a call may have in code, the best one first, when its group lives at
/// `base`. What a longer one adds is what stands above it in the path.
pub(crate) fn methods(call: &Call<'_>, base: &str) -> Vec<String> {
    let below = |rest: &&str| rest.is_empty() || rest.starts_with('/');
    let rest = call.path.strip_prefix(base).filter(below);
    // The same collection by another way, such as all variants beside those of a product.
    let beside = rest.is_none() && ends_alike(call.path, base);
    let rest = match rest {
        Some(rest) => rest,
        None if beside => "",
        None => outside(call.path, base),
    };
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
    if call.method == "post" && names::does(call.operation, last) {
        return vec![last.to_snake_case()];
    }
    let whole = literals.is_empty();
    let told = words(call.operation).into_iter().next().unwrap_or_default();
    let verb = match call.method {
        "get" if one || !call.lists => "get",
        "get" => "list",
        "post" if told == "add" && !whole => "add",
        "post" => "create",
        "put" if told == "upsert" => "upsert",
        "put" => "update",
        "patch" => "patch",
        _ => "delete",
    };
    // What a name beside the one for a single thing ends in.
    let several = match verb {
        "delete" if !one && call.many => Some("all"),
        "create" | "update" | "upsert" if call.batch => Some("batch"),
        _ => None,
    };
    if whole {
        let owner = names::parent(call.path).filter(|_| call.path.contains('{'));
        let several = match (several, owner) {
            (Some(end), _) => Some(format!("{verb}_{end}")),
            (None, Some(owner)) if beside => Some(format!("{verb}_of_{}", owner.to_snake_case())),
            (None, None) if beside => Some(format!("{verb}_all")),
            _ => None,
        };
        return std::iter::once(verb.to_owned()).chain(several).collect();
    }
    let many = call.batch || call.lists || (call.method == "delete" && !one && call.many);
    let mut nouns: Vec<String> = literals
        .iter()
        .map(|s| singular(&s.to_snake_case()))
        .collect();
    if let (true, Some(place)) = (many, nouns.last_mut()) {
        *place = literals
            .last()
            .map(|s| s.to_snake_case())
            .unwrap_or_default();
    }
    let starts = (0..nouns.len()).rev().take(LONGEST);
    let longer = starts.filter_map(|start| nouns.get(start..));
    let mut names: Vec<String> = longer
        .map(|nouns| format!("{verb}_{}", nouns.join("_")))
        .collect();
    if many && !rest.contains('{') {
        let noun = nouns.last().map(String::as_str).unwrap_or_default();
        names.insert(1, format!("{verb}_all_{noun}"));
    }
    names
}

/// Whether both end in the name of one collection.
fn ends_alike(path: &str, base: &str) -> bool {
    let collection = base.rsplit('/').next().unwrap_or_default();
    !collection.is_empty() && path.rsplit('/').next() == Some(collection)
}

/// Gives each endpoint of a group the best name that nobody has. What stands high in the path chooses
/// first; where all names are taken, that of the operation is next.
pub(crate) fn name(endpoints: &mut [&mut DraftEndpoint], taken: &HashSet<String>) {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut taken = taken.clone();
    let depth = |endpoint: &DraftEndpoint| {
        let beside = |name: &String| {
            ["_batch", "_all", "_of_"]
                .iter()
                .any(|part| name.contains(part))
        };
        (
            endpoint.wishes.get(1).is_some_and(beside),
            endpoint.path.split('/').count(),
        )
    };
    endpoints.sort_by_key(|endpoint| depth(endpoint));
    for endpoint in endpoints {
        let operation = names::snake(&endpoint.operation);
        let free = endpoint.wishes.iter().find(|name| !taken.contains(*name));
        let batch = endpoint.batch.is_some() && endpoint.returns.starts_with('[');
        endpoint.id = match free {
            Some(name) => name.clone(),
            None => {
                endpoint.todo.push("the name of the method".into());
                let number = numbers.entry(operation.clone()).or_insert(1);
                let mut name = operation.clone();
                while taken.contains(&name) {
                    *number += 1;
                    name = format!("{operation}_{number}");
                }
                name
            }
        };
        taken.insert(endpoint.id.clone());
        let all = format!("{}_all", endpoint.id.trim_end_matches("_batch"));
        if batch && taken.insert(all.clone()) {
            endpoint.all = Some(all);
        }
    }
}

/// A path of another collection, without the generation that both begin with.
fn outside<'p>(path: &'p str, base: &str) -> &'p str {
    let first = base.split('/').find(|s| !s.is_empty()).unwrap_or_default();
    let rest = path
        .strip_prefix('/')
        .and_then(|path| path.strip_prefix(first));
    rest.filter(|rest| rest.starts_with('/')).unwrap_or(path)
}

/// The path a group lives at: the collection of its name that most paths belong to. Where none has its
/// name, what all its paths begin with, cut before a trailing parameter; and where that says nothing,
/// the collection that most of them belong to.
pub(crate) fn base<'a>(name: &str, paths: impl Iterator<Item = &'a str> + Clone) -> String {
    if let Some(named) = named(name, paths.clone()) {
        return named;
    }
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

/// The collection called `name` that most paths lie in.
fn named<'a>(name: &str, paths: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut collections: IndexMap<&str, usize> = IndexMap::new();
    for path in paths {
        let mut end = 0;
        for segment in path.split_inclusive('/') {
            end += segment.len();
            let literal = segment.trim_end_matches('/');
            if !literal.is_empty()
                && literal.to_snake_case().replace('_', "") == name.replace('_', "")
            {
                let collection = path.get(..end).unwrap_or(path).trim_end_matches('/');
                *collections.entry(collection).or_default() += 1;
                break;
            }
        }
    }
    let most = collections.values().copied().max()?;
    let (first, _) = collections.into_iter().find(|(_, count)| *count == most)?;
    Some(first.to_owned())
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
            super::methods(&call, "/v3/catalog/brands").join(" ")
        };
        assert_eq!(name("get", "/v3/catalog/brands", true, false), "list");
        assert_eq!(name("get", "/v3/catalog/brands/{id}", false, false), "get");
        assert_eq!(
            name("put", "/v3/catalog/brands", true, true),
            "update update_batch"
        );
        assert_eq!(
            name("put", "/v3/all/brands", true, true),
            "update update_batch"
        );
        assert_eq!(
            name("get", "/v3/catalog/brands/{id}/metafields", true, false),
            "list_metafields"
        );
        let deep = "/v3/catalog/brands/{id}/logos/print/{logo_id}/print_quotes";
        assert_eq!(
            name("get", deep, true, false),
            "list_print_quotes list_print_print_quotes list_logo_print_print_quotes"
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
            super::methods(&call, "/v3/catalog/brands").join(" ")
        };
        assert_eq!(alone("/v3/catalog/brands/{id}/image"), "delete_image");
        assert_eq!(alone("/v3/catalog/brands"), "delete");
        assert_eq!(
            name("delete", "/v3/catalog/brands", false, false),
            "delete delete_all"
        );
    }

    #[test]
    fn a_group_lives_at_the_collection_of_its_name() {
        let paths = [
            "/v3/catalog/trees",
            "/v3/catalog/trees/{tree_id}/categories",
            "/v3/catalog/trees/categories",
            "/v3/catalog/trees/categories/{id}",
        ];
        let base = |name| super::base(name, paths.iter().copied());
        assert_eq!(base("categories"), "/v3/catalog/trees/categories");
        assert_eq!(base("others"), "/v3/catalog/trees");
    }
}
