//! Changes of the parts of a type: the fields of an object, the members of an enumeration, the branches
//! of a one-of. A person changes a field once, so it is reported once for all views.

use std::collections::HashMap;

use super::{
    Comparison, Kind as ChangeKind, Place, Side, alike, kinds,
    pairs::Pairs,
    parameters::{bounds, end},
    spell::text,
    units::Unit,
};
use crate::{
    index::view_word,
    model::{Branch, Field, Kind, Limits, Member, TypeDef},
    spec::{Deprecated, View},
};

/// A change of a part, with its views.
struct Event {
    kind: &'static ChangeKind,
    side: Side,
    part: String,
    text: String,
    views: Vec<View>,
}

struct Parts<'c, 'a> {
    cx: &'c Comparison<'a>,
    events: Vec<Event>,
    view: Option<View>,
}

/// Compares the parts of two matching schemas, in the views that both have.
pub(super) fn compare(
    cx: &mut Comparison<'_>,
    was: &Unit<'_>,
    is: &Unit<'_>,
    both: &[(&TypeDef, &TypeDef)],
) {
    let mut parts = Parts {
        cx,
        events: Vec::new(),
        view: None,
    };
    for (before, after) in both {
        parts.view = after.view;
        match (&before.kind, &after.kind) {
            (Kind::Object { fields: before, .. }, Kind::Object { fields: after, .. }) => {
                parts.fields(before, after)
            }
            (
                Kind::OneOf {
                    branches: before,
                    by,
                    ..
                },
                Kind::OneOf {
                    branches: after,
                    by: now,
                    ..
                },
            ) => {
                parts.branches(before, after, by != now);
            }
            (before, after) => parts.members(before.members(), after.members()),
        }
    }
    for event in parts.events {
        let unit = if event.side == Side::Old { was } else { is };
        let place = Place::Part(
            event.side,
            unit.module.clone(),
            unit.name.to_owned(),
            event.part.clone(),
        );
        let views: Vec<_> = event.views.iter().map(|view| view_word(*view)).collect();
        let views = if views.is_empty() || views.len() == is.defs.len() {
            String::new()
        } else {
            format!(" ({})", views.join(", "))
        };
        // A member may be the empty string.
        let part = match event.part.as_str() {
            "" => "\"\"",
            part => part,
        };
        let subject = format!("{}.{part}", is.path());
        cx.tell(event.kind, subject, format!("{}{views}", event.text), place);
    }
}

/// The matching fields of both sides.
fn paired<'f>(cx: &Comparison<'_>, before: &'f [Field], after: &'f [Field]) -> Pairs<'f, Field> {
    let (old, new) = (cx.speller(Side::Old), cx.speller(Side::New));
    let mut pairs = Pairs::by(before, after, |it| it.wire.clone());
    // First another name on the wire for the same Rust field, then a similar field of the same type.
    pairs.again(|side, it| {
        let speller = if side == Side::Old { &old } else { &new };
        let ty = speller.ty(&it.ty);
        Some(format!("{} {ty} {} {}", it.rust, it.required, it.nullable))
    });
    let place = pairs.places(before.iter().collect(), after.iter().collect());
    pairs.alike(|was, is| {
        let same_type = old.ty(&was.ty) == new.ty(&is.ty);
        let score = same_type.then(|| alike::fields(was, is, place(was, is)));
        score.flatten()
    });
    pairs
}

/// The new wire names of the fields of the old side.
pub(super) fn renamed<'f>(
    cx: &Comparison<'_>,
    before: &'f [Field],
    after: &'f [Field],
) -> HashMap<&'f str, &'f str> {
    let both = paired(cx, before, after).both.into_iter();
    both.map(|(was, is)| (was.wire.as_str(), is.wire.as_str()))
        .collect()
}

impl Parts<'_, '_> {
    fn tell(&mut self, kind: &'static ChangeKind, side: Side, part: &str, text: impl Into<String>) {
        let text = text.into();
        let mut known = self.events.iter_mut();
        match known.find(|it| it.kind == kind && it.part == part && it.text == text) {
            Some(event) => event.views.extend(self.view),
            None => self.events.push(Event {
                kind,
                side,
                part: part.to_owned(),
                text,
                views: self.view.into_iter().collect(),
            }),
        }
    }

