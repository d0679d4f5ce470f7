//! The payload of an event in an example, where its type leaves it open: any string may be its `type`, and an
//! id that may be of either type is of the resource's.

use super::{Api, Event, Field, Kind, Ty, TypeId};

/// The value of a payload's field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload<'a> {
    /// The subject of the event.
    Text(&'a str),
    Uuid,
}

/// The fields of an event's payload whose types leave their values open, with the values.
#[must_use]
pub fn sample_payload<'a>(api: &'a Api, event: &'a Event) -> Vec<(&'a Field, Payload<'a>)> {
    let about = event.about();
    let has_uuids = api.events.iter().any(|other| {
        let is_id = |field: &Field| field.wire == "id" && field.ty == Ty::Uuid;
        other.about() == about && fields(api, other).iter().any(is_id)
    });
    let held = |field: &'a Field| match &field.ty {
        Ty::Text if field.wire == "type" && field.example.is_none() => {
            Some((field, Payload::Text(about)))
        }
        Ty::Id if has_uuids => Some((field, Payload::Uuid)),
        _ => None,
    };
    fields(api, event).iter().filter_map(held).collect()
}

/// The fields of an event's payload.
fn fields<'a>(api: &'a Api, event: &Event) -> &'a [Field] {
    match object(&event.payload).map(|id| &api.ty(id).kind) {
        Some(Kind::Object { fields, .. }) => fields,
        _ => &[],
    }
}

/// The named type of a value, or of each of several.
fn object(ty: &Ty) -> Option<TypeId> {
    match ty {
        Ty::Named(id) => Some(*id),
        Ty::List(inner) | Ty::Nullable(inner) | Ty::OneOrMany(inner) => object(inner),
        _ => None,
    }
}
