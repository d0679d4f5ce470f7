//! Recorded differences from the official description: that endpoints have them, and that these exist.

use super::facts;
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index},
    spec::DiffersAt,
};

pub static RECORDED_AT: Code = Code::error(
    "E508",
    "recorded-at",
    "Differences are recorded for endpoints of the group, each named once.",
);

const NAME: &str = "name the endpoints as `cargo xtask upstream` reports them";

pub(super) fn endpoints(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        for (index, conflict) in endpoint.spec.conflicts.iter().enumerate() {
            let list = endpoint.at.key("conflicts").index(index).key("differs_at");
            for (index, shared) in conflict.differs_at.iter().enumerate() {
                named(cx, &endpoint, shared, list.index(index), out);
            }
        }
    }
    for (conflicts, list) in facts::beyond_endpoints(cx) {
        for (index, conflict) in conflicts.iter().enumerate() {
            let at = list.index(index);
            let differs = (!conflict.differs.is_empty()).then_some("differs");
            let shared = (!conflict.differs_at.is_empty()).then_some("differs_at");
            for key in differs.into_iter().chain(shared) {
                let message = "only conflicts of endpoints record differences";
                out.push(
                    Diagnostic::new(&RECORDED_AT, at.key(key).name(), message)
                        .help("move it to a conflict of an endpoint, or remove it"),
                );
            }
        }
    }
}

fn named(
    cx: &Index<'_>,
    endpoint: &EndpointAt<'_>,
    shared: &DiffersAt,
    item: At<'_>,
    out: &mut Diagnostics,
) {
    let at = item.key("endpoints");
    if shared.endpoints.is_empty() {
        let message = "no endpoint has these differences";
        out.push(Diagnostic::new(&RECORDED_AT, at.value(), message).help(NAME));
    }
    if shared.differs.is_empty() {
        out.push(
            Diagnostic::new(
                &RECORDED_AT,
                item.key("differs").value(),
                "no difference is listed",
            )
            .help("list the differences as `cargo xtask upstream` reports them"),
        );
    }
    let ids = || endpoint.group.endpoints.iter().map(|one| one.id.as_str());
    // A template names all of its endpoints, whichever of them a use leaves out.
    let is_known = |id: &String| {
        let mut ids = ids();
        ids.any(|known| known == id) || endpoint.spec.without.contains(id)
    };
    for (index, id) in shared.endpoints.iter().enumerate() {
        let at = at.index(index).value();
        if shared.endpoints.iter().take(index).any(|other| other == id) {
            let message = format!("`{id}` is named twice");
            out.push(Diagnostic::new(&RECORDED_AT, at, message).help("name it once"));
        } else if !is_known(id) {
            let message = format!("there is no endpoint `{id}` in the group");
            out.push(
                Diagnostic::new(&RECORDED_AT, at, message)
                    .help(NAME)
                    .meant(id, cx.candidates(ids())),
            );
        }
    }
}
