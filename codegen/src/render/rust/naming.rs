//! How a call says which records it changes, where its path does not: what a record of the call keeps.

use crate::model::{Api, Endpoint, Kind, Method, Role, Ty};

/// The conditions on ids of a call that changes all that matches them, and the fields of a batch's items
/// that say which record each of them is. A new record has no name yet.
pub(super) fn named_by<'a>(api: &'a Api, endpoint: &'a Endpoint) -> Vec<&'a str> {
    if !endpoint.writes || endpoint.method == Method::Post {
        return Vec::new();
    }
    let conditions = endpoint
        .query
        .iter()
        .filter(|it| matches!(it.role, Role::Filter { .. }) && is_id(&it.ty))
        .map(|it| it.wire.as_str());
    conditions.chain(items(api, endpoint)).collect()
}

fn items<'a>(api: &'a Api, endpoint: &'a Endpoint) -> Vec<&'a str> {
    let Some(body) = endpoint.body.as_ref().filter(|body| body.many()) else {
        return Vec::new();
    };
    // Ids that stand for themselves have the name that records have for theirs.
    if is_id(body.item()) {
        return vec!["id"];
    }
    let Some(item) = body.item().named() else {
        return Vec::new();
    };
    let Kind::Object {
        fields,
        needs_one_of,
        ..
    } = &api.ty(item).kind
    else {
        return Vec::new();
    };
    let needed = fields.iter().filter(|it| it.required && is_id(&it.ty));
    let either = needs_one_of.iter().flatten().map(String::as_str);
    needed.map(|it| it.wire.as_str()).chain(either).collect()
}

/// What may name a record, and says nothing of a person.
fn is_id(ty: &Ty) -> bool {
    matches!(ty, Ty::Int | Ty::Uuid | Ty::Id)
}
