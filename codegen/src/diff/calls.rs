//! Changes of a call that exists on both sides, except its names, its scope and its parameters.

use super::{
    Comparison, Kind, Place, Side, kinds,
    spell::{Speller, text},
};
use crate::model::{All, Answer, Body, Endpoint};

/// Compares two matching endpoints.
pub(super) fn compare(cx: &mut Comparison<'_>, was: &Endpoint, is: &Endpoint) {
    let mut call = Call { cx, id: &is.id };
    call.body(was, is);
    call.job(was, is);
    call.inherits(was, is);
    call.returns(was, is);
    call.lists(was, is);
    call.filters(was, is);
    call.limits(was, is);
    call.retries(was, is);
    call.events(was, is);
    call.deprecation(was, is);
    call.facts(was, is);
}

/// A call with its id on the new side.
pub(super) struct Call<'c, 'a> {
    pub(super) cx: &'c mut Comparison<'a>,
    id: &'c str,
}

impl Call<'_, '_> {
    pub(super) fn tell(&mut self, kind: &'static Kind, key: &'static str, text: impl Into<String>) {
        let place = Place::Endpoint(Side::New, self.id.to_owned(), key);
        self.cx.tell(kind, self.id, text, place);
    }

    fn body(&mut self, was: &Endpoint, is: &Endpoint) {
        let (old, new) = (self.cx.speller(Side::Old), self.cx.speller(Side::New));
        let spelled =
            |speller: &Speller<'_>, body: &Option<Body>| body.as_ref().map(|it| speller.ty(&it.ty));
        let rust = |speller: &Speller<'_>, body: &Option<Body>| {
            body.as_ref().map(|it| speller.rust(&it.ty))
        };
        let (before, after) = (spelled(&old, &was.body), spelled(&new, &is.body));
        if before != after {
            let same = rust(&old, &was.body) == rust(&new, &is.body);
            let kind = if same {
                &kinds::PARAMETER_RESPELLED
            } else {
                &kinds::BODY_RETYPED
            };
            self.tell(
                kind,
                "takes",
                format!("accepts {}, previously {}", nothing(after), nothing(before)),
            );
        }
        if let (Some(before), Some(after)) = (&was.body, &is.body) {
            match (before.optional, after.optional) {
                (false, true) => self.tell(
                    &kinds::BODY_OPTIONAL,
                    "optional_body",
                    "no longer requires its body",
                ),
                (true, false) => self.tell(&kinds::BODY_REQUIRED, "takes", "requires its body"),
                _ => {}
            }
        }
        // The bounds of an array in the body are reported with its field.
        let max = |it: &Endpoint| {
            let whole = it.all.as_ref().is_none_or(|all| all.field.is_none());
            let batch = it.batch.as_ref().filter(|_| whole);
            batch.map(|batch| batch.max)
        };
        let (before, after) = (max(was), max(is));
        if before != after {
            // Without a stated size there is no limit.
            let smaller = after.is_some_and(|after| before.is_none_or(|before| after < before));
            let kind = if smaller {
                &kinds::BATCH_TIGHTENED
            } else {
                &kinds::BATCH_LOOSENED
            };
            let size = |max: Option<u32>| {
                max.map_or("any number of".to_owned(), |max| format!("at most {max}"))
            };
            self.tell(
                kind,
                "batch",
                format!("accepts {} items, previously {}", size(after), size(before)),
            );
        }
        let field = |all: &All| all.field.as_ref().map(|field| field.wire.clone());
        match (&was.all, &is.all) {
            (None, Some(all)) => self.tell(&kinds::ALL_ADDED, "all", format!("has `{}`", all.name)),
            (Some(all), None) => self.tell(
                &kinds::ALL_REMOVED,
                "returns",
                format!("no longer has `{}`", all.name),
            ),
            (Some(before), Some(after))
                if before.name != after.name
                    || before.by.is_some() != after.by.is_some()
                    || field(before) != field(after) =>
            {
                let says = if before.name == after.name {
                    format!("`{}` sends its items differently", after.name)
                } else {
                    format!("has `{}` instead of `{}`", after.name, before.name)
                };
                self.tell(&kinds::ALL_REMOVED, "all", says);
            }
            _ => {}
        }
    }

    fn returns(&mut self, was: &Endpoint, is: &Endpoint) {
        let (old, new) = (self.cx.speller(Side::Old), self.cx.speller(Side::New));
        let spell = |speller: &Speller<'_>, answer: &Answer| match answer {
            Answer::Page(ty) => format!("a page of {}", speller.ty(ty)),
            Answer::One(ty) => speller.ty(ty),
            Answer::Outcome(ty) => format!("{}, some of which may have failed", speller.ty(ty)),
            Answer::Counts => "counts".to_owned(),
            Answer::File => "a file".to_owned(),
            Answer::Events(None) => "events".to_owned(),
            Answer::Events(Some(ty)) => format!("events of {}", speller.ty(ty)),
            Answer::Nothing => "nothing".to_owned(),
        };
        let (before, after) = (spell(&old, &was.answer), spell(&new, &is.answer));
        if before != after {
            self.tell(
                &kinds::RETURN_RETYPED,
                "returns",
                format!("returns {after}, previously {before}"),
            );
        }
        let partial =
            |speller: &Speller<'_>, it: &Endpoint| it.partial.as_ref().map(|ty| speller.ty(ty));
        let response = |speller: &Speller<'_>, it: &Endpoint| {
            format!(
                "{:?} {:?} {:?}",
                it.envelope,
                sorted(&it.success),
                partial(speller, it)
            )
        };
        if response(&old, was) != response(&new, is) {
            self.tell(
                &kinds::CALL_RESPONSE,
                "success",
                "has other success statuses or another envelope",
            );
        }
    }

    fn facts(&mut self, was: &Endpoint, is: &Endpoint) {
        // The event that the guide links to a call may be about it, but the call does not fire it.
        let linked = |side: Side, it: &Endpoint| it.event.map(|id| self.cx.event(side, id));
        let linked = linked(Side::Old, was) != linked(Side::New, is);
        // A limit that is new or gone is reported as such.
        let limits = was.limit.is_some() && is.limit.is_some();
        let limit = |it: &Endpoint| it.limit.clone().filter(|_| limits);
        let batches = was.batch.is_some() && is.batch.is_some();
        let batch = |it: &Endpoint| it.batch.clone().filter(|_| batches);
        let caps = was.concurrency.is_some() && is.concurrency.is_some();
        let concurrency = |it: &Endpoint| it.concurrency.clone().filter(|_| caps);
        let facts = |it: &Endpoint| {
            text(&[
                &it.guide,
                &it.operation,
                &sorted(&it.errors),
                &it.conflicts,
                &it.source,
                &it.docs,
                &it.media_type,
                &sorted(&it.named_by),
                &it.narrowed_by,
                &it.doubtful(),
                &limit(it).map(|limit| limit.unstated),
                &batch(it).map(|batch| batch.unstated),
            ])
        };
        if linked || facts(was) != facts(is) {
            self.tell(&kinds::FACTS, "operation", "has other facts in the docs");
        }
        let deprecated = |it: &Endpoint| {
            it.deprecated
                .clone()
                .filter(|_| was.deprecated.is_some() && is.deprecated.is_some())
        };
        let prose = |it: &Endpoint| {
            text(&[
                &limit(it).map(|limit| limit.note),
                &batch(it).map(|batch| batch.note),
                &concurrency(it).map(|concurrency| concurrency.note),
                &it.does,
                &it.note,
                &it.acts_on,
                &it.reads_why,
                &it.whole,
                &it.repeat_why,
                &deprecated(it),
            ])
        };
        if prose(was) != prose(is) {
            self.tell(&kinds::PROSE, "does", "has a new description");
        }
    }
}

/// A list that represents a set, in a canonical order.
pub(super) fn sorted<T: Clone + Ord>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort_unstable();
    list.dedup();
    list
}

pub(super) fn nothing(text: Option<String>) -> String {
    text.unwrap_or_else(|| "nothing".to_owned())
}
