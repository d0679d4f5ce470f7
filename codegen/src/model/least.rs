//! Least privilege: the minimum scopes for a set of endpoints, and what a scope allows.

use std::collections::BTreeSet;

use super::{Api, Endpoint, ScopeId};

/// The minimum scopes for each level of access to a set of endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Least {
    /// Sufficient for those that read.
    pub read: Vec<ScopeId>,
    /// Sufficient for all of them.
    pub full: Vec<ScopeId>,
}

impl Least {
    /// Those of `endpoints`, such as the ones of a group.
    #[must_use]
    pub fn of(api: &Api, endpoints: &[Endpoint]) -> Self {
        Self {
            read: api.least(endpoints.iter().filter(|one| !one.writes)),
            full: api.least(endpoints),
        }
    }
}

impl Api {
    /// A scope as in the control panel: `Products: modify`.
    #[must_use]
    pub fn panel(&self, id: ScopeId) -> String {
        let scope = self.scope(id);
        format!("{}: {}", self.areas[scope.area].label, scope.level)
    }

    /// The scopes that one includes.
    pub fn satisfied(&self, by: ScopeId) -> impl Iterator<Item = ScopeId> + '_ {
        let all = (0..self.scopes.len()).map(ScopeId);
        all.filter(move |other| *other != by && self.opens(by, *other))
    }

    /// The endpoints with this least scope.
    pub fn least_for(&self, id: ScopeId) -> impl Iterator<Item = &Endpoint> {
        self.endpoints.iter().filter(move |one| one.scope == id)
    }

    /// The other endpoints that a scope allows.
    pub fn also_opened(&self, by: ScopeId) -> impl Iterator<Item = &Endpoint> {
        let all = self.endpoints.iter();
        all.filter(move |one| one.scope != by && self.opens(by, one.scope))
    }

    /// The endpoints that also need this scope with some values, each with the condition.
    pub fn also_needed_by(&self, id: ScopeId) -> impl Iterator<Item = (&Endpoint, &str)> {
        self.endpoints.iter().flat_map(move |one| {
            let also = one.also_needs.iter().filter(move |also| also.scope == id);
            also.map(move |also| (one, also.when.as_str()))
        })
    }

    /// The minimum scopes with which all of `endpoints` can be called, in the spec's order: the least scope
    /// of each, without those that another of them includes.
    pub fn least<'a>(&self, endpoints: impl IntoIterator<Item = &'a Endpoint>) -> Vec<ScopeId> {
        let needed: BTreeSet<ScopeId> = endpoints
            .into_iter()
            .map(|endpoint| endpoint.scope)
            .collect();
        let granted = |id: &ScopeId| {
            let others = &self.scope(*id).satisfied_by;
            others.iter().any(|other| needed.contains(other))
        };
        needed.iter().copied().filter(|id| !granted(id)).collect()
    }

    /// Every sufficient scope if `least` is the least, that one first.
    pub fn enough(&self, least: ScopeId) -> impl Iterator<Item = ScopeId> + '_ {
        let others = self.scope(least).satisfied_by.iter().copied();
        [least].into_iter().chain(others)
    }

    /// Whether a token with only `held` may do what needs `least`.
    pub fn opens(&self, held: ScopeId, least: ScopeId) -> bool {
        held == least || self.scope(least).satisfied_by.contains(&held)
    }
}
