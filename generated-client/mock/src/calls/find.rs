//! Which records a call is about: those that its path, its filters and its words fit.

use std::cmp::Ordering;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Run;
use super::query::{Filter, Kind};
use crate::forms::Names;
use crate::refusal::Refusal;
use crate::state::{Key, Record};
use crate::values::{key_of, number, plain};

/// Records and their keys, in an order.
pub(super) type Found = Vec<(Key, Arc<Record>)>;

impl Run<'_> {
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
