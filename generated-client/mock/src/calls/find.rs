//! Finds the records of a call, by its path, its filters and its search words.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Run;
use super::query::{Filter, Kind};
use crate::refusal::Refusal;
use crate::rules::{Among, Looking};
use crate::state::{Key, Record};
use crate::values::{key_of, number, plain};

/// Records and their keys, in order.
pub(super) type Found = Vec<(Key, Arc<Record>)>;

impl Run<'_> {
    /// The records that match the path, the filters and the search words, in the order of their keys.
    pub(super) fn found(&self) -> Result<Found, Refusal> {
        let mut found = Vec::new();
        for (key, record) in self.candidates()? {
            let there = self.belongs(&record)?
                && !self.is_foreign(&record)
                && !self.collection.rules.is_hidden(&record)
                && self.is_of_channel(&key, &record)?
                && self
                    .among()
                    .is_none_or(|among| among(&self.context, &record).is_some());
            if there && self.fits(&record) {
                found.push((key, record));
            }
        }
        // A channel's own record takes the place of the store's.
        if self.collection.settings.per_channel {
            found.sort_by_key(|(_, record)| record.get(&self.collection.key).and_then(key_of));
        }
        Ok(found)
    }

    /// Whether it is the channel's own record, or the store's if the channel has none.
    fn is_of_channel(&self, key: &Key, record: &Record) -> Result<bool, Refusal> {
        if !self.collection.settings.per_channel {
            return Ok(true);
        }
        Ok(match record.get("channel_id") {
            None => !self.of_channel() || self.find(&self.kept_under(key))?.is_none(),
            Some(own) => plain(own) == self.query.channel,
        })
    }

    /// The records of a list before its path and filters apply.
    pub(super) fn among(&self) -> Option<Among> {
        self.operation.special.and_then(|special| special.among)
    }

    /// Where to look: a parent's records, those that a filter on the key selects, or all.
    fn candidates(&self) -> Result<Found, Refusal> {
        let collection = self.collection;
        // Rules look at other collections, so that they are asked before this one is held.
        let equal: Vec<(&str, Vec<String>)> = self.equal().collect();
        let shelf = self
            .shelves
            .shelf(&collection.name)
            .map_err(Refusal::defect)?;
        let mut above = self.operation.within.iter().map(|(name, _)| name);
        if let Some(parameter) = above.find(|name| {
            let mut refers = collection.refers.iter();
            refers.any(|reference| reference.field == **name)
        }) {
            let like = Map::from_iter([(
                parameter.clone(),
                self.context.parameter(parameter)?.value(),
            )]);
            let own = shelf.like(&like, usize::MAX).into_iter();
            return Ok(own
                .filter_map(|record| Some((collection.key_in(&record)?, record)))
                .collect());
        }
        let keyed = self
            .query
            .filters
            .iter()
            .find(|filter| filter.field == collection.key && matches!(filter.op, "eq" | "in"));
        if let Some(filter) = keyed {
            let mut keys: Vec<Key> = filter.values.iter().map(|value| Key::of(value)).collect();
            keys.sort();
            keys.dedup();
            return Ok(keys
                .into_iter()
                .filter_map(|key| shelf.get(&key).map(|record| (key, record)))
                .collect());
        }
        let indexed = equal
            .iter()
            .filter_map(|(field, values)| shelf.having(field, values));
        if let Some(keys) = indexed.min_by_key(BTreeSet::len) {
            return Ok(keys
                .into_iter()
                .filter_map(|key| shelf.get(&key).map(|record| (key, record)))
                .collect());
        }
        Ok(shelf
            .iter()
            .map(|(key, record)| (key.clone(), Arc::clone(record)))
            .collect())
    }

    /// The fields that have to be one of some values, and these as an index has them.
    fn equal(&self) -> impl Iterator<Item = (&'static str, Vec<String>)> {
        let nothing = Record::new();
        let filters = self.query.filters.iter();
        let equal = filters.filter(|filter| matches!(filter.op, "eq" | "in"));
        equal.filter_map(move |filter| {
            // What rules look at in place of a field is in no index.
            let elsewhere = self.looked_at(&nothing, filter.parameter, filter.field);
            let values = filter.indexed().filter(|_| elsewhere.is_none())?;
            Some((filter.field, values))
        })
    }

    fn fits(&self, record: &Record) -> bool {
        let filters = self.query.filters.iter();
        let searches = self.query.searches.iter();
        filters
            .into_iter()
            .all(|filter| self.passes(filter, record))
            && searches
                .into_iter()
                .all(|(parameter, words)| self.contains(parameter, words, record))
    }

    /// The value that the collection's rules define for a parameter.
    pub(super) fn looked_at(&self, record: &Record, parameter: &str, field: &str) -> Option<Value> {
        let looking = Looking { parameter, field };
        self.collection.rules.find(&self.context, record, looking)
    }

    fn passes(&self, filter: &Filter, record: &Record) -> bool {
        match self.looked_at(record, filter.parameter, filter.field) {
            Some(value) => compares(filter, &value),
            None => match record.get(filter.field) {
                Some(value) => compares(filter, value),
                None => compares(filter, &inside(record, filter.field)),
            },
        }
    }

    /// Whether one of the searched strings contains the words.
    fn contains(&self, parameter: &str, words: &str, record: &Record) -> bool {
        let words = words.to_lowercase();
        let has = |value: &Value| plain(value).to_lowercase().contains(&words);
        match self.looked_at(record, parameter, "") {
            Some(Value::Array(texts)) => texts.iter().any(has),
            Some(text) => has(&text),
            None => true,
        }
    }
}

