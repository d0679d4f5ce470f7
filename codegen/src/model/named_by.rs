//! How a call says which records it changes, where its path does not: what an audit of the call keeps.

use super::{Endpoint, Kind, Method, Role, Ty, TypeDef};

/// The conditions on ids of a call that changes all that matches them, and the fields of a batch's items
/// that say which record each of them is. A new record has no name yet.
pub(super) fn of(endpoint: &Endpoint, types: &[TypeDef]) -> Vec<String> {
    if !endpoint.writes || endpoint.method == Method::Post {
        return Vec::new();
    }
    let conditions = endpoint.query.iter();
    let conditions = conditions
        .filter(|it| matches!(it.role, Role::Filter { .. }) && is_id(&it.ty))
        .map(|it| it.wire.clone());
    conditions.chain(items(endpoint, types)).collect()
}

fn items(endpoint: &Endpoint, types: &[TypeDef]) -> Vec<String> {
    let Some(body) = endpoint.body.as_ref().filter(|body| body.many()) else {
        return Vec::new();
    };
    // Ids that stand for themselves have the name that records have for theirs.
    if is_id(body.item()) {
        return vec!["id".to_owned()];
    }
    let Some(item) = body.item().named() else {
        return Vec::new();
    };
    let Kind::Object {
        fields,
        needs_one_of,
        ..
    } = &types[item.0].kind
    else {
        return Vec::new();
    };
    let needed = fields.iter().filter(|it| it.required && is_id(&it.ty));
    let either = needs_one_of.iter().flatten().cloned();
    needed.map(|it| it.wire.clone()).chain(either).collect()
}

/// What may name a record, and says nothing of a person.
fn is_id(ty: &Ty) -> bool {
    matches!(ty, Ty::Int | Ty::Uuid | Ty::Id)
}
