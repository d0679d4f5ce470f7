//! The collections and the operations of the catalogue, derived from its paths and its types.

mod collection;
mod derived;
mod place;
mod starts;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use indexmap::IndexMap;

pub(crate) use self::collection::Collection;
use self::collection::Reference;
use self::place::Place;
pub(crate) use self::starts::empty;
use super::operations::{BatchRule, Operation, Served, Special, Verb, verb};
use super::{ALL, ELSEWHERE};
use crate::catalogue::{Catalogue, Endpoint, OnDelete};
use crate::state::Facts;

/// The collections of a store, and what each operation does.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// The collections by name, in the order in which a new store is filled.
    pub(crate) collections: IndexMap<String, Collection>,
    operations: HashMap<String, Operation>,
    /// The names of the collections, by path.
    paths: HashMap<String, String>,
}

impl Model {
    /// That of a catalogue, derived once for all of its stores.
    pub(crate) fn shared(catalogue: &'static Catalogue) -> &'static Self {
        static SHARED: Mutex<Vec<(&'static Catalogue, &'static Model)>> = Mutex::new(Vec::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let known = shared.iter().find(|(own, _)| std::ptr::eq(*own, catalogue));
        if let Some((_, model)) = known {
            return model;
        }
        let model: &'static Self = Box::leak(Box::new(Self::of(catalogue)));
        shared.push((catalogue, model));
        model
    }

    fn of(catalogue: &'static Catalogue) -> Self {
        let mut model = Self::default();
        let mut places: IndexMap<String, Vec<&Endpoint>> = IndexMap::new();
        for rules in ALL {
            places.insert(rules.settings().path.to_owned(), Vec::new());
        }
        for endpoint in &catalogue.endpoints {
            let elsewhere = special(endpoint).is_some_and(|special| special.collection.is_some());
            if !elsewhere && !endpoint.counts() && endpoint.stream.is_none() {
                let place = Place::of(endpoint);
                places.entry(place.path).or_default().push(endpoint);
            }
        }
        for (path, endpoints) in &places {
            if let Some(collection) = Collection::of(catalogue, path, endpoints) {
                model.paths.insert(path.clone(), collection.name.clone());
                model
                    .collections
                    .insert(collection.name.clone(), collection);
            }
        }
        model.alias(&places);
        model.join(catalogue, &places);
        for endpoint in &catalogue.endpoints {
            if let Some(operation) = model.operation_of(catalogue, endpoint) {
                model.operations.insert(endpoint.id.clone(), operation);
            }
        }
        model
    }

    /// What an endpoint does; `None` if that is unknown.
    pub(crate) fn operation(&self, endpoint: &str) -> Option<&Operation> {
        self.operations.get(endpoint)
    }

    /// The collection of this name.
    pub(crate) fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.get(name)
    }

    /// The names of the collections, and the configuration of each one's shelf.
    pub(crate) fn facts(&'static self) -> impl Iterator<Item = (&'static str, Facts)> {
        let all = self.collections.iter();
        all.map(|(name, own)| {
            let refers = own.refers.iter().map(|it| it.field.as_str());
            let unique = own.unique.iter().flatten().map(String::as_str);
            let more = own.settings.indexed.iter().copied();
            let facts = Facts {
                first: own.settings.first,
                unique: &own.unique,
                exact: own.settings.exact,
                indexed: refers.chain(unique).chain(more).collect(),
            };
            (name.as_str(), facts)
        })
    }

    /// How an endpoint is served.
    pub(crate) fn served(&self, endpoint: &str) -> Served {
        let Some(operation) = self.operation(endpoint) else {
            return Served::NotAtAll;
        };
        if let Some(special) = operation.special {
            return Served::ByRule(special.file);
        }
        let collection = self.collection(&operation.collection);
        let file = collection.and_then(|collection| collection.settings.file);
        file.map_or(Served::ByConvention, Served::WithRules)
    }

    fn name_of(&self, path: &str) -> Option<&str> {
        let named = self.collections.get_key_value(path);
        let by_path = self.paths.get(path);
        by_path.or(named.map(|(name, _)| name)).map(String::as_str)
    }

    /// A path at which nothing is created is another path of the only collection that creates its type.
    fn alias(&mut self, places: &IndexMap<String, Vec<&Endpoint>>) {
        let makes = |path: &str| {
            let mut own = places.get(path).into_iter().flatten();
            own.any(|endpoint| endpoint.method == "POST" && !endpoint.takes_keys())
        };
        let mut makers: HashMap<&str, Vec<&str>> = HashMap::new();
        for path in places.keys().filter(|path| makes(path)) {
            let name = self.paths.get(path);
            let own = name.and_then(|name| self.collections.get(name));
            if let Some(own) = own.filter(|own| !own.holds.is_empty()) {
                makers.entry(&own.holds).or_default().push(&own.name);
            }
        }
        let mut other = Vec::new();
        for (path, endpoints) in places {
            let kept = self
                .paths
                .get(path)
                .and_then(|name| self.collections.get(name));
            if makes(path) || kept.is_some_and(|kept| !kept.settings.path.is_empty() || kept.single)
            {
                continue;
            }
            let holds = match kept {
                Some(kept) => Some(kept.holds.as_str()),
                None => endpoints
                    .iter()
                    .find_map(|endpoint| endpoint.response_type()),
            };
            if let Some([only]) = holds.and_then(|holds| makers.get(holds)).map(Vec::as_slice) {
                let drops = kept.map(|kept| kept.name.clone());
                other.push((path.clone(), drops, (*only).to_owned()));
            }
        }
        for (path, drops, name) in other {
            if let Some(drops) = drops {
                self.collections.shift_remove(&drops);
            }
            self.paths.insert(path, name);
        }
    }

    /// Adds the references between collections, once all of them are known.
    fn join(&mut self, catalogue: &Catalogue, places: &IndexMap<String, Vec<&Endpoint>>) {
        let mut found: Vec<(String, Vec<Reference>)> = Vec::new();
        let mut by_type: HashMap<&str, &str> = HashMap::new();
        for own in self.collections.values() {
            by_type.entry(&own.holds).or_insert(&own.name);
        }
        for collection in self.collections.values() {
            let mut refers: Vec<Reference> = Vec::new();
            let fields = catalogue.types.get(&collection.holds).map(|ty| &ty.fields);
            for (field, spec) in fields.into_iter().flatten() {
                let to = spec.refers_to.as_deref().and_then(|ty| by_type.get(ty));
                refers.extend(to.map(|to| Reference {
                    field: field.clone(),
                    to: (*to).to_owned(),
                    on_delete: spec.on_delete,
                }));
            }
            let mut goes_with = |field: &str, to: &str| {
                if !refers.iter().any(|known| known.field == field) {
                    refers.push(Reference {
                        field: field.to_owned(),
                        to: to.to_owned(),
                        on_delete: (!collection.settings.outlives).then_some(OnDelete::Delete),
                    });
                }
            };
            let path = match collection.settings.path {
                "" => collection.name.as_str(),
                path => path,
            };
            for endpoint in places.get(path).into_iter().flatten() {
                for (parameter, above) in Place::of(endpoint).above {
                    if let Some(name) = self.name_of(&above) {
                        goes_with(&parameter, name);
                    }
                }
            }
            for (field, to) in collection.settings.refers {
                goes_with(field, to);
            }
            found.push((collection.name.clone(), refers));
        }
        for (name, refers) in found {
            if let Some(collection) = self.collections.get_mut(&name) {
                collection.refers = refers;
            }
        }
    }

    fn operation_of(&self, catalogue: &Catalogue, endpoint: &Endpoint) -> Option<Operation> {
        let special = special(endpoint);
        let place = Place::of(endpoint);
        let named = special.and_then(|special| special.collection);
        let name = named.or_else(|| self.name_of(&place.path))?;
        let collection = self.collection(name)?;
        let given = special.and_then(|special| special.verb);
        let verb = given.or_else(|| {
            verb(
                catalogue,
                endpoint,
                (place.key.is_some(), !place.above.is_empty()),
                collection,
            )
        })?;
        let named_by = |above: &[(String, String)]| -> Vec<_> {
            let named = above.iter().map(|(parameter, above)| {
                let above = self.name_of(above).map(str::to_owned);
                (parameter.clone(), above)
            });
            named.collect()
        };
        let all = if collection.settings.loose {
            Vec::new()
        } else {
            named_by(&place.above)
        };
        // An operation on one record, whose path continues after the key.
        let (key, within) = match named {
            Some(_) if place.key.is_some() || matches!(verb, Verb::Get | Verb::Update) => {
                let last = place.above.last().map(|(name, _)| name.clone());
                let own = special.and_then(|special| special.key).map(str::to_owned);
                (own.or(place.key).or(last), Vec::new())
            }
            Some(_) => (None, Vec::new()),
            None => (place.key, place.above),
        };
        let usual = if endpoint.takes_list() && endpoint.success.contains(&207) {
            BatchRule::Partly
        } else {
            BatchRule::Whole
        };
        Some(Operation {
            verb,
            collection: name.to_owned(),
            key,
            above: all,
            within: named_by(&within),
            batch: special.and_then(|special| special.batch).unwrap_or(usual),
            special,
        })
    }
}

fn special(endpoint: &Endpoint) -> Option<&'static Special> {
    let of_rules = ALL.iter().flat_map(|rules| rules.operations());
    let mut all = of_rules.chain(ELSEWHERE.iter().copied().flatten());
    all.find(|special| special.id == endpoint.id)
}
