//! Specs that have one thing very many times.

mod endpoints;
mod files;
mod schemas;
mod text;

use bigcommerce_tests::cases::minimal;
use codegen::source::Sources;

/// What it is called, the file that is changed, and what makes its text of a size.
pub type Spec = (&'static str, (&'static str, Change));

type Change = fn(usize, &str) -> String;

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Spec> {
    let of = [schemas::ALL, endpoints::ALL, text::ALL, files::ALL];
    of.into_iter().flatten()
}

/// The sound spec with the text of one file changed.
pub fn changed(n: usize, (file, change): (&str, Change)) -> Sources {
    let base = minimal();
    let files: Vec<(String, String)> = base
        .iter()
        .map(|(path, text)| {
            let text = if path == file {
                change(n, text)
            } else {
                text.to_owned()
            };
            (path.to_owned(), text)
        })
        .collect();
    Sources::from_texts(files)
}
fn many(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect()
}

/// The text with more behind the line that ends in `line`.
fn behind(text: &str, line: &str, more: &str) -> String {
    assert_eq!(text.matches(line).count(), 1, "{line}");
    text.replace(line, &format!("{line}{more}"))
}

const THINGS: &str = "groups/things.yaml";
const THING: &str =
    "  Thing:\n    does: Something on a shelf.\n    views: [read, create, update]\n    fields:\n";
