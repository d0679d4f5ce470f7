//! Decides which group each operation goes to: the requested one, the one of its path if the server is that
//! of the stores, or one named after its tag.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::{bare_names::is_taken_by_types, bare_path};

use super::{
    ImportOptions,
    homes::Homes,
    known::{Known, stem},
    names,
    operation::{Official, Operation},
};

/// A group to create or to extend.
pub(crate) struct Plan<'a> {
    pub name: String,
    pub title: String,
    pub operations: Vec<&'a Operation>,
    /// Its position among those of paths.
    pub home: Option<usize>,
}

/// Words in tags that qualify a name.
const MANNERS: [&str; 6] = [
    "metafields",
    "batch",
    "bulk",
    "single",
    "deprecated",
    "actions",
];

/// The operations of a description, with the name of its source.
pub(crate) struct Chosen<'a> {
    pub official: &'a Official,
    pub source: &'a str,
    pub operations: Vec<&'a Operation>,
}

/// The plans of each description, in the order of the descriptions.
pub(crate) fn plans<'a>(
    all: &[Chosen<'a>],
    known: &Known,
    homes: &Homes,
    options: &ImportOptions,
) -> Vec<Vec<Plan<'a>>> {
    let mut wished: Vec<Vec<(String, Plan<'a>)>> = Vec::new();
    for chosen in all {
        let placed = options.group.is_none() && chosen.official.elsewhere.is_none();
        let (placed, other): (Vec<_>, Vec<_>) = chosen
            .operations
            .iter()
            .copied()
            .partition(|operation| placed && homes.of(&operation.path).is_some());
        let mut plans = by_path(&placed, homes);
        plans.extend(wishes(chosen, &other, known, options));
        wished.push(plans);
    }
    // Who wants each name: two groups with the same name get different ones.
    let mut wanting: HashMap<&str, HashSet<usize>> = HashMap::new();
    for (place, plans) in wished.iter().enumerate() {
        for (name, _) in plans.iter().filter(|(_, plan)| plan.home.is_none()) {
            wanting.entry(name).or_default().insert(place);
        }
    }
    let shared: HashSet<String> = wanting
        .into_iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(name, _)| name.to_owned())
        .collect();
    let mut taken: HashSet<String> = known.groups.keys().cloned().collect();
    taken.extend(wished.iter().flatten().map(|(name, _)| name.clone()));
    let homes: HashSet<&str> = homes.homes.iter().map(|home| home.name.as_str()).collect();
    let mut plans = Vec::new();
    for (chosen, wished) in all.iter().zip(wished) {
        let own = known
            .of_source(chosen.source)
            .map(|group| group.spec.group.as_str());
        let mut named = Vec::new();
        for (wish, mut plan) in wished {
            if plan.home.is_some() {
                plan.name = wish;
                named.push(plan);
                continue;
            }
            let may = options.group.is_some() || own == Some(wish.as_str());
            let free = !is_taken_by_types(&names::camel(&wish), false)
                && !shared.contains(&wish)
                && !homes.contains(wish.as_str())
                && !known.groups.contains_key(&wish);
            plan.name = match may || free {
                true => wish,
                false => apart(&wish, chosen.source, &mut taken),
            };
            named.push(plan);
        }
        plans.push(named);
    }
    plans
}

/// The groups of the paths.
fn by_path<'a>(operations: &[&'a Operation], homes: &Homes) -> Vec<(String, Plan<'a>)> {
    let mut found: IndexMap<usize, Plan<'a>> = IndexMap::new();
    for operation in operations {
        let Some(home) = homes.of(&operation.path).map(|spot| spot.home) else {
            continue;
        };
        let name = homes.homes.get(home).map(|home| home.name.as_str());
        let plan = found.entry(home).or_insert_with(|| Plan {
            name: String::new(),
            title: names::sentence(name.unwrap_or_default()),
            operations: Vec::new(),
            home: Some(home),
        });
        plan.operations.push(operation);
    }
    let name = |home: usize| homes.homes.get(home).map(|home| home.name.clone());
    let found = found.into_iter();
    found
        .map(|(home, plan)| (name(home).unwrap_or_default(), plan))
        .collect()
}

