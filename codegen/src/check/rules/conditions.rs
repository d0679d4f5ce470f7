//! The values of a body that need a further scope: that its fields have them.

use super::repeats::object;
use crate::{
    code_span::code,
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, FieldAt, Index},
    spec::Map,
};

pub static SCOPE_VALUES: Code = Code::error(
    "E406",
    "scope-values",
    "Values that need a scope are members of enumerations of the body, each listed once.",
);

pub(super) fn values(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let at = endpoint.at.key("also_needs");
        for (index, also) in endpoint.spec.also_needs.iter().enumerate() {
            if !also.values.is_empty() {
                let at = at.index(index).key("values");
                fields(cx, &endpoint, &also.values, at, out);
            }
        }
    }
}

fn fields(
    cx: &Index<'_>,
    endpoint: &EndpointAt<'_>,
    values: &Map<Vec<String>>,
    at: At<'_>,
    out: &mut Diagnostics,
) {
    let help = "remove `values:`; `when:` states the condition";
    let Some((schema, view)) = object(cx, endpoint, (&SCOPE_VALUES, at, help), out) else {
        return;
    };
    let takes = endpoint.at.key("takes");
    let has = |field: &FieldAt<'_>| field.views().contains(&view);
    for (name, values) in values.iter() {
        match schema.field(name).filter(has) {
            Some(field) => members(cx, field, values, at.key(name), out),
            None => {
                let known: Vec<_> = schema.fields().filter(has).map(|it| it.name).collect();
                let message = format!("the body has no `{name}`");
                out.push(
                    Diagnostic::new(&SCOPE_VALUES, at.key(name).name(), message)
                        .also(takes.value(), "the body")
                        .meant(name, cx.candidates(known)),
                );
            }
        }
    }
}

fn members(
    cx: &Index<'_>,
    field: FieldAt<'_>,
    values: &[String],
    at: At<'_>,
    out: &mut Diagnostics,
) {
    let name = field.name;
    let Some(known) = cx.words_of(field) else {
        let message = format!("`{name}` is not an enumeration of strings");
        out.push(
            Diagnostic::new(&SCOPE_VALUES, at.name(), message)
                .also(field.at().name(), "this field")
                .help("name a field whose type has `values`, or remove it"),
        );
        return;
    };
    if values.is_empty() {
        let message = format!("no value of `{name}` is listed");
        out.push(
            Diagnostic::new(&SCOPE_VALUES, at.name(), message)
                .help("list the values, or remove it"),
        );
    }
    for (index, value) in values.iter().enumerate() {
        let at = at.index(index).value();
        if values.iter().take(index).any(|other| other == value) {
            let message = format!("{} is listed twice", code(value));
            out.push(Diagnostic::new(&SCOPE_VALUES, at, message).help("list it once"));
        } else if !known.contains(value) {
            let message = format!("`{name}` has no value {}", code(value));
            out.push(
                Diagnostic::new(&SCOPE_VALUES, at, message)
                    .also(field.at().name(), "this field")
                    .meant(value, cx.candidates(known.keys())),
            );
        }
    }
}
