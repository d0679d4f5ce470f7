//! Changes of a call that exists on both sides, except its names, its scope and its parameters.

use super::{
    Comparison, Kind, Place, Side, kinds, parameters,
    sets::{self, Rule},
    spell::{Speller, text},
};
use crate::{
    model::{All, Answer, Api, Body, Endpoint},
    spec::PageStyle,
    words::{adds, undivided},
};

/// Compares two matching endpoints.
pub(super) fn compare(cx: &mut Comparison<'_>, was: &Endpoint, is: &Endpoint) {
    let mut call = Call { cx, id: &is.id };
    call.body(was, is);
    call.job(was, is);
    call.inherits(was, is);
    call.returns(was, is);
    call.lists(was, is);
    call.limits(was, is);
    call.facts(was, is);
}

pub(super) struct Call<'c, 'a> {
    cx: &'c mut Comparison<'a>,
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

    fn lists(&mut self, was: &Endpoint, is: &Endpoint) {
        let (before, after) = (style(self.cx.old, was), style(self.cx.new, is));
        let name = |style: Option<(&str, &PageStyle)>| nothing(style.map(|(name, _)| name.into()));
        if name(before) != name(after) {
            // Pages stay numbered, which is the default, and cursors are kept or added.
            let kept = match (before, after) {
                (Some((_, was)), Some((_, is))) => {
                    was.numbered && is.numbered && (is.cursors || !was.cursors)
                }
                _ => false,
            };
            let kind = if kept {
                &kinds::PAGING_ADDED
            } else {
                &kinds::PAGING
            };
            let text = format!(
                "is paged by {}, previously by {}",
                name(after),
                name(before)
            );
            self.tell(kind, "page", text);
        }
        let size = |it: &Endpoint| it.limit.as_ref().map(|limit| (limit.default, limit.max));
        if size(was) != size(is) {
            let said = |it: &Endpoint| match size(it) {
                Some((usual, max)) => format!("{usual} items by default and {max} at most"),
                None => "no stated size".to_owned(),
            };
            self.tell(
                &kinds::PAGE_SIZE,
                "limit",
                format!("has pages of {}, previously of {}", said(is), said(was)),
            );
        }
        let (old, new) = (self.cx.speller(Side::Old), self.cx.speller(Side::New));
        match (&was.sort, &is.sort) {
            (None, Some(_)) => self.tell(&kinds::SORT_ADDED, "sort", "can be sorted"),
            (Some(_), None) => {
                self.tell(&kinds::SORT_REMOVED, "returns", "can no longer be sorted")
            }
            (Some(before), Some(after)) => {
                if old.named(before.by) != new.named(after.by)
                    || before.direction != after.direction
                {
                    self.tell(
                        &kinds::SORT_REMOVED,
                        "sort",
                        "has another sort type or direction",
                    );
                }
                if before.default != after.default {
                    self.tell(&kinds::SORT_DEFAULT, "sort", "has another default order");
                }
            }
            (None, None) => {}
        }
    }

