//! What a store keeps and enforces, as the catalogue shows it: the rules of all groups in one place.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    model::Api,
    render::json_schema,
    spec::{self, Map, RefusalBody},
};

/// What a store keeps, what its calls do to it and how it refuses. A call that is not here is not
/// modelled.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Store<'a> {
    /// The records that a store keeps.
    collections: Map<Collection<'a>>,
    /// What each call does, by the endpoint's id.
    calls: Map<Call<'a>>,
    /// The body of a refusal, by group: the `usual` one, and that of single statuses.
    refusals: Map<Map<RefusalBody>>,
}

/// Records of one kind.
#[derive(Serialize, JsonSchema)]
struct Collection<'a> {
    /// The group that has it.
    group: &'a str,
    /// All that is said of it, `holds` being a key of `schemas.responses.$defs`.
    #[serde(flatten)]
    spec: spec::Collection,
}

/// What a call does to what a store keeps.
#[derive(Serialize, JsonSchema)]
struct Call<'a> {
    /// What it does: `list`, `get`, `create`, `update`, `upsert` or `delete`.
    #[serde(rename = "do")]
    verb: &'static str,
    /// To the records of this collection.
    collection: &'a str,
    /// All that is said of it.
    #[serde(flatten)]
    spec: &'a spec::Call,
}

impl<'a> Store<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        Self {
            collections: api
                .stores
                .iter()
                .flat_map(|store| {
                    store
                        .collections
                        .iter()
                        .map(|(name, collection)| (name.to_owned(), of(api, store, collection)))
                })
                .collect(),
            calls: api
                .stores
                .iter()
                .flat_map(|store| {
                    store.calls.iter().filter_map(|(id, call)| {
                        let (verb, collection) = call.verbs().next()?;
                        let call = Call {
                            verb,
                            collection,
                            spec: call,
                        };
                        Some((format!("{}.{id}", store.group), call))
                    })
                })
                .collect(),
            refusals: api
                .groups
                .iter()
                .map(|group| (group.name.clone(), refusals(api, group)))
                .collect(),
        }
    }
}

fn of<'a>(api: &Api, store: &'a spec::StoreRules, collection: &spec::Collection) -> Collection<'a> {
    let mut spec = collection.clone();
    let own = format!("{}.{}", store.group, spec.holds);
    let shared = format!("shared.{}", spec.holds);
    let keys: Vec<String> = api
        .types
        .iter()
        .map(|def| json_schema::key(api, def))
        .collect();
    if let Some(key) = [own, shared].into_iter().find(|key| keys.contains(key)) {
        spec.holds = key;
    }
    Collection {
        group: &store.group,
        spec,
    }
}

fn refusals(api: &Api, group: &crate::model::Group) -> Map<RefusalBody> {
    let mut refusals = Map::default();
    let (_, generation) = api.generation(group.generation);
    refusals.push("usual", generation.refusal);
    let own = api.stores.iter().find(|store| store.group == group.name);
    for (status, body) in own.iter().flat_map(|store| store.refusals.iter()) {
        refusals.push(status, *body);
    }
    refusals
}
