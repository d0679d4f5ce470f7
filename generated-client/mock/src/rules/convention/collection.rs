//! A collection of records, derived from the endpoints at its path and from its type.

use serde_json::Value;

use super::starts::starts;
use crate::catalogue::{Catalogue, Endpoint, OnDelete, TypeExpr};
use crate::rules::{ALL, Quirk, Rules, Settings};
use crate::state::{Key, Record};
use crate::values::key_of;

/// A collection of records.
pub(crate) struct Collection {
    pub(crate) name: String,
    /// The type of a record; empty if it has none.
    pub(crate) holds: String,
    /// The key field of a record.
    pub(crate) key: String,
    /// Whether keys are UUIDs and not numbers.
    pub(crate) by_uuid: bool,
    /// Whether it is a single record instead of many: settings.
    pub(crate) single: bool,
    /// Whether the caller chooses the keys, so that records of different parents may share one.
    pub(crate) given: bool,
    /// Sets of unique fields.
    pub(crate) unique: Vec<Vec<String>>,
    /// Fields that hold keys of other records.
    pub(crate) refers: Vec<Reference>,
    /// The initial fields of a new record that neither its body nor its rules set.
    pub(crate) starts: Vec<(String, Value)>,
    /// The fields with the time of creation.
    pub(crate) made_at: Vec<String>,
    /// The fields with the time of the latest change.
    pub(crate) changed_at: Vec<String>,
    /// Facts from its rules.
    pub(crate) settings: Settings,
    /// Its quirks.
    pub(crate) quirks: Vec<Quirk>,
    /// Its rules.
    pub(crate) rules: &'static dyn Rules,
}

/// A field that holds keys of other records.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) field: String,
    /// The collection that it refers to.
    pub(crate) to: String,
    /// What happens to a record when what it refers to is deleted.
    pub(crate) on_delete: Option<OnDelete>,
}

impl std::fmt::Debug for Collection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Collection")
            .field("name", &self.name)
            .field("holds", &self.holds)
            .finish_non_exhaustive()
    }
}

/// A collection without rules.
struct Plain;

impl Rules for Plain {
    fn settings(&self) -> Settings {
        Settings::USUAL
    }
}

/// The names of fields with a record's time of creation.
const MADE_AT: [&str; 3] = ["date_created", "created_at", "created_time"];
/// The names of fields with the time of a record's latest change.
const CHANGED_AT: [&str; 3] = ["date_modified", "updated_at", "updated_time"];

impl Collection {
    /// The key under which a record is stored, if it is not the value of its key field.
    pub(crate) const PLACE: &str = "$place";
    /// The value of a record that is not an object.
    pub(crate) const VALUE: &str = "$value";

    /// The key under which a record is stored.
    pub(crate) fn key_in(&self, record: &Record) -> Option<Key> {
        let place = record.get(Self::PLACE);
        place.or_else(|| record.get(&self.key)).and_then(key_of)
    }

    /// The collection at a path; `None` if nothing determines what it stores.
    pub(super) fn of(
        catalogue: &'static Catalogue,
        path: &str,
        endpoints: &[&Endpoint],
    ) -> Option<Self> {
        let known = ALL.iter().find(|rules| rules.settings().path == path);
        let rules: &'static dyn Rules = known.copied().unwrap_or(&Plain);
        let settings = rules.settings();
        let plain = |endpoint: &&&Endpoint| {
            super::special(endpoint)
                .is_none_or(|special| special.answer.is_none() && special.answer_all.is_none())
        };
        let plain = || endpoints.iter().filter(plain);
        let reads = plain().filter(|endpoint| endpoint.method == "GET");
        let mut told = reads.chain(plain()).filter_map(|one| one.response_type());
        let holds = settings
            .holds
            .or_else(|| told.next())
            .or_else(|| plain().find_map(|endpoint| endpoint.request_type()));
        let ty = holds.and_then(|holds| catalogue.types.get(holds));
        if ty.is_none() && (known.is_some() || endpoints.is_empty()) {
            return None;
        }
        let key = ty.and_then(|ty| ty.key.as_deref()).unwrap_or("id");
        let shape = Shape::of(catalogue, key, endpoints);
        let field = ty.and_then(|ty| ty.fields.get(key));
        let is_told = endpoints.iter().any(|endpoint| {
            let told = endpoint.response_type();
            told.and_then(|told| catalogue.types.get(told))
                .is_some_and(|told| told.fields.contains_key(key))
        });
        // Something that cannot be read or deleted, and has no key after its creation, is computed.
        if known.is_none() && !shape.kept && !is_told {
            return None;
        }
        let own = settings.unique.iter().map(|set| {
            let set = set.iter().map(|field| (*field).to_owned());
            set.collect()
        });
        let times = |names: [&str; 3]| {
            let is_time = |name: &&str| {
                let field = ty.and_then(|ty| ty.fields.get(*name));
                field.is_some_and(|field| field.ty == TypeExpr::DateTime)
            };
            let names = names.into_iter().filter(is_time);
            names.map(str::to_owned).collect::<Vec<_>>()
        };
        let name = match settings.name {
            "" => path,
            name => name,
        };
        Some(Self {
            name: name.to_owned(),
            holds: ty.and(holds).unwrap_or_default().to_owned(),
            key: key.to_owned(),
            by_uuid: field.is_some_and(|field| field.ty == TypeExpr::Uuid),
            single: settings.single || (known.is_none() && shape.single),
            given: settings.given || (known.is_none() && shape.given),
            unique: ty
                .into_iter()
                .flat_map(|ty| ty.unique.iter().cloned())
                .chain(own)
                .collect(),
            refers: Vec::new(),
            starts: ty.map_or_else(Vec::new, |ty| starts(catalogue, ty, &settings, endpoints)),
            made_at: times(MADE_AT),
            changed_at: times(CHANGED_AT),
            settings,
            quirks: rules.quirks(),
            rules,
        })
    }
}

/// What the methods at a path indicate together.
#[derive(Clone, Copy)]
struct Shape {
    /// There is one record.
    single: bool,
    /// The caller chooses the keys.
    given: bool,
    /// Something can be read or deleted.
    kept: bool,
}

impl Shape {
    fn of(catalogue: &Catalogue, key: &str, endpoints: &[&Endpoint]) -> Self {
        let places: Vec<_> = endpoints
            .iter()
            .map(|one| (*one, super::Place::of(one).key.is_some()))
            .collect();
        let any = |fits: &dyn Fn(&Endpoint, bool) -> bool| {
            places
                .iter()
                .any(|(endpoint, keyed)| fits(endpoint, *keyed))
        };
        let keyed = any(&|_, keyed| keyed);
        let many = any(&|one, _| one.returns_list() || one.takes_list());
        let read = any(&|one, _| one.method == "GET");
        let makes = any(&|one, keyed| one.method == "POST" && !keyed && !one.takes_keys());
        let needs_key = |one: &Endpoint| {
            let item = one
                .request_type()
                .and_then(|item| catalogue.types.get(item));
            item.is_some_and(|item| item.required.iter().any(|field| field == key))
        };
        let puts = any(&|one, keyed| {
            let is_put = matches!(one.method.as_str(), "PUT" | "PATCH");
            is_put && (keyed || one.takes_keys() || (one.takes_list() && needs_key(one)))
        });
        Self {
            single: read && !keyed && !many,
            given: !makes && (puts || any(&|one, _| one.takes_keys() && one.method != "DELETE")),
            kept: read || any(&|one, _| one.method == "DELETE" || one.takes_form()),
        }
    }
}
