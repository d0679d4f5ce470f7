//! Finds out which objects are one thing seen from several sides: what is read, what a create takes
//! and what an update takes become one class, which becomes one schema with views.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    names,
    shape::{Arena, Kind, Object, ObjectId},
};

/// The side from which an object is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    Read,
    Create,
    Update,
}

/// Where an object is met first: in an answer or a body.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    pub object: ObjectId,
    pub side: Side,
    /// What the operation is about, by its id.
    pub noun: String,
    /// The position of the operation.
    pub operation: usize,
}

/// One thing, with the objects that describe it and the sides each was met from.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    pub name: String,
    /// The name of the component it came from.
    pub official: Option<String>,
    /// Whether an answer or a body is one, rather than a field in it.
    pub root: bool,
    pub members: Vec<(ObjectId, BTreeSet<Side>)>,
}

impl Class {
    /// The objects seen from one side.
    pub(crate) fn seen<'a>(
        &'a self,
        side: Side,
        arena: &'a Arena,
    ) -> impl Iterator<Item = &'a Object> + Clone {
        let members = self
            .members
            .iter()
            .filter(move |(_, sides)| sides.contains(&side));
        members.map(|(id, _)| arena.get(*id))
    }

    /// Every side it is seen from.
    pub(crate) fn sides(&self) -> BTreeSet<Side> {
        self.members
            .iter()
            .flat_map(|(_, sides)| sides.iter().copied())
            .collect()
    }
}

/// The classes of a selection of operations, in the order they are met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Classes {
    pub classes: Vec<Class>,
    places: HashMap<ObjectId, usize>,
}

impl Classes {
    /// The class an object belongs to.
    pub(crate) fn of(&self, id: ObjectId) -> Option<&Class> {
        self.classes.get(self.place(id)?)
    }

    /// The position of the class an object belongs to.
    pub(crate) fn place(&self, id: ObjectId) -> Option<usize> {
        self.places.get(&id).copied()
    }
}

/// Sorts everything that can be reached from the roots into classes.
pub(crate) fn sort(roots: &[Root], arena: &Arena) -> Classes {
    let met = meet(roots, arena);
    let mut sets = Sets::new(arena.len());
    join_by_name(&met, arena, &mut sets);
    join_roots(roots, arena, &mut sets);
    join_by_shape(&met, arena, &mut sets);
    join_by_place(&met, arena, &mut sets);
    name(roots, &met, arena, &mut sets)
}

/// The objects in the order they are met, each with its sides and with where it was met first.
struct Met {
    order: Vec<ObjectId>,
    sides: HashMap<ObjectId, BTreeSet<Side>>,
    parent: HashMap<ObjectId, (ObjectId, String)>,
}

fn meet(roots: &[Root], arena: &Arena) -> Met {
    let mut met = Met {
        order: Vec::new(),
        sides: HashMap::new(),
        parent: HashMap::new(),
    };
    for root in roots {
        let mut waiting = vec![root.object];
        while let Some(id) = waiting.pop() {
            let sides = met.sides.entry(id).or_default();
            if sides.is_empty() {
                met.order.push(id);
            }
            if !sides.insert(root.side) {
                continue;
            }
            let mut below = Vec::new();
            for property in visible(arena.get(id), root.side) {
                let start = below.len();
                property.shape.objects(&mut below);
                for child in below.iter().skip(start) {
                    let place = (id, property.name.clone());
                    met.parent.entry(*child).or_insert(place);
                }
            }
            waiting.extend(below.into_iter().rev());
        }
    }
    met
}

/// The properties that a side shows: what is only read is in no body, and the reverse.
pub(crate) fn visible(
    object: &Object,
    side: Side,
) -> impl Iterator<Item = &super::shape::Property> {
    object.properties.iter().filter(move |p| match side {
        Side::Read => !p.shape.write_only,
        Side::Create | Side::Update => !p.shape.read_only,
    })
}

/// Sets of objects that grow together.
struct Sets {
    above: Vec<usize>,
}

impl Sets {
    fn new(len: usize) -> Self {
        Self {
            above: (0..len).collect(),
        }
    }

    fn top(&mut self, id: ObjectId) -> usize {
        let mut here = id.0;
        while let Some(&above) = self.above.get(here) {
            if above == here {
                break;
            }
            here = above;
        }
        here
    }

