//! Which endpoints were added, removed or renamed, and what changed in the others.

use super::{
    Comparison, Place, Requires, Side,
    calls::{self, sorted},
    kinds,
    pairs::Pairs,
    parameters, service,
};
use crate::{
    model::{AlsoNeeds, Api, Endpoint},
    words::needed_when,
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
        let scope = &new.scope(endpoint.scope).wire;
        let text = format!("is new ({} {}, {scope})", endpoint.method, endpoint.path);
        cx.tell(&kinds::ENDPOINT_ADDED, &endpoint.id, text, place);
    }
    for (was, is) in pairs.both {
        let moved = renamed.contains(&(group(old, was), group(new, is)));
        named(cx, was, is, moved);
        scope(cx, was, is);
        also_needs(cx, was, is);
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
    let same_scope =
        cx.old.areas[before.area].name == cx.new.areas[after.area].name && before.key == after.key;
    if before.wire == after.wire || same_scope {
        return;
    }
    let granting = after.satisfied_by.iter().map(|id| &cx.new.scope(*id).wire);
    let enough = granting.into_iter().any(|wire| *wire == before.wire);
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

/// Whether a token needs more scopes with some values, or fewer.
fn also_needs(cx: &mut Comparison<'_>, was: &Endpoint, is: &Endpoint) {
    let (old, new) = (cx.old, cx.new);
    let name = |api: &Api, one: &AlsoNeeds| {
        let scope = api.scope(one.scope);
        format!("{}.{}", api.areas[scope.area].name, scope.key)
    };
    let wire = |api: &Api, one: &AlsoNeeds| api.scope(one.scope).wire.clone();
    // A scope with another name in the spec or in tokens is reported as such.
    let same = |before: &AlsoNeeds, after: &AlsoNeeds| {
        name(old, before) == name(new, after) || wire(old, before) == wire(new, after)
    };
    let place = Place::Endpoint(Side::New, is.id.clone(), "also_needs");
    // The scopes that are needed on both sides.
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for one in &is.also_needs {
        if was.also_needs.iter().any(|known| same(known, one)) {
            after.push(one);
        } else {
            let text = format!("also requires {}", needed_when(&wire(new, one), &one.when));
            cx.tell(&kinds::SCOPE_ALSO_NEEDED, &is.id, text, place.clone());
        }
    }
    for one in &was.also_needs {
        if is.also_needs.iter().any(|known| same(one, known)) {
            before.push(one);
        } else {
            let needed = needed_when(&wire(old, one), &one.when);
            let text = format!("no longer requires {needed}");
            cx.tell(&kinds::SCOPE_RELAXED, &is.id, text, place.clone());
        }
    }
    if conditions(&before) != conditions(&after) {
        let text = "requires a scope under another condition";
        cx.tell(&kinds::FACTS, &is.id, text, place.clone());
    }
    if values(&before) != values(&after) {
        let text = "lists other values that need a scope";
        cx.tell(&kinds::RECORDS, &is.id, text, place);
    }
}

fn conditions<'a>(all: &[&'a AlsoNeeds]) -> Vec<&'a str> {
    let all = all.iter().map(|one| one.when.as_str());
    sorted(&all.collect::<Vec<_>>())
}

/// The fields with the values that need a scope, in any order.
fn values<'a>(all: &[&'a AlsoNeeds]) -> Vec<(&'a str, Vec<&'a str>)> {
    let all = all.iter().copied().flat_map(|one| &one.values);
    let all = all.map(|(field, values)| {
        let values: Vec<_> = values.iter().map(String::as_str).collect();
        (field.as_str(), sorted(&values))
    });
    sorted(&all.collect::<Vec<_>>())
}
