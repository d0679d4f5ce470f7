//! Arguments in headers, and lists whose name is repeated.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index},
};

pub static CALL_HEADER: Code = Code::error(
    "E233",
    "call-header",
    "A request header has a name that HTTP allows and that nothing else sets, and one value.",
);
pub static EXPLODE: Code = Code::error(
    "E234",
    "explode",
    "Only a list in the query repeats its name for each value.",
);

pub static FORM: Code = Code::error(
    "E235",
    "form",
    "A form is the only body of a write, its parts are files or single values, and only files have \
     types, a size or an example.",
);
pub static EVENT_DATA: Code = Code::error(
    "E239",
    "event-data",
    "`events` is set only if `returns` is `events`.",
);

pub static MEDIA_TYPE: Code = Code::error(
    "E236",
    "media-type",
    "A media type is set only if the call returns a file.",
);

/// Headers that every request has, or that describe how its body is sent.
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
                let message = format!("`{name}` is not a valid header name");
                out.push(
                    Diagnostic::new(&CALL_HEADER, at.name(), message)
                        .help("write letters, digits and `-`, as in `X-Correlation-Id`"),
                );
            } else if is_own(cx, name) || is_of_server(cx, &endpoint, name) {
                let message = format!("the client sets `{name}` itself");
                out.push(
                    Diagnostic::new(&CALL_HEADER, at.name(), message)
                        .help("remove it; the caller cannot set this header"),
                );
            }
            if header.kind.starts_with('[') {
                out.push(
                    Diagnostic::new(
                        &CALL_HEADER,
                        at.key("type").value(),
                        format!("a header has one value, but `{name}` is a list"),
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
                judge(name, at, "is not a list in the query");
            }
        }
        for (name, filter) in endpoint.spec.filters.iter() {
            if filter.explode && !takes_lists(cx, &endpoint, &filter.ops) {
                let at = endpoint.at.key("filters").key(name);
                judge(name, at, "has no operator that accepts a list");
            }
        }
    }
    for (group, at) in cx.groups() {
        for (name, parameter) in group.path.iter() {
            if parameter.explode {
                judge(name, at.key("path").key(name), "is not a list in the query");
            }
        }
    }
}

pub(super) fn forms(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let at = endpoint.at.key("form");
        if !endpoint.spec.form.is_empty() && (endpoint.spec.takes.is_some() || endpoint.is_get()) {
            let message = format!("`{}` cannot have a form", endpoint.full_id());
            let diagnostic = Diagnostic::new(&FORM, at.name(), message);
            out.push(if endpoint.is_get() {
                diagnostic.help("a GET has no body; put the values into `query`")
            } else {
                diagnostic
                    .also(endpoint.at.key("takes").name(), "another body")
                    .help("keep one of the two, or make the form another endpoint")
            });
        }
        for (name, part) in endpoint.spec.form.iter() {
            if part.kind.starts_with('[') {
                let message = format!("a part has one value, but `{name}` is a list");
                out.push(
                    Diagnostic::new(&FORM, at.key(name).key("type").value(), message)
                        .help("write `file`, or the type of one value"),
                );
            }
        }
        for (key, name, parameter) in endpoint.parameters() {
            let at = endpoint.at.key(key).key(name);
            let no_file = parameter.kind != "file";
            let strange = || format!("`{name}` is not a file");
            let size = match parameter.max_bytes {
                Some(0) => Some(format!("with this limit, `{name}` could never be sent")),
                given => given.filter(|_| no_file).map(|_| strange()),
            };
            let example = parameter.example.as_ref().filter(|_| no_file);
            let typed = no_file && !parameter.file_types.is_empty();
            let wrong = [
                ("file_types", typed.then(strange)),
                ("max_bytes", size),
                ("example", example.map(|_| strange())),
            ];
            for (fact, wrong) in wrong {
                out.extend(wrong.map(|wrong| {
                    Diagnostic::new(&FORM, at.key(fact).name(), wrong)
                        .help("correct it, or remove it")
                }));
            }
        }
    }
}

pub(super) fn events(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        if endpoint.spec.events.is_some() && endpoint.spec.returns != "events" {
            let at = endpoint.at.key("events").name();
            out.push(
                Diagnostic::new(&EVENT_DATA, at, "this call does not return events")
                    .also(endpoint.at.key("returns").value(), "the response")
                    .help("remove it, or write `returns: events`"),
            );
        }
    }
}

pub(super) fn media_types(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let at = endpoint.at.key("media_type");
        let Some(media_type) = &endpoint.spec.media_type else {
            continue;
        };
        let is_sound = media_type
            .split_once('/')
            .is_some_and(|(kind, sub)| is_token(kind) && is_token(sub));
        if endpoint.spec.returns != "file" {
            out.push(
                Diagnostic::new(&MEDIA_TYPE, at.name(), "this call does not return a file")
                    .also(endpoint.at.key("returns").value(), "the response")
                    .help("remove it, or write `returns: file`"),
            );
        } else if !is_sound {
            let message = format!("`{media_type}` is not a media type");
            out.push(
                Diagnostic::new(&MEDIA_TYPE, at.value(), message)
                    .help("write a media type such as `text/csv`"),
            );
        }
    }
}

fn takes_lists(cx: &Index<'_>, endpoint: &EndpointAt<'_>, ops: &[String]) -> bool {
    let generations = &cx.document.service.generations;
    // Another rule checks the generation.
    generations
        .get(&endpoint.group.version)
        .is_none_or(|generation| ops.iter().any(|op| generation.list_operators.contains(op)))
}

pub(super) fn is_own(cx: &Index<'_>, name: &str) -> bool {
    let service = &cx.document.service;
    let usual = service.headers.keys().chain([service.auth_header.as_str()]);
    let mut own = OWN.iter().copied().chain(usual);
    own.any(|own| own.eq_ignore_ascii_case(name))
}

/// Whether every request to the endpoint's server has this header.
fn is_of_server(cx: &Index<'_>, endpoint: &EndpointAt<'_>, name: &str) -> bool {
    let server = endpoint.group.server.as_ref();
    let server = server.and_then(|server| cx.document.service.servers.get(server));
    server.is_some_and(|server| {
        let mut own = server.headers.keys().chain([server.auth_header.as_str()]);
        own.any(|own| own.eq_ignore_ascii_case(name))
    })
}

/// Whether it is a token of RFC 9110, 5.6.2.
pub(super) fn is_token(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_allowed)
}
