//! The collections and the operations of the catalogue, as they follow from its paths and its types.

use std::collections::HashMap;
use std::sync::OnceLock;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::operations::{BatchRule, Operation, Served, Special, Verb, verb};
use super::{ALL, Quirk, Rules, SPECIAL, Settings};
use crate::catalogue::{Catalogue, Endpoint, Field, OnDelete, Type, TypeExpr};

/// Records of one kind.
pub(crate) struct Collection {
    /// Its name.
    pub(crate) name: String,
    /// The type of a record.
    pub(crate) holds: String,
    /// The field that names a record.
    pub(crate) key: String,
    /// Whether keys are UUIDs and not numbers.
    pub(crate) by_uuid: bool,
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
    /// The field.
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

impl Collection {
    /// Whether an object of this type names a record.
    pub(super) fn is_keyed_by(&self, ty: &str) -> bool {
        let types = Catalogue::shared().map(|catalogue| &catalogue.types);
        types.is_ok_and(|types| {
            let ty = types.get(ty);
            ty.is_some_and(|ty| ty.fields.contains_key(&self.key))
        })
    }
}

/// A collection without rules.
struct Plain;

impl Rules for Plain {
    fn settings(&self) -> Settings {
        Settings::USUAL
    }
}

/// What a store keeps, and what each operation does.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// The collections, by name, in the order in which a new store is filled.
    pub(crate) collections: IndexMap<String, Collection>,
    operations: HashMap<String, Operation>,
}

/// The names that fields with the time of a record's making have.
const MADE_AT: [&str; 3] = ["date_created", "created_at", "created_time"];
/// The names that fields with the time of its latest change have.
const CHANGED_AT: [&str; 3] = ["date_modified", "updated_at", "updated_time"];

