//! The scopes that calls need only with some values, each with the condition.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Api, Endpoint, ScopeId};

/// A scope that some calls need only with some values.
#[derive(Clone, Debug, Serialize)]
pub struct AlsoNeeded<'a> {
    /// As in a token.
    pub scope: &'a str,
    /// The area and the level to choose in the control panel.
    pub panel: String,
    /// The condition, in words that can follow "when".
    pub when: &'a str,
    /// The calls that need it then.
    pub calls: Vec<&'a str>,
}

impl<'a> AlsoNeeded<'a> {
    /// Those of some calls, in the spec's order, once for each condition.
    pub(super) fn all(
        api: &'a Api,
        calls: &[&'a Endpoint],
    ) -> impl Iterator<Item = (ScopeId, Self)> {
        let mut all: BTreeMap<(ScopeId, &'a str), Vec<&'a str>> = BTreeMap::new();
        for call in calls.iter().copied() {
            for also in &call.also_needs {
                let of = all.entry((also.scope, also.when.as_str())).or_default();
                of.push(call.id.as_str());
            }
        }
        all.into_iter().map(|((id, when), calls)| {
            let one = Self {
                scope: &api.scope(id).wire,
                panel: api.panel(id),
                when,
                calls,
            };
            (id, one)
        })
    }

    /// Those with this scope.
    pub(super) fn of(api: &'a Api, id: ScopeId) -> Vec<Self> {
        let calls: Vec<&Endpoint> = api.endpoints.iter().collect();
        let all = Self::all(api, &calls).filter(|(one, _)| *one == id);
        all.map(|(_, one)| one).collect()
    }
}
