//! The headers of a rate limit that programs read. Nobody would notice a misspelled one: the client would
//! just no longer wait.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::Index,
};

pub static UNKNOWN_SIGNAL: Code = Code::error(
    "E229",
    "unknown-signal",
    "The headers that report the state of a rate limit are headers of that limit.",
);

pub(super) fn signals(cx: &Index<'_>, out: &mut Diagnostics) {
    let rates = At::root("service.yaml").key("rates");
    for (name, rate) in cx.document.service.rates.iter() {
        let signals = &rate.signals;
        for (key, header) in [
            ("quota", &signals.quota),
            ("left", &signals.left),
            ("window_ms", &signals.window_ms),
            ("reset_ms", &signals.reset_ms),
            ("retry_after_seconds", &signals.retry_after_seconds),
        ] {
            if header.is_empty() || rate.headers.contains(header) {
                continue;
            }
            let at = rates.key(name);
            out.push(
                Diagnostic::new(
                    &UNKNOWN_SIGNAL,
                    at.key("signals").key(key).value(),
                    format!("`{name}` has no header `{header}`"),
                )
                .also(at.key("headers").name(), "these are described")
                .meant(header, cx.candidates(rate.headers.keys())),
            );
        }
    }
}
