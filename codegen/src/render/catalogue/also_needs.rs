//! The scopes that an endpoint needs only with some values, in the catalogue.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Api, Endpoint};

/// A scope that a call needs only with some values.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct AlsoNeeds<'a> {
    /// As in a token.
    pub(in crate::render) scope: &'a str,
    /// Other scopes that are sufficient as well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::render) satisfied_by: Vec<&'a str>,
    /// The condition, in words that can follow "when".
    pub(in crate::render) when: &'a str,
    /// Fields of the body, or of the items of a batch, with the values that meet the condition by themselves.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::render) values: BTreeMap<&'a str, &'a [String]>,
}

impl<'a> AlsoNeeds<'a> {
    /// Those of an endpoint.
    pub(in crate::render) fn all(api: &'a Api, endpoint: &'a Endpoint) -> Vec<Self> {
        let all = endpoint.also_needs.iter();
        all.map(|one| {
            let scope = api.scope(one.scope);
            let more = scope.satisfied_by.iter();
            let values = one.values.iter();
            Self {
                scope: &scope.wire,
                satisfied_by: more.map(|id| api.scope(*id).wire.as_str()).collect(),
                when: &one.when,
                values: values
                    .map(|(field, values)| (field.as_str(), values.as_slice()))
                    .collect(),
            }
        })
        .collect()
    }
}
