//! Parameters that exclude each other: that the query has them.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index},
    spec::PageStyle,
};

pub static PARAMETER_SET: Code = Code::error(
    "E218",
    "parameter-set",
    "At least two parameters exclude each other, and the query has them all.",
);

pub(super) fn exclusions(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let known = parameters(cx, &endpoint);
        let sets = &endpoint.spec.at_most_one_of;
        judge(cx, sets, &known, endpoint.at.key("at_most_one_of"), out);
    }
    let styles = At::root("service.yaml").key("pages");
    for (name, style) in cx.document.service.pages.iter() {
        let known = turning(style);
        let at = styles.key(name).key("at_most_one_of");
        judge(cx, &style.at_most_one_of, &known, at, out);
    }
}

fn judge(
    cx: &Index<'_>,
    sets: &[Vec<String>],
    known: &[String],
    at: At<'_>,
    out: &mut Diagnostics,
) {
    for (index, names) in sets.iter().enumerate() {
        let at = at.index(index);
        if names.len() < 2 {
            out.push(
                Diagnostic::new(
                    &PARAMETER_SET,
                    at.value(),
                    "a single parameter excludes nothing",
                )
                .help("name at least two parameters"),
            );
        }
        for (index, name) in names.iter().enumerate() {
            if !known.contains(name) {
                out.push(
                    Diagnostic::new(
                        &PARAMETER_SET,
                        at.index(index).value(),
                        format!("the query has no parameter `{name}`"),
                    )
                    .meant(name, cx.candidates(known.iter().map(String::as_str))),
                );
            }
        }
    }
}

/// The query parameters of an endpoint, as they are sent.
pub(super) fn parameters(cx: &Index<'_>, endpoint: &EndpointAt<'_>) -> Vec<String> {
    let spec = endpoint.spec;
    let service = &cx.document.service;
    let mut names: Vec<String> = spec.query.keys().map(str::to_owned).collect();
    if let Some(generation) = service.generations.get(endpoint.version().0) {
        for (field, filter) in spec.filters.iter() {
            let spellings = filter.ops.iter();
            let spellings = spellings.filter_map(|op| generation.operators.get(op));
            names.extend(spellings.map(|spelling| spelling.replace("{}", field)));
        }
    }
    names.extend(spec.include.iter().map(|_| "include".to_owned()));
    names.extend(spec.select.iter().cloned());
    let style = spec.page.as_deref().and_then(|it| service.pages.get(it));
    if let Some(style) = style {
        names.extend(turning(style));
    }
    names
}

/// The pagination parameters.
fn turning(style: &PageStyle) -> Vec<String> {
    let numbered = style.numbered.then_some(["page"].as_slice());
    let keyed = style.keyed.then_some(["after"].as_slice());
    let cursors = style.cursors.then_some(["after", "before"].as_slice());
    let names = numbered.into_iter().chain(keyed).chain(cursors).flatten();
    names.chain(&["limit"]).map(ToString::to_string).collect()
}