/// A nested field: `forward.ref`, of each item if there are several; null if absent.
fn inside(record: &Record, path: &str) -> Value {
    let mut parts = path.split('.');
    let own = parts.next().and_then(|first| record.get(first));
    parts.fold(
        own.cloned().unwrap_or_default(),
        |value, part| match value {
            Value::Array(items) => items.iter().map(|item| item[part].clone()).collect(),
            value => value[part].clone(),
        },
    )
}

/// Whether a value matches a filter. A list matches `eq` if it is exactly that one value, and the other
/// operators if one of its items does.
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
        "like" => {
            let own = plain(value).to_lowercase();
            filter.values.iter().any(|part| own.contains(part))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::make_seeds;
    use crate::catalogue::Catalogue;
    use crate::exchange::Request;
    use crate::rules::{Make, Model, Seeding};
    use crate::setting::{Caller, Setting};
    use crate::state::Shelves;

    #[test]
    fn equality_with_an_indexed_value_looks_at_the_records_that_have_it_and_finds_the_same() {
        let catalogue = Catalogue::shared().unwrap();
        let model = Model::shared(catalogue);
        let shelves = Shelves::new(model.facts(), 1);
        let mut setting = Setting::new("abc123".to_owned(), "http://127.0.0.1:1".to_owned(), false);
        setting.filling = true;
        let seeds = (20, make_seeds as Make);
        Seeding::fill(catalogue, model, &shelves, &setting, seeds).unwrap();
        let caller = Caller::default();
        // What is asked of which endpoint, how many records are looked at (none for all), and how many are found.
        for (endpoint, name, value, looked_at, found) in [
            ("products.list", "sku", "ow-1003", Some(1), 1),
            (
                "products.list",
                "sku:in",
                "OW-1003,OW-1004,none",
                Some(2),
                2,
            ),
            ("products.list", "name", "no such name", Some(0), 0),
            ("products.list", "sku", "", None, 0),
            ("products.list", "is_featured", "1", None, 4),
            ("variants.list_across", "sku", "ow-1004-s", Some(1), 1),
            // The SKU of a base variant is its product's.
            ("variants.list_across", "sku", "OW-1003", Some(1), 0),
            ("variants.list_across", "product_id:in", "80", Some(3), 3),
            // A rule says that one category alone is meant.
            ("products.list", "categories", "999999", None, 0),
            ("products.list", "categories:in", "999999", Some(0), 0),
        ] {
            let endpoint = catalogue.endpoint(endpoint).unwrap();
            let request = Request {
                query: vec![(name.to_owned(), value.to_owned())],
                ..Request::default()
            };
            let place = (catalogue, model, &*shelves, &setting);
            let run = Run::prepare(place, endpoint, &[], &request, &caller).unwrap();
            let all = shelves.shelf(&run.collection.name).unwrap().len();
            let near = run.candidates().unwrap().len();
            assert_eq!(near, looked_at.unwrap_or(all), "{name}={value}");
            assert_eq!(run.found().unwrap().len(), found, "{name}={value}");
        }
    }
}
