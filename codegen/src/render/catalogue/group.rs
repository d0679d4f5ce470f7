//! A capability group in the catalogue.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    model::{self, Api},
    spec::{Map, RefusalBody},
};

/// A capability group.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Group<'a> {
    /// The name in code: handle and module.
    name: &'a str,
    /// The cargo feature that enables it.
    feature: &'a str,
    /// Its nested handle; null if there is none.
    nested: Option<Nested<'a>>,
    /// The title.
    title: &'a str,
    /// What it is for.
    does: &'a str,
    /// What a write changes in a live store; empty if nothing is written.
    warning: &'a str,
    /// Pitfalls that concern the whole group.
    notes: &'a [String],
    /// The generation of the API.
    version: &'a str,
    /// The file of the official description.
    source: &'a str,
    /// The URL of that file.
    source_url: Option<&'a str>,
    /// The page of the official documentation.
    docs: Option<&'a str>,
    /// The form of the body of error responses: the `usual` one, and those of single statuses.
    #[schemars(with = "std::collections::BTreeMap<String, RefusalBody>")]
    refusals: Map<RefusalBody>,
    /// Its endpoints.
    endpoints: Vec<&'a str>,
}

/// A handle nested in that of another group.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Nested<'a> {
    /// The group whose handle returns it.
    under: &'a str,
    /// The method there.
    method: &'a str,
    /// The path parameters that the method takes.
    takes: Vec<&'a str>,
}

impl<'a> Nested<'a> {
    fn of(api: &'a Api, nested: &'a model::Nested) -> Self {
        Self {
            under: &api.group(nested.under).name,
            method: &nested.method,
            takes: nested.own().iter().map(|it| &*it.wire).collect(),
        }
    }
}

impl<'a> Group<'a> {
    pub(super) fn of(api: &'a Api, group: &'a model::Group) -> Self {
        Self {
            name: &group.name,
            feature: &group.feature,
            nested: group.nested.as_ref().map(|nested| Nested::of(api, nested)),
            title: &group.title,
            does: &group.does,
            warning: &group.warning,
            notes: &group.notes,
            version: api.generation(group.generation).0,
            source: &group.source,
            source_url: group.source_url.as_deref(),
            docs: group.docs.as_deref(),
            refusals: refusals(api, group),
            endpoints: api
                .endpoints_of(group)
                .iter()
                .map(|endpoint| &*endpoint.id)
                .collect(),
        }
    }
}

fn refusals(api: &Api, group: &model::Group) -> Map<RefusalBody> {
    let mut refusals = Map::default();
    let (_, generation) = api.generation(group.generation);
    refusals.push("usual", generation.refusal);
    for (status, body) in group.refusals.iter() {
        refusals.push(status, *body);
    }
    refusals
}
