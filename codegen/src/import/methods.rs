//! Chooses the names of methods from paths.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use heck::ToSnakeCase;

use super::{
    base::outside,
    draft::DraftEndpoint,
    homes::{Home, Spot},
    names::{self, singular, words},
    tree::{self, SETTINGS},
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
    /// The path is that of a collection: single items are below it, or filters select them.
    pub many: bool,
    /// How a call without an id in its path selects items.
    pub selection: Selection,
}

/// How a call selects the items of a collection that it applies to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Selection {
    /// All of the collection.
    Everything,
    /// Those that its query matches.
    Matching,
    /// Those whose ids are a required list of its query.
    Given,
}

impl Selection {
    /// The suffix of the method of such a call.
    fn suffix(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Matching => "matching",
            Self::Given => "many",
        }
    }
}

/// The position of a call in its group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// The words of the path after those of the group.
    pub rest: Vec<String>,
    /// The group is a collection.
    pub collection: bool,
    /// Other paths of the group lead through a single resource, and this one does not.
    pub outside: bool,
}

impl Place {
    /// The position of a path in a group at `base`.
    pub(crate) fn at(base: &str, path: &str) -> Self {
        let below = |rest: &&str| rest.is_empty() || rest.starts_with('/');
        let rest = path.strip_prefix(base).filter(below);
        let words = |rest: &str| -> Vec<String> {
            let words = rest.split('/');
            let words = words.filter(|word| !word.is_empty() && !word.starts_with('{'));
            words.map(str::to_owned).collect()
        };
        Self {
            rest: words(rest.unwrap_or_else(|| outside(path, base))),
            ..Self::default()
        }
    }

    /// A position among those of all paths.
    pub(crate) fn of(spot: &Spot, home: &Home, path: &str) -> Self {
        Self {
            rest: spot.rest.clone(),
            collection: spot.collection,
            outside: spot.is_outside(path, home),
        }
    }
}

/// The possible names of a call's method in code, the best one first.
pub(crate) fn methods(call: &Call<'_>, place: &Place) -> Vec<String> {
    let mut literals: Vec<&str> = place.rest.iter().map(String::as_str).collect();
    let one = call.path.ends_with('}');
    let last = tree::key(call.path).last().unwrap_or_default();
    let whole = literals.is_empty();
    if !whole && !one && names::does(call.operation, last) {
        let name = last.to_snake_case();
        let above = literals
            .iter()
            .rev()
            .nth(1)
            .map(|above| above.to_snake_case());
        let longer = above.map(|above| format!("{name}_{}", singular(&above)));
        return std::iter::once(name).chain(longer).collect();
    }
    let top = whole && place.collection && !one;
    let verb = verb(call, one, top, whole);
    if last == "count" {
        literals.pop();
        return counts(&literals, place);
    }
    // The suffix of a name next to the one for a single resource.
    let several = match verb {
        "delete" if call.batch => Some("batch"),
        "delete" if !one && (call.many || top) => Some(call.selection.suffix()),
        "create" | "update" | "upsert" if call.batch => Some("batch"),
        "update" if top => Some("batch"),
        "list" if place.outside => Some("across"),
        _ => None,
    };
    if whole {
        let by = parameter(call.path).filter(|_| one && call.lists && call.method == "get");
        let plain = by.map_or_else(|| verb.to_owned(), |by| format!("list_by_{by}"));
        let ended = several.map(|end| format!("{verb}_{end}"));
        let across = place.outside.then(|| format!("{verb}_across"));
        let of = owner(call.path).map(|owner| format!("{verb}_of_{}", owner.to_snake_case()));
        let wishes = std::iter::once(plain).chain(ended).chain(across).chain(of);
        let mut wishes: Vec<String> = wishes.collect();
        wishes.dedup();
        return wishes;
    }
    let many = call.batch || call.lists || (call.method == "delete" && !one && call.many);
    let nouns = nouns(&literals, one, many || call.method != "post");
    let starts = 0..nouns.len();
    let mut names: Vec<String> = starts
        .filter_map(|start| nouns.get(start..))
        .map(|nouns| format!("{verb}_{}", nouns.join("_")))
        .collect();
    // The last word is enough if it is that of a collection.
    if many && !one {
        names.reverse();
    }
    let noun = names.first().and_then(|name| name.split_once('_'));
    let noun = noun.map(|(_, noun)| noun.to_owned()).unwrap_or_default();
    if place.outside || many && !call.path.contains('{') {
        names.insert(1, format!("{verb}_{noun}_across"));
    }
    if let Some(by) = parameter(call.path).filter(|_| one) {
        names.push(format!("{verb}_{noun}_by_{by}"));
    }
    names
}

