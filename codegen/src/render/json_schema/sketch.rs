//! A schema in the making: it keeps account of what is referred to.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Side;
use crate::model::{Api, TypeId};

/// The definition of what stands in the place of a value that is not there.
pub(super) const MISSING: &str = "missing";

/// What a schema refers to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// A type.
    Type(TypeId),
    /// What stands in the place of a value that is not there.
    Missing,
}

/// A schema and what it refers to.
pub(super) struct Shape {
    pub schema: Value,
    pub refers: BTreeSet<Target>,
}

/// A schema in the making.
pub(super) struct Sketch<'a> {
    pub api: &'a Api,
    pub side: Side,
    keys: &'a [String],
    refers: BTreeSet<Target>,
}

impl<'a> Sketch<'a> {
    pub fn new(api: &'a Api, keys: &'a [String], side: Side) -> Self {
        Self {
            api,
            side,
            keys,
            refers: BTreeSet::new(),
        }
    }

    /// A reference to a type.
    pub fn named(&mut self, id: TypeId) -> Value {
        let Some(key) = self.keys.get(id.0) else {
            return json!({});
        };
        self.refers.insert(Target::Type(id));
        json!({ "$ref": format!("#/$defs/{key}") })
    }

    /// A reference to what stands in the place of a value that is not there.
    pub fn missing(&mut self) -> Value {
        self.refers.insert(Target::Missing);
        json!({ "$ref": format!("#/$defs/{MISSING}") })
    }

    pub fn done(self, schema: Value) -> Shape {
        Shape {
            schema,
            refers: self.refers,
        }
    }
}

/// What stands in the place of a value that is not there.
pub(super) fn missing() -> Value {
    json!({
        "description": "What the API may send in the place of a value that is not there.",
        "enum": [null, "", {}, []],
    })
}
