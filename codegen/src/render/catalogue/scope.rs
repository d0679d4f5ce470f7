//! OAuth scopes in the catalogue.

use schemars::JsonSchema;
use serde::Serialize;

use super::{event::ids, topics::Conflict};
use crate::model::{Api, ScopeId};

/// An OAuth scope.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct Scope<'a> {
    /// As in a token.
    pub(in crate::render) wire: &'a str,
    /// The area, as in the control panel.
    pub(in crate::render) label: &'a str,
    /// The level, as in the control panel.
    pub(in crate::render) level: &'a str,
    /// The area's name in the spec.
    area: &'a str,
    /// What of the store it covers.
    pub(in crate::render) covers: &'a str,
    /// Whether it allows writes.
    writes: bool,
    /// Other scopes that grant everything this one does.
    pub(in crate::render) satisfied_by: Vec<&'a str>,
    /// The endpoints for which it is the least scope.
    pub(in crate::render) endpoints: Vec<&'a str>,
    /// The other endpoints that it allows.
    pub(in crate::render) also_opens: Vec<&'a str>,
    /// The endpoints that need it only with some values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::render) also_needed_by: Vec<&'a str>,
    /// Where the sources disagree on the area.
    pub(in crate::render) conflicts: Vec<Conflict<'a>>,
}

/// All scopes, in the spec's order.
pub(in crate::render) fn all(api: &Api) -> Vec<Scope<'_>> {
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
                endpoints: ids(api.least_for(id)),
                also_opens: ids(api.also_opened(id)),
                also_needed_by: ids(api.also_needed_by(id).map(|(one, _)| one)),
                conflicts: Conflict::all(&area.conflicts),
            }
        })
        .collect()
}