    /// Joins two sets; whether they were apart.
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

/// How much of the smaller object's properties the larger one has, in the same form.
fn overlap(a: &Object, b: &Object) -> f64 {
    let smaller = a.properties.len().min(b.properties.len());
    if smaller == 0 {
        return 0.0;
    }
    let known: HashMap<&str, &Kind> = a
        .properties
        .iter()
        .map(|p| (p.name.as_str(), &p.shape.kind))
        .collect();
    let same = b.properties.iter().filter(|p| {
        let other = known.get(p.name.as_str());
        other.is_some_and(|kind| same_form(kind, &p.shape.kind))
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

fn join_by_name(met: &Met, arena: &Arena, sets: &mut Sets) {
    let mut first: BTreeMap<String, Vec<ObjectId>> = BTreeMap::new();
    for id in &met.order {
        let Some(stem) = stem(arena.get(*id)) else {
            continue;
        };
        first.entry(stem).or_default().push(*id);
    }
    for ids in first.values() {
        for (place, a) in ids.iter().enumerate() {
            for b in ids.iter().skip(place + 1) {
                let (one, two) = (arena.get(*a), arena.get(*b));
                if one.official == two.official || overlap(one, two) >= 0.3 {
                    sets.join(*a, *b);
                }
            }
        }
    }
}

fn stem(object: &Object) -> Option<String> {
    if object.is_link() {
        return Some("Link".to_owned());
    }
    names::stem(object.official.as_deref()?)
}

/// Bodies join what the same operation, or another one about the same noun, answers.
fn join_roots(roots: &[Root], arena: &Arena, sets: &mut Sets) {
    for (place, a) in roots.iter().enumerate() {
        for b in roots.iter().skip(place + 1) {
            let alike = overlap(arena.get(a.object), arena.get(b.object));
            let joins = if a.operation == b.operation {
                alike >= 0.6
            } else {
                a.noun == b.noun && alike >= 0.5
            };
            if joins {
                sets.join(a.object, b.object);
            }
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
        let mut names: Vec<&str> = object.properties.iter().map(|p| p.name.as_str()).collect();
        names.sort_unstable();
        let known = *first.entry((names::member(field), names)).or_insert(*id);
        sets.join(known, *id);
    }
}

/// What stands in the same field of one class is one class too, where it looks alike.
fn join_by_place(met: &Met, arena: &Arena, sets: &mut Sets) {
    loop {
        let mut fields: BTreeMap<(usize, &str), Vec<ObjectId>> = BTreeMap::new();
        for id in &met.order {
            let top = sets.top(*id);
            for property in &arena.get(*id).properties {
                let place = fields.entry((top, &property.name)).or_default();
                property.shape.objects(place);
            }
        }
        let mut changed = false;
        for ids in fields.values() {
            for (place, a) in ids.iter().enumerate() {
                for b in ids.iter().skip(place + 1) {
                    let alike = overlap(arena.get(*a), arena.get(*b)) >= 0.5;
                    changed |= alike && met.sides.contains_key(b) && sets.join(*a, *b);
                }
            }
        }
        if !changed {
            return;
        }
    }
}

fn name(roots: &[Root], met: &Met, arena: &Arena, sets: &mut Sets) -> Classes {
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
    // Names that the description gives go first; names made up from a field avoid them.
    let mut taken = HashSet::new();
    for made_up in [false, true] {
        for place in 0..found.classes.len() {
            let Some(class) = found.classes.get(place).cloned() else {
                continue;
            };
            let root = best_root(roots, &class);
            let (official, wish) = wish(&class, root, &found, met, arena);
            if wish.made_up != made_up {
                continue;
            }
            let above = above(&class, &found, met);
            let name = free(wish.name, above.map(|(name, _)| name), &mut taken);
            if let Some(class) = found.classes.get_mut(place) {
                class.root = root.is_some();
                class.official = official;
                class.name = name;
            }
        }
    }
    found
}

/// A name somebody would like a class to have.
struct Wish {
    name: String,
    /// From a field's name, rather than one that the description gives.
    made_up: bool,
}

/// The root that names a class: one that is read, if there is one.
fn best_root<'r>(roots: &'r [Root], class: &Class) -> Option<&'r Root> {
    let inside = |root: &&Root| class.members.iter().any(|(id, _)| *id == root.object);
    roots.iter().filter(inside).min_by_key(|root| root.side)
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
    let told = officials()
        .find_map(stem)
        .or_else(|| root.map(|root| root.noun.clone()));
    if let Some(name) = told {
        return (
            official,
            Wish {
                name,
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

/// The name of the class that a class was first met in, and the field.
fn above(class: &Class, found: &Classes, met: &Met) -> Option<(String, String)> {
    let (id, _) = class.members.first()?;
    let (parent, field) = met.parent.get(id)?;
    Some((found.of(*parent)?.name.clone(), field.clone()))
}

/// `wish`, or something close to it that nobody has yet.
fn free(wish: String, parent: Option<String>, taken: &mut HashSet<String>) -> String {
    let longer = parent.map(|parent| format!("{parent}{wish}"));
    let numbered = (2..).map(|n| format!("{wish}{n}"));
    let mut wishes = std::iter::once(wish.clone()).chain(longer).chain(numbered);
    let name = wishes.find(|name| !taken.contains(name)).unwrap_or(wish);
    taken.insert(name.clone());
    name
}
