//! Which types a page needs: those it names, and their parts.

use crate::model::{Api, Ty, TypeId};

/// Everything reachable from `roots`, in breadth-first order, so larger types come before their parts.
pub(in super::super) fn reachable(api: &Api, roots: Vec<TypeId>) -> Vec<TypeId> {
    let mut found: Vec<TypeId> = Vec::new();
    let mut next = roots;
    while !next.is_empty() {
        let mut further = Vec::new();
        for id in next {
            if found.contains(&id) {
                continue;
            }
            found.push(id);
            further.extend(api.ty(id).kind.parts().filter_map(named));
        }
        next = further;
    }
    found
}

/// The named type inside a type.
pub(in super::super) fn named(ty: &Ty) -> Option<TypeId> {
    match ty {
        Ty::Named(id) => Some(*id),
        Ty::List(inner)
        | Ty::Map(inner)
        | Ty::Link(inner)
        | Ty::Nullable(inner)
        | Ty::OneOrMany(inner) => named(inner),
        _ => None,
    }
}
