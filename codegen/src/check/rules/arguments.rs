//! Arguments in headers, and lists whose name is repeated.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index},
};

pub static CALL_HEADER: Code = Code::error(
    "E233",
    "call-header",
    "A header of a call has a name that HTTP allows and nothing else uses, and one value.",
);
pub static EXPLODE: Code = Code::error(
    "E234",
    "explode",
    "Only a list in the query repeats its name for each value.",
);

/// Headers that every request has, or that say how its body is sent.
const OWN: &[&str] = &[
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "host",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

pub(super) fn headers(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        for (name, header) in endpoint.spec.headers.iter() {
            let at = endpoint.at.key("headers").key(name);
            if !is_token(name) {
                let message = format!("`{name}` cannot be the name of a header");
                out.push(
                    Diagnostic::new(&CALL_HEADER, at.name(), message)
                        .help("write letters, digits and `-`, as in `X-Correlation-Id`"),
                );
            } else if is_own(cx, name) {
                let message = format!("the client sets `{name}` itself");
                out.push(
                    Diagnostic::new(&CALL_HEADER, at.name(), message)
                        .help("remove it; the caller has nothing to say here"),
                );
            }
            if header.kind.starts_with('[') {
                out.push(
                    Diagnostic::new(
                        &CALL_HEADER,
                        at.key("type").value(),
                        format!("a header has one value, and `{name}` would be a list"),
                    )
                    .help("write the type of one value"),
                );
            }
        }
    }
}

pub(super) fn exploded(cx: &Index<'_>, out: &mut Diagnostics) {
    let mut judge = |name: &str, at: At<'_>, why: &str| {
        let message = format!("`{name}` {why}");
        out.push(Diagnostic::new(&EXPLODE, at.key("explode").name(), message).help("remove it"));
    };
    for endpoint in cx.endpoints() {
        for (key, name, parameter) in endpoint.parameters() {
            let list = key == "query" && parameter.kind.starts_with('[');
            if parameter.explode && !list {
                let at = endpoint.at.key(key).key(name);
                judge(name, at, "is no list in the query");
            }
        }
        for (name, filter) in endpoint.spec.filters.iter() {
            if filter.explode && !takes_lists(cx, &endpoint, &filter.ops) {
                let at = endpoint.at.key("filters").key(name);
                judge(name, at, "has no operator that takes a list");
            }
        }
    }
    for (group, at) in cx.groups() {
        for (name, parameter) in group.path.iter() {
            if parameter.explode {
                judge(name, at.key("path").key(name), "is no list in the query");
            }
        }
    }
}

fn takes_lists(cx: &Index<'_>, endpoint: &EndpointAt<'_>, ops: &[String]) -> bool {
    let generations = &cx.document.service.generations;
    // What generation it is belongs to another rule.
    generations
        .get(&endpoint.group.version)
        .is_none_or(|generation| ops.iter().any(|op| generation.list_operators.contains(op)))
}

fn is_own(cx: &Index<'_>, name: &str) -> bool {
    let service = &cx.document.service;
    let usual = service.headers.keys().chain([service.auth_header.as_str()]);
    let mut own = OWN.iter().copied().chain(usual);
    own.any(|own| own.eq_ignore_ascii_case(name))
}

/// Whether it is a token of RFC 9110, 5.6.2.
fn is_token(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_allowed)
}