/// The groups of a description's operations by their tags.
fn wishes<'a>(
    chosen: &Chosen<'a>,
    operations: &[&'a Operation],
    known: &Known,
    options: &ImportOptions,
) -> Vec<(String, Plan<'a>)> {
    let own = known.of_source(chosen.source);
    let first = operations
        .iter()
        .map(|one| bare(&one.tag))
        .find(|tag| !tag.is_empty());
    let mut found: IndexMap<String, Plan<'a>> = IndexMap::new();
    for operation in operations {
        let tag = bare(&operation.tag);
        let tag = match &first {
            Some(first) if tag.is_empty() || begins(&tag, first) => first.clone(),
            None => names::sentence(&names::snake(subject(chosen.source).0)),
            _ => tag,
        };
        let (name, title) = match (&options.group, own) {
            (Some(group), _) => (names::snake(group), names::sentence(&names::snake(group))),
            (None, Some(group)) => (group.spec.group.clone(), group.spec.title.clone()),
            (None, None)
                if chosen.source.ends_with(".sf") && chosen.official.elsewhere.is_some() =>
            {
                (
                    format!("storefront_{}", names::snake(&tag)),
                    format!("Storefront {tag}"),
                )
            }
            (None, None) => (names::snake(&tag), tag),
        };
        let (name, title) = match name.is_empty() {
            true => ("untagged".to_owned(), "Untagged".to_owned()),
            false => (name, title),
        };
        let plan = found.entry(name).or_insert_with(|| Plan {
            name: String::new(),
            title,
            operations: Vec::new(),
            home: None,
        });
        plan.operations.push(operation);
    }
    found.into_iter().collect()
}

/// The subject of a tag: `Promotions (Bulk)` are promotions, and `Batch metafields` belong to the subject of
/// the description.
fn bare(tag: &str) -> String {
    let tag = tag.split(" (").next().unwrap_or(tag).trim();
    let words = names::words(tag);
    match words.iter().all(|word| MANNERS.contains(&word.as_str())) {
        true => String::new(),
        false => tag.to_owned(),
    }
}

/// Whether a tag starts with the words of another: `Site Routes` are a part of `Sites`.
fn begins(tag: &str, first: &str) -> bool {
    let words = |tag: &str| -> Vec<String> {
        let words = names::words(tag);
        words.iter().map(|word| names::singular(word)).collect()
    };
    words(tag).starts_with(&words(first))
}

/// The subject of a description, by the name of its file, and the version in that.
fn subject(source: &str) -> (&str, &str) {
    let stem = stem(source);
    stem.split_once('.').unwrap_or((stem, ""))
}

/// A name that distinguishes the groups of two descriptions.
fn apart(wish: &str, source: &str, taken: &mut HashSet<String>) -> String {
    let (subject, version) = subject(source);
    let subject = names::snake(subject);
    let version = names::snake(version);
    let first = match subject.contains(wish) || version.is_empty() {
        true => format!("{wish}_{version}"),
        false => format!("{subject}_{wish}"),
    };
    let numbered = (2..).map(|n| format!("{wish}_{n}"));
    let wishes = [first, format!("{subject}_{wish}_{version}")].into_iter();
    let wishes = wishes.map(|name| name.trim_matches('_').to_owned());
    let mut wishes = wishes.chain(numbered);
    let name = wishes
        .find(|name| !taken.contains(name))
        .unwrap_or_default();
    taken.insert(name.clone());
    name
}

/// Whether the spec already has the call.
pub(crate) fn is_there(operation: &Operation, known: &Known) -> bool {
    known
        .calls
        .contains(&(operation.method, bare_path::bare(&operation.path)))
}
