//! The types of fields, whose views follow from the field's own.

use super::{
    UNKNOWN_TYPE,
    read::{flag, missing_view, name_part, named, parse, unknown_type},
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, SpecPath},
    index::{FieldAt, Index, Meant, SchemaAt, VIEWS, in_field, view_suffix},
    spec::View,
    types::TypeExpr,
};

pub(in super::super) fn fields(cx: &Index<'_>, out: &mut Diagnostics) {
    for field in cx.fields() {
        if let Some(text) = &field.spec.kind
            && let Some(expr) = parse(text, field.at.key("type"), out)
        {
            flag(&expr, field.at.key("type"), out);
        }
        for (view, text) in field.spec.types.iter() {
            if let Some(expr) = parse(text, field.at.key("types").key(view), out) {
                flag(&expr, field.at.key("types").key(view), out);
            }
        }
        field_references(cx, field, out);
    }
}

fn field_references(cx: &Index<'_>, field: FieldAt<'_>, out: &mut Diagnostics) {
    let home = field.schema.home;
    // A name that is wrong is wrong in every view; one place is told once.
    let mut told: Vec<&str> = Vec::new();
    for view in field.views() {
        let Some((text, at)) = field.type_in(*view) else {
            continue;
        };
        let Ok(expr) = TypeExpr::parse(text) else {
            continue;
        };
        let Some((group, name)) = named(&expr) else {
            continue;
        };
        let meant = in_field(cx, home, group, name, *view);
        if matches!(meant, Meant::Choice(_) | Meant::View(..)) || told.contains(&text) {
            continue;
        }
        told.push(text);
        let place = name_part(text, name, at);
        let base = || {
            VIEWS.iter().find_map(|view| {
                let base = name
                    .strip_suffix(view_suffix(*view))
                    .filter(|base| *base != name)?;
                cx.resolve(home, group, base).map(|_| base)
            })
        };
        out.push(match (meant, base()) {
            (Meant::NoView(schema, _), _) => lacking(field, schema, text, place),
            (_, Some(base)) => Diagnostic::new(
                &UNKNOWN_TYPE,
                place,
                format!("a field names the schema, not a view of it: `{name}`"),
            )
            .help(format!(
                "write `{base}`; which view is meant follows from the field's own"
            )),
            (_, None) => unknown_type(cx, home, text, (group, name), at),
        });
    }
}

/// A field whose schema lacks some of the views that the field is in.
fn lacking(field: FieldAt<'_>, schema: SchemaAt<'_>, text: &str, place: SpecPath) -> Diagnostic {
    let uses = |view: &View| field.type_in(*view).is_some_and(|(other, _)| other == text);
    let lacks: Vec<View> = field
        .views()
        .iter()
        .filter(|view| uses(view) && schema.serves(**view).is_none())
        .copied()
        .collect();
    let mut diagnostic = missing_view(schema, &lacks, place);
    if field.spec.views.is_some() {
        diagnostic = diagnostic.also(field.at.key("in").value(), "the views of the field");
    } else if !field.schema.spec.views.is_empty() {
        let views = field.schema.at.key("views").value();
        diagnostic = diagnostic.also(views, "the views of the field");
    }
    diagnostic.help(
        "or leave the field out of some views by `in:`, or give it another type there by `types:`",
    )
}
