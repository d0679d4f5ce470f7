//! What a delivery of an event looks like: the fields of its payload, and the whole body as JSON.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    Links,
    reach::named,
    types::{self, Row},
};
use crate::{
    model::{Api, Event, Field, Kind, Ty},
    spec::Wire,
};

/// How deep an example goes.
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
    let api = links.api;
    let mut fields = Vec::new();
    payload(links, &event.payload, "", &mut fields);
    let Kind::Object { fields: outer, .. } = &api.ty(api.delivery).kind else {
        return Delivery {
            fields,
            example: String::new(),
        };
    };
    let body: Map<String, Value> = outer
        .iter()
        .map(|field| {
            let value = match field.wire.as_str() {
                "scope" => json!(event.scope),
                "data" => value(api, &event.payload, None, family(&event.scope), 0),
                _ => value(api, &field.ty, Some(field), "", 0),
            };
            (field.wire.clone(), value)
        })
        .collect();
    Delivery {
        fields,
        example: format!("{:#}", Value::Object(body)),
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

/// An example of a value; `about` is what the event is about.
fn value(api: &Api, ty: &Ty, field: Option<&Field>, about: &str, depth: usize) -> Value {
    if let Some(told) = field.and_then(|field| field.example.clone()) {
        return told;
    }
    let spelling = field.and_then(|field| field.spelling);
    match ty {
        Ty::Int | Ty::Id => match spelling {
            Some(Wire::Text) => json!("118"),
            _ => json!(118),
        },
        Ty::Number => json!(25),
        Ty::Bool => json!(true),
        Ty::Text if field.is_some_and(|field| field.wire == "type") => json!(about),
        Ty::Text => json!(field.map_or("text", |field| field.wire.as_str())),
        Ty::Uuid => json!("9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11"),
        Ty::DateTime => match spelling {
            Some(Wire::Unix) => json!(1_769_860_800),
            _ => json!("2026-01-31T12:00:00Z"),
        },
        Ty::Date => json!("2026-01-31"),
        Ty::Json | Ty::Map(_) => json!({}),
        Ty::List(item) => json!([value(api, item, None, about, depth + 1)]),
        Ty::Nullable(inner) | Ty::Link(inner) | Ty::OneOrMany(inner) => {
            value(api, inner, field, about, depth)
        }
        Ty::Named(id) => match &api.ty(*id).kind {
            Kind::Object { fields, .. } if depth < DEEPEST => fields
                .iter()
                .filter(|field| field.when.is_none() && field.deprecated.is_none())
                .map(|field| {
                    let value = value(api, &field.ty, Some(field), about, depth + 1);
                    (field.wire.clone(), value)
                })
                .collect::<Map<_, _>>()
                .into(),
            Kind::Choice(members) => members.first().map_or(Value::Null, |it| json!(it.wire)),
            Kind::Integers(members) => {
                let first = members.first().and_then(|it| it.wire.parse::<i64>().ok());
                first.map_or(Value::Null, Value::from)
            }
            Kind::OneOf { branches, .. } => branches.first().map_or(Value::Null, |first| {
                value(api, &first.ty, None, about, depth + 1)
            }),
            Kind::Object { .. } => json!({}),
        },
    }
}
