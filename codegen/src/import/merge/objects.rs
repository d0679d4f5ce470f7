//! One object with the properties of two.

use std::collections::HashMap;

use super::alternative::alternative;
use crate::import::shape::{Arena, Kind, Object, ObjectId, Shape, distinct};

/// Which objects were merged into which.
pub(super) type Laid = HashMap<(ObjectId, ObjectId), ObjectId>;

/// The doubt about a value on which two parts of an `allOf` disagree.
pub(super) const PARTS: &str = "its parts are of different types";

/// Adds the properties of `more`. In an `allOf` a property is required if any part says so; for alternatives,
/// only the caller knows.
pub(super) fn unite(
    arena: &mut Arena,
    mut object: Object,
    more: &Object,
    conjunction: bool,
    laid: &mut Laid,
) -> Object {
    for property in more.properties.values() {
        match object.properties.get_mut(&property.name) {
            Some(known) if conjunction => {
                known.required |= property.required;
                let form = |shape: &Shape| match shape.kind {
                    Kind::Any | Kind::Int | Kind::Number | Kind::Either(_) => None,
                    ref kind => Some(std::mem::discriminant(kind)),
                };
                let kinds = (form(&known.shape), form(&property.shape));
                let plain =
                    |shape: &Shape| matches!(shape.kind, Kind::Int | Kind::Number | Kind::Text);
                let differs = matches!(kinds, (Some(one), Some(two)) if one != two)
                    || plain(&known.shape)
                        && plain(&property.shape)
                        && (known.shape.kind == Kind::Text) != (property.shape.kind == Kind::Text);
                let doubts = std::mem::take(&mut known.shape.doubts);
                if says_more(&property.shape, &known.shape, arena) {
                    known.shape = property.shape.clone();
                }
                for doubt in doubts.into_iter().chain(differs.then(|| PARTS.to_owned())) {
                    if !known.shape.doubts.contains(&doubt) {
                        known.shape.doubts.push(doubt);
                    }
                }
            }
            Some(known) => {
                let mut lay = |one, two| lay(arena, one, two, laid);
                alternative(known, &property.shape, &mut lay);
            }
            None => {
                let property = property.clone();
                object.properties.insert(property.name.clone(), property);
            }
        }
    }
    object.official = None;
    object.doubts.extend(more.doubts.iter().cloned());
    object
}

/// Merges two alternative objects. An object that is still being read, because it contains itself, has no
/// properties to merge.
fn lay(arena: &mut Arena, one: ObjectId, two: ObjectId, laid: &mut Laid) -> Option<ObjectId> {
    if let Some(known) = laid.get(&(one, two)) {
        return Some(*known);
    }
    let (first, second) = (arena.get(one).clone(), arena.get(two).clone());
    if first.properties.is_empty() || second.properties.is_empty() {
        return None;
    }
    let place = arena.reserve(None);
    laid.insert((one, two), place);
    let needs = |object: &Object, name: &str| object.property(name).is_some_and(|it| it.required);
    let required = |name: &str| needs(&first, name) && needs(&second, name);
    let mut united = unite(arena, first.clone(), &second, false, laid);
    for property in united.properties.values_mut() {
        property.required = required(&property.name);
        distinct(&mut property.shape.values);
        distinct(&mut property.shape.doubts);
    }
    united.branches = [apart(arena, one), apart(arena, two)].concat();
    arena.set(place, united);
    Some(place)
}

fn says_more(new: &Shape, old: &Shape, arena: &Arena) -> bool {
    match (&new.kind, &old.kind) {
        (Kind::Any, _) => false,
        (Kind::Object(a), Kind::Object(b)) => {
            arena.get(*a).properties.len() >= arena.get(*b).properties.len()
        }
        _ => true,
    }
}

/// The alternatives of an alternative, if it has nothing else.
pub(super) fn apart(arena: &Arena, id: ObjectId) -> Vec<ObjectId> {
    let object = arena.get(id);
    let branches = || object.branches.iter().map(|branch| arena.get(*branch));
    let mut names = object.properties.keys();
    let is_choice = names.all(|name| branches().any(|one| one.property(name).is_some()));
    match is_choice && !object.branches.is_empty() {
        true => object.branches.clone(),
        false => vec![id],
    }
}
