//! The fields of a new record that were not sent.

use serde_json::{Value, json};

use crate::catalogue::{Catalogue, Endpoint, Field, Type, TypeExpr};
use crate::rules::Settings;

/// The initial fields of a new record: the defaults of the body that creates one, and otherwise the
/// empty value of each type.
pub(super) fn starts(
    catalogue: &Catalogue,
    ty: &Type,
    settings: &Settings,
    endpoints: &[&Endpoint],
) -> Vec<(String, Value)> {
    let writes = |methods: &'static [&str]| {
        let mut all = endpoints.iter();
        all.find(move |endpoint| methods.contains(&endpoint.method.as_str()))
    };
    let body = writes(&["POST"])
        .or_else(|| writes(&["PUT", "PATCH"]))
        .and_then(|endpoint| endpoint.request_type())
        .and_then(|name| catalogue.types.get(name));
    let fields = ty.fields.iter();
    let kept = fields.filter(|(name, _)| !settings.absent.contains(&name.as_str()));
    kept.filter_map(|(name, field)| {
        let default = body
            .and_then(|body| body.fields.get(name))
            .and_then(|field| field.default.clone());
        Some((name.clone(), default.or_else(|| empty(catalogue, field))?))
    })
    .collect()
}

/// The empty value of a type; `None` if it has none, like a one-of with an object.
pub(crate) fn empty(catalogue: &Catalogue, field: &Field) -> Option<Value> {
    if field.nullable {
        return Some(Value::Null);
    }
    let mut ty = &field.ty;
    if let TypeExpr::Link(inner) = ty {
        ty = inner;
    }
    match ty {
        TypeExpr::Int | TypeExpr::Decimal => Some(json!(0)),
        TypeExpr::Bool => Some(json!(false)),
        TypeExpr::Text => Some(json!("")),
        TypeExpr::Uuid | TypeExpr::DateTime => Some(Value::Null),
        TypeExpr::List(_) => Some(json!([])),
        TypeExpr::Map(_) => Some(json!({})),
        // An enumeration of integers has no empty value, so its first member is used.
        TypeExpr::Named(name) => match catalogue.schemas.members(name)? {
            [first, ..] if first.is_number() => Some(first.clone()),
            _ => Some(json!("")),
        },
        TypeExpr::Link(_) | TypeExpr::Plain => None,
    }
}
