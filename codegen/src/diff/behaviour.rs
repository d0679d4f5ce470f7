//! Changes of how a call behaves: its pages and filters, its limits and retries, and its events.

use super::{
    Side,
    calls::{Call, nothing, sorted},
    kinds, parameters,
    sets::{self, Rule},
};
use crate::{
    model::{Api, Endpoint, Repeat},
    spec::PageStyle,
    words::{adding, undivided},
};

impl Call<'_, '_> {
    pub(super) fn lists(&mut self, was: &Endpoint, is: &Endpoint) {
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

    pub(super) fn filters(&mut self, was: &Endpoint, is: &Endpoint) {
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
    }

    pub(super) fn limits(&mut self, was: &Endpoint, is: &Endpoint) {
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
    }

    pub(super) fn retries(&mut self, was: &Endpoint, is: &Endpoint) {
        if was.repeat != is.repeat && !was.repeat.is_safe() && !is.repeat.is_safe() {
            let text = match &is.repeat {
                Repeat::Unknown => "is not known to be safe or unsafe to retry",
                Repeat::Never | Repeat::Unless(_) => "is known to be unsafe to retry",
            };
            self.tell(&kinds::FACTS, "repeat", text.to_owned());
        }
        let repeated = |it: &Endpoint| (it.repeat.is_safe(), sorted(it.repeat.unless()));
        if repeated(was) != repeated(is) {
            let text = match &is.repeat {
                Repeat::Never => "is not retried after an unknown outcome".to_owned(),
                Repeat::Unknown => {
                    "is not retried after an unknown outcome, as it is not known to be safe"
                        .to_owned()
                }
                Repeat::Unless(added) if added.is_empty() => {
                    "is retried after an unknown outcome".to_owned()
                }
                Repeat::Unless(added) => format!(
                    "is retried after an unknown outcome, unless it {}",
                    adding(added)
                ),
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
    }

    pub(super) fn events(&mut self, was: &Endpoint, is: &Endpoint) {
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
    }

    pub(super) fn deprecation(&mut self, was: &Endpoint, is: &Endpoint) {
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
}

fn style<'a>(api: &'a Api, endpoint: &Endpoint) -> Option<(&'a str, &'a PageStyle)> {
    endpoint.page.map(|page| api.page_style(page))
}
