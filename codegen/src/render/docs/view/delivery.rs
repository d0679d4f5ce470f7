//! The contents of an event's delivery: the fields of its payload, and the whole body as JSON.

use serde::Serialize;
use serde_json::Value;

use super::{
    Links,
    reach::named,
    response,
    types::{self, Row},
};
use crate::model::{Api, Event, Payload, SAMPLE_UUID, Ty, sample_payload};

/// The depth of the fields of a payload.
const DEEPEST: usize = 4;

#[derive(Clone, Debug, Serialize)]
pub(in super::super) struct Delivery {
    /// The fields of the payload, with dots for those of nested objects; none if no schema is known.
    pub fields: Vec<PayloadField>,
    /// The body as JSON.
    pub example: String,
}

#[derive(Clone, Debug, Serialize)]
pub(in super::super) struct PayloadField {
    pub name: String,
    /// Its type and facts.
    pub facts: String,
    /// What it means.
    pub does: Option<String>,
}

/// The contents of an event's delivery.
pub(in super::super) fn view(links: &Links<'_>, event: &Event) -> Delivery {
    let mut fields = Vec::new();
    payload(links, &event.payload, "", &mut fields);
    let body = body(links.api, event);
    let example = body.map_or_else(String::new, |body| format!("{body:#}"));
    Delivery { fields, example }
}

/// The body of a delivery as an example; none if its type is not an object.
fn body(api: &Api, event: &Event) -> Option<Value> {
    let mut body = response::sample(api, &Ty::Named(api.delivery));
    let scope = event.scope_in("1");
    let own = [
        ("scope", scope.unwrap_or_else(|| event.scope.clone()).into()),
        ("data", data(api, event)),
    ];
    for (name, value) in own {
        if let Some(place) = body.get_mut(name) {
            *place = value;
        }
    }
    body.is_object().then_some(body)
}

/// The payload of an event as an example.
fn data(api: &Api, event: &Event) -> Value {
    let mut data = response::sample(api, &event.payload);
    let items = match &mut data {
        Value::Array(items) => items.as_mut_slice(),
        one => std::slice::from_mut(one),
    };
    for (field, held) in sample_payload(api, event) {
        let held: Value = match held {
            Payload::Text(text) => text.into(),
            Payload::Uuid => SAMPLE_UUID.into(),
        };
        let places = items
            .iter_mut()
            .filter_map(|item| item.get_mut(&field.wire));
        places.for_each(|place| place.clone_from(&held));
    }
    data
}

fn payload(links: &Links<'_>, ty: &Ty, before: &str, out: &mut Vec<PayloadField>) {
    let Some(id) = named(ty).filter(|_| before.matches('.').count() < DEEPEST) else {
        return;
    };
    let fields = links.api.ty(id).kind.fields();
    let places = links.api.schema(links.api.schema_of(id)).places(id);
    let schemas = types::schemas(links, &[id]);
    let rows = schemas.iter().flat_map(|schema| &schema.fields);
    for (row, at) in rows.zip(places) {
        let Row { facts, does, .. } = row;
        out.push(PayloadField {
            name: format!("{before}{}", row.name),
            facts: facts.clone(),
            does: does.clone(),
        });
        if let Some(field) = at.and_then(|at| fields.get(at)) {
            payload(links, &field.ty, &format!("{before}{}.", row.name), out);
        }
    }
}
