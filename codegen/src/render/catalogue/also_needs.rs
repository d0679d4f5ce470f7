//! The scopes that an endpoint needs only with some values, in the catalogue.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Api, Endpoint};

/// A scope that a call needs only with some values.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct AlsoNeeds<'a> {
    /// As in a token.
    pub(in crate::render) scope: &'a str,
    /// The condition, in words that can follow "when".
    pub(in crate::render) when: &'a str,
}

impl<'a> AlsoNeeds<'a> {
    /// Those of an endpoint.
    pub(in crate::render) fn all(api: &'a Api, endpoint: &'a Endpoint) -> Vec<Self> {
        let all = endpoint.also_needs.iter();
        all.map(|one| Self {
            scope: &api.scope(one.scope).wire,
            when: &one.when,
        })
        .collect()
    }
}
