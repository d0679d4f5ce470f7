//! What is needed to make schemas: the API, the direction, and how one schema refers to another or includes
//! it.

use serde_json::{Map, Value, json};

use super::Side;
use crate::model::{Api, TypeId};

/// The definition of what may replace a missing value.
pub(super) const MISSING: &str = "missing";

/// What is needed to make the schemas of one direction.
#[derive(Clone, Copy)]
pub(super) struct Sketch<'a> {
    pub api: &'a Api,
    pub side: Side,
}

impl Sketch<'_> {
    /// A reference to a type.
    pub fn named(self, id: TypeId) -> Value {
        reference(&super::key(self.api, self.api.ty(id)))
    }
}

/// A reference to a definition.
pub(super) fn reference(key: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{key}") })
}

/// What may replace a missing value.
pub(super) fn missing() -> Value {
    json!({
        "description": "What the API may send instead of a missing value.",
        "enum": [null, "", {}, []],
    })
}

/// Includes the keywords of another schema.
pub(super) fn extend(map: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        map.extend(more);
    }
}
