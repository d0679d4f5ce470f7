//! Changes of the parts of a type: the fields of an object, the members of an enumeration, the branches
//! of a one-of. A person changes a field once, so it is reported once for all views.

use std::collections::HashMap;

use super::{
    Comparison, Kind as ChangeKind, Place, Side, alike,
    field::{deprecated, limits, presence},
    kinds,
    pairs::Pairs,
    spell::text,
    units::Unit,
};
use crate::{
    index::view_word,
    model::{Field, Kind, TypeDef},
    spec::View,
};

/// A change of a part, with its views.
struct Event {
    kind: &'static ChangeKind,
    side: Side,
    part: String,
    text: String,
    views: Vec<View>,
}

/// The changes of a schema's parts that have been found so far.
pub(super) struct Parts<'c, 'a> {
    pub(super) cx: &'c Comparison<'a>,
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
    pub(super) fn tell(
        &mut self,
        kind: &'static ChangeKind,
        side: Side,
        part: &str,
        text: impl Into<String>,
    ) {
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
}
