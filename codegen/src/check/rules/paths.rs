//! Methods and paths.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use crate::{
    bare_path::bare,
    diagnostic::{At, Code, Diagnostic, Diagnostics, SpecPath, suggest},
    index::{EndpointAt, Index},
};

pub static ONE_METHOD: Code =
    Code::error("E200", "one-method", "An endpoint has exactly one method.");
pub static PATH_SYNTAX: Code = Code::error(
    "E201",
    "path-syntax",
    "A path consists of plain segments and `{parameters}`.",
);
pub static UNDECLARED_PARAMETER: Code = Code::error(
    "E202",
    "undeclared-parameter",
    "Every parameter in a path is declared in the group's `path`.",
);
pub static UNUSED_PARAMETER: Code = Code::error(
    "E203",
    "unused-parameter",
    "Every parameter declared in a group's `path` is in at least one of its paths.",
);
pub static SAME_CALL: Code = Code::error(
    "E204",
    "same-call",
    "No two endpoints have the same method and path.",
);
pub static PATH_GENERATION: Code = Code::warning(
    "W205",
    "path-generation",
    "A path belongs to the generation of its group.",
);

pub(super) fn one_method(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let methods: Vec<_> = endpoint.methods().collect();
        match methods.as_slice() {
            [_] => {}
            [] => out.push(
                Diagnostic::new(
                    &ONE_METHOD,
                    endpoint.at.value(),
                    format!("`{}` has no method", endpoint.full_id()),
                )
                .help("add `get:`, `post:`, `put:`, `patch:` or `delete:` with its path"),
            ),
            [(first, _), others @ ..] => {
                for (other, _) in others {
                    out.push(
                        Diagnostic::new(
                            &ONE_METHOD,
                            endpoint.at.key(other).name(),
                            format!("`{}` has a second method", endpoint.full_id()),
                        )
                        .also(endpoint.at.key(first).name(), "the first")
                        .help("make it an endpoint of its own"),
                    );
                }
            }
        }
    }
}

/// A path, split into its parts.
#[derive(Default)]
struct Parts<'a> {
    /// The `{names}`, with the bytes between their braces.
    names: Vec<(&'a str, Range<usize>)>,
    /// The problem and its bytes.
    wrong: Vec<(Range<usize>, &'static str)>,
}

fn read_path(path: &str) -> Parts<'_> {
    let Parts {
        mut names,
        mut wrong,
    } = Parts::default();
    if let Some(scheme) = path.find("://") {
        // The rest may be that of an address, and is not judged.
        wrong.push((0..scheme + 3, "`base_url` in service.yaml has the address"));
        return Parts { names, wrong };
    }
    if !path.starts_with('/') {
        wrong.push((0..path.len().min(1), "a path must start with `/`"));
    }
    if path.ends_with('/') {
        wrong.push((path.len() - 1..path.len(), "a path must not end with `/`"));
    }
    let mut start = 0;
    let mut seen = HashSet::new();
    for segment in path.split('/') {
        let range = start..start + segment.len();
        start = range.end + 1;
        let is_edge = range.start == 0 || range.end == path.len();
        if segment.is_empty() {
            if !is_edge {
                wrong.push((range.start - 1..range.end + 1, "a segment is missing here"));
            }
            continue;
        }
        match segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            Some(name) if name.is_empty() || name.contains(['{', '}', ' ']) => {
                wrong.push((range, "this is not a parameter"));
            }
            Some(name) => {
                if !seen.insert(name) {
                    wrong.push((range.clone(), "this parameter is in the path twice"));
                }
                names.push((name, range.start + 1..range.end - 1));
            }
            None if segment.contains(['{', '}']) => {
                wrong.push((
                    range,
                    "a parameter must be a whole segment, such as `{product_id}`",
                ));
            }
            None if segment.contains(['?', '#']) => {
                wrong.push((range, "write query parameters under `filters` or `query`"));
            }
            None if segment == "."
                || segment == ".."
                || segment.contains(|c: char| {
                    !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | ':'))
                }) =>
            {
                wrong.push((
                    range,
                    "a segment may contain letters, digits, `-`, `_` and `.`",
                ));
            }
            None => {}
        }
    }
    Parts { names, wrong }
}

/// Whether the syntax of a path is valid.
pub(crate) fn is_path(path: &str) -> bool {
    read_path(path).wrong.is_empty()
}

