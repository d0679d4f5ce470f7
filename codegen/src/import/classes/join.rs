//! Decides which objects represent the same resource: by the name of their component, by their operation, by
//! their properties, or by the field that contains them.

use std::collections::BTreeMap;

use super::{Met, Root};
use crate::import::{
    names,
    shape::{Arena, Kind, Object, ObjectId},
};

/// Disjoint sets of objects (union-find).
pub(super) struct Sets {
    above: Vec<usize>,
}

impl Sets {
    pub(super) fn new(len: usize) -> Self {
        Self {
            above: (0..len).collect(),
        }
    }

    pub(super) fn top(&mut self, id: ObjectId) -> usize {
        let mut here = id.0;
        while let Some(&above) = self.above.get(here) {
            if above == here {
                break;
            }
            // Each lookup shortens the path of the next one.
            let further = self.above.get(above).copied().unwrap_or(above);
            if let Some(place) = self.above.get_mut(here) {
                *place = further;
            }
            here = further;
        }
        here
    }

    /// Joins two sets, and returns whether they were separate.
    fn join(&mut self, a: ObjectId, b: ObjectId) -> bool {
        let (a, b) = (self.top(a), self.top(b));
        if a == b {
            return false;
        }
        if let Some(place) = self.above.get_mut(a.max(b)) {
            *place = a.min(b);
        }
        true
    }
}

/// How many of the smaller object's properties the larger one has, with the same type.
fn overlap(a: &Object, b: &Object) -> f64 {
    let smaller = a.properties.len().min(b.properties.len());
    if smaller == 0 {
        return 0.0;
    }
    let (few, many) = if a.properties.len() == smaller {
        (a, b)
    } else {
        (b, a)
    };
    let same = few.properties.values().filter(|p| {
        let other = many.property(&p.name);
        other.is_some_and(|other| same_form(&other.shape.kind, &p.shape.kind))
    });
    f64::from(u32::try_from(same.count()).unwrap_or(u32::MAX))
        / f64::from(u32::try_from(smaller).unwrap_or(u32::MAX))
}

/// Whether both are lists, both objects or both plain values.
fn same_form(a: &Kind, b: &Kind) -> bool {
    let form = |kind: &Kind| match kind {
        Kind::Any | Kind::Either(_) => None,
        Kind::Object(_) | Kind::Map(_) => Some(1),
        Kind::List(_) => Some(2),
        _ => Some(3),
    };
    form(a).is_none() || form(b).is_none() || form(a) == form(b)
}

/// Joins everything that represents the same resource.
pub(super) fn all(roots: &[Root], met: &Met, arena: &Arena, sets: &mut Sets) {
    join_by_name(met, arena, sets);
    join_roots(roots, arena, sets);
    join_by_shape(met, arena, sets);
    join_by_place(met, arena, sets);
}

fn join_by_name(met: &Met, arena: &Arena, sets: &mut Sets) {
    let mut first: BTreeMap<String, Vec<ObjectId>> = BTreeMap::new();
    for id in &met.order {
        let Some(stem) = stem(arena.get(*id)) else {
            continue;
        };
        first.entry(stem).or_default().push(*id);
    }
    for ids in first.values() {
        pairs(ids, |a, b| {
            let (one, two) = (arena.get(*a), arena.get(*b));
            if one.official == two.official || overlap(one, two) >= 0.3 {
                sets.join(*a, *b);
            }
        });
    }
}

/// The subject of a component; links are all alike.
pub(super) fn stem(object: &Object) -> Option<String> {
    if object.is_link() {
        return Some("Link".to_owned());
    }
    names::stem(object.official.as_deref()?)
}

/// Joins bodies with what the same operation, or another one with the same noun, returns.
fn join_roots(roots: &[Root], arena: &Arena, sets: &mut Sets) {
    let alike = |a: &Root, b: &Root| overlap(arena.get(a.object), arena.get(b.object));
    let mut operations: BTreeMap<usize, Vec<&Root>> = BTreeMap::new();
    let mut nouns: BTreeMap<&str, Vec<&Root>> = BTreeMap::new();
    for root in roots {
        operations.entry(root.operation).or_default().push(root);
        nouns.entry(&root.noun).or_default().push(root);
    }
    for (among, least) in operations
        .values()
        .map(|among| (among, 0.6))
        .chain(nouns.values().map(|among| (among, 0.5)))
    {
        pairs(among, |a, b| {
            let same = a.operation == b.operation;
            if (least > 0.5 || !same) && alike(a, b) >= least {
                sets.join(a.object, b.object);
            }
        });
    }
}

/// How many following items each is compared with. A description has only a few of one name; comparing
/// thousands pairwise would take hours.
const COMPARED: usize = 64;

/// Calls a function for each pair of these that are close enough.
fn pairs<T>(among: &[T], mut with: impl FnMut(&T, &T)) {
    for (place, a) in among.iter().enumerate() {
        for b in among.iter().skip(place + 1).take(COMPARED) {
            with(a, b);
        }
    }
}

/// Nameless objects with the same properties, in fields of the same name, are written once.
fn join_by_shape(met: &Met, arena: &Arena, sets: &mut Sets) {
    let mut first: BTreeMap<(String, Vec<&str>), ObjectId> = BTreeMap::new();
    for id in &met.order {
        let object = arena.get(*id);
        let Some((_, field)) = met.parent.get(id) else {
            continue;
        };
        if object.official.is_some() || object.properties.len() < 2 {
            continue;
        }
        let mut names: Vec<&str> = object.properties.keys().map(String::as_str).collect();
        names.sort_unstable();
        let known = *first.entry((names::member(field), names)).or_insert(*id);
        sets.join(known, *id);
    }
}

/// Joins objects in the same field of one class, if they are similar.
fn join_by_place(met: &Met, arena: &Arena, sets: &mut Sets) {
    loop {
        let mut fields: BTreeMap<(usize, &str), Vec<ObjectId>> = BTreeMap::new();
        for id in &met.order {
            let top = sets.top(*id);
            for property in arena.get(*id).properties.values() {
                let place = fields.entry((top, &property.name)).or_default();
                property.shape.objects(place);
            }
        }
        let mut changed = false;
        for ids in fields.values() {
            pairs(ids, |a, b| {
                let alike = overlap(arena.get(*a), arena.get(*b)) >= 0.5;
                changed |= alike && met.sides.contains_key(b) && sets.join(*a, *b);
            });
        }
        if !changed {
            return;
        }
    }
}
