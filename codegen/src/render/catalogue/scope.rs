//! OAuth scopes as the catalogue shows them.

use schemars::JsonSchema;
use serde::Serialize;

use super::{event::ids, topics::Conflict};
use crate::{
    model::{Api, ScopeId},
    render::scopes::opens,
};

/// An OAuth scope.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Scope<'a> {
    /// As a token carries it.
    wire: &'a str,
    /// The area as the control panel shows it.
    label: &'a str,
    /// The level as the control panel shows it.
    level: &'a str,
    /// The area's name in the spec.
    area: &'a str,
    /// What of the store it opens.
    covers: &'a str,
    /// Whether it lets a caller write.
    writes: bool,
    /// Other scopes that grant everything this one does.
    satisfied_by: Vec<&'a str>,
    /// The endpoints for which it is the least scope.
    endpoints: Vec<&'a str>,
    /// Every endpoint that a token with this scope alone may call.
    opens: Vec<&'a str>,
    /// Where the sources disagree about the area.
    conflicts: Vec<Conflict<'a>>,
}

/// All scopes, in the spec's order.
pub(super) fn all(api: &Api) -> Vec<Scope<'_>> {
    api.scopes
        .iter()
        .enumerate()
        .map(|(at, scope)| {
            let id = ScopeId(at);
            let area = &api.areas[scope.area];
            Scope {
                wire: &scope.wire,
                label: &area.label,
                level: &scope.level,
                area: &area.name,
                covers: &area.covers,
                writes: scope.writes,
                satisfied_by: scope
                    .satisfied_by
                    .iter()
                    .map(|id| &*api.scope(*id).wire)
                    .collect(),
                endpoints: ids(api, |endpoint| endpoint.scope == id),
                opens: ids(api, |endpoint| opens(api, id, endpoint.scope)),
                conflicts: Conflict::all(&area.conflicts),
            }
        })
        .collect()
}
