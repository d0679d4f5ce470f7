//! Webhook events: when each fires, which calls fire it, and what its delivery contains.

use serde::Serialize;

use super::{
    Links, all_conflicts, all_prose,
    delivery::{self, Delivery},
    diagrams, reach,
    types::{self, Schema},
};
use crate::{
    model::{EventId, Home, TypeId},
    render::text::{capital, prose},
    words::{UNSTATED, of_channel},
};

/// The receiver on the page. The tests of the client build and call it.
const VERIFY: &str = include_str!("../../../../../templates/site/verify.rs");

/// The page of events.
#[derive(Debug, Serialize)]
pub(in super::super) struct EventsView {
    pub does: String,
    pub notes: Vec<String>,
    /// How deliveries are signed.
    pub signing: Vec<String>,
    /// How failed deliveries are retried.
    pub retries: Option<diagrams::Retries>,
    /// How a delivery is verified, in Rust.
    pub code: &'static str,
    /// All of them, by subject.
    pub families: Vec<Family>,
    pub wildcards: Vec<Wildcard>,
    pub delivery: String,
    pub schemas: Vec<Schema>,
    pub total: usize,
}

/// The events about one subject.
#[derive(Debug, Serialize)]
pub(in super::super) struct Family {
    pub name: String,
    pub anchor: String,
    pub events: Vec<EventView>,
}

#[derive(Clone, Debug, Serialize)]
pub(in super::super) struct EventView {
    pub scope: String,
    pub anchor: String,
    pub href: String,
    pub does: String,
    pub note: Option<String>,
    pub payload: String,
    pub sent: Delivery,
    /// The endpoints that fire it, by path and id.
    pub triggers: Vec<Trigger>,
    /// The reads to which the guide links it.
    pub linked: Vec<String>,
    pub conflicts: Vec<String>,
}

/// A call that fires an event.
#[derive(Clone, Debug, Serialize)]
pub(in super::super) struct Trigger {
    pub method: &'static str,
    pub path: String,
    pub id: String,
    pub href: String,
}

/// A scope for several events.
#[derive(Debug, Serialize)]
pub(in super::super) struct Wildcard {
    pub scope: String,
    pub does: String,
}

/// The page of events.
pub(in super::super) fn view(links: &Links<'_>) -> EventsView {
    let api = links.api;
    let families = api.families.iter().map(|family| {
        let name = format!("{} events", capital(&family.subject));
        let events = family.events.iter();
        Family {
            anchor: links.anchor(&name),
            name,
            events: events.map(|id| event(links, *id)).collect(),
        }
    });
    EventsView {
        does: prose(&api.events_do),
        notes: all_prose(&api.event_notes),
        signing: all_prose(&api.signing),
        retries: diagrams::retries(links),
        code: VERIFY.trim_end(),
        families: families.collect(),
        wildcards: api
            .wildcards
            .iter()
            .map(|one| Wildcard {
                scope: one.scope.clone(),
                does: prose(&one.does),
            })
            .collect(),
        delivery: format!(
            "[{}]({})",
            api.ty(api.delivery).name,
            links.schema(api.delivery)
        ),
        schemas: schemas(links),
        total: api.events.len(),
    }
}

fn event(links: &Links<'_>, id: EventId) -> EventView {
    let api = links.api;
    let event = api.event(id);
    let mut payload = capital(&links.words().ty(&event.payload));
    if event.unstated {
        payload = format!("{payload}. {UNSTATED}");
    }
    let notes: Vec<String> = event
        .note
        .iter()
        .cloned()
        .chain(of_channel(event))
        .collect();
    EventView {
        scope: event.scope.clone(),
        anchor: links.anchor(&event.scope),
        href: links.to(super::links::page::EVENTS, &event.scope),
        does: prose(&event.does),
        note: (!notes.is_empty()).then(|| prose(&notes.join(" "))),
        payload,
        sent: delivery::view(links, event),
        triggers: api
            .endpoints
            .iter()
            .filter(|endpoint| endpoint.fires.contains(&id))
            .map(|endpoint| Trigger {
                method: endpoint.method.as_str(),
                path: endpoint.path.clone(),
                id: endpoint.id.clone(),
                href: links.to(&api.group(endpoint.group).name, &endpoint.id),
            })
            .collect(),
        linked: api
            .endpoints
            .iter()
            .filter(|endpoint| endpoint.event == Some(id) && !endpoint.fires.contains(&id))
            .map(|endpoint| links.endpoint(endpoint))
            .collect(),
        conflicts: all_conflicts(links, &event.conflicts),
    }
}

fn schemas(links: &Links<'_>) -> Vec<Schema> {
    let api = links.api;
    let roots = std::iter::once(api.delivery)
        .chain(
            api.events
                .iter()
                .filter_map(|event| reach::named(&event.payload)),
        )
        .collect();
    let mut ids = reach::reachable(api, roots);
    ids.extend(
        (0..api.types.len())
            .map(TypeId)
            .filter(|id| api.ty(*id).home == Home::Events),
    );
    ids.retain(|id| !matches!(api.ty(*id).home, Home::Group(_)));
    types::schemas(links, &ids)
}