impl Model {
    /// That of the catalogue that comes with this crate.
    ///
    /// # Errors
    ///
    /// Fails when the catalogue cannot be read, which is a defect of the package.
    pub(crate) fn shared() -> Result<&'static Self, String> {
        static SHARED: OnceLock<Result<Model, String>> = OnceLock::new();
        SHARED
            .get_or_init(|| Catalogue::shared().map(Self::of))
            .as_ref()
            .map_err(Clone::clone)
    }

    fn of(catalogue: &'static Catalogue) -> Self {
        let mut model = Self::default();
        let mut places: IndexMap<String, Vec<&Endpoint>> = IndexMap::new();
        for rules in ALL {
            places.insert(rules.settings().path.to_owned(), Vec::new());
        }
        for endpoint in &catalogue.endpoints {
            if special(endpoint).is_none_or(|special| special.collection.is_none()) {
                let place = Place::of(endpoint);
                places.entry(place.path).or_default().push(endpoint);
            }
        }
        for (path, endpoints) in &places {
            if let Some(collection) = collection(catalogue, path, endpoints) {
                model
                    .collections
                    .insert(collection.name.clone(), collection);
            }
        }
        model.join(catalogue, &places);
        for endpoint in &catalogue.endpoints {
            if let Some(operation) = model.operation_of(endpoint) {
                model.operations.insert(endpoint.id.clone(), operation);
            }
        }
        model
    }

    /// What an endpoint does; none where that is not known.
    pub(crate) fn operation(&self, endpoint: &str) -> Option<&Operation> {
        self.operations.get(endpoint)
    }

    /// The collection of this name.
    pub(crate) fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.get(name)
    }

    /// How an endpoint is served.
    pub(crate) fn served(&self, endpoint: &str) -> Served {
        let Some(operation) = self.operation(endpoint) else {
            return Served::NotAtAll;
        };
        let collection = self.collection(&operation.collection);
        let of_special = operation.special.map(|special| special.file);
        let of_rules = collection.and_then(|collection| collection.settings.file);
        of_special
            .or(of_rules)
            .map_or(Served::ByConvention, Served::ByRule)
    }

    fn name_of(&self, path: &str) -> Option<&str> {
        let mut all = self.collections.values();
        let found =
            all.find(|collection| collection.settings.path == path || collection.name == path);
        found.map(|collection| collection.name.as_str())
    }

    /// Adds what refers to what, once all collections are known.
    fn join(&mut self, catalogue: &Catalogue, places: &IndexMap<String, Vec<&Endpoint>>) {
        let mut found: Vec<(String, Vec<Reference>)> = Vec::new();
        for collection in self.collections.values() {
            let mut refers: Vec<Reference> = Vec::new();
            let fields = catalogue.types.get(&collection.holds).map(|ty| &ty.fields);
            for (field, spec) in fields.into_iter().flatten() {
                let to = spec.refers_to.as_deref().and_then(|ty| {
                    let mut all = self.collections.values();
                    all.find(|other| other.holds == ty)
                });
                refers.extend(to.map(|to| Reference {
                    field: field.clone(),
                    to: to.name.clone(),
                    on_delete: spec.on_delete,
                }));
            }
            let mut goes_with = |field: &str, to: &str| {
                if !refers.iter().any(|known| known.field == field) {
                    refers.push(Reference {
                        field: field.to_owned(),
                        to: to.to_owned(),
                        on_delete: Some(OnDelete::Delete),
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

    fn operation_of(&self, endpoint: &Endpoint) -> Option<Operation> {
        let special = special(endpoint);
        let place = Place::of(endpoint);
        let named = special.and_then(|special| special.collection);
        let name = named.or_else(|| self.name_of(&place.path))?;
        let collection = self.collection(name)?;
        let given = special.and_then(|special| special.verb);
        let verb = given.or_else(|| verb(endpoint, place.key.is_some(), collection))?;
        // An operation on one record by a path that goes on behind its key.
        let (key, above) = match named {
            Some(_) if matches!(verb, Verb::Get | Verb::Update) => {
                let last = place.above.last().map(|(name, _)| name.clone());
                (place.key.or(last), Vec::new())
            }
            Some(_) => (None, Vec::new()),
            None => (place.key, place.above),
        };
        let usual = if endpoint.takes_list() && endpoint.success.contains(&207) {
            BatchRule::Partly
        } else {
            BatchRule::Whole
        };
        let within = above.into_iter().map(|(parameter, above)| {
            let above = self.name_of(&above).map(str::to_owned);
            (parameter, above)
        });
        Some(Operation {
            verb,
            collection: name.to_owned(),
            key,
            within: within.collect(),
            batch: special.and_then(|special| special.batch).unwrap_or(usual),
            special,
        })
    }
}

fn special(endpoint: &Endpoint) -> Option<&'static Special> {
    let of_rules = ALL.iter().flat_map(|rules| rules.operations());
    let mut all = of_rules.chain(SPECIAL);
    all.find(|special| special.id == endpoint.id)
}

/// What a path is made of.
struct Place {
    /// Its words, without version and parameters, at the collection's own path.
    path: String,
    /// Parameters that name records above, and the paths of their collections.
    above: Vec<(String, String)>,
    /// The parameter that names a record.
    key: Option<String>,
}

impl Place {
    fn of(endpoint: &Endpoint) -> Self {
        let mut words: Vec<&str> = Vec::new();
        let mut above = Vec::new();
        let mut key: Option<String> = None;
        for segment in endpoint.path.trim_matches('/').split('/').skip(1) {
            let parameter = segment
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'));
            match parameter {
                Some(name) => key = Some(name.to_owned()),
                None => {
                    above.extend(key.take().map(|name| (name, words.join("/"))));
                    words.push(segment);
                }
            }
        }
        let path = words.join("/");
        let known = ALL.iter().map(|rules| rules.settings());
        let own = known
            .filter(|settings| settings.also.contains(&path.as_str()))
            .map(|settings| settings.path.to_owned())
            .next();
        Self {
            path: own.unwrap_or(path),
            above,
            key,
        }
    }
}

fn collection(
    catalogue: &'static Catalogue,
    path: &str,
    endpoints: &[&Endpoint],
) -> Option<Collection> {
    let known = ALL.iter().find(|rules| rules.settings().path == path);
    let rules: &'static dyn Rules = known.copied().unwrap_or(&Plain);
    let settings = rules.settings();
    let plain = |endpoint: &&&Endpoint| {
        special(endpoint)
            .is_none_or(|special| special.answer.is_none() && special.answer_all.is_none())
    };
    let mut answered = endpoints
        .iter()
        .filter(plain)
        .filter_map(|endpoint| endpoint.response_type());
    let holds = settings.holds.or_else(|| answered.next())?;
    let ty = catalogue.types.get(holds)?;
    let key = ty.key.as_deref().unwrap_or("id");
    let catalogued = ty.unique.iter().cloned();
    let own = settings.unique.iter().map(|set| {
        let set = set.iter().map(|field| (*field).to_owned());
        set.collect()
    });
    let times = |names: [&str; 3]| {
        let is_time = |name: &&str| {
            let field = ty.fields.get(*name);
            field.is_some_and(|field| field.ty == TypeExpr::DateTime)
        };
        let names = names.into_iter().filter(is_time);
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    let name = match settings.name {
        "" => path,
        name => name,
    };
    Some(Collection {
        name: name.to_owned(),
        holds: holds.to_owned(),
        key: key.to_owned(),
        by_uuid: ty
            .fields
            .get(key)
            .is_some_and(|field| field.ty == TypeExpr::Uuid),
        unique: catalogued.chain(own).collect(),
        refers: Vec::new(),
        starts: starts(catalogue, ty, &settings, endpoints),
        made_at: times(MADE_AT),
        changed_at: times(CHANGED_AT),
        settings,
        quirks: rules.quirks(),
        rules,
    })
}

/// What a new record has: the defaults of the body that makes one, and else the empty value of a type.
fn starts(
    catalogue: &Catalogue,
    ty: &Type,
    settings: &Settings,
    endpoints: &[&Endpoint],
) -> Vec<(String, Value)> {
    let create = endpoints.iter().find(|endpoint| endpoint.method == "POST");
    let body = create
        .and_then(|endpoint| endpoint.request_type())
        .and_then(|name| catalogue.types.get(name));
    let fields = ty.fields.iter();
    let kept = fields.filter(|(name, _)| !settings.absent.contains(&name.as_str()));
    kept.filter_map(|(name, field)| {
        let default = body
            .and_then(|body| body.fields.get(name))
            .and_then(|field| field.default.clone());
        Some((name.clone(), default.or_else(|| empty(catalogue, field))?))
    })
    .collect()
}

fn empty(catalogue: &Catalogue, field: &Field) -> Option<Value> {
    if field.nullable {
        return Some(Value::Null);
    }
    let mut ty = &field.ty;
    if let TypeExpr::Link(inner) = ty {
        ty = inner;
    }
    match ty {
        TypeExpr::Int | TypeExpr::Decimal => Some(json!(0)),
        TypeExpr::Bool => Some(json!(false)),
        TypeExpr::Text => Some(json!("")),
        TypeExpr::Uuid | TypeExpr::DateTime => Some(Value::Null),
        TypeExpr::List(_) => Some(json!([])),
        TypeExpr::Map(_) => Some(json!({})),
        // What is no object is an enumeration.
        TypeExpr::Named(name) => catalogue.types.get(name).is_none().then(|| json!("")),
        TypeExpr::Link(_) | TypeExpr::Plain => None,
    }
}
