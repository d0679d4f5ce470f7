//! How many there are of everything, with what the reference guide counts.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Api, Endpoint};

/// How many there are of everything.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Totals {
    /// The totals that the reference guide states.
    pub(crate) guide: Counts,
    /// The rows and events of the reference guide that are here. It equals `guide` unless one of them is wrong.
    pub(crate) rows: Counts,
    /// Everything that is here, including what the reference guide mentions without a row.
    pub(crate) ours: Counts,
}

/// How many there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Counts {
    /// Endpoints.
    pub(crate) endpoints: usize,
    /// Groups that have any of them.
    pub(crate) groups: usize,
    /// Endpoints that read.
    pub(crate) reads: usize,
    /// Endpoints that write.
    pub(crate) writes: usize,
    /// Scopes.
    pub(crate) scopes: usize,
    /// Events.
    pub(crate) events: usize,
}

impl Totals {
    pub(crate) fn of(api: &Api) -> Self {
        let guide = &api.service.guide;
        let rows: Vec<&Endpoint> = api.endpoints.iter().filter(|e| e.guide.is_some()).collect();
        let all: Vec<&Endpoint> = api.endpoints.iter().collect();
        let needed: BTreeSet<_> = rows.iter().map(|endpoint| endpoint.scope).collect();
        let named = api
            .events
            .iter()
            .filter(|event| event.guide.is_some())
            .count();
        Self {
            guide: Counts {
                endpoints: guide.endpoints,
                groups: guide.groups,
                reads: guide.reads,
                writes: guide.writes,
                scopes: guide.scopes,
                events: guide.events,
            },
            rows: Counts::of(&rows, needed.len(), named),
            ours: Counts::of(&all, api.scopes.len(), api.events.len()),
        }
    }
}

impl Counts {
    fn of(endpoints: &[&Endpoint], scopes: usize, events: usize) -> Self {
        let writes = endpoints.iter().filter(|endpoint| endpoint.writes).count();
        let groups: BTreeSet<_> = endpoints.iter().map(|endpoint| endpoint.group).collect();
        Self {
            endpoints: endpoints.len(),
            groups: groups.len(),
            reads: endpoints.len() - writes,
            writes,
            scopes,
            events,
        }
    }
}
