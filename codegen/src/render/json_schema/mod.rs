//! JSON Schema (2020-12) of requests and responses. Schemas of responses accept what the API really sends,
//! including odd formats, as the client reads it; schemas of request bodies accept only what the API is
//! documented to accept. Each type is defined once per direction, and the schema of an endpoint refers to it.

mod answer;
mod definition;
mod enumeration;
mod facts;
mod head;
mod object;
mod one_of;
mod root;
mod sketch;
mod value;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use self::sketch::Sketch;
use crate::{
    model::{Answer, Api, Endpoint, Inbound, Kind, Parameter, Shape, Ty, TypeDef, TypeId},
    spec::{Map, View},
};

pub use self::{
    facts::type_text,
    root::{Definitions, Root},
};

/// The direction of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From the API: nothing that it may send is rejected.
    Read,
    /// To the API: nothing that it would reject is accepted.
    Write,
}

/// The name of a type among `$defs`: as the spec refers to it from another group.
pub fn key(api: &Api, def: &TypeDef) -> String {
    format!("{}.{}", api.module(def.home), def.name)
}

/// The schema of one value of a parameter. It is used inside others, so it refers to nothing.
pub fn parameter(api: &Api, parameter: &Parameter) -> Value {
    match (&parameter.ty, parameter.shape) {
        (_, Shape::Flag) => json!({ "enum": [0, 1] }),
        (_, Shape::File) => json!({ "type": "string", "format": "binary" }),
        (Ty::Named(id), _) => match &api.ty(*id).kind {
            Kind::Choice(members) => enumeration::members(members),
            Kind::Integers(members) => enumeration::integers(members),
            Kind::Object { .. } | Kind::OneOf { .. } => json!({ "type": "object" }),
        },
        (ty, _) => {
            let mut schema = sketch(api, Side::Write).value(ty, None);
            object::range(&mut schema, &parameter.range);
            schema
        }
    }
}

/// The schema of a request body, if there is one; for a batch, the list with its maximum size.
pub fn request(api: &Api, endpoint: &Endpoint) -> Option<Root> {
    let body = endpoint.body.as_ref()?;
    let mut schema = sketch(api, Side::Write).value(&body.ty, None);
    if let (true, Some(list)) = (body.many(), schema.as_object_mut()) {
        list.insert("minItems".to_owned(), 1.into());
        if let Some(batch) = &endpoint.batch {
            list.insert("maxItems".to_owned(), batch.max.into());
        }
    }
    Some(Root(schema))
}

/// The schema of a whole response, including the envelope; `None` if there is no body.
///
/// The client also accepts just the data without its envelope: a list under `items`, an object under `then`.
pub fn response(api: &Api, endpoint: &Endpoint) -> Option<Root> {
    answer::schema(sketch(api, Side::Read), endpoint).map(Root)
}

/// The schema of a separate value that the API sends, such as the payload of an event.
pub fn read(api: &Api, ty: &Ty) -> Root {
    Root(sketch(api, Side::Read).value(ty, None))
}

/// The schema of a value as it is documented.
pub fn written(api: &Api, ty: &Ty) -> Root {
    Root(sketch(api, Side::Write).value(ty, None))
}

/// The types of providers as they are documented, each once, whatever their views.
pub fn documented(inbound: &Inbound) -> Definitions {
    let api = &inbound.api;
    let sketch = sketch(api, Side::Write);
    let types = inbound.types().into_iter().map(|id| {
        let def = api.ty(id);
        (key(api, def), definition::schema(sketch, def))
    });
    let mut definitions: Vec<(String, Value)> = types.collect();
    definitions.sort_by(|(one, _), (other, _)| one.cmp(other));
    Definitions(definitions.into_iter().collect::<Map<_>>())
}

/// Every type of one direction, each once.
pub fn definitions(api: &Api, side: Side) -> Definitions {
    let sketch = sketch(api, side);
    let types = of_side(api, side).into_iter().map(|id| {
        let def = api.ty(id);
        (key(api, def), definition::schema(sketch, def))
    });
    let mut definitions: Vec<(String, Value)> = types.collect();
    if side == Side::Read {
        definitions.push((sketch::MISSING.to_owned(), sketch::missing()));
        let shared = answer::shared(sketch).into_iter();
        definitions.extend(shared.map(|(name, schema)| (name.to_owned(), schema)));
    }
    definitions.sort_by(|(one, _), (other, _)| one.cmp(other));
    Definitions(definitions.into_iter().collect::<Map<_>>())
}

fn sketch(api: &Api, side: Side) -> Sketch<'_> {
    Sketch { api, side }
}

/// The types of a direction: objects in the views of that direction, and the enumerations that they or the
/// calls use. Those of parameters belong to requests.
fn of_side(api: &Api, side: Side) -> BTreeSet<TypeId> {
    let mut types = [BTreeSet::new(), BTreeSet::new()];
    let [read, written] = &mut types;
    for (at, def) in api.types.iter().enumerate() {
        let own = match def.view {
            // Only in the directions that use it.
            None => continue,
            Some(View::Read) => &mut *read,
            Some(_) => &mut *written,
        };
        own.insert(TypeId(at));
        for part in def.kind.parts() {
            own.extend(named(part));
        }
    }
    for endpoint in &api.endpoints {
        if let Answer::Page(ty) | Answer::One(ty) | Answer::Outcome(ty) | Answer::Events(Some(ty)) =
            &endpoint.answer
        {
            read.extend(named(ty));
        }
        // An enumeration may be in a response and also have the values of a parameter.
        let named_parameters = endpoint.path_parameters.iter().chain(&endpoint.query);
        for parameter in named_parameters.chain(&endpoint.headers) {
            written.extend(named(&parameter.ty));
        }
    }
    for event in &api.events {
        read.extend(named(&event.payload));
    }
    let all = (0..api.types.len()).map(TypeId);
    written.extend(all.filter(|id| !read.contains(id)));
    match side {
        Side::Read => std::mem::take(read),
        Side::Write => std::mem::take(written),
    }
}

/// The type inside lists and mappings.
fn named(ty: &Ty) -> Option<TypeId> {
    match ty {
        Ty::Named(id) => Some(*id),
        Ty::List(inner)
        | Ty::Map(inner)
        | Ty::Nullable(inner)
        | Ty::Link(inner)
        | Ty::OneOrMany(inner) => named(inner),
        _ => None,
    }
}
