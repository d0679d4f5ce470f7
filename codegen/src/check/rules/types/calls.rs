//! The types of bodies, answers and payloads, which stand with the suffix of their view.

use super::{
    WRONG_SIDE,
    read::{flag, missing_view, name_part, named, parse, unknown_type},
};
use crate::{
    diagnostic::{At, Diagnostic, Diagnostics},
    index::{Home, Index, Meant, view_suffix, written},
    spec::View,
    types::TypeExpr,
};

/// Where in `takes`, `returns` and the like a type stands, and what it is for.
enum Side {
    Body,
    Answer,
}

pub(in super::super) fn calls(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        if let Some(takes) = &endpoint.spec.takes {
            written_type(
                cx,
                endpoint.home,
                takes,
                endpoint.at.key("takes"),
                &Side::Body,
                out,
            );
        }
        let returns = &endpoint.spec.returns;
        if returns != "none" && returns != "counts" {
            written_type(
                cx,
                endpoint.home,
                returns,
                endpoint.at.key("returns"),
                &Side::Answer,
                out,
            );
        }
    }
    let root = At::root("events.yaml");
    for (index, event) in cx.document.events.events.iter().enumerate() {
        let at = root.key("events").index(index).key("payload");
        written_type(cx, Home::Events, &event.payload, at, &Side::Answer, out);
    }
    let delivery = &cx.document.events.delivery;
    written_type(
        cx,
        Home::Events,
        delivery,
        root.key("delivery"),
        &Side::Answer,
        out,
    );
}

fn written_type(
    cx: &Index<'_>,
    home: Home,
    text: &str,
    at: At<'_>,
    side: &Side,
    out: &mut Diagnostics,
) {
    let Some(expr) = parse(text, at, out) else {
        return;
    };
    flag(&expr, at, out);
    let Some((group, name)) = named(&expr) else {
        if matches!(side, Side::Body) {
            out.push(
                Diagnostic::new(
                    &WRONG_SIDE,
                    at.value(),
                    format!("a body cannot be `{text}`"),
                )
                .why("a body is an object or a list of objects")
                .help("name a schema with a view for writing"),
            );
        }
        return;
    };
    let place = || name_part(text, name, at);
    match (written(cx, home, group, name), side) {
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
                format!("`{name}` is what is read, not sent"),
            );
            out.push(if forms.is_empty() {
                diagnostic
                    .also(schema.at.name(), "only read")
                    .help("give it a view for writing: `create`, `update` or `write`")
            } else {
                diagnostic.help(format!("write {}", forms.join(" or ")))
            });
        }
        (Meant::View(schema, view), Side::Answer) if view != View::Read => out.push(
            Diagnostic::new(
                &WRONG_SIDE,
                place(),
                format!("`{name}` is what is sent, not read"),
            )
            .help(format!("write `{}`", schema.name)),
        ),
        (Meant::Choice(_), Side::Body) => out.push(Diagnostic::new(
            &WRONG_SIDE,
            place(),
            format!("`{name}` is an enumeration, which is no body"),
        )),
        (Meant::View(..) | Meant::Choice(_), _) => {}
    }
    let shape_fits = match (&expr, side) {
        (TypeExpr::List(item), Side::Body) => matches!(**item, TypeExpr::Named { .. }),
        (expr, Side::Body) => matches!(expr, TypeExpr::Named { .. }),
        (_, Side::Answer) => true,
    };
    if !shape_fits {
        out.push(
            Diagnostic::new(
                &WRONG_SIDE,
                at.value(),
                format!("a body cannot be `{text}`"),
            )
            .why("a body is an object or a list of objects"),
        );
    }
}
