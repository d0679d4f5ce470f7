//! Fields that a query parameter requests, as `when:` says: that a call that returns the field accepts the
//! parameter and its value.

use std::collections::HashMap;

use super::within::Within;
use crate::{
    code_span::code,
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{EndpointAt, FieldAt, Index},
};

pub static UNKNOWN_REQUEST: Code = Code::error(
    "E326",
    "unknown-request",
    "A call that returns the field has the parameter that requests it, and accepts the value.",
);

/// What calls accept for a parameter.
#[derive(Default)]
struct Accepted<'a> {
    values: Vec<&'a str>,
    /// Whether a call accepts other values as well.
    is_open: bool,
}

/// A field that a parameter requests.
struct Asked<'a> {
    field: FieldAt<'a>,
    when: &'a str,
    name: &'a str,
    value: &'a str,
}

pub(super) fn requests(cx: &Index<'_>, out: &mut Diagnostics) {
    let asked: Vec<Asked<'_>> = cx.fields().filter_map(asked).collect();
    if asked.is_empty() {
        return;
    }
    let calls: Vec<_> = cx
        .endpoints()
        .map(|endpoint| (endpoint, Within::response(cx, endpoint)))
        .collect();
    // Several fields of a schema are usually requested.
    let mut known = HashMap::new();
    for one in asked {
        let schema = one.field.schema;
        let accepted = known.entry((schema.home, schema.name)).or_insert_with(|| {
            // What no call returns is reported as unused, and may be requested by any of them.
            let is_returned = calls.iter().any(|(_, within)| within.contains(schema));
            let of_field = calls
                .iter()
                .filter(|(_, within)| !is_returned || within.is_lost || within.contains(schema));
            accepted(cx, of_field.map(|(endpoint, _)| *endpoint))
        });
        judge(cx, &one, accepted, out);
    }
}

/// The parameter and its value. A condition in words is not just a name and a value.
fn asked(field: FieldAt<'_>) -> Option<Asked<'_>> {
    let when = field.spec.when.as_deref()?;
    let parameter = when.split_once('=');
    let (name, value) = parameter.filter(|_| !when.contains(char::is_whitespace))?;
    Some(Asked {
        field,
        when,
        name,
        value,
    })
}

/// What these calls accept, by the names of their parameters.
fn accepted<'a>(
    cx: &Index<'a>,
    endpoints: impl Iterator<Item = EndpointAt<'a>>,
) -> HashMap<&'a str, Accepted<'a>> {
    let mut accepted: HashMap<&str, Accepted<'_>> = HashMap::new();
    for endpoint in endpoints {
        for (name, kind) in parameters(endpoint) {
            let one = accepted.entry(name).or_default();
            let typed = cx.read(endpoint.home, kind).ok();
            let schema = typed.and_then(|typed| typed.schema);
            match schema.and_then(|schema| schema.spec.values.as_ref()) {
                Some(values) => one.values.extend(values.keys()),
                None if kind == "bool" => one.values.extend(["true", "false"]),
                None => one.is_open = true,
            }
        }
    }
    accepted
}

fn judge(
    cx: &Index<'_>,
    asked: &Asked<'_>,
    accepted: &HashMap<&str, Accepted<'_>>,
    out: &mut Diagnostics,
) {
    let Asked {
        field,
        when,
        name,
        value,
    } = asked;
    let at = field.at().key("when");
    match accepted.get(name) {
        None => {
            let message = format!("no call that returns this field has a parameter `{name}`");
            let known = cx.candidates(accepted.keys().copied());
            let mut known: Vec<&str> = known.collect();
            known.sort_unstable();
            out.push(
                Diagnostic::new(&UNKNOWN_REQUEST, at.part(0..name.len().max(1)), message)
                    .help("correct it, or describe the condition in words, such as `the job was an upload`")
                    .meant(name, known),
            );
        }
        Some(one) if !one.is_open && !one.values.contains(value) => {
            let message = format!(
                "no call that returns this field accepts {} for `{name}`",
                code(value)
            );
            let place = at.part(name.len() + 1..when.len());
            let known = cx.candidates(one.values.iter().copied());
            out.push(
                Diagnostic::new(&UNKNOWN_REQUEST, place, message)
                    .help("correct it, or add the value to the enumeration of the parameter")
                    .meant(value, known),
            );
        }
        Some(_) => {}
    }
}

/// The parameters in the query of a call that may request fields, each with its type.
fn parameters(endpoint: EndpointAt<'_>) -> impl Iterator<Item = (&str, &str)> {
    let include = endpoint.spec.include.iter();
    let include = include.map(|kind| ("include", kind.as_str()));
    let query = endpoint.spec.query.iter();
    include.chain(query.map(|(name, it)| (name, it.kind.as_str())))
}
