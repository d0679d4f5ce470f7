//! Converts sent values into stored ones.

use serde_json::{Map, Value};

use super::{canonical_time, is_link, number, rounded, whole};
use crate::catalogue::{TypeExpr, Types};

/// `value` in the stored format. A value that does not match the type is kept unchanged: validating
/// bodies is the task of their schemas.
#[must_use]
pub fn canonical(types: &Types, ty: &TypeExpr, value: Value) -> Value {
    match (ty, value) {
        (_, Value::Null) => Value::Null,
        (TypeExpr::Decimal, value @ (Value::Number(_) | Value::String(_))) => {
            number(&value).map_or(value, rounded)
        }
        (TypeExpr::Int, value @ (Value::Number(_) | Value::String(_))) => {
            number(&value).and_then(whole).map_or(value, Value::from)
        }
        (TypeExpr::Bool, Value::Number(flag)) => Value::Bool(flag.as_f64() != Some(0.0)),
        (TypeExpr::Bool, Value::String(flag)) => match flag.as_str() {
            "true" | "1" => Value::Bool(true),
            "false" | "0" => Value::Bool(false),
            _ => Value::String(flag),
        },
        (TypeExpr::DateTime, value) => canonical_time(&value).map_or(value, Value::String),
        (TypeExpr::List(inner), Value::Array(items)) => items
            .into_iter()
            .map(|item| canonical(types, inner, item))
            .collect(),
        (TypeExpr::Map(inner), Value::Object(entries)) => entries
            .into_iter()
            .map(|(name, value)| (name, canonical(types, inner, value)))
            .collect(),
        (TypeExpr::Link(_), value) if is_link(&value) => value,
        (TypeExpr::Link(inner), value) => canonical(types, inner, value),
        (TypeExpr::Named(name), Value::Object(fields)) => {
            Value::Object(canonical_fields(types, name, fields))
        }
        (_, value) => value,
    }
}

/// The fields of the type, each in the stored format; others are dropped.
fn canonical_fields(types: &Types, name: &str, fields: Map<String, Value>) -> Map<String, Value> {
    let Some(ty) = types.get(name) else {
        return fields;
    };
    fields
        .into_iter()
        .filter_map(|(name, value)| {
            let field = ty.fields.get(&name)?;
            Some((name, canonical(types, &field.ty, value)))
        })
        .collect()
}
