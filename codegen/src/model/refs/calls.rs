//! The types of bodies, responses and payloads, which have the suffix of their view.

use super::{
    ONE_OR_MANY, WRONG_SIDE,
    read::{flag, missing_view, name_part, named, read, unknown_type},
};
use crate::{
    diagnostic::{At, Diagnostic, Diagnostics},
    index::{Home, Meant, view_suffix},
    model::{
        Ty,
        table::{TypeTable, ty},
    },
    spec::View,
    types::{Prim, TypeExpr},
};

/// Whether a type is that of a body or of a response.
#[derive(Clone, Copy)]
pub(in super::super) enum Side {
    Body,
    Answer,
}

/// The type of `takes`, `returns` or `payload`, if it is valid there.
pub(in super::super) fn written_type(
    table: &TypeTable<'_>,
    home: Home,
    text: &str,
    at: At<'_>,
    side: Side,
    out: &mut Diagnostics,
) -> Option<Ty> {
    let (cx, before) = (table.cx, out.len());
    let read = read(cx, home, text, at, out)?;
    let (expr, meant) = (&read.expr, read.written);
    flag(expr, at, out);
    one_or_many(expr, text, at, out);
    let Some((group, name)) = named(expr) else {
        if matches!(side, Side::Body) && out.len() == before && !is_plain_body(expr) {
            out.push(
                no_body(text, at)
                    .help("name a schema with a view for writing, or write `[int]` or `json`"),
            );
        }
        return (out.len() == before)
            .then(|| ty(expr, None, false))
            .flatten();
    };
    let place = || name_part(text, name, at);
    match (meant, side) {
        (Meant::Nothing, _) => out.push(unknown_type(cx, home, text, (group, name), at)),
        (Meant::NoView(schema, view), _) => out.push(missing_view(schema, &[view], place())),
        (Meant::View(schema, View::Read), Side::Body) => {
            let forms: Vec<String> = schema
                .views()
                .iter()
                .filter(|view| **view != View::Read)
                .map(|view| format!("`{}{}`", schema.name, view_suffix(*view)))
                .collect();
            let diagnostic = Diagnostic::new(
                &WRONG_SIDE,
                place(),
                format!("`{name}` is a type for responses, not request bodies"),
            );
            out.push(if forms.is_empty() {
                diagnostic
                    .also(schema.at().name(), "only for responses")
                    .help("give it a view for writing: `create`, `update` or `write`")
            } else {
                diagnostic.help(format!("write {}", forms.join(" or ")))
            });
        }
        (Meant::View(schema, view), Side::Answer) if view != View::Read => out.push(
            Diagnostic::new(
                &WRONG_SIDE,
                place(),
                format!("`{name}` is a type for request bodies, not responses"),
            )
            .help(format!("write `{}`", schema.name)),
        ),
        (Meant::Choice(schema), Side::Body) => {
            let kind = if schema.is_choice() {
                "an enumeration"
            } else {
                "a plain value"
            };
            let message = format!("`{name}` is {kind}, which cannot be a body");
            out.push(Diagnostic::new(&WRONG_SIDE, place(), message));
        }
        (Meant::View(..) | Meant::Choice(_), _) => {}
    }
    if matches!(expr, TypeExpr::List(item) if matches!(**item, TypeExpr::Nullable(_))) {
        out.push(
            Diagnostic::new(
                &WRONG_SIDE,
                at.value(),
                format!("a list that is a whole body cannot be `{text}`"),
            )
            .why("null items of such a list are skipped")
            .help("remove the `?`"),
        );
        return None;
    }
    let shape_fits = match (expr, side) {
        (TypeExpr::List(item) | TypeExpr::OneOrMany(item), Side::Body) => {
            matches!(**item, TypeExpr::Named { .. })
        }
        (expr, Side::Body) => matches!(expr, TypeExpr::Named { .. }),
        (_, Side::Answer) => true,
    };
    if !shape_fits {
        out.push(no_body(text, at));
    }
    let sound = out.len() == before;
    sound.then(|| ty(expr, table.meant(meant), false)).flatten()
}

fn no_body(text: &str, at: At<'_>) -> Diagnostic {
    let message = format!("a body cannot be `{text}`");
    Diagnostic::new(&WRONG_SIDE, at.value(), message)
        .why("a body is an object, a list of objects, a list of ids, or any JSON")
}

/// Whether it is a body without a schema: a list of ids, or any JSON.
fn is_plain_body(expr: &TypeExpr) -> bool {
    match expr {
        TypeExpr::List(item) => matches!(
            **item,
            TypeExpr::Prim(Prim::Int | Prim::String | Prim::Uuid)
        ),
        expr => *expr == TypeExpr::Prim(Prim::Json),
    }
}

/// Reports `one_or_many` inside a type.
fn one_or_many(expr: &TypeExpr, text: &str, at: At<'_>, out: &mut Diagnostics) {
    let sound = match expr {
        TypeExpr::OneOrMany(item) => matches!(**item, TypeExpr::Named { .. }),
        expr => !expr.has_one_or_many(),
    };
    if !sound {
        out.push(
            Diagnostic::new(
                &ONE_OR_MANY,
                at.value(),
                format!("`{text}` uses `one_or_many` in the wrong place"),
            )
            .help("write `one_or_many` at the start of the type, followed by a schema"),
        );
    }
}
