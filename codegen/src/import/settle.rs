//! Settles the schemas of all descriptions: which of them are equal, which the spec already has, the group of
//! each, and its name.

use std::collections::{BTreeSet, HashMap};

use super::{
    draft::{DraftEndpoint, DraftGroup, DraftSchema},
    known::{self, Known},
    pool::Pool,
    prose, same,
    taken::{Taken, common, noun},
};

/// The groups with the schemas they need, and those that several need.
#[derive(Default)]
pub(crate) struct Settled {
    pub groups: Vec<DraftGroup>,
    pub shared: Vec<DraftSchema>,
    /// How many schemas of the drafts were replaced by others.
    pub merged: usize,
    /// How many the spec already had.
    pub reused: usize,
}

/// Where each schema is used: by which groups, and first in which field of which other schema.
struct Reach {
    users: HashMap<usize, BTreeSet<usize>>,
    within: HashMap<usize, (usize, String)>,
    /// In the order they are met.
    order: Vec<usize>,
}

/// Settles the schemas that the groups need.
pub(crate) fn settle(mut groups: Vec<DraftGroup>, pool: &Pool, known: &Known) -> Settled {
    let same = same::first(pool);
    let none = HashMap::new();
    let met = reach(&groups, pool, &same, &none);
    let own = own(&mut groups, pool, &met, known);
    let reach = reach(&groups, pool, &same, &own);
    let names = name(&groups, pool, &same, &reach, &own, known);
    let merged = (0..same.len()).filter(|place| {
        same.get(*place) != Some(place)
            && same
                .get(*place)
                .is_some_and(|first| reach.users.contains_key(first))
    });
    let mut settled = Settled {
        merged: merged.count(),
        reused: own.len(),
        ..Settled::default()
    };
    let spell = |home: usize, text: &mut String| {
        let renamed = pool.find(home, text).and_then(|(place, found)| {
            let name = names.get(same.get(place)?)?;
            Some(found.renamed(name))
        });
        if let Some(renamed) = renamed {
            *text = renamed;
        }
    };
    for group in &mut groups {
        for parameter in group.path.values_mut().filter(|parameter| !parameter.kept) {
            spell(parameter.home, &mut parameter.kind);
        }
        for endpoint in &mut group.endpoints {
            let home = endpoint.home;
            types(endpoint)
                .into_iter()
                .for_each(|text| spell(home, text));
        }
    }
    for place in &reach.order {
        let Some(pooled) = pool
            .schemas
            .get(*place)
            .filter(|_| !own.contains_key(place))
        else {
            continue;
        };
        let mut schema = pooled.schema.clone();
        schema.name = names.get(place).cloned().unwrap_or_default();
        let within = reach.within.get(place).filter(|_| !schema.root);
        let within =
            within.and_then(|(owner, field)| Some((names.get(owner)?.as_str(), field.as_str())));
        let is_plain = |kind: &str| !kind.contains(|c: char| c.is_ascii_uppercase());
        let is_object = schema.one_of.iter().all(|(_, kind)| !is_plain(kind));
        schema.does = if schema.values.is_empty() && is_object {
            prose::schema(&schema.name, within)
        } else {
            prose::choice(&schema.name)
        };
        for field in &mut schema.fields {
            spell(pooled.home, &mut field.kind);
            for (_, kind) in &mut field.types {
                spell(pooled.home, kind);
            }
        }
        for (_, kind) in &mut schema.one_of {
            spell(pooled.home, kind);
        }
        let mut users = reach.users.get(place).into_iter().flatten();
        let group = match (users.next(), users.next()) {
            (Some(only), None) => groups.get_mut(*only),
            _ => None,
        };
        match group {
            Some(group) => group.schemas.push(schema),
            None => settled.shared.push(schema),
        }
    }
    settled.groups = groups;
    settled
}

/// The texts of the types that an endpoint uses.
fn types(endpoint: &mut DraftEndpoint) -> Vec<&mut String> {
    let mut kinds: Vec<&mut String> = vec![&mut endpoint.returns];
    kinds.extend(&mut endpoint.takes);
    kinds.extend(&mut endpoint.include);
    kinds.extend(endpoint.sort.as_mut().map(|sort| &mut sort.by));
    kinds.extend(endpoint.filters.values_mut().map(|filter| &mut filter.kind));
    let own = endpoint.own_path.values_mut();
    kinds.extend(own.map(|parameter| &mut parameter.kind));
    let named = [
        &mut endpoint.query,
        &mut endpoint.headers,
        &mut endpoint.form,
    ];
    let named = named.into_iter().flatten();
    kinds.extend(named.map(|(_, parameter)| &mut parameter.kind));
    kinds
}

