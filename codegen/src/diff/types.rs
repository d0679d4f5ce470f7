//! Which types were added, removed or renamed, by their schemas, and what changed in the others.

use super::{
    Comparison, Side, fields, kinds, service,
    sets::{self, Rule, Sets},
    spell::text,
    units::{Unit, pair, units},
};
use crate::{
    index::view_word,
    model::{Api, Field, Kind, KnownValue, TypeDef},
    spec::View,
};

/// Compares the types.
pub(super) fn compare(cx: &mut Comparison<'_>) {
    let (old, new) = (cx.old, cx.new);
    let (before, after) = (units(old), units(new));
    let mut pairs = pair((old, &before), (new, &after));
    pairs.removed.retain(|it| !it.follows);
    pairs.added.retain(|it| !it.follows);
    pairs.both.retain(|(_, it)| !it.follows);
    // The types of an added or removed group are reported with it.
    let groups = service::pair_groups(old, new);
    let gone: Vec<_> = groups.removed.iter().map(|it| &it.name).collect();
    let come: Vec<_> = groups.added.iter().map(|it| &it.name).collect();
    for unit in pairs
        .removed
        .iter()
        .filter(|it| !gone.contains(&&it.module))
    {
        cx.tell(
            &kinds::TYPE_REMOVED,
            unit.path(),
            "is removed",
            unit.place(Side::Old),
        );
    }
    for unit in pairs.added.iter().filter(|it| !come.contains(&&it.module)) {
        cx.tell(
            &kinds::TYPE_ADDED,
            unit.path(),
            "is new",
            unit.place(Side::New),
        );
    }
    let same_group = |was: &Unit<'_>, is: &Unit<'_>| {
        let mut both = groups.both.iter();
        was.module == is.module
            || both.any(|pair| pair.0.name == was.module && pair.1.name == is.module)
    };
    for (was, is) in pairs.both {
        if was.name != is.name || !same_group(was, is) {
            let text = format!("is renamed from {}", was.path());
            cx.tell(&kinds::TYPE_RENAMED, is.path(), text, is.place(Side::New));
        }
        views(cx, was, is);
    }
}

fn views(cx: &mut Comparison<'_>, was: &Unit<'_>, is: &Unit<'_>) {
    let word = |view: Option<View>| view.map_or("", view_word);
    for def in was.defs.iter().filter(|def| is.def(def.view).is_none()) {
        let text = format!(
            "loses the view `{}`, and with it `{}`",
            word(def.view),
            def.name
        );
        cx.tell(&kinds::TYPE_REMOVED, is.path(), text, was.place(Side::Old));
    }
    for def in is.defs.iter().filter(|def| was.def(def.view).is_none()) {
        let text = format!(
            "has the new view `{}`, and with it `{}`",
            word(def.view),
            def.name
        );
        cx.tell(&kinds::TYPE_ADDED, is.path(), text, is.place(Side::New));
    }
    let both: Vec<_> = is
        .defs
        .iter()
        .filter_map(|def| Some((was.def(def.view)?, *def)))
        .collect();
    for (before, after) in &both {
        whole(cx, is, before, after);
        updated(cx, is, before, after);
    }
    fields::compare(cx, was, is, &both);
    constants(cx, was, is);
    let prose = |unit: &Unit<'_>, other: &Unit<'_>| {
        // All views have the same.
        let def = unit.defs.first();
        // The others are reported as constants.
        let in_both = known(unit).iter().filter(|one| has(other, one));
        let in_both: Vec<_> = in_both.collect();
        def.map(|def| text(&[&def.does, &def.notes, &def.official, &in_both]))
    };
    if prose(was, is) != prose(is, was) {
        cx.tell(
            &kinds::PROSE,
            is.path(),
            "has a new description",
            is.place(Side::New),
        );
    }
    let records = |unit: &Unit<'_>| {
        unit.defs
            .iter()
            .map(|def| text(&[&def.key, &def.unique]))
            .collect::<Vec<_>>()
    };
    if both.len() == was.defs.len() && both.len() == is.defs.len() && records(was) != records(is) {
        cx.tell(
            &kinds::RECORDS,
            is.path(),
            "has another key",
            is.place(Side::New),
        );
    }
}

/// Compares the records of another schema from which an update is built.
fn updated(cx: &mut Comparison<'_>, unit: &Unit<'_>, was: &TypeDef, is: &TypeDef) {
    let record = |api: &Api, def: &TypeDef| {
        let record = api.ty(def.updates?);
        api.update(def)?;
        Some(format!("{}.{}", api.module(record.home), record.name))
    };
    let (kind, text) = match (record(cx.old, was), record(cx.new, is)) {
        (None, Some(new)) if cx.old.update(was).is_none() => (
            &kinds::UPDATE_ADDED,
            format!("can be built from two states of a `{new}`"),
        ),
        (Some(old), None) if cx.new.update(is).is_none() => (
            &kinds::UPDATE_REMOVED,
            format!("can no longer be built from two states of a `{old}`"),
        ),
        (Some(old), Some(new)) if old != new => (
            &kinds::UPDATE_REMOVED,
            format!("is built from two states of a `{new}`, previously of a `{old}`"),
        ),
        _ => return,
    };
    let path = format!("{}.{}", unit.module, is.name);
    cx.tell(kind, path, text, unit.place(Side::New));
}

