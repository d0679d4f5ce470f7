//! The ids of rows and events of the reference guide: that they are written as it writes them.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::Index,
};

pub static GUIDE_ROW: Code = Code::error(
    "E504",
    "guide-row",
    "The ids of rows and events of the reference guide are written as it writes them.",
);

pub(super) fn rows(cx: &Index<'_>, out: &mut Diagnostics) {
    let rows = cx.endpoints();
    let rows = rows.filter_map(|it| Some((it.spec.guide.as_deref()?, it.at.key("guide"))));
    judge(rows, '_', "row", "products_list", out);
    let at = At::root("events.yaml").key("events");
    let events = cx.document.events.events.iter().enumerate();
    let events =
        events.filter_map(|(index, it)| Some((it.guide.as_deref()?, at.index(index).key("guide"))));
    judge(events, '-', "event", "order-created", out);
}

/// Checks ids whose words are separated by `between`.
fn judge<'a>(
    named: impl Iterator<Item = (&'a str, At<'a>)>,
    between: char,
    what: &str,
    example: &str,
    out: &mut Diagnostics,
) {
    for (id, at) in named {
        // An empty one is reported as an empty text.
        let is_word = |word: &str| {
            let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            !word.is_empty() && word.chars().all(is_part)
        };
        if !id.is_empty() && !id.split(between).all(is_word) {
            let message =
                format!("`{id}` cannot be the id of one of the reference guide's {what}s");
            let help = format!("write it as the reference guide does, such as `{example}`");
            out.push(Diagnostic::new(&GUIDE_ROW, at.value(), message).help(help));
        }
    }
}
