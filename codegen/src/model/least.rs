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
        all.filter(move |one| one.scope != by && self.allows(by, one))
    }

    /// The endpoints for which it is sufficient instead of their least scope.
    pub fn alternative_for(&self, id: ScopeId) -> impl Iterator<Item = &Endpoint> {
        let all = self.endpoints.iter();
        all.filter(move |one| one.or_scope == Some(id))
    }

    /// The endpoints that also need this scope with some values, each with the condition.
    pub fn also_needed_by(&self, id: ScopeId) -> impl Iterator<Item = (&Endpoint, &str)> {
        self.endpoints.iter().flat_map(move |one| {
            let also = one.also_needs.iter().filter(move |also| also.scope == id);
            also.map(move |also| (one, also.when.as_str()))
        })
    }

    /// The minimum scopes with which all of `endpoints` can be called, in the spec's order: the least scope
    /// of each, without those that the others make unnecessary.
    pub fn least<'a>(&self, endpoints: impl IntoIterator<Item = &'a Endpoint>) -> Vec<ScopeId> {
        self.least_given(&[], endpoints)
    }

    /// The same for a token with the scopes that are `held`: if it has only the alternative of a call's least
    /// scope, that is needed instead.
    pub fn least_given<'a>(
        &self,
        held: &[ScopeId],
        endpoints: impl IntoIterator<Item = &'a Endpoint>,
    ) -> Vec<ScopeId> {
        let is_held = |id: ScopeId| held.iter().any(|one| self.opens(*one, id));
        let calls = endpoints.into_iter().map(|one| (one.scope, one.or_scope));
        let calls: BTreeSet<(ScopeId, Option<ScopeId>)> = calls.collect();
        let demanded = calls.iter().map(|&(scope, or)| match or {
            Some(or) if is_held(or) && !is_held(scope) => or,
            _ => scope,
        });
        let mut needed: BTreeSet<ScopeId> = demanded.collect();
        for id in needed.clone() {
            let spare = calls.iter().all(|&(scope, or)| {
                let mut others = needed.iter().filter(|other| **other != id);
                others.any(|other| {
                    self.opens(*other, scope) || or.is_some_and(|or| self.opens(*other, or))
                })
            });
            if spare {
                needed.remove(&id);
            }
        }
        needed.into_iter().collect()
    }

    /// Every scope that is sufficient for a call, its least scope first, those of its alternative last.
    pub fn enough(&self, endpoint: &Endpoint) -> impl Iterator<Item = ScopeId> {
        let leasts = [Some(endpoint.scope), endpoint.or_scope];
        leasts.into_iter().flatten().flat_map(move |least| {
            let others = self.scope(least).satisfied_by.iter().copied();
            [least].into_iter().chain(others)
        })
    }

    /// Whether a token with only `held` may make a call.
    pub fn allows(&self, held: ScopeId, endpoint: &Endpoint) -> bool {
        self.opens(held, endpoint.scope) || endpoint.or_scope.is_some_and(|or| self.opens(held, or))
    }

    /// Whether a token with only `held` may do what needs `least`.
    pub fn opens(&self, held: ScopeId, least: ScopeId) -> bool {
        held == least || self.scope(least).satisfied_by.contains(&held)
    }
}
