//! Finds the objects that represent one resource: what is read, what a create accepts and what an update
//! accepts become one class, which becomes one schema with views.

mod join;
mod name;

use std::collections::{BTreeSet, HashMap};

use self::join::Sets;
use super::shape::{Arena, Object, ObjectId, Property};

/// Where an object is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    Read,
    Create,
    Update,
}

/// The first use of an object: in a response or a body.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    pub object: ObjectId,
    pub side: Side,
    /// The subject of the operation, by its id.
    pub noun: String,
    /// The parent in the path.
    pub parent: Option<String>,
    /// The position of the operation.
    pub operation: usize,
    /// How many segments its path has.
    pub depth: usize,
}

/// One resource, with the objects that describe it and their uses.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    pub name: String,
    /// The name of the component it came from.
    pub official: Option<String>,
    /// Whether it is a whole response or body, rather than a field in it.
    pub root: bool,
    pub members: Vec<(ObjectId, BTreeSet<Side>)>,
}

impl Class {
    /// The objects of one view.
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

    /// Every view in which it is used.
    pub(crate) fn sides(&self) -> BTreeSet<Side> {
        self.members
            .iter()
            .flat_map(|(_, sides)| sides.iter().copied())
            .collect()
    }
}

/// The classes of a selection of operations, in the order of their first use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Classes {
    pub classes: Vec<Class>,
    places: HashMap<ObjectId, usize>,
    names: HashMap<String, usize>,
}

impl Classes {
    /// The class of this name.
    pub(crate) fn named(&self, name: &str) -> Option<&Class> {
        self.classes.get(*self.names.get(name)?)
    }

    /// The position of the class of this name.
    pub(crate) fn place_of(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// The class an object belongs to.
    pub(crate) fn of(&self, id: ObjectId) -> Option<&Class> {
        self.classes.get(self.place(id)?)
    }

    /// The position of the class an object belongs to.
    pub(crate) fn place(&self, id: ObjectId) -> Option<usize> {
        self.places.get(&id).copied()
    }
}

/// Sorts everything reachable from the roots into classes.
pub(crate) fn sort(roots: &[Root], arena: &Arena) -> Classes {
    let met = meet(roots, arena);
    let mut sets = Sets::new(arena.len());
    join::all(roots, &met, arena, &mut sets);
    name::all(roots, &met, arena, &mut sets)
}

/// The objects in the order of their first use, each with its views and its first use.
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

/// The properties of a view: read-only ones are in no body, and the reverse.
pub(crate) fn visible(object: &Object, side: Side) -> impl Iterator<Item = &Property> {
    object.properties.values().filter(move |p| shows(p, side))
}

/// Whether a view has the property.
pub(crate) fn shows(property: &Property, side: Side) -> bool {
    match side {
        Side::Read => !property.shape.write_only,
        Side::Create | Side::Update => !property.shape.read_only,
    }
}
