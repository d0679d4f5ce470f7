//! Fields that a query parameter requests, as `when:` says: that a call accepts the parameter and its value.

use std::collections::HashMap;

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index},
};

pub static UNKNOWN_REQUEST: Code = Code::error(
    "E326",
    "unknown-request",
    "A call has the parameter that requests a field, and accepts the value.",
);

/// What the calls accept for a parameter.
#[derive(Default)]
struct Accepted<'a> {
    values: Vec<&'a str>,
    /// Whether a call accepts other values as well.
    is_open: bool,
}

pub(super) fn requests(cx: &Index<'_>, out: &mut Diagnostics) {
    let mut accepted: HashMap<&str, Accepted<'_>> = HashMap::new();
    for endpoint in cx.endpoints() {
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
    for field in cx.fields() {
        let Some(when) = field.spec.when.as_deref() else {
            continue;
        };
        // A condition in words is not just a name and a value.
        let parameter = when.split_once('=');
        let Some((name, value)) = parameter.filter(|_| !when.contains(char::is_whitespace)) else {
            continue;
        };
        let at = field.at().key("when");
        match accepted.get(name) {
            None => {
                let message = format!("no call has a parameter `{name}`");
                let known = cx.candidates(accepted.keys().copied());
                let mut known: Vec<&str> = known.collect();
                known.sort_unstable();
                out.push(
                    Diagnostic::new(&UNKNOWN_REQUEST, at.part(0..name.len().max(1)), message)
                        .help("correct it, or describe the condition in words, such as `the job was an upload`")
                        .meant(name, known),
                );
            }
            Some(one) if !one.is_open && !one.values.contains(&value) => {
                let message = format!("no call accepts `{value}` for `{name}`");
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
}

/// The parameters in the query of a call that may request fields, each with its type.
fn parameters(endpoint: EndpointAt<'_>) -> impl Iterator<Item = (&str, &str)> {
    let include = endpoint.spec.include.iter();
    let include = include.map(|kind| ("include", kind.as_str()));
    let query = endpoint.spec.query.iter();
    include.chain(query.map(|(name, it)| (name, it.kind.as_str())))
}
