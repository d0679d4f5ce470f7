//! Least privilege: the fewest scopes that are enough for a set of endpoints.

use std::collections::BTreeSet;

use super::{Api, Endpoint, ScopeId};

impl Api {
    /// The fewest scopes with which all of `endpoints` can be called, in the spec's order: the least
    /// scope of each, without those that another of them grants anyway.
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

    /// Whether a token with `held` alone may do what needs `least`.
    pub fn opens(&self, held: ScopeId, least: ScopeId) -> bool {
        held == least || self.scope(least).satisfied_by.contains(&held)
    }
}
