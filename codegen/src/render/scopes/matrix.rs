//! The scope matrix as data: what each endpoint needs, and what each scope allows. The CSV and the JSON are
//! this and nothing else; the Markdown puts it in words.

use serde::Serialize;

use crate::{
    model::{self, Api, EventId, ScopeId},
    render::catalogue::{self, AlsoNeeds, Conflict, Scope, Totals},
};

/// The scope matrix.
#[derive(Serialize)]
pub(super) struct Matrix<'a> {
    /// How scopes work, in general.
    pub does: &'a str,
    /// How many there are of everything, with what the reference guide counts.
    pub totals: Totals,
    /// What each endpoint needs, in the docs' order.
    pub endpoints: Vec<Row<'a>>,
    /// What each scope allows.
    pub scopes: Vec<Scope<'a>>,
    /// The minimum scopes for each group, and at the end for all of them.
    pub least: Vec<Least<'a>>,
}

/// What an endpoint needs.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    pub id: &'a str,
    /// Its row in the reference guide; none if it has none.
    pub guide: Option<&'a str>,
    pub group: &'a str,
    pub method: &'a str,
    pub path: &'a str,
    pub does: &'a str,
    pub note: Option<&'a str>,
    /// `read` or `write`.
    pub access: &'static str,
    pub acts_on: &'a str,
    /// The least scope.
    pub scope: &'a str,
    /// The area, as in the control panel.
    pub label: &'a str,
    /// The level, as in the control panel.
    pub level: &'a str,
    /// The least scope of another area that is sufficient instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub or_scope: Option<&'a str>,
    /// Other scopes that are sufficient as well.
    pub satisfied_by: Vec<&'a str>,
    /// The scopes that it also needs, but only with some values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_needs: Vec<AlsoNeeds<'a>>,
    /// The event that the reference guide links to the row.
    pub event: Option<&'a str>,
    /// The reference guide's name for that event.
    pub event_guide: Option<&'a str>,
    /// The events that a successful call fires.
    pub fires: Vec<&'a str>,
    pub version: &'a str,
    /// The title of the version.
    #[serde(skip)]
    pub generation: &'a str,
    /// The rate limit, as stated in the reference guide's rows.
    pub rate: &'a str,
    /// Whether it is that of nearly all endpoints.
    #[serde(skip)]
    pub standard_rate: bool,
    pub batch: Option<u32>,
    pub concurrency: Option<u32>,
    pub conflicts: Vec<Conflict<'a>>,
}

/// The minimum scopes for a part of the API.
#[derive(Serialize)]
pub(super) struct Least<'a> {
    /// The group; none for all of them together.
    pub group: Option<&'a str>,
    /// Sufficient for every call that reads.
    pub read: Vec<&'a str>,
    /// Sufficient for every call.
    pub full: Vec<&'a str>,
}

impl<'a> Matrix<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let mut fewest: Vec<Least<'a>> = api
            .groups
            .iter()
            .map(|group| Least::of(api, Some(&group.name), api.endpoints_of(group)))
            .collect();
        fewest.push(Least::of(api, None, &api.endpoints));
        Self {
            does: &api.scopes_do,
            totals: Totals::of(api),
            endpoints: api
                .endpoints
                .iter()
                .map(|endpoint| Row::of(api, endpoint))
                .collect(),
            scopes: catalogue::scopes(api),
            least: fewest,
        }
    }
}

impl<'a> Row<'a> {
    fn of(api: &'a Api, endpoint: &'a model::Endpoint) -> Self {
        let scope = api.scope(endpoint.scope);
        let enough: Vec<ScopeId> = api.enough(endpoint).skip(1).collect();
        let event = |id: EventId| &*api.event(id).scope;
        Self {
            id: &endpoint.id,
            guide: endpoint.guide.as_deref(),
            group: &api.group(endpoint.group).name,
            method: endpoint.method.as_str(),
            path: &endpoint.path,
            does: &endpoint.does,
            note: endpoint.note.as_deref(),
            access: if endpoint.writes { "write" } else { "read" },
            acts_on: &endpoint.acts_on,
            scope: &scope.wire,
            label: &api.areas[scope.area].label,
            level: &scope.level,
            or_scope: endpoint.or_scope.map(|id| &*api.scope(id).wire),
            satisfied_by: wires(api, &enough),
            also_needs: AlsoNeeds::all(api, endpoint),
            event: endpoint.event.map(event),
            event_guide: endpoint.event.and_then(|id| api.event(id).guide.as_deref()),
            fires: endpoint.fires.iter().copied().map(event).collect(),
            version: api.generation(endpoint.generation).0,
            generation: &api.generation(endpoint.generation).1.title,
            rate: &api.rate(endpoint.rate).1.title,
            standard_rate: api.standard_rate() == Some(endpoint.rate),
            batch: endpoint.batch.as_ref().map(|batch| batch.max),
            concurrency: endpoint
                .concurrency
                .as_ref()
                .map(|concurrency| concurrency.max),
            conflicts: Conflict::all(&endpoint.conflicts),
        }
    }
}

impl<'a> Least<'a> {
    fn of(api: &'a Api, group: Option<&'a str>, endpoints: &'a [model::Endpoint]) -> Self {
        let least = model::Least::of(api, endpoints);
        Self {
            group,
            read: wires(api, &least.read),
            full: wires(api, &least.full),
        }
    }
}

fn wires<'a>(api: &'a Api, scopes: &[ScopeId]) -> Vec<&'a str> {
    scopes.iter().map(|id| &*api.scope(*id).wire).collect()
}
