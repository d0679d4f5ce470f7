//! Separates the facts of a group from those of its endpoints: the generation, the description, and the
//! handle of the group.

use indexmap::IndexMap;

use super::{
    draft::DraftGroup,
    homes::Homes,
    known::{Known, KnownGroup, stem},
    names,
};

/// Removes from the endpoints what the group states: its existing facts, or those of most endpoints.
pub(crate) fn own(group: &mut DraftGroup, there: Option<&KnownGroup>) {
    let most = |of: &dyn Fn(&super::draft::DraftEndpoint) -> String| {
        let mut times: IndexMap<String, usize> = IndexMap::new();
        for endpoint in &group.endpoints {
            *times.entry(of(endpoint)).or_default() += 1;
        }
        let most = times.values().copied().max().unwrap_or_default();
        let first = times.into_iter().find(|(_, count)| *count == most);
        first.map(|(text, _)| text).unwrap_or_default()
    };
    let (version, source) = match there {
        Some(there) => (there.spec.version.clone(), there.spec.source.clone()),
        None => (
            most(&|one| one.version.clone()),
            most(&|one| one.source.clone()),
        ),
    };
    for endpoint in &mut group.endpoints {
        if endpoint.version == version {
            endpoint.version.clear();
        }
        if stem(&endpoint.source) == stem(&source) {
            endpoint.source.clear();
        }
    }
    group.version = version;
    group.source = source;
}

/// Nests new groups under their parents, if these have a file.
pub(crate) fn under(groups: &mut IndexMap<String, DraftGroup>, homes: &Homes, known: &Known) {
    for home in &homes.homes {
        let Some(above) = home.under.and_then(|under| homes.homes.get(under)) else {
            continue;
        };
        let there = known.groups.contains_key(&above.name) || groups.contains_key(&above.name);
        let Some(group) = groups.get(&home.name).filter(|_| there) else {
            continue;
        };
        if known.groups.contains_key(&home.name) {
            continue;
        }
        let taken = taken(&above.name, groups, known);
        let paths = group.endpoints.iter().filter(|one| one.top);
        let named = paths.map(|one| before(&one.path, &home.method));
        let takes = named.max_by_key(Vec::len).unwrap_or_default();
        let takes: Vec<String> = takes
            .into_iter()
            .filter(|name| !taken.contains(name))
            .collect();
        let handle = match takes.is_empty() {
            true => home.method.clone(),
            false => format!("{}({})", home.method, takes.join(", ")),
        };
        // The parent comes first, and already has its handle.
        if let Some(group) = groups.get_mut(&home.name) {
            group.under = Some((above.name.clone(), handle));
        }
    }
}

/// The parameters of the handles down to that of a group.
fn taken(name: &str, groups: &IndexMap<String, DraftGroup>, known: &Known) -> Vec<String> {
    let above = match (known.groups.get(name), groups.get(name)) {
        (Some(there), _) => there
            .spec
            .under
            .as_deref()
            .zip(there.spec.handle.as_deref()),
        (None, Some(group)) => group.under.as_ref().map(|(a, b)| (a.as_str(), b.as_str())),
        (None, None) => None,
    };
    let Some((above, handle)) = above else {
        return Vec::new();
    };
    let mut names = taken(above, groups, known);
    let inner = handle.split_once('(').map_or("", |(_, inner)| inner);
    let inner = inner.trim_end_matches(')').split(',');
    names.extend(
        inner
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty()),
    );
    names
}

/// The parameters of a path before the last word of this name.
fn before(path: &str, word: &str) -> Vec<String> {
    let segments: Vec<&str> = path.split('/').collect();
    let end = segments
        .iter()
        .rposition(|segment| names::snake(segment) == word)
        .unwrap_or_default();
    let before = segments.into_iter().take(end);
    let names = before.filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    names.map(str::to_owned).collect()
}
