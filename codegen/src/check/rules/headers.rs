//! The first line of a file, which tells editors its JSON Schema.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, SpecPath},
    index::Index,
    load, schema_json,
};

pub static HEADER: Code = Code::warning(
    "W520",
    "schema-header",
    "A file's first line names its JSON Schema.",
);

pub(super) fn headers(cx: &Index<'_>, out: &mut Diagnostics) {
    for (path, text) in cx.sources.iter() {
        let Some(wanted) = schema_json::header(path, text).filter(|_| load::is_known(path)) else {
            continue;
        };
        let first = text.lines().next().unwrap_or_default();
        // An empty file is already reported.
        let is_empty = text.lines().all(|line| {
            let line = line.trim_start();
            line.is_empty() || line.starts_with('#')
        });
        if first == wanted || is_empty {
            continue;
        }
        let message = if first.contains("$schema=") {
            "this is not the schema of this file"
        } else {
            "the first line does not name the schema of this file"
        };
        out.push(
            Diagnostic::new(&HEADER, SpecPath::bytes(path, 0..first.len()), message)
                .why("with it, editors complete and check as you type")
                .help(format!("write `{wanted}` as the first line")),
        );
    }
}
