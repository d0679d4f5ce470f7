//! The scopes that a call needs only with some values: whether a token that was sufficient still is.

use super::{Comparison, Place, Side, calls::sorted, kinds, pairs::Pairs};
use crate::{
    model::{AlsoNeeds, Api, Endpoint},
    words::needed_when,
};

/// Compares those of a call.
pub(super) fn compare(cx: &mut Comparison<'_>, was: &Endpoint, is: &Endpoint) {
    let (old, new) = (cx.old, cx.new);
    let mut pairs = Pairs {
        both: Vec::new(),
        added: is.also_needs.iter().collect(),
        removed: was.also_needs.iter().collect(),
    };
    // A scope with another name in the spec or in tokens is reported as such.
    pairs.alike(|before, after| {
        let same = name(old, before) == name(new, after) || wire(old, before) == wire(new, after);
        same.then(|| u32::from(before.when == after.when))
    });
    let same = std::mem::take(&mut pairs.both);
    pairs.alike(|before, after| {
        let is_lesser = before.when == after.when && is_granted(new, after, wire(old, before));
        is_lesser.then_some(0)
    });
    let place = Place::Endpoint(Side::New, is.id.clone(), "also_needs");
    for (before, after) in &pairs.both {
        let needed = needed_when(wire(old, before), &after.when);
        let text = format!("also requires {} instead of {needed}", wire(new, after));
        cx.tell(&kinds::SCOPE_RELAXED, &is.id, text, place.clone());
    }
    let (main_before, main_after) = (&old.scope(was.scope).wire, &new.scope(is.scope).wire);
    for one in &pairs.added {
        // A token that was sufficient has it if every call needed it.
        let was_always = is_granted(new, one, main_before) && !is_granted(new, one, main_after);
        let (kind, text) = if was_always {
            let text = format!("requires {} only when {}", wire(new, one), one.when);
            (&kinds::SCOPE_RELAXED, text)
        } else {
            let needed = needed_when(wire(new, one), &one.when);
            (&kinds::SCOPE_ALSO_NEEDED, format!("also requires {needed}"))
        };
        cx.tell(kind, &is.id, text, place.clone());
    }
    for one in &pairs.removed {
        // If every call needs it now, that is reported as the scope that the call requires.
        let is_always = is_granted(old, one, main_after) && !is_granted(old, one, main_before);
        if !is_always {
            let needed = needed_when(wire(old, one), &one.when);
            let text = format!("no longer requires {needed}");
            cx.tell(&kinds::SCOPE_RELAXED, &is.id, text, place.clone());
        }
    }
    if same.iter().any(|(before, after)| before.when != after.when) {
        let text = "requires a scope under another condition";
        cx.tell(&kinds::FACTS, &is.id, text, place.clone());
    }
    let mut pairs = same.iter();
    if pairs.any(|(before, after)| values(before) != values(after)) {
        let text = "lists other values that need a scope";
        cx.tell(&kinds::RECORDS, &is.id, text, place);
    }
}

/// The area and the level in the spec.
fn name<'a>(api: &'a Api, one: &AlsoNeeds) -> (&'a str, &'a str) {
    let scope = api.scope(one.scope);
    (&api.areas[scope.area].name, &scope.key)
}

fn wire<'a>(api: &'a Api, one: &AlsoNeeds) -> &'a str {
    &api.scope(one.scope).wire
}

/// Whether a token with the scope that is `held` has this one.
fn is_granted(api: &Api, one: &AlsoNeeds, held: &str) -> bool {
    let scope = api.scope(one.scope);
    let mut others = scope.satisfied_by.iter();
    scope.wire == held || others.any(|id| api.scope(*id).wire == held)
}

/// The fields with the values that need the scope, in any order.
fn values(one: &AlsoNeeds) -> Vec<(&str, Vec<&str>)> {
    let all = one.values.iter().map(|(field, values)| {
        let values: Vec<_> = values.iter().map(String::as_str).collect();
        (field.as_str(), sorted(&values))
    });
    sorted(&all.collect::<Vec<_>>())
}