/// The values of the key of a record that are the same in every store. All views have the same.
fn known<'u>(unit: &Unit<'u>) -> &'u [KnownValue] {
    unit.defs
        .first()
        .map_or(&[][..], |def| def.known.as_slice())
}

/// Whether a type has the same constant for the same value.
fn has(unit: &Unit<'_>, one: &KnownValue) -> bool {
    let mut known = known(unit).iter();
    known.any(|it| it.rust == one.rust && it.wire == one.wire)
}

/// Compares the constants of known values.
fn constants(cx: &mut Comparison<'_>, was: &Unit<'_>, is: &Unit<'_>) {
    for one in known(was).iter().filter(|one| !has(is, one)) {
        let text = format!("no longer has the constant `{}`", one.rust);
        let place = was.place(Side::Old);
        cx.tell(&kinds::CONSTANT_REMOVED, is.path(), text, place);
    }
    for one in known(is).iter().filter(|one| !has(was, one)) {
        let text = format!("has the new constant `{}`", one.rust);
        let place = is.place(Side::New);
        cx.tell(&kinds::CONSTANT_ADDED, is.path(), text, place);
    }
}

/// Compares a type as a whole: its kind, its constructor and its exclusive fields.
fn whole(cx: &mut Comparison<'_>, unit: &Unit<'_>, was: &TypeDef, is: &TypeDef) {
    let place = unit.place(Side::New);
    let path = format!("{}.{}", unit.module, is.name);
    let kind = |it: &Kind| match it {
        Kind::Object { .. } => "an object",
        Kind::Choice(_) => "an enumeration of strings",
        Kind::Integers(_) => "an enumeration of integers",
        Kind::OneOf { .. } => "one of several types",
    };
    if kind(&was.kind) != kind(&is.kind) {
        let text = format!("is {}, previously {}", kind(&is.kind), kind(&was.kind));
        cx.tell(&kinds::TYPE_KIND, path, text, place);
        return;
    }
    let (
        Kind::Object {
            fields: before,
            named_in_turn: turns,
            ..
        },
        Kind::Object {
            fields: after,
            named_in_turn,
            ..
        },
    ) = (&was.kind, &is.kind)
    else {
        return;
    };
    let required = |fields: &[Field]| -> Vec<String> {
        let required = fields.iter().filter(|it| it.required);
        required.map(|it| it.wire.clone()).collect()
    };
    if is.view != Some(View::Read) {
        let (old, new) = (required(before), required(after));
        let sorted = |list: &[String]| {
            let mut list = list.to_vec();
            list.sort_unstable();
            list
        };
        // Other arguments are reported with their fields.
        if sorted(&old) == sorted(&new) && (old != new || turns != named_in_turn) {
            let text = format!(
                "is constructed from {}, previously from {}",
                new.join(", "),
                old.join(", ")
            );
            cx.tell(&kinds::TYPE_CONSTRUCTOR, path.clone(), text, place.clone());
        }
    }
    let made = |api: &Api, def: &TypeDef| {
        let update = api.update(def)?;
        Some((update.whole.is_some(), text(&[&update.keeps])))
    };
    if let (Some(before), Some(after)) = (made(cx.old, was), made(cx.new, is))
        && before != after
    {
        let says = match (before.0, after.0) {
            (false, true) => "sends the whole record in an update",
            (true, false) => "sends only the changes in an update",
            _ => "has other lists whose items an update may keep",
        };
        cx.tell(&kinds::TYPE_UPDATE, path.clone(), says, place.clone());
    }
    let named = |sets: Vec<Vec<&Field>>| -> Vec<Vec<String>> {
        let names = |set: Vec<&Field>| set.into_iter().map(|it| it.wire.clone()).collect();
        sets.into_iter().map(names).collect()
    };
    let sets = [
        (
            named(was.kind.needed()),
            named(is.kind.needed()),
            "requires one of",
        ),
        (
            named(was.kind.excluded()),
            named(is.kind.excluded()),
            "has at most one of",
        ),
    ];
    // The client rejects exclusive fields; only the API rejects a value that lacks all of some fields.
    let rules = [
        (
            Rule::AtLeastOne,
            [&kinds::TYPE_NEEDS_MORE, &kinds::TYPE_NEEDS_LESS],
        ),
        (
            Rule::AtMostOne,
            [&kinds::TYPE_TIGHTENED, &kinds::TYPE_LOOSENED],
        ),
    ];
    for ((old, new, says), (rule, [tightened, loosened])) in sets.into_iter().zip(rules) {
        if old == new {
            continue;
        }
        let renamed = fields::renamed(cx, before, after);
        let now = |name: &str| (*renamed.get(name).unwrap_or(&name)).to_owned();
        let was = Sets {
            sets: old
                .iter()
                .map(|set| set.iter().map(|name| now(name)).collect())
                .collect(),
            names: before.iter().map(|it| now(&it.wire)).collect(),
        };
        let is = Sets {
            sets: new,
            names: after.iter().map(|it| it.wire.clone()).collect(),
        };
        for changed in sets::compare(rule, &was, &is) {
            let kind = if changed.tightened {
                tightened
            } else {
                loosened
            };
            let text = changed.text(says, |set| format!("no longer {says} {set}"));
            cx.tell(kind, path.clone(), text, place.clone());
        }
    }
}
