//! Changes of the scopes themselves. The scopes of calls are reported with the calls.

use std::collections::HashMap;

use super::{Comparison, Place, Side, kinds, pairs::Pairs};
use crate::model::{Api, Scope};

/// The new names in tokens of the scopes that both sides have, by their old ones.
type Wires<'a> = HashMap<&'a str, &'a str>;

/// Compares the scopes.
pub(super) fn compare(cx: &mut Comparison<'_>) {
    let (old, new) = (cx.old, cx.new);
    let pairs = pair(old, new);
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
    let both_sides = pairs.both.iter();
    let wires: Wires<'_> = both_sides
        .map(|(was, is)| (&*was.wire, &*is.wire))
        .collect();
    for (was, is) in pairs.both {
        both(cx, was, is, &wires);
    }
    if (&old.scopes_do, &old.granted_unasked) != (&new.scopes_do, &new.granted_unasked) {
        let place = Place::Service(Side::New, "title");
        cx.tell(&kinds::PROSE, "scopes", "have a new description", place);
    }
}

/// The scopes of both sides that are one: those with the same name in tokens, unless scopes have exchanged these
/// names among each other, and then those with the same name in the spec.
fn pair<'a>(old: &'a Api, new: &'a Api) -> Pairs<'a, Scope> {
    let name = |side: Side, it: &Scope| {
        let api = if side == Side::Old { old } else { new };
        format!("{} {}", api.areas[it.area].name, it.key)
    };
    // The names in tokens before and after, by the name in the spec.
    let mut exchanged: HashMap<String, (&str, &str)> = HashMap::new();
    for was in &old.scopes {
        let before = name(Side::Old, was);
        let is = new.scopes.iter().find(|is| name(Side::New, is) == before);
        if let Some(is) = is.filter(|is| is.wire != was.wire) {
            exchanged.insert(before, (was.wire.as_str(), is.wire.as_str()));
        }
    }
    loop {
        let befores: Vec<&str> = exchanged.values().map(|(before, _)| *before).collect();
        let afters: Vec<&str> = exchanged.values().map(|(_, after)| *after).collect();
        let count = exchanged.len();
        exchanged.retain(|_, (before, after)| afters.contains(before) && befores.contains(after));
        if exchanged.len() == count {
            break;
        }
    }
    let mut pairs = Pairs {
        both: Vec::new(),
        added: new.scopes.iter().collect(),
        removed: old.scopes.iter().collect(),
    };
    pairs.again(|side, it| Some(name(side, it)).filter(|name| exchanged.contains_key(name)));
    pairs.again(|_, it| Some(it.wire.clone()));
    pairs.again(|side, it| Some(name(side, it)));
    pairs
}

fn place(api: &Api, side: Side, scope: &Scope) -> Place {
    Place::Scope(side, api.areas[scope.area].name.clone(), scope.key.clone())
}

fn both(cx: &mut Comparison<'_>, was: &Scope, is: &Scope, wires: &Wires<'_>) {
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
    let before = granting(old, was).into_iter();
    let before: Vec<&str> = before.filter_map(|it| wires.get(it).copied()).collect();
    let mut after = granting(new, is);
    after.retain(|it| wires.values().any(|known| known == it));
    for name in before.iter().filter(|it| !after.contains(it)) {
        let text = format!("no longer includes {}", is.wire);
        cx.tell(&kinds::SCOPE_NO_LONGER_GRANTS, *name, text, at.clone());
    }
    for name in after.iter().filter(|it| !before.contains(it)) {
        let text = format!("includes {}", is.wire);
        cx.tell(&kinds::SCOPE_GRANTS_MORE, *name, text, at.clone());
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
