//! The types of fields, whose views follow from those of the field.

use std::collections::HashMap;

use super::{
    UNKNOWN_TYPE,
    read::{flag, missing_view, name_part, named, one_or_many_field, read, unknown_type},
};
use crate::{
    diagnostic::{At, Diagnostic, Diagnostics, SpecPath},
    index::{FieldAt, Home, Index, Meant, SchemaAt, VIEWS, view_suffix},
    model::{
        Ty,
        table::{TypeTable, ty},
    },
    spec::View,
};

/// The file, the schema and the field.
type Key<'a> = (Home, &'a str, &'a str);

/// The types of the fields in each of their views, as far as they are valid.
#[derive(Default)]
pub(in super::super) struct Typed<'a>(HashMap<Key<'a>, Vec<(View, Ty)>>);

impl<'a> Typed<'a> {
    /// The type of a field in a view.
    pub fn of(&self, field: FieldAt<'a>, view: View) -> Option<&Ty> {
        let schema = field.schema;
        let views = self.0.get(&(schema.home, schema.name, field.name))?;
        let mut views = views.iter();
        Some(&views.find(|(of, _)| *of == view)?.1)
    }
}

/// Resolves the types of all fields.
pub(in super::super) fn fields<'a>(table: &TypeTable<'a>, out: &mut Diagnostics) -> Typed<'a> {
    let mut typed = Typed::default();
    for field in table.cx.fields() {
        if let Some(text) = &field.spec.kind {
            of_field(table.cx, field, text, field.at().key("type"), out);
        }
        for (view, text) in field.spec.types.iter() {
            let at = field.at().key("types").key(view);
            of_field(table.cx, field, text, at, out);
        }
        let views = in_views(table, field, out);
        let schema = field.schema;
        typed
            .0
            .insert((schema.home, schema.name, field.name), views);
    }
    typed
}

/// Reports what is wrong with the text of a field's type.
fn of_field(cx: &Index<'_>, field: FieldAt<'_>, text: &str, at: At<'_>, out: &mut Diagnostics) {
    if let Some(ty) = read(cx, field.schema.home, text, at, out) {
        flag(&ty.expr, at, out);
        one_or_many_field(&ty.expr, at, out);
    }
}

fn in_views<'a>(
    table: &TypeTable<'a>,
    field: FieldAt<'a>,
    out: &mut Diagnostics,
) -> Vec<(View, Ty)> {
    let (cx, home) = (table.cx, field.schema.home);
    let mut types = Vec::new();
    // A wrong name is wrong in every view; it is reported once.
    let mut told: Vec<&str> = Vec::new();
    for &view in field.views() {
        if let Some(values) = table.values_of(field) {
            types.push((view, Ty::Named(values)));
            continue;
        }
        let Some(text) = field.type_in(view) else {
            continue;
        };
        let Ok(written) = cx.read(home, text) else {
            continue;
        };
        let (expr, meant) = (&written.expr, written.in_view(view));
        let sent = view != View::Read;
        let Some((group, name)) = named(expr) else {
            types.extend(ty(expr, None, sent).map(|ty| (view, ty)));
            continue;
        };
        if matches!(meant, Meant::Choice(_) | Meant::View(..)) {
            let ty = ty(expr, table.meant(meant), sent);
            types.extend(ty.map(|ty| (view, ty)));
            continue;
        }
        if told.contains(&text) {
            continue;
        }
        told.push(text);
        let at = field.type_at(view);
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
                format!("a field must name a schema, and `{name}` is a view"),
            )
            .help(format!(
                "write `{base}`; the views of the field select its view"
            )),
            (_, None) => unknown_type(cx, home, text, (group, name), at),
        });
    }
    types
}

/// Reports a field whose schema lacks some of the views that the field is in.
fn lacking(field: FieldAt<'_>, schema: SchemaAt<'_>, text: &str, place: SpecPath) -> Diagnostic {
    let uses = |view: &View| field.type_in(*view) == Some(text);
    let lacks: Vec<View> = field
        .views()
        .iter()
        .filter(|view| uses(view) && schema.serves(**view).is_none())
        .copied()
        .collect();
    let mut diagnostic = missing_view(schema, &lacks, place);
    if field.spec.views.is_some() {
        diagnostic = diagnostic.also(field.at().key("in").value(), "the views of the field");
    } else if !field.schema.spec.views.is_empty() {
        let views = field.schema.at().key("views").value();
        diagnostic = diagnostic.also(views, "the views of the field");
    }
    diagnostic.help(
        "or limit the views of the field with `in:`, or set another type for some views with `types:`",
    )
}
