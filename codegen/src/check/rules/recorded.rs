//! Recorded differences from the official description: that the endpoints that have them exist.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::Index,
};

pub static RECORDED_AT: Code = Code::error(
    "E508",
    "recorded-at",
    "The endpoints of a recorded difference are in the group.",
);

pub(super) fn endpoints(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let ids = || endpoint.group.endpoints.iter().map(|one| one.id.as_str());
        for (index, conflict) in endpoint.spec.conflicts.iter().enumerate() {
            let list = endpoint.at.key("conflicts").index(index).key("differs_at");
            for (index, shared) in conflict.differs_at.iter().enumerate() {
                let named = list.index(index).key("endpoints");
                for (index, id) in shared.endpoints.iter().enumerate() {
                    if ids().any(|known| known == id) {
                        continue;
                    }
                    let message = format!("there is no endpoint `{id}` in the group");
                    out.push(
                        Diagnostic::new(&RECORDED_AT, named.index(index).value(), message)
                            .help("name the endpoints as `cargo xtask upstream` reports them")
                            .meant(id, cx.candidates(ids())),
                    );
                }
            }
        }
    }
}