fn reach(
    groups: &[DraftGroup],
    pool: &Pool,
    same: &[usize],
    own: &HashMap<usize, String>,
) -> Reach {
    let mut reach = Reach {
        users: HashMap::new(),
        within: HashMap::new(),
        order: Vec::new(),
    };
    for (user, group) in groups.iter().enumerate() {
        let mut waiting: Vec<usize> = Vec::new();
        let add = |home: usize, text: &str, waiting: &mut Vec<usize>| {
            let found = pool.find(home, text);
            waiting.extend(found.and_then(|(place, _)| same.get(place)).copied());
        };
        for parameter in group.path.values().filter(|parameter| !parameter.kept) {
            add(parameter.home, &parameter.kind, &mut waiting);
        }
        for endpoint in &group.endpoints {
            let mut endpoint = endpoint.clone();
            let home = endpoint.home;
            types(&mut endpoint)
                .into_iter()
                .for_each(|text| add(home, text, &mut waiting));
        }
        waiting.reverse();
        while let Some(place) = waiting.pop() {
            let users = reach.users.entry(place).or_default();
            if users.is_empty() {
                reach.order.push(place);
            }
            if !users.insert(user) || own.contains_key(&place) {
                continue;
            }
            let Some(pooled) = pool.schemas.get(place) else {
                continue;
            };
            let mut below = Vec::new();
            for field in &pooled.schema.fields {
                let kinds =
                    std::iter::once(&field.kind).chain(field.types.iter().map(|(_, kind)| kind));
                for kind in kinds {
                    let start = below.len();
                    add(pooled.home, kind, &mut below);
                    for child in below.iter().skip(start) {
                        let within = (place, field.name.clone());
                        reach.within.entry(*child).or_insert(within);
                    }
                }
            }
            for (_, kind) in &pooled.schema.one_of {
                add(pooled.home, kind, &mut below);
            }
            waiting.extend(below.into_iter().rev());
        }
    }
    reach
}

/// The schemas that the spec already has, by their names there. What one of them lacks is left to the
/// maintainer.
fn own(
    groups: &mut [DraftGroup],
    pool: &Pool,
    met: &Reach,
    known: &Known,
) -> HashMap<usize, String> {
    let mut own = HashMap::new();
    for place in &met.order {
        let Some(pooled) = pool.schemas.get(*place) else {
            continue;
        };
        let draft = &pooled.schema;
        let mut users = met.users.get(place).into_iter().flatten();
        let only = users.next().filter(|_| users.next().is_none());
        let group = only.and_then(|only| groups.get_mut(*only));
        let there = group
            .as_ref()
            .and_then(|group| known.groups.get(&group.name));
        let homes = there.map(|there| (&there.spec.schemas, noun(&there.spec.group)));
        let homes = homes.into_iter().chain([(&known.shared, String::new())]);
        let found = homes.filter_map(|(schemas, noun)| known::namesake(draft, &noun, schemas));
        let found = found.filter_map(|(name, schema)| Some((name, known::lacking(draft, schema)?)));
        let size = draft.fields.len().max(draft.values.len());
        let Some((name, lacks)) = found.into_iter().find(|(_, lacks)| lacks.len() * 2 <= size)
        else {
            continue;
        };
        own.insert(*place, name.to_owned());
        let endpoint = group.and_then(|group| group.endpoints.first_mut());
        if let Some(endpoint) = endpoint.filter(|_| !lacks.is_empty()) {
            let lacks: Vec<String> = lacks.iter().map(|name| format!("`{name}`")).collect();
            endpoint
                .todo
                .push(format!("`{name}` lacks {}", lacks.join(", ")));
        }
    }
    own
}

/// The name of each needed schema: schemas of several groups are named first, because they may not use the
/// name of any group.
fn name(
    groups: &[DraftGroup],
    pool: &Pool,
    same: &[usize],
    reach: &Reach,
    own: &HashMap<usize, String>,
    known: &Known,
) -> HashMap<usize, String> {
    let mut alike: HashMap<usize, Vec<&str>> = HashMap::new();
    for (place, first) in same.iter().enumerate() {
        let name = pool
            .schemas
            .get(place)
            .map(|pooled| pooled.schema.name.as_str());
        alike.entry(*first).or_default().extend(name);
    }
    let mut taken = Taken::new(groups, known);
    let main = main(groups, pool, same);
    let mut found = own.clone();
    for shared in [true, false] {
        for place in reach.order.iter().filter(|place| !own.contains_key(place)) {
            let users = reach.users.get(place).map_or(0, BTreeSet::len);
            let Some(pooled) = pool.schemas.get(*place).filter(|_| (users > 1) == shared) else {
                continue;
            };
            let group = reach.users.get(place).and_then(|users| users.first());
            let group = group.copied();
            let wish = match main.get(place) {
                Some(Some(noun)) => noun.clone(),
                _ => common(alike.get(place).map_or(&[], Vec::as_slice)),
            };
            found.insert(*place, taken.name(&pooled.schema, &wish, group, shared));
        }
    }
    found
}

/// The singular noun of a group, for the schema that its calls return; nothing if several groups have the
/// same.
fn main(groups: &[DraftGroup], pool: &Pool, same: &[usize]) -> HashMap<usize, Option<String>> {
    let mut main: HashMap<usize, Option<String>> = HashMap::new();
    for group in groups {
        let top = group.endpoints.iter().filter(|one| one.top);
        let mut places = top.filter_map(|one| pool.find(one.home, &one.returns));
        let place = places.find_map(|(place, _)| same.get(place));
        if let Some(place) = place {
            let of = main.entry(*place);
            of.and_modify(|noun| *noun = None)
                .or_insert_with(|| Some(noun(&group.name)));
        }
    }
    main
}
