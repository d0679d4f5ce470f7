//! Which endpoints were added, removed or renamed, and what changed in the others.

use super::{
    Comparison, Place, Requires, Side, also_needs, calls, kinds, or_scope, pairs::Pairs,
    parameters, service,
};
use crate::{
    model::{Api, Endpoint},
    words::either,
};

/// Compares the endpoints.
pub(super) fn compare(cx: &mut Comparison<'_>) {
    let (old, new) = (cx.old, cx.new);
    let call = |it: &Endpoint| format!("{} {} {}", it.operation, it.method, it.path);
    // One with the same operation, method and path is the same endpoint, whatever its id.
    let mut pairs = Pairs::by(&old.endpoints, &new.endpoints, |it| {
        format!("{} {}", it.id, call(it))
    });
    pairs.again(|_, it| Some(call(it)));
    pairs.again(|_, it| Some(it.id.clone()));
    pairs.again(|_, it| Some(format!("{} {}", it.method, it.path)));
    pairs.again(|_, it| Some(it.operation.clone()));
    let groups = service::pair_groups(old, new);
    let gone: Vec<_> = groups.removed.iter().map(|it| it.name.as_str()).collect();
    let come: Vec<_> = groups.added.iter().map(|it| it.name.as_str()).collect();
    let renamed: Vec<_> = groups
        .both
        .iter()
        .map(|(was, is)| (was.name.as_str(), is.name.as_str()))
        .collect();
    for endpoint in pairs
        .removed
        .iter()
        .filter(|it| !gone.contains(&group(old, it)))
    {
        let place = Place::Endpoint(Side::Old, endpoint.id.clone(), "");
        let text = format!("is removed ({} {})", endpoint.method, endpoint.path);
        cx.tell(&kinds::ENDPOINT_REMOVED, &endpoint.id, text, place);
    }
    for endpoint in pairs
        .added
        .iter()
        .filter(|it| !come.contains(&group(new, it)))
    {
        let place = Place::Endpoint(Side::New, endpoint.id.clone(), "");
        let wire = |id| new.scope(id).wire.as_str();
        let scope = either(wire(endpoint.scope), endpoint.or_scope.map(wire));
        let text = format!("is new ({} {}, {scope})", endpoint.method, endpoint.path);
        cx.tell(&kinds::ENDPOINT_ADDED, &endpoint.id, text, place);
    }
    for (was, is) in pairs.both {
        let moved = renamed.contains(&(group(old, was), group(new, is)));
        named(cx, was, is, moved);
        scope(cx, was, is);
        or_scope::compare(cx, was, is);
        also_needs::compare(cx, was, is);
        calls::compare(cx, was, is);
        parameters::compare(cx, was, is);
    }
}

fn group<'a>(api: &'a Api, endpoint: &Endpoint) -> &'a str {
    &api.group(endpoint.group).name
}

/// Compares names, paths and handles. `same_group` means that a renamed group is already reported.
fn named(cx: &mut Comparison<'_>, was: &Endpoint, is: &Endpoint, same_group: bool) {
    let place = Place::Endpoint(Side::New, is.id.clone(), "");
    let same_names = was.call == is.call && was.request == is.request;
    let variant = was.id == is.id && was.variant != is.variant;
    if !same_group || !same_names || variant {
        let text = if was.id == is.id {
            format!(
                "has the request `{}` and is `Endpoint::{}`, previously `{}` and `Endpoint::{}`",
                is.request, is.variant, was.request, was.variant
            )
        } else {
            format!("is renamed from {}", was.id)
        };
        cx.tell(&kinds::ENDPOINT_RENAMED, &is.id, text, place.clone());
    }
    if was.nested != is.nested {
        let text = format!(
            "is on `{}`, previously on `{}`",
            cx.new.handles_of(is).0,
            cx.old.handles_of(was).0
        );
        cx.tell(&kinds::ENDPOINT_HANDLE, &is.id, text, place.clone());
    }
    if was.method != is.method {
        let text = format!("is a {}, previously a {}", is.method, was.method);
        cx.tell(&kinds::ENDPOINT_METHOD, &is.id, text, place.clone());
    }
    if !was.writes && is.writes {
        let text = "writes, and is no longer on the read-only handle";
        cx.tell(&kinds::ENDPOINT_WRITES, &is.id, text, place.clone());
    }
    if was.path != is.path {
        let text = format!("has the path {}, previously {}", is.path, was.path);
        cx.tell(&kinds::ENDPOINT_PATH, &is.id, text, place);
    }
}

/// Whether a sufficient token is still sufficient. This matters for security, whatever else changes.
fn scope(cx: &mut Comparison<'_>, was: &Endpoint, is: &Endpoint) {
    let (before, after) = (cx.old.scope(was.scope), cx.new.scope(is.scope));
    if or_scope::is_same((cx.old, was.scope), (cx.new, is.scope)) {
        return;
    }
    let mut granting = cx.new.enough(is).map(|id| &cx.new.scope(id).wire);
    let enough = granting.any(|wire| *wire == before.wire);
    let kind = if enough {
        &kinds::SCOPE_RELAXED
    } else {
        &kinds::SCOPE_NEEDED
    };
    let requires = Requires {
        scope: after.wire.clone(),
        before: before.wire.clone(),
    };
    let place = Place::Endpoint(Side::New, is.id.clone(), "scope");
    cx.tell_scope(kind, &is.id, requires, place);
}
