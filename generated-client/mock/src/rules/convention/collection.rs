//! The records of one kind, as they follow from the endpoints at their path and from their type.

use serde_json::Value;

use super::starts::starts;
use crate::catalogue::{Catalogue, Endpoint, OnDelete, TypeExpr};
use crate::rules::{ALL, Quirk, Rules, Settings};
use crate::state::{Key, Record};
use crate::values::key_of;

/// Records of one kind.
pub(crate) struct Collection {
    pub(crate) name: String,
    /// The type of a record; empty where it has no type.
    pub(crate) holds: String,
    /// The field that names a record.
    pub(crate) key: String,
    /// Whether keys are UUIDs and not numbers.
    pub(crate) by_uuid: bool,
    /// Whether there is one record and not many: settings.
    pub(crate) single: bool,
    /// Whether the caller gives the keys, so that records below different parents may share one.
    pub(crate) given: bool,
    /// Sets of fields that no two records share.
    pub(crate) unique: Vec<Vec<String>>,
    /// Fields that hold keys of other records.
    pub(crate) refers: Vec<Reference>,
    /// What a new record has where neither its body nor its rules say.
    pub(crate) starts: Vec<(String, Value)>,
    /// The fields with the time of its making.
    pub(crate) made_at: Vec<String>,
    /// The fields with the time of its latest change.
    pub(crate) changed_at: Vec<String>,
    /// Plain facts.
    pub(crate) settings: Settings,
    /// Odd spellings.
    pub(crate) quirks: Vec<Quirk>,
    /// What it computes.
    pub(crate) rules: &'static dyn Rules,
}

/// A field that holds keys of other records.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) field: String,
    /// The collection that it refers to.
    pub(crate) to: String,
    /// What becomes of a record when what it refers to is deleted.
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

/// The names that fields with the time of a record's making have.
const MADE_AT: [&str; 3] = ["date_created", "created_at", "created_time"];
/// The names that fields with the time of its latest change have.
const CHANGED_AT: [&str; 3] = ["date_modified", "updated_at", "updated_time"];

impl Collection {
    /// Under which key a record is kept, where that is not what its own field says.
    pub(crate) const PLACE: &str = "$place";
    /// What a record is, where it is no object.
    pub(crate) const VALUE: &str = "$value";

    /// The key under which a record is kept.
    pub(crate) fn key_in(&self, record: &Record) -> Option<Key> {
        let place = record.get(Self::PLACE);
        place.or_else(|| record.get(&self.key)).and_then(key_of)
    }

    /// The collection at a path; none where nothing says what it keeps.
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
        // What is never read nor removed, and has no name when it was made, is computed.
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

/// What the methods at a path say together.
#[derive(Clone, Copy)]
struct Shape {
    /// There is one record.
    single: bool,
    /// The caller gives the keys.
    given: bool,
    /// Something can be read or removed.
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