/// What a call does, by its method and its operation.
fn verb(call: &Call<'_>, one: bool, top: bool, whole: bool) -> &'static str {
    let told = words(call.operation).into_iter().next().unwrap_or_default();
    match call.method {
        "get" if call.lists && !one || top => "list",
        "get" => "get",
        "post" if told == "add" && !whole => "add",
        "post" => "create",
        "put" if told == "upsert" => "upsert",
        "put" => "update",
        "patch" => "patch",
        _ => "delete",
    }
}

/// The names of a call that counts.
fn counts(literals: &[&str], place: &Place) -> Vec<String> {
    let nouns = literals.iter().map(|word| word.to_snake_case());
    let nouns: Vec<String> = nouns.collect();
    let of = std::iter::once("count".to_owned()).chain(nouns);
    let name = of.collect::<Vec<_>>().join("_");
    let across = place.outside.then(|| format!("{name}_across"));
    std::iter::once(name).chain(across).collect()
}

/// The words of a call's subject, all but the last in the singular. The settings of a channel are
/// `channel_settings`, although their path has the reverse order.
fn nouns(literals: &[&str], one: bool, plural: bool) -> Vec<String> {
    let mut literals = literals.to_vec();
    if let (Some(place), true) = (literals.iter().rposition(|word| *word == SETTINGS), one) {
        let settings = literals.remove(place);
        literals.push(settings);
    }
    let last = literals.len().saturating_sub(1);
    let words = literals.iter().enumerate().map(|(place, word)| {
        let word = word.to_snake_case();
        let kept =
            place == last && plural && !one || word == SETTINGS || word.ends_with("_settings");
        if kept {
            word
        } else {
            names::one(&word).to_snake_case()
        }
    });
    words.collect()
}

/// The noun of the collection at a path.
fn owner(path: &str) -> Option<String> {
    let mut segments = path
        .rsplit('/')
        .skip_while(|segment| segment.starts_with('{'));
    segments.next()?;
    segments.next().filter(|above| above.starts_with('{'))?;
    names::parent(path)
}

/// The subject of the parameter at the end of a path.
fn parameter(path: &str) -> Option<String> {
    let last = path.rsplit('/').next()?;
    let name = last.strip_prefix('{')?.strip_suffix('}')?.to_snake_case();
    Some(name.trim_end_matches("_id").to_owned())
}

/// The suffixes of methods next to the one for a single resource or a single parent.
const SEVERAL: [&str; 5] = ["_batch", "_many", "_matching", "_everything", "_across"];

/// The name of the call that takes any number of items, from the name of the call for one batch.
fn bulk(id: &str) -> String {
    match id.split_once('_') {
        Some((verb, of)) if id.ends_with("_across") => format!("{verb}_all_{of}"),
        _ => format!("{}_all", id.trim_end_matches("_batch")),
    }
}

/// Gives each endpoint of a group the best free name. Shorter paths choose first; if all names are taken, the
/// name of the operation is next.
pub(crate) fn name(endpoints: &mut [&mut DraftEndpoint], taken: &HashSet<String>) {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut taken = taken.clone();
    let depth = |endpoint: &DraftEndpoint| {
        let is_of_several = |name: &String| SEVERAL.iter().any(|suffix| name.ends_with(suffix));
        (
            endpoint.outside,
            endpoint.wishes.get(1).is_some_and(is_of_several),
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
        let all = bulk(&endpoint.id);
        if batch && taken.insert(all.clone()) {
            endpoint.all = Some(all);
        }
    }
}