    fn limits(&mut self, was: &Endpoint, is: &Endpoint) {
        let alone = |it: &Endpoint, other: &Endpoint| {
            let both = it.needs_filter && other.needs_filter;
            let names = it.doubtful().into_iter().filter(|_| both);
            // A filter that only one side has is reported as added or removed.
            let names = names.filter(|name| {
                let mut query = other.query.iter();
                query.any(|it| it.wire == *name && !it.doubtful)
            });
            names.map(str::to_owned).collect::<Vec<_>>()
        };
        for name in alone(is, was) {
            let says = format!("can no longer be called with only `{name}`");
            self.tell(&kinds::CALL_TIGHTENED, "filters", says);
        }
        for name in alone(was, is) {
            let says = format!("can be called with only `{name}`");
            self.tell(&kinds::CALL_LOOSENED, "filters", says);
        }
        match (was.needs_filter, is.needs_filter) {
            (false, true) => self.tell(&kinds::CALL_TIGHTENED, "needs_filter", "requires a filter"),
            (true, false) => self.tell(
                &kinds::CALL_LOOSENED,
                "filters",
                "no longer requires a filter",
            ),
            _ => {}
        }
        let (old, new) = parameters::exclusive(self.cx, was, is);
        for changed in sets::compare(Rule::AtMostOne, &old, &new) {
            let (kind, key) = if changed.tightened {
                (&kinds::CALL_TIGHTENED, "at_most_one_of")
            } else {
                (&kinds::CALL_LOOSENED, "query")
            };
            let together = |names: &str| format!("accepts {names} together");
            self.tell(kind, key, changed.text("accepts at most one of", together));
        }
        let rate = |api: &Api, it: &Endpoint| api.rate(it.rate).0.to_owned();
        let at_once = |it: &Endpoint| it.concurrency.as_ref().map(|it| it.max);
        if rate(self.cx.old, was) != rate(self.cx.new, is) || at_once(was) != at_once(is) {
            let said = |api: &Api, it: &Endpoint| match at_once(it) {
                Some(max) => format!("the rate limit {} and at most {max} at once", rate(api, it)),
                None => format!("the rate limit {}", rate(api, it)),
            };
            let text = format!(
                "has {}, previously {}",
                said(self.cx.new, is),
                said(self.cx.old, was)
            );
            self.tell(&kinds::CALL_LIMITS, "concurrency", text);
        }
        if was.money != is.money {
            self.tell(
                &kinds::FACTS,
                "money",
                "has another effect on money".to_owned(),
            );
        }
        let repeated = |it: &Endpoint| (it.repeatable, sorted(&it.repeat_unless));
        if repeated(was) != repeated(is) {
            let text = match (is.repeatable, is.repeat_unless.as_slice()) {
                (true, []) => "is retried after an unknown outcome".to_owned(),
                (true, fields) => format!(
                    "is retried after an unknown outcome, unless {}",
                    adds(fields)
                ),
                (false, _) => "is not retried after an unknown outcome".to_owned(),
            };
            self.tell(&kinds::CALL_REPEATED, "repeat", text);
        } else {
            let divides = |it: &Endpoint| it.all.as_ref().map(|all| undivided(it, all).is_none());
            if let (Some(before), Some(after)) = (divides(was), divides(is))
                && before != after
            {
                let text = if after {
                    "retries a rejected batch in parts"
                } else {
                    "no longer retries a rejected batch in parts"
                };
                self.tell(&kinds::CALL_REPEATED, "all", text.to_owned());
            }
        }
        let fires = |side: Side, it: &Endpoint| -> Vec<String> {
            let scopes = it.fires.iter().map(|id| self.cx.event(side, *id));
            sorted(&scopes.collect::<Vec<_>>())
        };
        let (before, after) = (fires(Side::Old, was), fires(Side::New, is));
        if before != after {
            let said = |names: Vec<String>| nothing((!names.is_empty()).then(|| names.join(", ")));
            self.tell(
                &kinds::CALL_EVENTS,
                "fires",
                format!("fires {}, previously {}", said(after), said(before)),
            );
        }
        match (&was.deprecated, &is.deprecated) {
            (None, Some(it)) => {
                let instead = it
                    .instead
                    .as_ref()
                    .map_or_else(String::new, |it| format!("; use {it}"));
                self.tell(
                    &kinds::ENDPOINT_DEPRECATED,
                    "deprecated",
                    format!("is deprecated{instead}"),
                );
            }
            (Some(_), None) => self.tell(&kinds::ENDPOINT_RESTORED, "", "is no longer deprecated"),
            _ => {}
        }
    }

    fn facts(&mut self, was: &Endpoint, is: &Endpoint) {
        // The event that the guide links to a call may be about it, but the call does not fire it.
        let linked = |side: Side, it: &Endpoint| it.event.map(|id| self.cx.event(side, id));
        let linked = linked(Side::Old, was) != linked(Side::New, is);
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

fn style<'a>(api: &'a Api, endpoint: &Endpoint) -> Option<(&'a str, &'a PageStyle)> {
    endpoint.page.map(|page| api.page_style(page))
}

/// A list that represents a set, in a canonical order.
pub(super) fn sorted<T: Clone + Ord>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort_unstable();
    list.dedup();
    list
}

fn nothing(text: Option<String>) -> String {
    text.unwrap_or_else(|| "nothing".to_owned())
}
