//! The views that fields name: that their schema has them, and what is required in them.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics, SpecPath},
    index::{FieldAt, Index, SchemaAt, VIEWS, view_word},
    spec::View,
};

pub static UNKNOWN_VIEW: Code = Code::error(
    "E313",
    "unknown-view",
    "A field names views that its schema has, each once.",
);
pub static REQUIRED_WHEN: Code = Code::error(
    "E315",
    "required-when",
    "A field that is returned only under a condition is not required in responses.",
);

pub(super) fn views(cx: &Index<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas() {
        repeated(&schema.spec.views, schema.at().key("views"), out);
    }
    for field in cx.fields() {
        let schema = field.schema;
        if let Some(views) = &field.spec.views {
            let at = field.at().key("in");
            repeated(views, at, out);
            if views.is_empty() {
                out.push(
                    Diagnostic::new(&UNKNOWN_VIEW, at.name(), "this field is in no view")
                        .help("remove the field, or `in:`"),
                );
            }
            for (index, view) in views.iter().enumerate() {
                if !schema.views().contains(view) {
                    not_a_view(schema, *view, at.index(index).value(), out);
                }
            }
        }
        named_views(&field, "required", &field.spec.required, out);
        if let Some(views) = field.spec.nullable.listed() {
            named_views(&field, "nullable", views, out);
            if views.is_empty() {
                let at = field.at().key("nullable").name();
                out.push(
                    Diagnostic::new(&UNKNOWN_VIEW, at, "this field is not null in any view")
                        .help("remove `nullable:`, or name a view"),
                );
            }
        }
        for key in field.spec.types.keys() {
            let at = field.at().key("types").key(key).name();
            match VIEWS.iter().find(|view| view_word(**view) == key) {
                None => out.push(
                    Diagnostic::new(&UNKNOWN_VIEW, at, format!("`{key}` is not a view"))
                        .meant(key, VIEWS.map(view_word)),
                ),
                Some(view) if !schema.views().contains(view) => not_a_view(schema, *view, at, out),
                Some(view) if !field.views().contains(view) => out.push(
                    Diagnostic::new(
                        &UNKNOWN_VIEW,
                        at,
                        format!("`{}` is not in this view", field.name),
                    )
                    .also(field.at().key("in").value(), "its views"),
                ),
                Some(_) => {}
            }
        }
    }
}

/// Checks that the views in a key of a field are views of the field, each listed once.
fn named_views(field: &FieldAt<'_>, key: &'static str, views: &[View], out: &mut Diagnostics) {
    if views.is_empty() {
        return;
    }
    let list = field.at().key(key);
    repeated(views, list, out);
    for (index, view) in views.iter().enumerate() {
        let at = || list.index(index).value();
        if !field.schema.views().contains(view) {
            not_a_view(field.schema, *view, at(), out);
        } else if !field.views().contains(view) {
            let message = format!("`{}` is not in this view", field.name);
            out.push(
                Diagnostic::new(&UNKNOWN_VIEW, at(), message)
                    .also(field.at().key("in").value(), "its views")
                    .help(format!(
                        "add `{}` to `in`, or remove it here",
                        view_word(*view)
                    )),
            );
        }
    }
}

fn not_a_view(schema: SchemaAt<'_>, view: View, at: SpecPath, out: &mut Diagnostics) {
    let has: Vec<&str> = schema.views().iter().map(|view| view_word(*view)).collect();
    let declared = if schema.spec.views.is_empty() {
        schema.at().name()
    } else {
        schema.at().key("views").value()
    };
    out.push(
        Diagnostic::new(
            &UNKNOWN_VIEW,
            at,
            format!("`{}` has no view `{}`", schema.name, view_word(view)),
        )
        .also(declared, format!("only {}", has.join(", ")))
        .help(format!(
            "add `{}` to the schema's `views`, or remove it here",
            view_word(view)
        )),
    );
}

fn repeated(views: &[View], at: At<'_>, out: &mut Diagnostics) {
    for (index, view) in views.iter().enumerate() {
        if views[..index].contains(view) {
            out.push(
                Diagnostic::new(
                    &UNKNOWN_VIEW,
                    at.index(index).value(),
                    format!("`{}` is listed twice", view_word(*view)),
                )
                .help("keep one of the two"),
            );
        }
    }
}

pub(super) fn required_when(cx: &Index<'_>, out: &mut Diagnostics) {
    for field in cx.fields().filter(|field| field.spec.when.is_some()) {
        let read = field
            .spec
            .required
            .iter()
            .position(|view| *view == View::Read);
        if let Some(index) = read {
            out.push(
                Diagnostic::new(
                    &REQUIRED_WHEN,
                    field.at().key("required").index(index).value(),
                    format!("`{}` is both required and conditional", field.name),
                )
                .also(field.at().key("when").value(), "the condition")
                .why("the client could not read a response without it")
                .help("remove `read` from `required`, or remove `when:`"),
            );
        }
    }
}
