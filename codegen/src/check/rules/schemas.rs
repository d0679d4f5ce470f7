//! The shape of schemas and fields: what is an object, an enumeration or a one-of, and which values it has.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, SpecPath},
    index::{Index, SchemaAt},
    spec::Map,
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