    fn fields(&mut self, before: &[Field], after: &[Field]) {
        let pairs = paired(self.cx, before, after);
        let new = self.cx.speller(Side::New);
        let written = self.view != Some(View::Read);
        for it in pairs.removed {
            self.tell(&kinds::FIELD_REMOVED, Side::Old, &it.wire, "is removed");
        }
        for it in pairs.added {
            let text = format!("is new: {}", new.schema(&it.ty));
            if it.required && written {
                self.tell(
                    &kinds::FIELD_REQUIRED_ADDED,
                    Side::New,
                    &it.wire,
                    format!("{text}, required"),
                );
            } else {
                self.tell(&kinds::FIELD_ADDED, Side::New, &it.wire, text);
            }
        }
        for (was, is) in pairs.both {
            self.field(was, is, written);
        }
    }

    fn field(&mut self, was: &Field, is: &Field, written: bool) {
        let (old, new) = (self.cx.speller(Side::Old), self.cx.speller(Side::New));
        let mut tell = |kind, text: String| self.tell(kind, Side::New, &is.wire, text);
        if was.rust != is.rust && was.wire == is.wire {
            tell(
                &kinds::FIELD_RENAMED,
                format!("is `{}` in Rust, previously `{}`", is.rust, was.rust),
            );
        } else if was.rust != is.rust {
            tell(
                &kinds::FIELD_RENAMED,
                format!("is renamed from {}", was.wire),
            );
        } else if was.wire != is.wire {
            tell(
                &kinds::FIELD_RESPELLED,
                format!("was {} on the wire", was.wire),
            );
        }
        let boxed = |text: String, it: &Field| {
            if it.boxed {
                format!("boxed {text}")
            } else {
                text
            }
        };
        let (before, after) = (boxed(old.ty(&was.ty), was), boxed(new.ty(&is.ty), is));
        if before != after {
            let same = old.rust(&was.ty) == new.rust(&is.ty) && was.boxed == is.boxed;
            let kind = if same {
                &kinds::FIELD_RESPELLED
            } else {
                &kinds::FIELD_RETYPED
            };
            // The views of a schema are only distinguished if nothing else changed.
            let schemas = (
                boxed(old.schema(&was.ty), was),
                boxed(new.schema(&is.ty), is),
            );
            let (before, after) = if schemas.0 == schemas.1 {
                (before, after)
            } else {
                schemas
            };
            tell(kind, format!("is {after}, previously {before}"));
        }
        presence(was, is, written, &mut tell);
        if was.spelling != is.spelling {
            tell(
                &kinds::FIELD_RESPELLED,
                "has another format on the wire".to_owned(),
            );
        }
        if was.limits != is.limits {
            limits(was, is, written, &mut tell);
        }
        if was.default != is.default {
            let said = |it: &Field| {
                it.default
                    .as_ref()
                    .map_or("none".to_owned(), ToString::to_string)
            };
            let kind = if written {
                &kinds::FIELD_DEFAULT
            } else {
                &kinds::FACTS
            };
            tell(
                kind,
                format!("has the default {}, previously {}", said(is), said(was)),
            );
        }
        if was.secret != is.secret {
            tell(
                &kinds::FIELD_SECRET,
                if is.secret {
                    "is a secret"
                } else {
                    "is no longer a secret"
                }
                .to_owned(),
            );
        }
        deprecated(
            &was.deprecated,
            &is.deprecated,
            [&kinds::FIELD_DEPRECATED, &kinds::FIELD_RESTORED],
            &mut tell,
        );
        let refers =
            |side: Side, it: &Field| it.refers_to.map(|id| self.cx.speller(side).named(id));
        let records =
            (refers(Side::Old, was), was.on_delete) != (refers(Side::New, is), is.on_delete);
        let values =
            |side: Side, it: &Field| it.values_of.map(|id| self.cx.speller(side).named(id));
        let values = values(Side::Old, was) != values(Side::New, is);
        let mut tell = |kind, text: &str| self.tell(kind, Side::New, &is.wire, text);
        if records {
            tell(&kinds::RECORDS, "has another reference");
        }
        let prose = |it: &Field| {
            text(&[
                &it.does,
                &it.unit,
                &it.when,
                &it.empty,
                &it.example,
                &it.merges,
            ])
        };
        if values || prose(was) != prose(is) {
            tell(&kinds::PROSE, "has a new description");
        }
    }

