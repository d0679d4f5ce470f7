//! Defaults and examples: that they match their types.

use crate::{
    code_span::code,
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{FieldAt, Index},
    types::{Prim, TypeExpr},
};

pub static BAD_DEFAULT: Code = Code::error(
    "E324",
    "bad-default",
    "A default or an example is a value of its type, and a member of its enumeration.",
);

pub(super) fn defaults(cx: &Index<'_>, out: &mut Diagnostics) {
    use serde_json::Value;
    fn fits(expr: &TypeExpr, value: &Value) -> bool {
        match expr {
            TypeExpr::Prim(Prim::Int) => value.is_i64() || value.is_u64(),
            TypeExpr::Prim(Prim::Decimal) => value.is_number() || is_numeric(value),
            TypeExpr::Prim(Prim::Bool | Prim::Flag) => value.is_boolean(),
            TypeExpr::Prim(Prim::Id) => value.is_i64() || value.is_string(),
            TypeExpr::Prim(Prim::Json) | TypeExpr::Link(_) => true,
            TypeExpr::Prim(Prim::String | Prim::DateTime | Prim::Date | Prim::Uuid) => {
                value.is_string()
            }
            TypeExpr::Named { .. } => value.is_string() || value.is_object(),
            TypeExpr::List(item) => value
                .as_array()
                .is_some_and(|items| items.iter().all(|value| fits(item, value))),
            TypeExpr::Map(_) => value.is_object(),
            TypeExpr::Nullable(inner) => value.is_null() || fits(inner, value),
            TypeExpr::OneOrMany(item) => fits(item, value),
        }
    }
    fn is_numeric(value: &Value) -> bool {
        value
            .as_str()
            .is_some_and(|text| text.parse::<f64>().is_ok())
    }
    let mut judge = |value: &Value, expr: &TypeExpr, at: At<'_>, key: &'static str| {
        if !fits(expr, value) {
            out.push(
                Diagnostic::new(
                    &BAD_DEFAULT,
                    at.key(key).value(),
                    format!("{value} is not of type `{expr}`"),
                )
                .also(at.key("type").value(), "the type")
                .help("write a value of the type, or correct the type"),
            );
        }
    };
    for endpoint in cx.endpoints() {
        for (key, name, parameter) in endpoint.parameters() {
            if let Some(value) = &parameter.default
                && let Ok(ty) = cx.read(endpoint.home, &parameter.kind)
            {
                let at = endpoint.at.key(key).key(name);
                judge(value, &ty.expr, at, "default");
            }
        }
    }
    let int = TypeExpr::Prim(Prim::Int);
    let told = |field: &FieldAt<'_>| field.spec.default.is_some() || field.spec.example.is_some();
    for field in cx.fields().filter(told) {
        let Some(ty) = cx.plain_type(field) else {
            continue;
        };
        let expr = match ty.alone() {
            Some(schema) if schema.is_one_of() => continue,
            Some(schema) if schema.spec.kind.is_some() => &int,
            _ => &ty.expr,
        };
        for (value, key) in [
            (&field.spec.default, "default"),
            (&field.spec.example, "example"),
        ] {
            if let Some(value) = value {
                judge(value, expr, field.at(), key);
            }
        }
    }
    enum_defaults(cx, out);
}

/// Checks a default and an example against the values of an enumeration, the field's own or a schema.
fn enum_defaults(cx: &Index<'_>, out: &mut Diagnostics) {
    for field in cx.fields() {
        let named = cx.plain_type(field).and_then(|ty| ty.alone());
        let named = named.and_then(|schema| schema.spec.values.as_ref());
        let Some(values) = field.spec.values.as_ref().or(named) else {
            continue;
        };
        for (value, key) in [
            (&field.spec.default, "default"),
            (&field.spec.example, "example"),
        ] {
            let text = match value {
                Some(serde_json::Value::String(text)) => text.clone(),
                Some(serde_json::Value::Number(number)) => number.to_string(),
                _ => continue,
            };
            let text = text.as_str();
            if !values.contains(text) {
                out.push(
                    Diagnostic::new(
                        &BAD_DEFAULT,
                        field.at().key(key).value(),
                        format!(
                            "{} is not one of the values of `{}`",
                            code(text),
                            field.name
                        ),
                    )
                    .meant(text, cx.candidates(values.keys())),
                );
            }
        }
    }
}
