//! What a delivery of an event looks like: the fields of its payload, and the whole body as JSON.

use serde::Serialize;
use serde_json::Value;

use super::{
    Links,
    reach::named,
    response,
    types::{self, Row},
};
use crate::model::{Api, Event, Field, Kind, Ty};

/// How deep the fields of a payload go.
const DEEPEST: usize = 4;

/// A delivery.
#[derive(Clone, Debug, Serialize)]
pub(in super::super) struct Delivery {
    /// The fields of the payload, those of objects in it behind a dot; none where no schema is known.
    pub fields: Vec<PayloadField>,
    /// The body as JSON.
    pub example: String,
}

/// A field of a payload.
#[derive(Clone, Debug, Serialize)]
pub(in super::super) struct PayloadField {
    pub name: String,
    /// What it is: type and facts.
    pub facts: String,
    /// What it means.
    pub does: Option<String>,
}

/// What a delivery of an event looks like.
pub(in super::super) fn view(links: &Links<'_>, event: &Event) -> Delivery {
    let mut fields = Vec::new();
    payload(links, &event.payload, "", &mut fields);
    let body = body(links.api, event);
    let example = body.map_or_else(String::new, |body| format!("{body:#}"));
    Delivery { fields, example }
}

/// The body of a delivery as an example; none where its type is no object.
fn body(api: &Api, event: &Event) -> Option<Value> {
    let mut body = response::sample(api, &Ty::Named(api.delivery));
    let own = [
        ("scope", event.scope.clone().into()),
        ("data", data(api, event)),
    ];
    for (name, value) in own {
        if let Some(place) = body.get_mut(name) {
            *place = value;
        }
    }
    body.is_object().then_some(body)
}

/// The payload of an event as an example. Where any string may be its `type`, it is what the event is about,
/// and an id that may be of either kind is of the one that the thing has.
fn data(api: &Api, event: &Event) -> Value {
    let mut data = response::sample(api, &event.payload);
    let items = match &mut data {
        Value::Array(items) => items.as_mut_slice(),
        one => std::slice::from_mut(one),
    };
    let about = family(&event.scope);
    let id = has_uuids(api, about).then(|| response::sample(api, &Ty::Uuid));
    for item in items {
        for field in fields(api, event) {
            let Some(place) = item.get_mut(&field.wire) else {
                continue;
            };
            if field.wire == "type" && field.ty == Ty::Text && field.example.is_none() {
                *place = about.into();
            } else if let (Ty::Id, Some(id)) = (&field.ty, &id) {
                place.clone_from(id);
            }
        }
    }
    data
}

/// Whether some event about the same kind of thing says that its id is a UUID.
fn has_uuids(api: &Api, about: &str) -> bool {
    let mut events = api.events.iter();
    events.any(|event| {
        let is_id = |field: &Field| field.wire == "id" && field.ty == Ty::Uuid;
        family(&event.scope) == about && fields(api, event).iter().any(is_id)
    })
}

/// The fields of an event's payload.
fn fields<'a>(api: &'a Api, event: &Event) -> &'a [Field] {
    match named(&event.payload).map(|id| &api.ty(id).kind) {
        Some(Kind::Object { fields, .. }) => fields,
        _ => &[],
    }
}

/// What an event is about: the part behind the one that all share.
pub(super) fn family(scope: &str) -> &str {
    scope.split('/').nth(1).unwrap_or(scope)
}

fn payload(links: &Links<'_>, ty: &Ty, before: &str, out: &mut Vec<PayloadField>) {
    let Some(id) = named(ty).filter(|_| before.matches('.').count() < DEEPEST) else {
        return;
    };
    let Kind::Object { fields, .. } = &links.api.ty(id).kind else {
        return;
    };
    let schemas = types::schemas(links, &[id]);
    let rows = schemas.iter().flat_map(|schema| &schema.fields);
    for row in rows {
        let Row { facts, does, .. } = row;
        out.push(PayloadField {
            name: format!("{before}{}", row.name),
            facts: facts.clone(),
            does: does.clone(),
        });
        if let Some(field) = fields.iter().find(|field| field.wire == row.name) {
            payload(links, &field.ty, &format!("{before}{}.", row.name), out);
        }
    }
}