/// Every path of every endpoint, including those with too many.
fn paths<'a>(cx: &Index<'a>) -> impl Iterator<Item = (EndpointAt<'a>, At<'a>, &'a str)> {
    cx.endpoints().flat_map(|endpoint| {
        endpoint
            .methods()
            .map(move |(key, path)| (endpoint, endpoint.at.key(key), path))
    })
}

pub(super) fn path_syntax(cx: &Index<'_>, out: &mut Diagnostics) {
    for (_, at, path) in paths(cx) {
        for (range, why) in read_path(path).wrong {
            let message = format!("`{path}` is not a path");
            out.push(
                Diagnostic::new(&PATH_SYNTAX, at.part(range), message)
                    .label(why)
                    .help("a path looks like `/v1/things/{thing_id}`"),
            );
        }
    }
}

pub(super) fn path_parameters(cx: &Index<'_>, out: &mut Diagnostics) {
    let mut used: HashSet<SpecPath> = HashSet::new();
    for (endpoint, at, path) in paths(cx) {
        for (name, range) in read_path(path).names {
            if let Some((_, _, declared)) = endpoint.path_parameter(name) {
                used.insert(declared.name());
                continue;
            }
            let declared = endpoint.group.path.keys().chain(endpoint.spec.path.keys());
            let declared = cx.candidates(declared);
            let mut diagnostic = Diagnostic::new(
                &UNDECLARED_PARAMETER,
                at.part(range),
                format!("the group declares no path parameter `{name}`"),
            )
            .why("its type is the type of the method's argument");
            diagnostic = match suggest(name, declared) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(format!(
                    "declare it in the group's `path`, as in `{name}: {{ type: int }}`"
                )),
            };
            out.push(diagnostic);
        }
    }
    for (_, name, _, at) in cx.path_parameters() {
        if !used.contains(&at.name()) {
            let message = format!("no path of this group has the parameter `{name}`");
            out.push(
                Diagnostic::new(&UNUSED_PARAMETER, at.name(), message)
                    .help("remove it, or add it to the path it belongs to"),
            );
        }
    }
}

pub(super) fn same_calls(cx: &Index<'_>, out: &mut Diagnostics) {
    let mut seen: HashMap<_, At<'_>> = HashMap::new();
    for endpoint in cx.endpoints() {
        for (key, path) in endpoint.methods() {
            let at = endpoint.at.key(key);
            // A form and JSON on the same path are two calls, and so are calls to two servers. The names
            // of parameters make no difference to a server.
            let server = &endpoint.group.server;
            let call = (key, bare(path), endpoint.spec.form.is_empty(), server);
            let Some(first) = seen.get(&call) else {
                seen.insert(call, at);
                continue;
            };
            out.push(
                Diagnostic::new(
                    &SAME_CALL,
                    at.value(),
                    format!("two endpoints are `{} {path}`", key.to_uppercase()),
                )
                .label("again")
                .also(first.value(), "first here")
                .help("merge the two"),
            );
        }
    }
}

pub(super) fn path_generation(cx: &Index<'_>, out: &mut Diagnostics) {
    let generations = &cx.document.service.generations;
    // The paths of a provider are independent of ours.
    let ours = paths(cx).filter(|(endpoint, ..)| !endpoint.group.inbound);
    for (endpoint, at, path) in ours {
        let Some(first) = path.split('/').nth(1) else {
            continue;
        };
        let (version, said) = endpoint.version();
        let known = generations.contains(version);
        if known && first != version && generations.contains(first) {
            out.push(
                Diagnostic::new(
                    &PATH_GENERATION,
                    at.part(1..1 + first.len()),
                    match endpoint.spec.version {
                        Some(_) => {
                            format!("this path is for `{first}`, but its endpoint for `{version}`")
                        }
                        None => {
                            format!("this path is for `{first}`, but its group for `{version}`")
                        }
                    },
                )
                .also(said.value(), "the generation")
                .why("the generation decides the envelope and the names of filter operators")
                .help(format!(
                    "write `version: {first}` in the endpoint, or correct the path"
                )),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_its_parameters_and_its_faults() {
        let Parts { names, wrong } = read_path("/v3/brands/{brand_id}/image");
        assert_eq!(names, [("brand_id", 12..20)]);
        assert!(wrong.is_empty());
        for bad in [
            "v3/a", "/v3/", "/v3//a", "/a{b}", "/{}", "/a?b=1", "/a b", "/../a", "/{a}/{a}",
        ] {
            assert_eq!(read_path(bad).wrong.len(), 1, "{bad}");
        }
        assert_eq!(read_path("").wrong.len(), 1);
        assert_eq!(read_path("/").wrong.len(), 1);
    }
}
