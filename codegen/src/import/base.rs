//! Finds the path a group lives at.

use heck::ToSnakeCase;
use indexmap::IndexMap;

/// The path of another collection, without the generation that both start with.
pub(super) fn outside<'p>(path: &'p str, base: &str) -> &'p str {
    let first = base.split('/').find(|s| !s.is_empty()).unwrap_or_default();
    let rest = path
        .strip_prefix('/')
        .and_then(|path| path.strip_prefix(first));
    rest.filter(|rest| rest.starts_with('/')).unwrap_or(path)
}

/// The path of a group: the collection of its name that most paths belong to. Without one, the common prefix
/// of all its paths, cut before a trailing parameter; if that is empty, the collection that most of them
/// belong to.
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

/// The collection called `name` that most paths are in.
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
