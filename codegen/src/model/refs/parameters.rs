//! The types of parameters, and the enumerations of `include` and `sort`.

use super::{
    NOT_A_PARAMETER, NOT_AN_ENUM,
    read::{name_part, read, unknown_type},
};
use crate::{
    diagnostic::{At, Diagnostic, Diagnostics},
    index::{Home, Meant, SchemaAt},
    model::{
        Shape, Ty, TypeId,
        table::{TypeTable, ty},
    },
    types::{Prim, TypeExpr},
};

/// The type of a parameter and how its values are sent.
pub(in super::super) fn parameter_type(
    table: &TypeTable<'_>,
    home: Home,
    text: &str,
    at: At<'_>,
    out: &mut Diagnostics,
) -> Option<(Ty, Shape)> {
    let cx = table.cx;
    let read = read(cx, home, text, at, out)?;
    let mut named = None;
    let item = match &read.expr {
        TypeExpr::List(item) => item,
        other => other,
    };
    match item {
        TypeExpr::Prim(Prim::Json)
        | TypeExpr::List(_)
        | TypeExpr::Map(_)
        | TypeExpr::Link(_)
        | TypeExpr::Nullable(_)
        | TypeExpr::OneOrMany(_) => {
            out.push(
                Diagnostic::new(
                    &NOT_A_PARAMETER,
                    at.value(),
                    format!("a parameter cannot be `{text}`"),
                )
                .why("a parameter is one value in a URL, or several separated by commas"),
            );
            return None;
        }
        TypeExpr::Prim(_) => {}
        TypeExpr::Named { group, name } => match read.schema {
            None => out.push(unknown_type(cx, home, text, (group.as_deref(), name), at)),
            Some(schema) if !schema.is_choice() => out.push(
                Diagnostic::new(
                    &NOT_A_PARAMETER,
                    name_part(text, name, at),
                    format!("`{name}` is {}, which cannot be a parameter", what(schema)),
                )
                .also(schema.at().name(), what(schema))
                .why("a parameter is one value in a URL, or several separated by commas")
                .help("use a plain type, or an enumeration"),
            ),
            Some(schema) => named = table.meant(Meant::Choice(schema)),
        },
    }
    let shape = match &read.expr {
        TypeExpr::List(_) => Shape::Many,
        TypeExpr::Prim(Prim::Flag) => Shape::Flag,
        _ => Shape::One,
    };
    Some((ty(item, named, false)?, shape))
}

/// The enumeration of the values of `include` or `sort`.
pub(in super::super) fn choice(
    table: &TypeTable<'_>,
    home: Home,
    text: &str,
    at: At<'_>,
    out: &mut Diagnostics,
) -> Option<TypeId> {
    let cx = table.cx;
    let read = read(cx, home, text, at, out)?;
    let TypeExpr::Named { group, name } = &read.expr else {
        out.push(
            Diagnostic::new(
                &NOT_AN_ENUM,
                at.value(),
                format!("`{text}` is not an enumeration"),
            )
            .help("name a schema with `values:`"),
        );
        return None;
    };
    match read.schema {
        None => out.push(unknown_type(cx, home, text, (group.as_deref(), name), at)),
        Some(schema) if !schema.is_choice() => out.push(
            Diagnostic::new(
                &NOT_AN_ENUM,
                name_part(text, name, at),
                format!("`{name}` is not an enumeration"),
            )
            .also(schema.at().name(), what(schema))
            .help("name a schema with `values:`"),
        ),
        Some(schema) if schema.spec.kind.is_some() => out.push(
            Diagnostic::new(
                &NOT_AN_ENUM,
                name_part(text, name, at),
                format!("the values of `{name}` are not strings"),
            )
            .also(schema.at().key("type").value(), "their type")
            .help("name a schema with `values:` and without `type:`"),
        ),
        Some(schema) => return table.meant(Meant::Choice(schema)),
    }
    None
}

/// The kind of a schema that is not an enumeration.
fn what(schema: SchemaAt<'_>) -> &'static str {
    if schema.is_one_of() {
        "a one-of"
    } else {
        "an object"
    }
}
