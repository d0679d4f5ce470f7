//! Fields that keep a retryable call from being retried: that the body has them.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, FieldAt, Index, Meant, SchemaAt},
    spec::View,
};

pub static REPEAT_UNLESS: Code = Code::error(
    "E248",
    "repeat-unless",
    "Only a call that may be retried has `unless:`, which lists fields of its body, each once.",
);

pub(super) fn unless(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let Some(repeat) = endpoint.spec.repeat.as_ref() else {
            continue;
        };
        if repeat.unless.is_empty() {
            continue;
        }
        let at = endpoint.at.key("repeat");
        if !repeat.safe.allows() {
            let message = format!("`{}` is never retried", endpoint.full_id());
            out.push(
                Diagnostic::new(&REPEAT_UNLESS, at.key("unless").name(), message)
                    .also(at.key("safe").value(), "whatever its body contains")
                    .help("write `safe: true` if it may be retried when these fields are absent, or remove `unless:`"),
            );
            continue;
        }
        names(cx, &endpoint, &repeat.unless, out);
    }
}

fn names(cx: &Index<'_>, endpoint: &EndpointAt<'_>, names: &[String], out: &mut Diagnostics) {
    let at = endpoint.at.key("repeat").key("unless");
    let help = "remove `unless:`, and state in `safe:` whether it may be retried";
    let Some((schema, view)) = object(cx, endpoint, (&REPEAT_UNLESS, at, help), out) else {
        return;
    };
    let takes = endpoint.at.key("takes");
    let has = |field: &FieldAt<'_>| field.views().contains(&view);
    for (index, name) in names.iter().enumerate() {
        let at = at.index(index).value();
        if names.iter().take(index).any(|other| other == name) {
            let message = format!("`{name}` is named twice");
            out.push(Diagnostic::new(&REPEAT_UNLESS, at, message).help("name it once"));
        } else if schema.field(name).filter(has).is_none() {
            let fields: Vec<_> = schema.fields().filter(has).map(|it| it.name).collect();
            out.push(
                Diagnostic::new(&REPEAT_UNLESS, at, format!("the body has no `{name}`"))
                    .also(takes.value(), "the body")
                    .meant(name, cx.candidates(fields)),
            );
        }
    }
}

/// The object with fields that a call sends, or whose batch it sends. Another body is reported where fields of it are
/// named, with the help; an invalid type is reported where it is written.
pub(super) fn object<'a>(
    cx: &Index<'a>,
    endpoint: &EndpointAt<'a>,
    (code, at, help): (&'static Code, At<'_>, &str),
    out: &mut Diagnostics,
) -> Option<(SchemaAt<'a>, View)> {
    let takes = endpoint.spec.takes.is_some();
    match cx.body(*endpoint) {
        Some(body) if body.is_named() => match body.written {
            Meant::View(schema, view) if schema.spec.fields.is_some() => {
                return Some((schema, view));
            }
            Meant::View(..) | Meant::Choice(_) => {}
            Meant::NoView(..) | Meant::Nothing => return None,
        },
        None if takes => return None,
        _ => {}
    }
    let message = format!(
        "`{}` does not send an object with fields",
        endpoint.full_id()
    );
    let mut wrong = Diagnostic::new(code, at.name(), message);
    if takes {
        wrong = wrong.also(endpoint.at.key("takes").value(), "what it sends");
    }
    out.push(wrong.help(help));
    None
}
