//! Changes of the scopes themselves. The scopes of calls are reported with the calls.

use super::{Comparison, Place, Side, kinds, pairs::Pairs};
use crate::model::{Api, Scope};

/// Compares the scopes.
pub(super) fn compare(cx: &mut Comparison<'_>) {
    let (old, new) = (cx.old, cx.new);
    let mut pairs = Pairs::by(&old.scopes, &new.scopes, |it| it.wire.clone());
    pairs.again(|side, it| {
        let api = if side == Side::Old { old } else { new };
        Some(format!("{} {}", api.areas[it.area].name, it.key))
    });
    for scope in pairs.removed {
        cx.tell(
            &kinds::SCOPE_REMOVED,
            &scope.wire,
            "is removed",
            place(old, Side::Old, scope),
        );
    }
    for scope in pairs.added {
        cx.tell(
            &kinds::SCOPE_ADDED,
            &scope.wire,
            "is new",
            place(new, Side::New, scope),
        );
    }
    for (was, is) in pairs.both {
        both(cx, was, is);
    }
    if (&old.scopes_do, &old.granted_unasked) != (&new.scopes_do, &new.granted_unasked) {
        let place = Place::Service(Side::New, "title");
        cx.tell(&kinds::PROSE, "scopes", "have a new description", place);
    }
}

fn place(api: &Api, side: Side, scope: &Scope) -> Place {
    Place::Scope(side, api.areas[scope.area].name.clone(), scope.key.clone())
}

fn both(cx: &mut Comparison<'_>, was: &Scope, is: &Scope) {
    let (old, new) = (cx.old, cx.new);
    let at = place(new, Side::New, is);
    if was.wire != is.wire {
        let text = format!("is renamed from {}", was.wire);
        cx.tell(&kinds::SCOPE_RESPELLED, &is.wire, text, at.clone());
    }
    if was.variant != is.variant {
        let text = format!(
            "is `Scope::{}`, previously `Scope::{}`",
            is.variant, was.variant
        );
        cx.tell(&kinds::SCOPE_RENAMED, &is.wire, text, at.clone());
    }
    if was.writes != is.writes {
        let text = if is.writes {
            "allows writes"
        } else {
            "no longer allows writes"
        };
        cx.tell(&kinds::SCOPE_WRITES, &is.wire, text, at.clone());
    }
    // Added and removed scopes are reported as such.
    let (before, after) = (granting(old, was), granting(new, is));
    for name in before.iter().filter(|it| !after.contains(it)) {
        if new.scopes.iter().any(|scope| scope.wire == **name) {
            let text = format!("no longer includes {}", is.wire);
            cx.tell(&kinds::SCOPE_NO_LONGER_GRANTS, *name, text, at.clone());
        }
    }
    for name in after.iter().filter(|it| !before.contains(it)) {
        if old.scopes.iter().any(|scope| scope.wire == **name) {
            let text = format!("includes {}", is.wire);
            cx.tell(&kinds::SCOPE_GRANTS_MORE, *name, text, at.clone());
        }
    }
    let facts = |api: &Api, scope: &Scope| {
        let area = &api.areas[scope.area];
        format!(
            "{} {} {} {:?}",
            scope.level, area.label, area.covers, area.conflicts
        )
    };
    if facts(old, was) != facts(new, is) {
        cx.tell(
            &kinds::FACTS,
            &is.wire,
            "has a new label or description",
            at,
        );
    }
}

/// The wire names of the other scopes that include this one.
fn granting<'a>(api: &'a Api, scope: &Scope) -> Vec<&'a str> {
    let ids = scope.satisfied_by.iter();
    ids.map(|id| api.scope(*id).wire.as_str()).collect()
}
