//! JSON Schema (2020-12) of what goes over the wire. Schemas of answers take what the API really
//! sends, odd spellings included, as the client reads it; schemas of bodies take only what the API is
//! documented to accept. Each is complete in itself: what it refers to stands under its own `$defs`.

mod answer;
mod object;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::model::{Api, Body, Endpoint, Kind, Parameter, Shape, Ty, TypeDef, TypeId};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The way a value goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// From the API: nothing that it may send is refused.
    Read,
    /// To the API: nothing that it would refuse is accepted.
    Write,
}

/// The schema of a body; of a batch, the list with its largest size.
pub fn request(api: &Api, body: &Body) -> Value {
    let mut schemas = Schemas::new(api, Side::Write);
    if !body.many {
        return schemas.document(body.ty);
    }
    let mut list = json!({ "type": "array", "items": schemas.named(body.ty), "minItems": 1 });
    if let (Some(batch), Some(list)) = (&body.batch, list.as_object_mut()) {
        list.insert("maxItems".to_owned(), batch.max.into());
    }
    schemas.finish(list)
}

/// The schema of a whole answer, envelope included; `None` where there is no body.
pub fn response(api: &Api, endpoint: &Endpoint) -> Option<Value> {
    let mut schemas = Schemas::new(api, Side::Read);
    let root = answer::schema(&mut schemas, endpoint)?;
    Some(schemas.finish(root))
}

/// The schema of a value that the API sends on its own, such as the payload of an event.
pub fn read(api: &Api, ty: &Ty) -> Value {
    let mut schemas = Schemas::new(api, Side::Read);
    match ty {
        Ty::Named(id) => schemas.document(*id),
        ty => {
            let root = schemas.value(ty, None);
            schemas.finish(root)
        }
    }
}

/// The schema of one value of a parameter, in itself and without a dialect: it stands inside others.
pub fn parameter(api: &Api, parameter: &Parameter) -> Value {
    match (&parameter.ty, parameter.shape) {
        (_, Shape::Flag) => json!({ "enum": [0, 1] }),
        (Ty::Named(id), _) => match &api.ty(*id).kind {
            Kind::Choice(members) => object::members(members),
            Kind::Object { .. } => json!({ "type": "object" }),
        },
        (ty, _) => Schemas::new(api, Side::Write).value(ty, None),
    }
}

/// The name of a type among `$defs`: as the spec refers to it from another group.
pub fn key(api: &Api, def: &TypeDef) -> String {
    format!("{}.{}", api.module(def.home), def.name)
}

/// A schema in the making: the definitions that it has reached so far.
struct Schemas<'a> {
    api: &'a Api,
    side: Side,
    defs: BTreeMap<String, Value>,
    referred: BTreeSet<String>,
}

/// The definition of what stands in the place of a value that is not there.
const MISSING: &str = "missing";

impl<'a> Schemas<'a> {
    fn new(api: &'a Api, side: Side) -> Self {
        Self {
            api,
            side,
            defs: BTreeMap::new(),
            referred: BTreeSet::new(),
        }
    }

    /// A reference to a type, which is defined when it is first met.
    fn named(&mut self, id: TypeId) -> Value {
        let key = key(self.api, self.api.ty(id));
        self.define(id, &key);
        let reference = json!({ "$ref": format!("#/$defs/{key}") });
        self.referred.insert(key);
        reference
    }

    fn define(&mut self, id: TypeId, key: &str) {
        if !self.defs.contains_key(key) {
            // Its place is taken first, so that a type inside itself ends here.
            self.defs.insert(key.to_owned(), Value::Null);
            let schema = object::schema(self, self.api.ty(id));
            self.defs.insert(key.to_owned(), schema);
        }
    }

    /// A reference to what stands in the place of a value that is not there.
    fn missing(&mut self) -> Value {
        self.defs.entry(MISSING.to_owned()).or_insert_with(|| {
            json!({
                "description": "What the API may send in the place of a value that is not there.",
                "enum": [null, "", {}, []],
            })
        });
        json!({ "$ref": format!("#/$defs/{MISSING}") })
    }

    /// The schema of one type, which stands at the root unless it lies inside itself.
    fn document(mut self, id: TypeId) -> Value {
        let key = key(self.api, self.api.ty(id));
        self.define(id, &key);
        let root = if self.referred.contains(&key) {
            None
        } else {
            self.defs.remove(&key)
        };
        let root = root.unwrap_or_else(|| self.named(id));
        self.finish(root)
    }

    fn finish(self, root: Value) -> Value {
        let mut schema = Map::new();
        schema.insert("$schema".to_owned(), DIALECT.into());
        match root {
            Value::Object(root) => schema.extend(root),
            other => {
                schema.insert("allOf".to_owned(), json!([other]));
            }
        }
        if !self.defs.is_empty() {
            schema.insert(
                "$defs".to_owned(),
                Value::Object(self.defs.into_iter().collect()),
            );
        }
        Value::Object(schema)
    }
}
