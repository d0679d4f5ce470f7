//! JSON Schema (2020-12) of what goes over the wire. Schemas of answers take what the API really
//! sends, odd spellings included, as the client reads it; schemas of bodies take only what the API is
//! documented to accept. Each is complete in itself: what it refers to stands under its own `$defs`.

mod answer;
mod document;
mod object;
mod sketch;
mod value;

use std::{borrow::Cow, sync::OnceLock};

use serde_json::{Value, json};

use self::sketch::{Shape, Sketch, Target};
use crate::model::{Api, Body, Endpoint, Kind, Parameter, Shape as Form, Ty, TypeDef, TypeId};

pub use self::document::Document;

/// The way a value goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// From the API: nothing that it may send is refused.
    Read,
    /// To the API: nothing that it would refuse is accepted.
    Write,
}

/// The schemas of a model. The shape of each type is made once, however many schemas refer to it.
pub struct Library<'a> {
    api: &'a Api,
    /// The name of each type among `$defs`.
    keys: Vec<String>,
    /// The shape of each type, on its way from the API and to it.
    shapes: [Vec<OnceLock<Shape>>; 2],
    missing: Value,
}

/// The name of a type among `$defs`: as the spec refers to it from another group.
pub fn key(api: &Api, def: &TypeDef) -> String {
    format!("{}.{}", api.module(def.home), def.name)
}

/// The schema of one value of a parameter. It stands inside others, so it refers to nothing.
pub fn parameter(api: &Api, parameter: &Parameter) -> Value {
    match (&parameter.ty, parameter.shape) {
        (_, Form::Flag) => json!({ "enum": [0, 1] }),
        (Ty::Named(id), _) => match &api.ty(*id).kind {
            Kind::Choice(members) => object::members(members),
            Kind::Object { .. } => json!({ "type": "object" }),
        },
        (ty, _) => Sketch::new(api, &[], Side::Write).value(ty, None),
    }
}

impl<'a> Library<'a> {
    /// The schemas of `api`, none of which is made yet.
    pub fn new(api: &'a Api) -> Self {
        let empty = || api.types.iter().map(|_| OnceLock::new()).collect();
        Self {
            api,
            keys: api.types.iter().map(|def| key(api, def)).collect(),
            shapes: [empty(), empty()],
            missing: sketch::missing(),
        }
    }

    /// The schema of a body; of a batch, the list with its largest size.
    pub fn request(&self, body: &Body) -> Document<'_> {
        if !body.many {
            return self.of_type(body.ty, Side::Write);
        }
        let mut sketch = self.sketch(Side::Write);
        let mut list = json!({ "type": "array", "items": sketch.named(body.ty), "minItems": 1 });
        if let (Some(batch), Some(list)) = (&body.batch, list.as_object_mut()) {
            list.insert("maxItems".to_owned(), batch.max.into());
        }
        self.document(sketch.done(list), Side::Write)
    }

    /// The schema of a whole answer, envelope included; `None` where there is no body.
    ///
    /// The client also takes the data alone where an envelope was due: a list under `items`, an object
    /// under `then`.
    pub fn response(&self, endpoint: &Endpoint) -> Option<Document<'_>> {
        let mut sketch = self.sketch(Side::Read);
        let root = answer::schema(&mut sketch, endpoint)?;
        Some(self.document(sketch.done(root), Side::Read))
    }

    /// The schema of a value that the API sends on its own, such as the payload of an event.
    pub fn read(&self, ty: &Ty) -> Document<'_> {
        if let Ty::Named(id) = ty {
            return self.of_type(*id, Side::Read);
        }
        let mut sketch = self.sketch(Side::Read);
        let root = sketch.value(ty, None);
        self.document(sketch.done(root), Side::Read)
    }

    fn sketch(&self, side: Side) -> Sketch<'_> {
        Sketch::new(self.api, &self.keys, side)
    }

    fn shape(&self, id: TypeId, side: Side) -> &Shape {
        self.shapes[side as usize][id.0].get_or_init(|| {
            let mut sketch = self.sketch(side);
            let schema = object::schema(&mut sketch, self.api.ty(id));
            sketch.done(schema)
        })
    }

    /// The schema of one type, which stands at the root unless it lies inside itself.
    fn of_type(&self, id: TypeId, side: Side) -> Document<'_> {
        let shape = self.shape(id, side);
        let reached = self.reach(shape, side);
        if reached.contains(&Target::Type(id)) {
            let mut sketch = self.sketch(side);
            let root = sketch.named(id);
            return self.document(sketch.done(root), side);
        }
        Document::new(
            Cow::Borrowed(&shape.schema),
            self.definitions(reached, side),
        )
    }

    fn document(&self, root: Shape, side: Side) -> Document<'_> {
        let reached = self.reach(&root, side);
        Document::new(Cow::Owned(root.schema), self.definitions(reached, side))
    }

    /// Everything that a shape refers to, directly or through others.
    fn reach(&self, from: &Shape, side: Side) -> Vec<Target> {
        let mut reached: Vec<Target> = from.refers.iter().copied().collect();
        let mut seen = vec![false; self.keys.len()];
        let mut missing = false;
        let mut at = 0;
        reached.retain(|target| first(*target, &mut seen, &mut missing));
        while let Some(target) = reached.get(at).copied() {
            at += 1;
            if let Target::Type(id) = target {
                let more = self.shape(id, side).refers.iter().copied();
                reached.extend(more.filter(|target| first(*target, &mut seen, &mut missing)));
            }
        }
        reached
    }

    fn definitions(&self, reached: Vec<Target>, side: Side) -> Vec<(&str, &Value)> {
        let mut definitions: Vec<(&str, &Value)> = reached
            .into_iter()
            .map(|target| match target {
                Target::Type(id) => (&*self.keys[id.0], &self.shape(id, side).schema),
                Target::Missing => (sketch::MISSING, &self.missing),
            })
            .collect();
        definitions.sort_by_key(|(key, _)| *key);
        definitions
    }
}

/// Whether a target is met for the first time.
fn first(target: Target, seen: &mut [bool], missing: &mut bool) -> bool {
    let met = match target {
        Target::Type(id) => seen.get_mut(id.0),
        Target::Missing => Some(missing),
    };
    met.is_some_and(|met| !std::mem::replace(met, true))
}
