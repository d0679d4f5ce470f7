//! The schema of a value: a field's, an item's, a parameter's. The object around it decides whether it may be
//! missing.

use serde_json::{Value, json};

use super::{Side, Sketch};
use crate::{
    model::{Kind, Ty},
    spec::Wire,
};

const WHOLE: &str = r"^[-+]?\d+(\.0*)?$";
const DECIMAL: &str = r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$";

impl Sketch<'_> {
    /// The schema of a value.
    pub(super) fn value(self, ty: &Ty, spelling: Option<Wire>) -> Value {
        match ty {
            Ty::Named(id) => self.named(*id),
            Ty::List(item) => {
                let items = self.value(item, spelling);
                json!({ "type": "array", "items": items })
            }
            Ty::Map(value) => self.map(value, spelling),
            Ty::Nullable(inner) => {
                let value = self.value(inner, spelling);
                either(value, json!({ "type": "null" }))
            }
            Ty::Link(inner) => self.link(inner, spelling),
            Ty::OneOrMany(item) => {
                let item = self.value(item, spelling);
                let items = json!({ "type": "array", "items": item });
                either(item, items)
            }
            Ty::Json => json!({}),
            ty => match self.side {
                Side::Read => read(ty, spelling),
                Side::Write => written(ty, spelling),
            },
        }
    }

    fn map(self, value: &Ty, spelling: Option<Wire>) -> Value {
        let mut values = self.value(value, spelling);
        if self.side == Side::Read && !matches!(value, Ty::Json | Ty::Nullable(_)) {
            // The client passes over a null among them.
            values = either(values, json!({ "type": "null" }));
        }
        json!({ "type": "object", "additionalProperties": values })
    }

    /// A link object, or what it links to.
    fn link(self, inner: &Ty, spelling: Option<Wire>) -> Value {
        let embedded = self.value(inner, spelling);
        if self.side == Side::Write {
            return embedded;
        }
        let link = json!({
            "title": "Link",
            "description": "A link to it; it was not included.",
            "type": "object",
            "required": ["url", "resource"],
            "properties": { "url": { "type": "string" }, "resource": { "type": "string" } },
        });
        let mut forms = vec![link, embedded];
        if let Ty::List(item) = inner
            && !matches!(**item, Ty::Link(_))
        {
            // Lists of one item have been received without the list.
            forms.push(self.value(item, spelling));
        }
        if matches!(inner, Ty::Named(id) if matches!(self.api.ty(*id).kind, Kind::Object { .. })) {
            // An older form of some objects is a list.
            forms.push(json!({ "type": "array" }));
        }
        json!({ "anyOf": forms })
    }
}

/// What the client reads: the usual format first.
fn read(ty: &Ty, spelling: Option<Wire>) -> Value {
    match (ty, spelling) {
        (Ty::Int, Some(Wire::Text)) => json!({ "type": ["string", "integer"], "pattern": WHOLE }),
        (Ty::Int, _) => json!({ "type": ["integer", "string"], "pattern": WHOLE }),
        (Ty::Number, Some(Wire::Text)) => {
            json!({ "type": ["string", "number"], "pattern": DECIMAL })
        }
        (Ty::Number, _) => json!({ "type": ["number", "string"], "pattern": DECIMAL }),
        (Ty::Bool, Some(Wire::OneZero)) => {
            json!({ "enum": [0, 1, "0", "1", true, false, "true", "false"] })
        }
        (Ty::Bool, _) => json!({ "enum": [true, false, 0, 1, "0", "1", "true", "false"] }),
        (Ty::DateTime | Ty::Date, Some(Wire::Unix)) => {
            json!({ "type": ["integer", "number", "string"], "minLength": 1 })
        }
        (Ty::DateTime | Ty::Date, _) => json!({ "type": ["string", "number"], "minLength": 1 }),
        (Ty::Id, _) => json!({ "type": ["integer", "string"] }),
        // A number instead of a string is read by its digits.
        _ => json!({ "type": ["string", "number"] }),
    }
}

/// What a body should contain.
fn written(ty: &Ty, spelling: Option<Wire>) -> Value {
    match (ty, spelling) {
        (Ty::Int, Some(Wire::Text)) => json!({ "type": ["string", "integer"], "pattern": WHOLE }),
        (Ty::Int, _) => json!({ "type": "integer" }),
        (Ty::Number, Some(Wire::Text)) => {
            json!({ "type": ["string", "number"], "pattern": DECIMAL })
        }
        (Ty::Number, _) => json!({ "type": ["number", "string"], "pattern": DECIMAL }),
        (Ty::Bool, Some(Wire::OneZero)) => json!({ "enum": [0, 1, true, false] }),
        (Ty::Bool, _) => json!({ "type": "boolean" }),
        (Ty::DateTime | Ty::Date, Some(Wire::Unix)) => json!({ "type": "integer" }),
        (Ty::DateTime | Ty::Date, Some(Wire::Rfc2822)) => {
            json!({ "type": "string", "minLength": 1 })
        }
        (Ty::DateTime, _) => json!({ "type": "string", "format": "date-time" }),
        (Ty::Date, _) => json!({ "type": "string", "format": "date" }),
        (Ty::Uuid, _) => json!({ "type": "string", "format": "uuid" }),
        (Ty::Id, _) => json!({ "type": ["integer", "string"] }),
        _ => json!({ "type": "string" }),
    }
}

/// One schema or another, in one flat list.
pub(super) fn either(first: Value, second: Value) -> Value {
    let mut forms = match first {
        Value::Object(ref map) if map.len() == 1 && map.contains_key("anyOf") => {
            match first.get("anyOf") {
                Some(Value::Array(forms)) => forms.clone(),
                _ => vec![first],
            }
        }
        first => vec![first],
    };
    forms.push(second);
    json!({ "anyOf": forms })
}

/// A number of the spec, which keeps its text.
pub(super) fn number(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().filter(Value::is_number)
}
