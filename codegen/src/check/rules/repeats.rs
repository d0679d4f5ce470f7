//! Fields that keep a retryable call from being retried: that the body has them.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
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
    let takes = endpoint.at.key("takes");
    let (schema, view) = match object(cx, endpoint) {
        Body::Object(schema, view) => (schema, view),
        Body::Unreadable => return,
        Body::Other => {
            let message = format!(
                "`{}` does not send an object with fields",
                endpoint.full_id()
            );
            let mut wrong = Diagnostic::new(&REPEAT_UNLESS, at.name(), message);
            if endpoint.spec.takes.is_some() {
                wrong = wrong.also(takes.value(), "what it sends");
            }
            out.push(
                wrong.help("remove `unless:`, and state in `safe:` whether it may be retried"),
            );
            return;
        }
    };
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

/// The body of a call.
pub(super) enum Body<'a> {
    /// An object, or a batch of them.
    Object(SchemaAt<'a>, View),
    /// An invalid type, which is reported where it is written.
    Unreadable,
    Other,
}

/// The object that the body of a call is, or whose batch it is.
pub(super) fn object<'a>(cx: &Index<'a>, endpoint: &EndpointAt<'a>) -> Body<'a> {
    let meant = match cx.body(*endpoint) {
        Some(body) if body.is_named() => body.written,
        None if endpoint.spec.takes.is_some() => return Body::Unreadable,
        _ => return Body::Other,
    };
    match meant {
        Meant::View(schema, view) if schema.spec.fields.is_some() => Body::Object(schema, view),
        Meant::View(..) | Meant::Choice(_) => Body::Other,
        Meant::NoView(..) | Meant::Nothing => Body::Unreadable,
    }
}
