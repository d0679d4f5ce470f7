//! The shape of schemas: objects and enumerations, views, and which fields they have.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics, SpecPath},
    index::{FieldAt, Index, SchemaAt, VIEWS, view_word},
    spec::{Map, View},
};

pub static FIELDS_OR_VALUES: Code = Code::error(
    "E310",
    "fields-or-values",
    "A schema is an object with fields, an enumeration with values or a one-of with branches.",
);
pub static EMPTY_ENUM: Code = Code::error("E311", "empty-enum", "An enumeration has values.");
pub static TYPE_OR_ENUM: Code = Code::error(
    "E312",
    "type-or-enum",
    "A field has either a type or values of its own.",
);
pub static ENUM_NUMBER: Code = Code::error(
    "E319",
    "enum-number",
    "The values of an enumeration of integers are integers.",
);
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
pub static FIELD_SET: Code = Code::error(
    "E314",
    "field-set",
    "The fields in `needs_one_of` and `at_most_one_of` are fields of their view.",
);

pub(super) fn shapes(cx: &Index<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas() {
        shape(schema, out);
    }
    for field in cx.fields() {
        let spec = field.spec;
        let whose = || format!("{}.{}", field.schema.name, field.name);
        let integers = spec.kind.as_deref() == Some("int") && spec.types.is_empty();
        match (&spec.values, spec.kind.is_some() || !spec.types.is_empty()) {
            (Some(values), true) if integers && !values.is_empty() => {}
            (Some(_), true) => out.push(
                Diagnostic::new(
                    &TYPE_OR_ENUM,
                    field.at().key("enum").name(),
                    format!("`{}` has both a type and values of its own", whose()),
                )
                .also(field.at().key(if spec.kind.is_some() { "type" } else { "types" }).name(), "the type")
                .help("keep one of the two; for integers, write `type: int` next to `enum`; for a list, write `type: \"[Name]\"` with an enumeration `Name`"),
            ),
            (Some(values), false) if values.is_empty() => {
                empty_enum(&whose(), field.at().key("enum").name(), out);
            }
            (Some(_), false) => {}
            (None, _) if field.views().iter().all(|view| field.type_in(*view).is_some()) => {}
            (None, _) => out.push(
                Diagnostic::new(&TYPE_OR_ENUM, field.at().name(), format!("`{}` has no type", whose()))
                    .help("add `type:`, or `enum:` with the values it can have"),
            ),
        }
    }
}

/// The values of enumerations of integers, including those of fields.
pub(super) fn numbers(cx: &Index<'_>, out: &mut Diagnostics) {
    let named = cx.schemas().filter(|schema| schema.spec.kind.is_some());
    let named = named.map(|it| (&it.spec.values, it.at().key("values"), it.at().key("type")));
    let own = cx
        .fields()
        .filter(|field| field.spec.kind.as_deref() == Some("int"));
    let own = own.map(|it| (&it.spec.values, it.at().key("enum"), it.at().key("type")));
    for (values, at, kind) in named.chain(own) {
        for value in values.iter().flat_map(Map::keys) {
            // Only the canonical form, which is also what is written.
            if value
                .parse::<i64>()
                .is_ok_and(|number| number.to_string() == value)
            {
                continue;
            }
            out.push(
                Diagnostic::new(
                    &ENUM_NUMBER,
                    at.key(value).name(),
                    format!("{} is not an integer", crate::code_span::code(value)),
                )
                .also(kind.value(), "the type of the values")
                .help("write an integer, or remove `type:` if the values are strings"),
            );
        }
    }
}

/// Checks that a schema is one thing: an object, an enumeration or a one-of.
fn shape(schema: SchemaAt<'_>, out: &mut Diagnostics) {
    let (spec, name, at) = (schema.spec, schema.name, schema.at());
    let forms = [
        ("fields", "fields", spec.fields.as_ref().map(Map::is_empty)),
        ("values", "values", spec.values.as_ref().map(Map::is_empty)),
        (
            "one_of",
            "branches",
            spec.one_of.as_ref().map(Map::is_empty),
        ),
    ];
    let mut forms = forms
        .into_iter()
        .filter_map(|(key, what, empty)| Some((key, what, empty?)));
    let Some((key, what, empty)) = forms.next() else {
        let message = format!("`{name}` has neither fields nor values nor branches");
        out.push(Diagnostic::new(&FIELDS_OR_VALUES, at.name(), message).help(
            "add `fields:` to make it an object, `values:` for an enumeration, or `one_of:` for one of \
             several types",
        ));
        return;
    };
    if let Some((other, others, _)) = forms.next() {
        let message = format!("`{name}` has both {what} and {others}");
        out.push(
            Diagnostic::new(&FIELDS_OR_VALUES, at.key(other).name(), message)
                .also(at.key(key).name(), format!("the {what}"))
                .help("make them two schemas"),
        );
        return;
    }
    match key {
        "values" if empty => empty_enum(name, at.key(key).name(), out),
        _ if empty => {
            let thing = if key == "fields" { "object" } else { "one-of" };
            let message = format!("the {thing} `{name}` has no {what}");
            out.push(
                Diagnostic::new(&FIELDS_OR_VALUES, at.key(key).name(), message).help(format!(
                    "add {what}, or use the type `json` for arbitrary values"
                )),
            );
        }
        _ => {}
    }
    let mut misplaced = |of: &'static str, message: String, help: &'static str| {
        out.push(Diagnostic::new(&FIELDS_OR_VALUES, at.key(of).name(), message).help(help));
    };
    if !spec.views.is_empty() && schema.is_plain() {
        let thing = if key == "values" {
            "enumeration"
        } else {
            "one-of of plain values"
        };
        let message = format!("the {thing} `{name}` has no views");
        misplaced(
            "views",
            message,
            "remove `views:`; its values are the same in every view",
        );
    }
    if spec.by.is_some() && key != "one_of" {
        let message = format!("`{name}` has no branches to distinguish");
        misplaced(
            "by",
            message,
            "remove `by:`, or list the branches under `one_of:`",
        );
    }
    if spec.kind.is_some() && key != "values" {
        let message = format!("only an enumeration has a type, and `{name}` is not one");
        misplaced(
            "type",
            message,
            "remove `type:`; each field or branch has its own",
        );
    }
}

fn empty_enum(name: &str, at: SpecPath, out: &mut Diagnostics) {
    out.push(
        Diagnostic::new(
            &EMPTY_ENUM,
            at,
            format!("the enumeration `{name}` has no values"),
        )
        .help("add its values, each with its meaning; use `string` if they are unknown"),
    );
}

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
