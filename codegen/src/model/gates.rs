//! Which types are compiled with which feature, and where a box must break a cycle of types.

use std::collections::{BTreeSet, VecDeque};

use super::{Answer, Endpoint, Gate, Group, GroupId, Home, Kind, Ty, TypeDef, TypeId};

/// A type that only groups of its own feature use is compiled with that; any other always.
pub(super) fn assign(types: &mut [TypeDef], groups: &[Group], endpoints: &[Endpoint]) {
    let mut users: Vec<BTreeSet<GroupId>> = vec![BTreeSet::new(); types.len()];
    for endpoint in endpoints {
        for id in reach(types, roots(endpoint)) {
            users[id.0].insert(endpoint.group);
        }
    }
    for (ty, users) in types.iter_mut().zip(users) {
        let Home::Group(home) = ty.home else { continue };
        // A type that no endpoint uses belongs to its own group as well.
        let feature = &groups[home.0].feature;
        if users.iter().all(|user| groups[user.0].feature == *feature) {
            ty.gate = Gate::Feature(home);
        }
    }
    // A type behind an event is needed whatever groups are on.
    let events = (0..types.len())
        .map(TypeId)
        .filter(|id| types[id.0].home == Home::Events);
    for id in reach(types, events.collect()) {
        types[id.0].gate = Gate::Always;
    }
}

fn roots(endpoint: &Endpoint) -> Vec<TypeId> {
    let mut roots = Vec::new();
    match &endpoint.answer {
        Answer::Page(ty) | Answer::One(ty) | Answer::Outcome(ty) => named(ty, &mut roots),
        Answer::Events(ty) => ty.iter().for_each(|ty| named(ty, &mut roots)),
        Answer::Counts | Answer::Nothing | Answer::File => {}
    }
    if let Some(body) = &endpoint.body {
        named(&body.ty, &mut roots);
    }
    roots.extend(endpoint.sort.as_ref().map(|sort| sort.by));
    let parameters = endpoint.query.iter().chain(&endpoint.path_parameters);
    let parameters = parameters.chain(&endpoint.headers);
    for parameter in parameters.chain(&endpoint.form) {
        named(&parameter.ty, &mut roots);
    }
    roots
}

pub(super) fn reach(types: &[TypeDef], roots: Vec<TypeId>) -> BTreeSet<TypeId> {
    let mut seen: BTreeSet<TypeId> = roots.iter().copied().collect();
    let mut queue = VecDeque::from(roots);
    while let Some(id) = queue.pop_front() {
        let mut next = Vec::new();
        for part in types[id.0].kind.parts() {
            named(part, &mut next);
        }
        queue.extend(next.into_iter().filter(|id| seen.insert(*id)));
    }
    seen
}

/// Adds the type inside lists and mappings.
pub(super) fn named(ty: &Ty, into: &mut Vec<TypeId>) {
    match ty {
        Ty::Named(id) => into.push(*id),
        Ty::List(inner)
        | Ty::Map(inner)
        | Ty::Link(inner)
        | Ty::Nullable(inner)
        | Ty::OneOrMany(inner) => {
            named(inner, into);
        }
        _ => {}
    }
}

/// Boxes each field through which an object would contain itself.
pub(super) fn box_cycles(types: &mut [TypeDef]) {
    for at in 0..types.len() {
        let Kind::Object { fields, .. } = &types[at].kind else {
            continue;
        };
        let boxed: Vec<usize> = fields
            .iter()
            .enumerate()
            .filter(|(_, field)| held(&field.ty).is_some_and(|id| holds(types, id, TypeId(at))))
            .map(|(field, _)| field)
            .collect();
        if let Kind::Object { fields, .. } = &mut types[at].kind {
            for field in boxed {
                fields[field].boxed = true;
            }
        }
    }
}

/// The object that a position contains directly; lists and mappings have theirs on the heap.
fn held(ty: &Ty) -> Option<TypeId> {
    match ty {
        Ty::Named(id) => Some(*id),
        Ty::Link(inner) => held(inner),
        _ => None,
    }
}

/// Whether the object `outer` contains `inner` directly, through however many fields.
fn holds(types: &[TypeDef], outer: TypeId, inner: TypeId) -> bool {
    let mut seen = BTreeSet::from([outer]);
    let mut queue = vec![outer];
    while let Some(id) = queue.pop() {
        if id == inner {
            return true;
        }
        let mut next: Vec<TypeId> = match &types[id.0].kind {
            Kind::Object { fields, .. } => {
                let held_here = fields.iter().filter(|field| !field.boxed);
                held_here.filter_map(|field| held(&field.ty)).collect()
            }
            kind => kind.parts().filter_map(held).collect(),
        };
        next.retain(|id| seen.insert(*id));
        queue.extend(next);
    }
    false
}