    fn members(&mut self, before: &[Member], after: &[Member]) {
        let mut pairs = Pairs::by(before, after, |it| it.wire.clone());
        pairs.again(|_, it| Some(it.rust.clone()));
        let place = pairs.places(before.iter().collect(), after.iter().collect());
        pairs.alike(|was, is| alike::members(was, is, place(was, is)));
        for it in pairs.removed {
            self.tell(&kinds::MEMBER_REMOVED, Side::Old, &it.wire, "is removed");
        }
        for it in pairs.added {
            self.tell(&kinds::MEMBER_ADDED, Side::New, &it.wire, "is new");
        }
        for (was, is) in pairs.both {
            let mut tell = |kind, text: String| self.tell(kind, Side::New, &is.wire, text);
            variant((&was.wire, &was.rust), (&is.wire, &is.rust), &mut tell);
            deprecated(
                &was.deprecated,
                &is.deprecated,
                [&kinds::MEMBER_DEPRECATED, &kinds::MEMBER_RESTORED],
                &mut tell,
            );
            if was.does != is.does {
                tell(&kinds::PROSE, "has a new description".to_owned());
            }
        }
    }

    fn branches(&mut self, before: &[Branch], after: &[Branch], told: bool) {
        let (old, new) = (self.cx.speller(Side::Old), self.cx.speller(Side::New));
        let mut pairs = Pairs::by(before, after, |it| it.name.clone());
        pairs.again(|_, it| Some(it.rust.clone()));
        // Two branches of the same type cannot be told apart.
        pairs.alike(|was, is| {
            let same_type = old.ty(&was.ty) == new.ty(&is.ty);
            same_type.then(|| alike::named(&was.name, &is.name))
        });
        for it in pairs.removed {
            self.tell(&kinds::MEMBER_REMOVED, Side::Old, &it.name, "is removed");
        }
        for it in pairs.added {
            self.tell(&kinds::MEMBER_ADDED, Side::New, &it.name, "is new");
        }
        for (was, is) in pairs.both {
            let mut tell = |kind, text: String| self.tell(kind, Side::New, &is.name, text);
            variant((&was.name, &was.rust), (&is.name, &is.rust), &mut tell);
            let (before, after) = (old.ty(&was.ty), new.ty(&is.ty));
            if before != after {
                tell(
                    &kinds::BRANCH_RETYPED,
                    format!("is {after}, previously {before}"),
                );
            }
            if told || was.told != is.told {
                tell(
                    &kinds::BRANCH_TOLD,
                    "is distinguished in another way".to_owned(),
                );
            }
            deprecated(
                &was.deprecated,
                &is.deprecated,
                [&kinds::MEMBER_DEPRECATED, &kinds::MEMBER_RESTORED],
                &mut tell,
            );
            if was.does != is.does {
                tell(&kinds::PROSE, "has a new description".to_owned());
            }
        }
    }
}

type Tell<'t> = dyn FnMut(&'static ChangeKind, String) + 't;

