//! Webhook events in the catalogue.

use schemars::JsonSchema;
use serde::Serialize;

use super::topics::Conflict;
use crate::{
    model::{Api, Endpoint, EventId, Ty},
    render::{
        json_schema::{self, Root},
        rust_text,
    },
    spec,
};

/// How webhooks work, in general.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Webhooks<'a> {
    /// How they work.
    does: &'a str,
    /// Facts about subscribing.
    notes: &'a [String],
    /// How deliveries are signed, and how a receiver verifies them.
    signing: &'a [String],
    /// How a failed delivery is retried; null if that is unknown.
    retries: Option<Retries<'a>>,
    /// The type of the body of a delivery; its `data` is the payload of the event.
    delivery: String,
    /// Its JSON Schema, whose definitions are in `schemas.responses`.
    json_schema: Root,
}

/// How a failed delivery is retried.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Retries<'a> {
    /// The wait before each retry, in seconds.
    after_seconds: &'a [u32],
    /// What happens after the last one fails.
    then: &'a str,
    /// Other facts about failed deliveries and deactivated webhooks.
    notes: &'a [String],
}

/// A webhook event.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Event<'a> {
    /// The scope to subscribe to.
    scope: &'a str,
    /// The reference guide's name for it; null if it does not list it.
    guide: Option<&'a str>,
    /// When it fires.
    does: &'a str,
    /// What to know about it.
    note: Option<&'a str>,
    /// Whether only hooks of a channel receive it: they and the deliveries have the channel's id in place of the `*`.
    per_channel: bool,
    /// Whether the sources have no schema for it.
    unstated: bool,
    /// The type of its payload.
    payload: String,
    /// JSON Schema of its payload, whose definitions are `schemas.responses`.
    json_schema: Root,
    /// The endpoints that fire it.
    triggered_by: Vec<&'a str>,
    /// The endpoints to which the reference guide links it, some of which only read.
    linked_by: Vec<&'a str>,
    /// Where the sources disagree.
    conflicts: Vec<Conflict<'a>>,
}

/// A scope that subscribes to several events at once.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Wildcard<'a> {
    /// The scope.
    scope: &'a str,
    /// What it subscribes to.
    does: &'a str,
}

impl<'a> Webhooks<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        Self {
            does: &api.events_do,
            notes: &api.event_notes,
            signing: &api.signing,
            retries: api.retries.as_ref().map(|retries| Retries {
                after_seconds: &retries.after,
                then: &retries.then,
                notes: &retries.notes,
            }),
            delivery: rust_text::of_type(api, api.ty(api.delivery)),
            json_schema: json_schema::read(api, &Ty::Named(api.delivery)),
        }
    }
}

/// All events, in the spec's order.
pub(super) fn all<'a>(api: &'a Api) -> Vec<Event<'a>> {
    api.events
        .iter()
        .enumerate()
        .map(|(at, event)| {
            let id = EventId(at);
            Event {
                scope: &event.scope,
                guide: event.guide.as_deref(),
                does: &event.does,
                note: event.note.as_deref(),
                per_channel: event.per_channel,
                unstated: event.unstated,
                payload: rust_text::of_payload(api, &event.payload),
                json_schema: json_schema::read(api, &event.payload),
                triggered_by: ids(api
                    .endpoints
                    .iter()
                    .filter(|endpoint| endpoint.fires.contains(&id))),
                linked_by: ids(api
                    .endpoints
                    .iter()
                    .filter(|endpoint| endpoint.event == Some(id))),
                conflicts: Conflict::all(&event.conflicts),
            }
        })
        .collect()
}

impl<'a> Wildcard<'a> {
    pub(super) fn of(wildcard: &'a spec::Wildcard) -> Self {
        Self {
            scope: &wildcard.scope,
            does: &wildcard.does,
        }
    }
}

/// The ids of endpoints.
pub(super) fn ids<'a>(endpoints: impl Iterator<Item = &'a Endpoint>) -> Vec<&'a str> {
    endpoints.map(|endpoint| &*endpoint.id).collect()
}
