//! Schemas as records: how they are identified, what is unique, and what they refer to.

use crate::{
    code_span::code,
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{Index, SchemaAt, USUAL_KEY},
    types::{Prim, TypeExpr},
};

pub static RECORD_FIELD: Code = Code::error(
    "E316",
    "record-field",
    "The key and the unique fields of a schema are in its read view.",
);
pub static REFERENCE: Code = Code::error(
    "E317",
    "reference",
    "A field refers to a schema with a read view and a key.",
);

pub static KNOWN_VALUES: Code = Code::error(
    "E318",
    "known-values",
    "Known values are those of a key in the read view, and a field that contains one names the schema that lists them.",
);

pub(super) fn fields(cx: &Index<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas() {
        if let Some(key) = &schema.spec.key {
            let at = schema.at().key("key");
            if key == USUAL_KEY {
                out.push(
                    Diagnostic::new(&RECORD_FIELD, at.name(), "the key is `id` by default")
                        .help("remove `key:`"),
                );
            }
            one(cx, schema, key, at, out);
        }
        let sets = schema.at().key("unique");
        for (index, set) in schema.spec.unique.iter().enumerate() {
            let at = sets.index(index);
            if set.is_empty() {
                out.push(
                    Diagnostic::new(&RECORD_FIELD, at.value(), "this set has no fields")
                        .help("name the fields that are unique together, or remove it"),
                );
            }
            for (index, name) in set.iter().enumerate() {
                one(cx, schema, name, at.index(index), out);
            }
        }
    }
}

fn one(cx: &Index<'_>, schema: SchemaAt<'_>, name: &str, at: At<'_>, out: &mut Diagnostics) {
    let read = |name: &str| {
        let field = schema.field(name);
        field.is_some_and(|field| field.is_read())
    };
    if !read(name) {
        let fields = schema.fields().map(|field| field.name);
        let names = fields.filter(|name| read(name));
        out.push(
            Diagnostic::new(
                &RECORD_FIELD,
                at.value(),
                format!("the read view of `{}` has no field `{name}`", schema.name),
            )
            .meant(name, cx.candidates(names)),
        );
    }
}

pub(super) fn references(cx: &Index<'_>, out: &mut Diagnostics) {
    for field in cx.fields() {
        let Some(name) = &field.spec.refers_to else {
            if field.spec.on_delete.is_some() {
                let at = field.at().key("on_delete").name();
                out.push(
                    Diagnostic::new(
                        &REFERENCE,
                        at,
                        format!("`{}` refers to nothing", field.name),
                    )
                    .help("name the schema in `refers_to`, or remove `on_delete`"),
                );
            }
            continue;
        };
        let at = field.at().key("refers_to");
        let ty = cx.read(field.schema.home, name).ok();
        let Some(target) = ty.and_then(|ty| ty.alone()) else {
            let names = cx.schemas().map(|schema| schema.name);
            let message = format!("there is no schema `{name}`");
            let problem = Diagnostic::new(&REFERENCE, at.value(), message);
            let problem = of_group(name, problem).meant(name, cx.candidates(names));
            out.push(match problem.help.is_empty() {
                true => problem.help("correct the name, or add the schema"),
                false => problem,
            });
            continue;
        };
        let key = target.key();
        let has_key = target.field(key).is_some_and(|field| field.is_read());
        if !has_key {
            out.push(
                Diagnostic::new(
                    &REFERENCE,
                    at.value(),
                    format!("`{}` has no key", target.name),
                )
                .also(
                    target.at().name(),
                    format!("its read view has no field `{key}`"),
                )
                .help("name its key in `key:`, or remove `refers_to`"),
            );
        }
    }
}

pub(super) fn known_values(cx: &Index<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas() {
        let Some((first, _)) = schema.spec.known_values.iter().next() else {
            continue;
        };
        let at = schema.at().key("known_values");
        let key = schema.field(schema.key()).filter(|field| field.is_read());
        let Some(key) = key else {
            let message = format!("`{first}` does not identify a `{}`", schema.name);
            out.push(
                Diagnostic::new(&KNOWN_VALUES, at.key(first).name(), message)
                    .also(
                        schema.at().name(),
                        format!("its read view has no field `{}`", schema.key()),
                    )
                    .help("list the values in the schema whose key they are"),
            );
            continue;
        };
        let ty = cx.plain_type(key);
        if ty.is_none_or(|ty| ty.expr != TypeExpr::Prim(Prim::Int)) {
            continue;
        }
        let values = schema.spec.known_values.keys();
        for value in values.filter(|value| value.parse::<i64>().is_err()) {
            let message = format!("{} is not an integer", code(value));
            out.push(
                Diagnostic::new(&KNOWN_VALUES, at.key(value).name(), message)
                    .also(key.at().name(), "the key is an integer")
                    .help("write the value as it is sent, and its name in `name:`"),
            );
        }
    }
    for field in cx.fields() {
        let Some(name) = &field.spec.values_of else {
            continue;
        };
        let ty = cx.read(field.schema.home, name).ok();
        let target = ty.and_then(|ty| ty.alone());
        let lists = |schema: &SchemaAt<'_>| !schema.spec.known_values.is_empty();
        if target.as_ref().is_some_and(lists) {
            continue;
        }
        let place = field.at().key("values_of").value();
        let message = match target {
            Some(_) => format!("`{name}` has no `known_values`"),
            None => format!("there is no schema `{name}`"),
        };
        let all = cx.schemas().filter(lists).map(|schema| schema.name);
        out.push(
            of_group(name, Diagnostic::new(&KNOWN_VALUES, place, message))
                .help("name a schema that has `known_values`")
                .meant(name, cx.candidates(all)),
        );
    }
}

/// Records the group of a missing schema, so that only the group is reported if it is missing too.
pub(super) fn of_group(name: &str, problem: Diagnostic) -> Diagnostic {
    match name.split_once('.') {
        Some((group, _)) => problem.lacks(group),
        None => problem,
    }
}
