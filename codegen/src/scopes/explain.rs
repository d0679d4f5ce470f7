//! The facts about one scope: what it allows, which scopes include it, and the events of its area.

use serde::Serialize;

use super::{AlsoNeeded, NeededCall, granted::meant};
use crate::model::{Api, Endpoint, ScopeId};

/// The facts about a scope.
#[derive(Debug, Serialize)]
pub struct Explained<'a> {
    /// As in a token.
    pub scope: &'a str,
    /// The area and the level in the control panel.
    pub panel: String,
    /// What the area covers.
    pub covers: &'a str,
    /// `read`, or `read and write`.
    pub access: &'static str,
    /// Other scopes that grant everything this one does.
    pub satisfied_by: Vec<&'a str>,
    /// Scopes that this one includes.
    pub satisfies: Vec<&'a str>,
    /// The calls for which it is the least scope.
    pub calls: Vec<NeededCall<'a>>,
    /// The other calls that it allows.
    pub also_opens: Vec<NeededCall<'a>>,
    /// The calls that need it only with some values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AlsoNeeded<'a>>,
    /// Those calls, without the ones that it allows.
    #[serde(skip)]
    pub also_calls: Vec<NeededCall<'a>>,
    /// The webhook events that calls of its area fire.
    pub events: Vec<&'a str>,
    /// Where the sources disagree on its area, and what to do about it.
    pub disputed: Vec<&'a str>,
}

/// Explains the scope with this name.
///
/// # Errors
///
/// If there is no such scope, with the name that may have been meant, or if it is granted automatically.
pub fn explain<'a>(api: &'a Api, wire: &str) -> Result<Explained<'a>, String> {
    match super::named(api, wire) {
        Some(id) => Ok(Explained::of(api, id)),
        None if super::is_unasked(api, wire) => Err(format!(
            "BigCommerce grants `{wire}` to every app automatically; no app requests it"
        )),
        None => {
            let meant = meant(api, wire).map(|meant| format!("; did you mean `{meant}`?"));
            let meant = meant.unwrap_or_default();
            Err(format!("the spec has no scope `{wire}`{meant}"))
        }
    }
}

impl<'a> Explained<'a> {
    /// Explains a scope.
    #[must_use]
    pub fn of(api: &'a Api, id: ScopeId) -> Self {
        let scope = api.scope(id);
        let area = &api.areas[scope.area];
        let wires = |ids: &[ScopeId]| ids.iter().map(|id| &*api.scope(*id).wire).collect();
        let call = |one: &'a Endpoint| NeededCall::of(api, one);
        Self {
            scope: &scope.wire,
            panel: api.panel(id),
            covers: &area.covers,
            access: if scope.writes {
                "read and write"
            } else {
                "read"
            },
            satisfied_by: wires(&scope.satisfied_by),
            satisfies: wires(&api.satisfied(id).collect::<Vec<_>>()),
            calls: api.least_for(id).map(call).collect(),
            also_opens: api.also_opened(id).map(call).collect(),
            also: AlsoNeeded::of(api, id),
            also_calls: api
                .endpoints
                .iter()
                .filter(|one| one.also_needs.iter().any(|also| also.scope == id))
                .filter(|one| !api.allows(id, one))
                .map(call)
                .collect(),
            events: events(api, scope.area),
            disputed: area.conflicts.iter().map(|one| &*one.why).collect(),
        }
    }
}

/// The events that calls of an area fire, in the docs' order.
pub(crate) fn events(api: &Api, area: usize) -> Vec<&str> {
    let fired = |at: usize| {
        api.endpoints.iter().any(|one| {
            api.scope(one.scope).area == area && one.fires.iter().any(|event| event.0 == at)
        })
    };
    let all = api.events.iter().enumerate();
    all.filter(|(at, _)| fired(*at))
        .map(|(_, event)| &*event.scope)
        .collect()
}
