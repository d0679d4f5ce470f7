//! Least privilege: the fewest scopes that are enough for a set of endpoints.

use std::collections::BTreeSet;

use crate::model::{Api, Endpoint, ScopeId};

/// The fewest scopes with which all of `endpoints` can be called, in the spec's order: the least scope
/// of each, without those that another of them grants anyway.
pub fn least<'a>(api: &Api, endpoints: impl IntoIterator<Item = &'a Endpoint>) -> Vec<ScopeId> {
    let needed: BTreeSet<ScopeId> = endpoints
        .into_iter()
        .map(|endpoint| endpoint.scope)
        .collect();
    let granted = |id: &ScopeId| {
        api.scope(*id)
            .satisfied_by
            .iter()
            .any(|other| needed.contains(other))
    };
    needed.iter().copied().filter(|id| !granted(id)).collect()
}

/// Whether a token with `held` alone may do what needs `least`.
pub fn opens(api: &Api, held: ScopeId, least: ScopeId) -> bool {
    held == least || api.scope(least).satisfied_by.contains(&held)
}
