//! Changes of the members of an enumeration and of the branches of a one-of.

use super::{
    Side, alike,
    field::{Tell, deprecated},
    fields::Parts,
    kinds,
    pairs::Pairs,
};
use crate::{
    code_span::code,
    model::{Branch, Member},
};

impl Parts<'_, '_> {
    pub(super) fn members(&mut self, before: &[Member], after: &[Member]) {
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

    pub(super) fn branches(&mut self, before: &[Branch], after: &[Branch], told: bool) {
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

/// A name on the wire, which may be empty.
fn shown(name: &str) -> String {
    match name {
        "" => code(name),
        name => name.to_owned(),
    }
}

/// The name of a variant, on the wire and in Rust.
fn variant(was: (&str, &str), is: (&str, &str), tell: &mut Tell<'_>) {
    if was.0 != is.0 && was.1 != is.1 {
        tell(
            &kinds::MEMBER_RENAMED,
            format!("is renamed from {}", shown(was.0)),
        );
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
            format!("was {} on the wire", shown(was.0)),
        );
    }
}
