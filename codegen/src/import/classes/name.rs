//! Collects joined objects in classes and gives each class a unique name.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    Class, Classes, Met, Root, Side,
    join::{Sets, stem},
};
use crate::{
    bare_names::is_taken_by_types,
    import::{
        names,
        shape::{Arena, ObjectId},
    },
};

/// Gathers the classes and names them.
pub(super) fn all(roots: &[Root], met: &Met, arena: &Arena, sets: &mut Sets) -> Classes {
    let mut found = Classes::default();
    let mut by_top: HashMap<usize, usize> = HashMap::new();
    for id in &met.order {
        let top = sets.top(*id);
        let place = *by_top.entry(top).or_insert(found.classes.len());
        if place == found.classes.len() {
            found.classes.push(Class {
                name: String::new(),
                official: None,
                root: false,
                members: Vec::new(),
            });
        }
        if let Some(class) = found.classes.get_mut(place) {
            let sides = met.sides.get(id).cloned().unwrap_or_default();
            class.members.push((*id, sides));
        }
        found.places.insert(*id, place);
    }
    // Names from the description come first; names derived from a field avoid them.
    let best = best_roots(roots);
    let mut numbers = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    for made_up in [false, true] {
        for place in 0..found.classes.len() {
            let Some(class) = found.classes.get(place).cloned() else {
                continue;
            };
            let roots = class.members.iter().filter_map(|(id, _)| best.get(id));
            let root = roots
                .min_by_key(|(at, root)| (root.side, root.depth, *at))
                .map(|(_, root)| *root);
            let (official, wish) = wish(&class, root, &found, met, arena);
            if wish.made_up != made_up {
                continue;
            }
            let above = above(&class, &found, met);
            let parent = root.and_then(|root| root.parent.clone());
            let name = free(
                wish.name,
                wish.other,
                parent.or_else(|| above.map(|(name, _)| name)),
                &mut taken,
                &mut numbers,
            );
            if let Some(class) = found.classes.get_mut(place) {
                class.root = root.is_some();
                class.official = official;
                class.name.clone_from(&name);
                found.names.insert(name, place);
            }
        }
    }
    found
}

/// A name proposed for a class.
struct Wish {
    name: String,
    /// Its name in the description, if that differs.
    other: Option<String>,
    /// From a field's name, rather than from the description.
    made_up: bool,
}

/// The root that names an object, with its position; preferably one that is read.
fn best_roots(roots: &[Root]) -> HashMap<ObjectId, (usize, &Root)> {
    let mut best: HashMap<ObjectId, (usize, &Root)> = HashMap::new();
    for (at, root) in roots.iter().enumerate() {
        let known = best.entry(root.object).or_insert((at, root));
        if (root.side, root.depth) < (known.1.side, known.1.depth) {
            *known = (at, root);
        }
    }
    best
}

fn wish(
    class: &Class,
    root: Option<&Root>,
    found: &Classes,
    met: &Met,
    arena: &Arena,
) -> (Option<String>, Wish) {
    let mut members: Vec<_> = class.members.iter().collect();
    members.sort_by_key(|(_, sides)| !sides.contains(&Side::Read));
    let officials = || members.iter().map(|(id, _)| arena.get(*id));
    let official = officials().find_map(|object| object.official.clone());
    // A path says what a resource is; its name in the description may only distinguish it from others.
    let stem = officials().find_map(stem);
    let other = root.and_then(|_| stem.clone());
    let told = match (root.map(|root| root.noun.clone()), stem) {
        (Some(noun), Some(stem)) if noun.eq_ignore_ascii_case(&stem) => Some(stem),
        (noun, stem) => noun.or(stem),
    };
    if let Some(name) = told {
        return (
            official,
            Wish {
                name,
                other,
                made_up: false,
            },
        );
    }
    let name = match above(class, found, met) {
        Some((_, field)) if parents(class, found, met) > 1 => names::member(&field),
        Some((parent, field)) => format!("{parent}{}", names::member(&field)),
        None => "Unnamed".to_owned(),
    };
    (
        official,
        Wish {
            name,
            other: None,
            made_up: true,
        },
    )
}

/// How many classes have one of these in a field.
fn parents(class: &Class, found: &Classes, met: &Met) -> usize {
    let parents = class.members.iter().filter_map(|(id, _)| {
        let (parent, _) = met.parent.get(id)?;
        found.places.get(parent)
    });
    parents.collect::<BTreeSet<_>>().len()
}

/// The class that first contains this one, and the field.
fn above(class: &Class, found: &Classes, met: &Met) -> Option<(String, String)> {
    let (id, _) = class.members.first()?;
    let (parent, field) = met.parent.get(id)?;
    Some((found.of(*parent)?.name.clone(), field.clone()))
}

/// `wish`, or something similar that is free.
fn free(
    wish: String,
    other: Option<String>,
    parent: Option<String>,
    taken: &mut HashSet<String>,
    numbers: &mut HashMap<String, usize>,
) -> String {
    let longer = parent.map(|parent| format!("{parent}{wish}"));
    // The numbers below are already taken.
    let number = numbers.entry(wish.clone()).or_insert(1);
    let numbered = std::iter::from_fn(|| {
        *number += 1;
        Some(format!("{wish}{number}"))
    });
    let told = std::iter::once(wish.clone()).chain(other);
    let mut wishes = told.chain(longer).chain(numbered);
    let free = |name: &String| !taken.contains(name) && !is_taken_by_types(name, false);
    let name = wishes.find(free).unwrap_or(wish);
    taken.insert(name.clone());
    name
}
