//! The scopes that calls need only with some values, each with the condition.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Granted;
use crate::{
    model::{Api, Endpoint, ScopeId},
    words::needed_when,
};

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

/// A scope that one call needs only with some values.
#[derive(Clone, Debug, Serialize)]
pub struct NeededWhen<'a> {
    /// As in a token.
    pub scope: &'a str,
    /// The condition, in words that can follow "when".
    pub when: &'a str,
}

impl<'a> NeededWhen<'a> {
    /// Those of a call.
    pub(super) fn all(api: &'a Api, call: &'a Endpoint) -> Vec<Self> {
        let all = call.also_needs.iter().map(|one| Self {
            scope: &api.scope(one.scope).wire,
            when: &one.when,
        });
        all.collect()
    }
}

/// Scopes with their conditions, in a cell of a table.
pub(super) fn cell<'a>(all: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let all = all
        .into_iter()
        .map(|(scope, when)| needed_when(scope, when));
    all.collect::<Vec<_>>().join("; ")
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

    /// Those of some calls that are not granted.
    pub(super) fn beyond(
        api: &'a Api,
        granted: &Granted,
        calls: &[&'a Endpoint],
    ) -> impl Iterator<Item = (ScopeId, Self)> {
        Self::all(api, calls).filter(move |(id, _)| !granted.covers(api, *id))
    }

    /// Those with this scope.
    pub(super) fn of(api: &'a Api, id: ScopeId) -> Vec<Self> {
        let calls: Vec<&Endpoint> = api.endpoints.iter().collect();
        let all = Self::all(api, &calls).filter(|(one, _)| *one == id);
        all.map(|(_, one)| one).collect()
    }
}
