//! How a call identifies the records it changes, if its path does not: what an audit of the call records.

use super::{Endpoint, Method, Role, Ty, TypeDef};

/// The filters on ids of a call that changes everything they match, and the fields of a batch's items that
/// identify each record. A new record has no id yet.
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
    // A plain list of ids has the name of the records' key.
    if is_id(body.item()) {
        return vec!["id".to_owned()];
    }
    let Some(item) = body.item().named() else {
        return Vec::new();
    };
    let kind = &types[item.0].kind;
    let needed = kind.fields().iter();
    let needed = needed.filter(|it| it.required && is_id(&it.ty));
    let either = kind.needed().into_iter().flatten();
    needed.chain(either).map(|it| it.wire.clone()).collect()
}

/// What may identify a record, and contains nothing personal.
fn is_id(ty: &Ty) -> bool {
    matches!(ty, Ty::Int | Ty::Uuid | Ty::Id)
}
