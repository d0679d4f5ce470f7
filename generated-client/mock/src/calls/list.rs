//! Reading many records: found, ordered, cut into pages.

use std::cmp::Ordering;
use std::sync::Arc;

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::meta::{self, Ends, Numbers};
use super::query::{Filter, Kind, to_cursor};
use super::{Done, Run};
use crate::catalogue::{Envelope, Nests};
use crate::forms::Names;
use crate::refusal::Refusal;
use crate::state::{Key, Record};
use crate::values::{key_of, number, plain};

type Found = Vec<(Key, Arc<Record>)>;

/// A page out of all that was found.
struct Cut {
    total: usize,
    start: usize,
    items: Found,
}

impl Run<'_> {
    pub(super) fn list(&self) -> Result<Done, Refusal> {
        if let Some(nests) = &self.call.nests {
            return self.tree(nests, self.found()?);
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
        let limit = self.query.limit.unwrap_or(default).clamp(1, most);
        let by_cursor =
            style.cursors && (self.query.after.is_some() || self.query.before.is_some());
        let page = self.query.page.unwrap_or(1).max(1);
        let Cut {
            total,
            start,
            items,
        } = self.cut(by_cursor, page, limit)?;
        let cut = items.as_slice();
        let end = start + cut.len();
        if cut.is_empty() && self.endpoint.envelope == Envelope::Flat {
            return Ok(Done {
                status: Some(StatusCode::NO_CONTENT),
                ..Done::default()
            });
        }
        let data = self.all_shown(cut)?;
        if self.endpoint.envelope == Envelope::Flat {
            return Ok(Done {
                body: Some(data),
                ..Done::default()
            });
        }
        let mut meta = Map::new();
        if style.totals && !by_cursor {
            let numbers = Numbers {
                total,
                count: cut.len(),
                limit,
                page,
            };
            meta.insert(
                "pagination".to_owned(),
                meta::pagination(&numbers, &self.query.others),
            );
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

    /// The items of a page, and where they stand.
    fn cut(&self, by_cursor: bool, page: usize, limit: usize) -> Result<Cut, Refusal> {
        let skipped = (page - 1).saturating_mul(limit);
        if !by_cursor && self.takes_all() {
            let shelf = self.shelves.shelf(self.name).map_err(Refusal::defect)?;
            let own = |(key, record): (&Key, &Arc<Record>)| (key.clone(), Arc::clone(record));
            let total = shelf.len();
            let start = skipped.min(total);
            let items = match self.query.sort {
                Some((_, true)) => shelf
                    .iter()
                    .rev()
                    .skip(start)
                    .take(limit)
                    .map(own)
                    .collect(),
                _ => shelf.iter().skip(start).take(limit).map(own).collect(),
            };
            return Ok(Cut {
                total,
                start,
                items,
            });
        }
        let mut found = self.found()?;
        self.order(&mut found)?;
        let total = found.len();
        let start = if by_cursor {
            self.after_cursor(&found, limit)
        } else {
            skipped
        };
        let start = start.min(total);
        let items = found
            .drain(start..start.saturating_add(limit).min(total))
            .collect();
        Ok(Cut {
            total,
            start,
            items,
        })
    }

    /// Whether every record is meant, in the order of the keys, so that nothing has to be looked at.
    fn takes_all(&self) -> bool {
        let by_key = self
            .query
            .sort
            .as_ref()
            .is_none_or(|(field, _)| *field == self.rules.key);
        by_key
            && self.call.within.is_empty()
            && self.query.filters.is_empty()
            && self.query.searches.is_empty()
            && self.rules.foreign.is_none()
            && self.rules.hides.is_none()
    }

    fn whole(&self) -> Result<Done, Refusal> {
        let mut found = self.found()?;
        self.order(&mut found)?;
        let data = self.all_shown(&found)?;
        Ok(Done {
            body: self.wrapped(data),
            ..Done::default()
        })
    }

    fn all_shown(&self, found: &[(Key, Arc<Record>)]) -> Result<Value, Refusal> {
        found.iter().map(|(_, record)| self.shown(record)).collect()
    }

    /// Where the page begins that a cursor points to.
    fn after_cursor(&self, found: &Found, limit: usize) -> usize {
        let at = |key: &Key| found.iter().position(|(own, _)| own == key);
        match (&self.query.after, &self.query.before) {
            (Some(after), _) => at(after).map_or_else(
                // The record is gone: those behind where it stood come next.
                || found.iter().take_while(|(own, _)| own <= after).count(),
                |at| at + 1,
            ),
            (None, Some(before)) => at(before).unwrap_or(found.len()).saturating_sub(limit),
            (None, None) => 0,
        }
    }

    /// The records that the path, the filters and the words fit, in the order of their keys.
    pub(super) fn found(&self) -> Result<Found, Refusal> {
        let filters = &self.query.filters;
        let mut found = Vec::new();
        for (key, record) in self.candidates()? {
            if !self.belongs(&record)? || self.is_foreign(&record)? || self.is_hidden(&record)? {
                continue;
            }
            let names = self.needs_names().then(|| {
                let mut names = self.names.clone();
                names.set_record("record", &record);
                names
            });
            let mut fits = true;
            for filter in filters {
                fits = fits && self.passes(filter, &record, names.as_ref())?;
            }
            for (parameter, words) in &self.query.searches {
                fits = fits && self.contains(parameter, words, names.as_ref())?;
            }
            if fits {
                found.push((key, record));
            }
        }
        Ok(found)
    }

    /// Where to look: the records that a filter on the key names, or a parent's, or all.
    fn candidates(&self) -> Result<Found, Refusal> {
        let shelf = self.shelves.shelf(self.name).map_err(Refusal::defect)?;
        let keyed = self
            .query
            .filters
            .iter()
            .find(|filter| filter.field == self.rules.key && matches!(filter.op, "eq" | "in"));
        if let Some(filter) = keyed {
            let mut keys: Vec<Key> = filter.values.iter().map(|value| Key::of(value)).collect();
            keys.sort();
            keys.dedup();
            return Ok(keys
                .into_iter()
                .filter_map(|key| shelf.get(&key).map(|record| (key, record)))
                .collect());
        }
        if let Some(parameter) = self
            .call
            .within
            .keys()
            .find(|name| self.rules.refers.contains_key(*name))
        {
            let like = Map::from_iter([(parameter.clone(), self.parameter(parameter)?.value())]);
            let own = shelf.like(&like, usize::MAX).into_iter();
            return Ok(own
                .filter_map(|record| Some((record.get(&self.rules.key).and_then(key_of)?, record)))
                .collect());
        }
        Ok(shelf
            .iter()
            .map(|(key, record)| (key.clone(), Arc::clone(record)))
            .collect())
    }

    fn needs_names(&self) -> bool {
        let asks = !self.query.filters.is_empty() || !self.query.searches.is_empty();
        asks && !self.rules.finds.is_empty()
    }

    fn is_hidden(&self, record: &Arc<Record>) -> Result<bool, Refusal> {
        let Some(hides) = &self.rules.hides else {
            return Ok(false);
        };
        let mut names = self.names.clone();
        names.set_record("record", record);
        hides.holds(&names).map_err(|error| self.broken(&error))
    }

    fn passes(
        &self,
        filter: &Filter,
        record: &Record,
        names: Option<&Names>,
    ) -> Result<bool, Refusal> {
        let finds = &self.rules.finds;
        let form = finds
            .get(filter.parameter)
            .or_else(|| finds.get(filter.field));
        let value = match (form, names) {
            (Some(form), Some(names)) => form.give(names).map_err(|error| self.broken(&error))?,
            _ => record.get(filter.field).cloned(),
        };
        Ok(compares(filter, value.as_ref().unwrap_or(&Value::Null)))
    }

    /// Whether one of the texts that a search looks at has the words.
    fn contains(
        &self,
        parameter: &str,
        words: &str,
        names: Option<&Names>,
    ) -> Result<bool, Refusal> {
        let (Some(form), Some(names)) = (self.rules.finds.get(parameter), names) else {
            return Ok(true);
        };
        let words = words.to_lowercase();
        let has = |value: &Value| plain(value).to_lowercase().contains(&words);
        Ok(
            match form.give(names).map_err(|error| self.broken(&error))? {
                Some(Value::Array(texts)) => texts.iter().any(has),
                Some(text) => has(&text),
                None => false,
            },
        )
    }

    fn order(&self, found: &mut Found) -> Result<(), Refusal> {
        let Some((field, descending)) = &self.query.sort else {
            return Ok(());
        };
        if *field == self.rules.key {
            if *descending {
                found.reverse();
            }
            return Ok(());
        }
        let mut keyed = Vec::with_capacity(found.len());
        for (key, record) in found.drain(..) {
            let value = match self.rules.finds.get(field) {
                Some(form) => {
                    let mut names = self.names.clone();
                    names.set_record("record", &record);
                    form.give(&names).map_err(|error| self.broken(&error))?
                }
                None => record.get(field).cloned(),
            };
            keyed.push((value.unwrap_or(Value::Null), key, record));
        }
        // A stable sort, so that equal values keep the order of their keys.
        keyed.sort_by(|(one, ..), (other, ..)| {
            let order = ordered(one, other);
            if *descending { order.reverse() } else { order }
        });
        found.extend(keyed.into_iter().map(|(_, key, record)| (key, record)));
        Ok(())
    }

    fn tree(&self, nests: &Nests, mut found: Found) -> Result<Done, Refusal> {
        if let Some(order) = &nests.order {
            found.sort_by(|(_, one), (_, other)| {
                ordered(
                    one.get(order).unwrap_or(&Value::Null),
                    other.get(order).unwrap_or(&Value::Null),
                )
            });
        }
        let depth = nests.depth.as_ref().and_then(|name| {
            self.query
                .searches
                .iter()
                .find(|(parameter, _)| parameter == name)
        });
        let depth = depth
            .and_then(|(_, depth)| depth.parse().ok())
            .unwrap_or(usize::MAX);
        let data = self.below(nests, &found, &Key::Number(0), depth)?;
        Ok(Done {
            body: self.wrapped(data),
            ..Done::default()
        })
    }

    fn below(
        &self,
        nests: &Nests,
        found: &Found,
        above: &Key,
        depth: usize,
    ) -> Result<Value, Refusal> {
        let mut nodes = Vec::new();
        for (key, record) in found {
            if record.get(&nests.under).and_then(key_of).as_ref() != Some(above) {
                continue;
            }
            let mut node = self.shown(record)?;
            let children = if depth > 0 {
                self.below(nests, found, key, depth - 1)?
            } else {
                json!([])
            };
            if let Value::Object(node) = &mut node {
                node.insert(nests.into.clone(), children);
            }
            nodes.push(node);
        }
        Ok(Value::Array(nodes))
    }
}

/// Whether a value fits a filter. A list fits `eq` when it is that one value, and the others when one
/// of its items does.
fn compares(filter: &Filter, value: &Value) -> bool {
    if let Value::Array(items) = value {
        return match filter.op {
            "eq" => matches!(items.as_slice(), [only] if compares(filter, only)),
            "not_in" | "not" => items.iter().all(|item| compares(filter, item)),
            _ => items.iter().any(|item| compares(filter, item)),
        };
    }
    let against = |wanted: &str| -> Option<Ordering> {
        match filter.kind {
            Kind::Number => number(value)?.partial_cmp(&wanted.parse().ok()?),
            Kind::Time => value.as_str().map(|own| own.cmp(wanted)),
            Kind::Text => Some(plain(value).to_lowercase().as_str().cmp(wanted)),
        }
    };
    let is = |wanted: &String| against(wanted) == Some(Ordering::Equal);
    let Some(first) = filter.values.first() else {
        return true;
    };
    match filter.op {
        "eq" | "in" => filter.values.iter().any(is),
        "not_in" | "not" => !filter.values.iter().any(is),
        "min" => against(first).is_some_and(Ordering::is_ge),
        "max" => against(first).is_some_and(Ordering::is_le),
        "greater" => against(first).is_some_and(Ordering::is_gt),
        "less" => against(first).is_some_and(Ordering::is_lt),
        "like" => plain(value).to_lowercase().contains(first),
        _ => true,
    }
}

/// Numbers by their size, texts by their letters, what is not there first.
fn ordered(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Number(_), Value::Number(_)) => number(one)
            .partial_cmp(&number(other))
            .unwrap_or(Ordering::Equal),
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        _ => plain(one).to_lowercase().cmp(&plain(other).to_lowercase()),
    }
}
