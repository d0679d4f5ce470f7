//! Objects that cannot be without another of their own kind: no value of them could ever end.

use std::collections::BTreeSet;

use crate::{
    check::{
        Context,
        context::{FieldAt, Home, SchemaAt},
        written::{Meant, in_field},
    },
    diagnostic::{Code, Diagnostic, Diagnostics},
    spec::View,
    types::TypeExpr,
};

pub static ENDLESS: Code = Code::error(
    "E332",
    "endless",
    "No object requires another of its own kind, directly or through others.",
);

pub(super) fn endless(cx: &Context<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas() {
        for &view in schema.views() {
            for (field, inner, inner_view) in required(cx, schema, view) {
                if leads_to(cx, (inner, inner_view), (schema, view)) {
                    let message = format!("a `{}` could never end", schema.name);
                    out.push(
                        Diagnostic::new(&ENDLESS, field.at.key("type").value(), message)
                            .also(field.at.key("required").value(), "it is always there")
                            .why("each one holds another, without end")
                            .help("make it optional, or a list"),
                    );
                }
            }
        }
    }
}

/// The objects that a view of an object cannot be without.
fn required<'a>(
    cx: &Context<'a>,
    schema: SchemaAt<'a>,
    view: View,
) -> Vec<(FieldAt<'a>, SchemaAt<'a>, View)> {
    schema
        .fields()
        .filter(|field| field.spec.required.contains(&view))
        .filter_map(|field| {
            let (text, _) = field.type_in(view)?;
            let TypeExpr::Named { group, name } = TypeExpr::parse(text).ok()? else {
                return None;
            };
            match in_field(cx, schema.home, group.as_deref(), &name, view) {
                Meant::View(inner, view) => Some((field, inner, view)),
                _ => None,
            }
        })
        .collect()
}

fn leads_to<'a>(cx: &Context<'a>, from: (SchemaAt<'a>, View), to: (SchemaAt<'a>, View)) -> bool {
    let mut seen: BTreeSet<(Home, &str, View)> = BTreeSet::new();
    let mut open = vec![from];
    while let Some((schema, view)) = open.pop() {
        if (schema.home, schema.name, view) == (to.0.home, to.0.name, to.1) {
            return true;
        }
        if seen.insert((schema.home, schema.name, view)) {
            let next = required(cx, schema, view);
            open.extend(next.into_iter().map(|(_, inner, view)| (inner, view)));
        }
    }
    false
}
