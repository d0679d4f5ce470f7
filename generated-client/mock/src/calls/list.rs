//! Listing records: found, sorted and divided into pages.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::find::Found;
use super::meta::{self, Ends, Numbers};
use super::query::to_cursor;
use super::{Done, Run};
use crate::catalogue::Envelope;
use crate::refusal::Refusal;
use crate::state::{Key, Record};

/// One page of the found records.
struct Cut {
    total: usize,
    start: usize,
    items: Found,
}

impl Run<'_> {
    pub(super) fn list(&self) -> Result<Done, Refusal> {
        if let Some(answer) = self
            .operation
            .special
            .and_then(|special| special.answer_all)
        {
            let data = answer(&self.context, &self.found()?, &self.query.searches);
            return Ok(Done {
                body: self.wrapped(data),
                ..Done::default()
            });
        }
        let Some(style) = self
            .endpoint
            .pagination
            .as_deref()
            .and_then(|name| self.catalogue.page_style(name))
        else {
            return self.whole();
        };
        let limits = self.endpoint.limit;
        let (default, most) = limits.map_or((50, 250), |limit| (limit.default, limit.max));
        let limit = self.query.limit.unwrap_or(default);
        let too_large = style.too_large.filter(|_| limit > most);
        if let Some(status) = too_large.and_then(|status| StatusCode::from_u16(status).ok()) {
            let says = format!("The limit is {limit}; the maximum is {most}.");
            return Err(Refusal::new(status, says.clone()).about("limit", says));
        }
        let limit = limit.clamp(1, most);
        // A page number next to a cursor is ignored, as for customers. For other lists that is a choice made here.
        let by_cursor =
            style.cursors && (self.query.after.is_some() || self.query.before.is_some());
        let by_key = style.keyed && self.query.after.is_some();
        let page = self.query.page.unwrap_or(1).max(1);
        let Cut {
            total,
            start,
            items,
        } = self.cut(by_cursor || by_key, page, limit)?;
        let cut = items.as_slice();
        let end = start + cut.len();
        if cut.is_empty() && self.endpoint.envelope == Envelope::Flat {
            return Ok(Done {
                status: Some(StatusCode::NO_CONTENT),
                ..Done::default()
            });
        }
        let data = self.all_shown(cut);
        if self.endpoint.envelope == Envelope::Flat {
            return Ok(Done {
                body: Some(data),
                ..Done::default()
            });
        }
        let mut meta = Map::new();
        if style.keyed {
            let ends = Ends {
                last: cut.last().map(|(key, _)| key.to_string()),
                after: end < total,
                ..Ends::default()
            };
            let keyed = meta::keyed(&ends, (total, cut.len(), limit), &self.query.others);
            meta.insert("pagination".to_owned(), keyed);
        } else if style.totals && !by_cursor {
            let numbers = Numbers {
                total,
                count: cut.len(),
                limit,
                page,
            };
            let mut numbers = meta::pagination(&numbers, &self.query.others);
            if self.collection.settings.unlinked
                && !self.setting.strict
                && let Value::Object(numbers) = &mut numbers
            {
                numbers.shift_remove("links");
            }
            meta.insert("pagination".to_owned(), numbers);
        }
        if style.cursors && (by_cursor || self.query.page.is_none()) {
            let ends = Ends {
                first: cut.first().map(|(key, _)| to_cursor(key)),
                last: cut.last().map(|(key, _)| to_cursor(key)),
                before: start > 0,
                after: end < total,
            };
            let cursors = meta::cursors(&ends, cut.len(), limit, &self.query.others);
            meta.insert("cursor_pagination".to_owned(), cursors);
        }
        Ok(Done {
            body: Some(json!({ "data": data, "meta": meta })),
            ..Done::default()
        })
    }

    /// The items of a page, and their position.
    fn cut(&self, by_cursor: bool, page: usize, limit: usize) -> Result<Cut, Refusal> {
        let skipped = (page - 1).saturating_mul(limit);
        if !by_cursor && self.takes_all() {
            let shelf = self
                .shelves
                .shelf(&self.collection.name)
                .map_err(Refusal::defect)?;
            let there = |(_, record): &(&Key, &Arc<Record>)| {
                !self.is_foreign(record) && !self.collection.rules.is_hidden(record)
            };
            let own = |(key, record): (&Key, &Arc<Record>)| (key.clone(), Arc::clone(record));
            let total = shelf.iter().filter(there).count();
            let start = skipped.min(total);
            let page = |all: &mut dyn Iterator<Item = (&Key, &Arc<Record>)>| {
                all.filter(there).skip(start).take(limit).map(own).collect()
            };
            let items = match self.query.sort {
                Some((_, true)) => page(&mut shelf.iter().rev()),
                _ => page(&mut shelf.iter()),
            };
            return Ok(Cut {
                total,
                start,
                items,
            });
        }
        let mut found = self.found()?;
        self.order(&mut found);
        let total = found.len();
        let (start, end) = match by_cursor {
            true => self.at_cursor(&found, limit),
            false => (skipped, skipped.saturating_add(limit)),
        };
        let start = start.min(total);
        let items = found.drain(start..end.min(total).max(start)).collect();
        Ok(Cut {
            total,
            start,
            items,
        })
    }

    /// Whether all records are requested in the order of their keys, so that none has to be examined.
    fn takes_all(&self) -> bool {
        let by_key = self
            .query
            .sort
            .as_ref()
            .is_none_or(|(field, _)| *field == self.collection.key);
        by_key
            && self.among().is_none()
            && self.operation.within.is_empty()
            && self.query.filters.is_empty()
            && self.query.searches.is_empty()
    }

    fn whole(&self) -> Result<Done, Refusal> {
        let mut found = self.found()?;
        self.order(&mut found);
        let data = self.all_shown(&found);
        Ok(Done {
            body: self.wrapped(data),
            ..Done::default()
        })
    }

    fn all_shown(&self, found: &[(Key, Arc<Record>)]) -> Value {
        found.iter().map(|(_, record)| self.shown(record)).collect()
    }

    /// The bounds of the page that a cursor selects.
    fn at_cursor(&self, found: &Found, limit: usize) -> (usize, usize) {
        let descending = matches!(self.query.sort, Some((_, true)));
        // If the record was deleted, its former position is between the others, in the order of the keys. That the
        // list continues there is a choice made here.
        let is_earlier = |own: &Key, key: &Key| if descending { own > key } else { own < key };
        let at = |key: &Key| {
            let at = found.iter().position(|(own, _)| own == key);
            let former = || {
                let earlier = found.iter().take_while(|(own, _)| is_earlier(own, key));
                earlier.count()
            };
            at.unwrap_or_else(former)
        };
        match (&self.query.after, &self.query.before) {
            (None, Some(before)) => {
                let end = at(before);
                (end.saturating_sub(limit), end)
            }
            (after, _) => {
                let start = after.as_ref().map_or(0, |after| {
                    let at = at(after);
                    let is_there = found.get(at).is_some_and(|(own, _)| own == after);
                    at + usize::from(is_there)
                });
                (start, start.saturating_add(limit))
            }
        }
    }
}
