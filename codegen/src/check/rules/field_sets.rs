//! Sets of fields of which a body needs one, or has at most one.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{Index, SchemaAt, view_word},
    spec::View,
};

pub static FIELD_SET: Code = Code::error(
    "E314",
    "field-set",
    "The fields in `needs_one_of` and `at_most_one_of` are fields of their view.",
);

pub(super) fn field_sets(cx: &Index<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas() {
        for (key, sets) in [
            ("needs_one_of", &schema.spec.needs_one_of),
            ("at_most_one_of", &schema.spec.at_most_one_of),
        ] {
            for view in [View::Create, View::Update, View::Write] {
                let sets = sets.of(view);
                if sets.is_empty() {
                    continue;
                }
                let at = schema.at().key(key).key(view_word(view));
                if !schema.views().contains(&view) {
                    let message = format!("`{}` has no {} view", schema.name, view_word(view));
                    out.push(
                        Diagnostic::new(&FIELD_SET, at.name(), message)
                            .help("remove this, or add the view to `views:`"),
                    );
                    continue;
                }
                for (index, names) in sets.iter().enumerate() {
                    one_set(cx, &schema, view, names, at.index(index), out);
                }
            }
        }
    }
}

fn one_set(
    cx: &Index<'_>,
    schema: &SchemaAt<'_>,
    view: View,
    names: &[String],
    at: At<'_>,
    out: &mut Diagnostics,
) {
    if names.len() < 2 {
        out.push(
            Diagnostic::new(
                &FIELD_SET,
                at.value(),
                "a set of fewer than two fields offers no choice",
            )
            .help("name at least two fields; make a single one `required`"),
        );
    }
    for (index, name) in names.iter().enumerate() {
        let fields = || schema.spec.fields.iter().flat_map(|fields| fields.keys());
        let Some(field) = schema.field(name) else {
            let message = format!("`{}` has no field `{name}`", schema.name);
            out.push(
                Diagnostic::new(&FIELD_SET, at.index(index).value(), message)
                    .meant(name, cx.candidates(fields())),
            );
            continue;
        };
        if !field.views().contains(&view) {
            let word = view_word(view);
            out.push(
                Diagnostic::new(
                    &FIELD_SET,
                    at.index(index).value(),
                    format!("the {word} view of `{}` has no field `{name}`", schema.name),
                )
                .also(field.at().key("in").value(), "it is only in these views")
                .help(format!("add `{word}` to its `in`, or remove `{name}` here")),
            );
        }
    }
}