/// Whether a field is present, and whether it may be null.
fn presence(was: &Field, is: &Field, written: bool, tell: &mut Tell<'_>) {
    let said = |certain: bool| {
        if certain {
            "always present"
        } else {
            "not always present"
        }
    };
    if !written {
        match (was.is_certain(), is.is_certain()) {
            (true, false) => tell(&kinds::FIELD_OPTIONAL, format!("is {}", said(false))),
            (false, true) => tell(&kinds::FIELD_REQUIRED, format!("is {}", said(true))),
            _ if was.nullable != is.nullable || was.required != is.required => {
                tell(
                    &kinds::FACTS,
                    "may be absent or null in other cases".to_owned(),
                );
            }
            _ => {}
        }
        return;
    }
    match (was.required, is.required) {
        (true, false) => tell(&kinds::FIELD_OPTIONAL, "is not required".to_owned()),
        (false, true) => tell(&kinds::FIELD_REQUIRED, "is required".to_owned()),
        (required, _) => match (was.nullable, is.nullable) {
            (false, true) if required => tell(&kinds::FIELD_NULL_TYPE, "may be null".to_owned()),
            (false, true) => tell(&kinds::FIELD_NULL_ADDED, "may be null".to_owned()),
            (true, false) => tell(&kinds::FIELD_NULL_REMOVED, "may not be null".to_owned()),
            _ => {}
        },
    }
}

fn limits(was: &Field, is: &Field, written: bool, tell: &mut Tell<'_>) {
    let (before, after) = (&was.limits, &is.limits);
    let text = |range: &(Option<u64>, Option<u64>)| {
        (
            range.0.map(|it| it.to_string()),
            range.1.map(|it| it.to_string()),
        )
    };
    let all = |it: &Limits| {
        [
            ("length", text(&it.length)),
            ("range", it.range.clone()),
            ("items", text(&it.items)),
        ]
    };
    for ((name, was), (_, is)) in all(before).iter().zip(&all(after)) {
        let said =
            |it: &(Option<String>, Option<String>)| format!("{}..{}", end(&it.0), end(&it.1));
        let text = format!("has the {name} {}, previously {}", said(is), said(was));
        let (tightened, loosened) = bounds(was, is);
        told(tightened, loosened, written, text, tell);
    }
    let pattern = before.pattern != after.pattern || before.format != after.format;
    if pattern {
        let loosened = after.pattern.is_none() && after.format.is_none();
        told(
            !loosened,
            loosened,
            written,
            "has another pattern or format".to_owned(),
            tell,
        );
    }
}

/// Limits do not apply to reading. A limit that moved rejects some values and accepts others: a person
/// changed it once, and the rejected values are what programs notice.
fn told(tightened: bool, loosened: bool, written: bool, text: String, tell: &mut Tell<'_>) {
    match (tightened || loosened, written) {
        (false, _) => {}
        (true, false) => tell(&kinds::FACTS, text),
        (true, true) if tightened => tell(&kinds::FIELD_TIGHTENED, text),
        (true, true) => tell(&kinds::FIELD_LOOSENED, text),
    }
}

/// The name of a variant, on the wire and in Rust.
fn variant(was: (&str, &str), is: (&str, &str), tell: &mut Tell<'_>) {
    if was.0 != is.0 && was.1 != is.1 {
        tell(&kinds::MEMBER_RENAMED, format!("is renamed from {}", was.0));
        return;
    }
    if was.1 != is.1 {
        tell(
            &kinds::MEMBER_RENAMED,
            format!("is `{}`, previously `{}`", is.1, was.1),
        );
    }
    if was.0 != is.0 {
        tell(
            &kinds::FIELD_RESPELLED,
            format!("was {} on the wire", was.0),
        );
    }
}

fn deprecated(
    was: &Option<Deprecated>,
    is: &Option<Deprecated>,
    told: [&'static ChangeKind; 2],
    tell: &mut Tell<'_>,
) {
    let [deprecated, restored] = told;
    match (was, is) {
        (None, Some(it)) => {
            let instead = it
                .instead
                .as_ref()
                .map_or_else(String::new, |it| format!("; use {it}"));
            tell(deprecated, format!("is deprecated{instead}"));
        }
        (Some(_), None) => tell(restored, "is no longer deprecated".to_owned()),
        (Some(was), Some(is)) if text(&[was]) != text(&[is]) => {
            tell(&kinds::PROSE, "has a new deprecation notice".to_owned());
        }
        _ => {}
    }
}
