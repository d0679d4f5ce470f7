//! Calls for any number of items: that there is something to cut into batches.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index},
};

pub static BAD_ALL: Code = Code::error(
    "E230",
    "bad-all",
    "`all` is made of a call that takes a batch, or of one that takes a list in its query.",
);

pub(super) fn all(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let Some(all) = &endpoint.spec.all else {
            continue;
        };
        let (wrong, help) = match &all.by {
            Some(by) if lists(cx, &endpoint).contains(by) => continue,
            Some(by) => (
                (
                    endpoint.at.key("all").key("by").value(),
                    format!("the query has no list `{by}`"),
                ),
                "name a parameter that takes several values, as it is sent: `id:in`",
            ),
            None if endpoint.spec.batch.is_some() => continue,
            None => (
                (
                    endpoint.at.key("all").name(),
                    format!("`{}` takes no batch", endpoint.full_id()),
                ),
                "say how many items it takes by `batch:`, or which parameter takes them by `by:`",
            ),
        };
        let (at, message) = wrong;
        out.push(
            Diagnostic::new(&BAD_ALL, at, message)
                .why("many items go out as one after the other of what one call takes")
                .help(help),
        );
    }
}

/// The parameters of the query that take several values, as they are sent.
pub(super) fn lists(cx: &Index<'_>, endpoint: &EndpointAt<'_>) -> Vec<String> {
    let spec = endpoint.spec;
    let Some(generation) = cx.document.service.generations.get(endpoint.version().0) else {
        return Vec::new();
    };
    let filters = spec.filters.iter().flat_map(|(name, filter)| {
        let lists = filter
            .ops
            .iter()
            .filter(|op| generation.list_operators.contains(op));
        lists
            .filter_map(|op| generation.operators.get(op))
            .map(move |spelling| spelling.replace("{}", name))
    });
    let others = spec
        .query
        .iter()
        .filter(|(_, parameter)| parameter.kind.starts_with('['))
        .map(|(name, _)| name.to_owned());
    filters.chain(others).collect()
}
