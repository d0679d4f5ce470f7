//! What schemas are made with: the API, the side, and how one schema refers to another or takes it in.

use serde_json::{Map, Value, json};

use super::Side;
use crate::model::{Api, TypeId};

/// The definition of what stands in the place of a value that is not there.
pub(super) const MISSING: &str = "missing";

/// What the schemas of one side are made with.
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

/// What stands in the place of a value that is not there.
pub(super) fn missing() -> Value {
    json!({
        "description": "What the API may send instead of a missing value.",
        "enum": [null, "", {}, []],
    })
}

/// Takes in what another schema says.
pub(super) fn extend(map: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        map.extend(more);
    }
}
