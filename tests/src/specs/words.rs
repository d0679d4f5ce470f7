//! Names and texts, including awkward ones.

use crate::choices::Choices;

pub(super) const GROUPS: &[&str] = &[
    "things",
    "order_lines",
    "type",
    "x9",
    "price_records",
    "match",
];

pub(super) const OBJECTS: &[&str] = &["Thing", "Order2", "HTTPCode", "Leaf", "Tree", "Money", "A"];

pub(super) const CHOICES: &[&str] = &["Sort", "Kind", "Included", "State"];

/// Names of fields, filters and parameters. No two result in the same name in Rust.
pub(super) const FIELDS: &[&str] = &[
    "id",
    "name",
    "price",
    "type",
    "date_created",
    "nameId",
    "option id",
    "3d",
    "is_free",
    "crate",
    "$ref",
    "a-b",
    "loop",
    "value",
    "tags",
    "parent",
    "children",
    "gen",
    "raw",
    "active",
    "email",
    "x",
    "super",
    "await",
    "n1",
    "r",
    "w",
    "key",
    "o",
    "v",
    "out",
    "other",
];

/// Members of enumerations. No two result in the same variant.
pub(super) const VALUES: &[&str] = &[
    "one",
    "two words",
    "3",
    "self",
    "type",
    "-1",
    "UPPER",
    "100%",
    "",
    "Ü",
    "a/b",
    "None",
    "Ok",
];

/// Names that leave nothing for a name in Rust, or nothing valid, or a reserved one.
pub const HARD: &[&str] = &[
    "½",
    "m²",
    "٣",
    "☕",
    "_",
    "🦀 crab",
    "ﬁ",
    "ſ",
    "´",
    "日本",
    "Émile",
    "self",
    "rest",
    "new",
    "client",
    "limit",
    "page",
    "call",
];

const TEXTS: &[&str] = &[
    "A plain sentence.",
    "It ends a comment */ and /* begins one, with \"quotes\" and 'others'.",
    "Ünïcode ☕ with {braces}, [a link](https://example.com), [brackets] and <angles> & co.",
    "{{ a template }} and {% a tag %} and {# a comment #} mean nothing here.",
    "1. starts a list: with a colon, a # hash and a | pipe.",
    "Two\nlines and a\ttab.",
    "- starts an item with `code`, ``more code`` and a \\ backslash\\.",
    "#[doc] is not an attribute, nor is #![this].",
    "It goes on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on, for longer than any line.",
    "averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongword.",
    "%%DATE%% $1 ${2} ~~struck~~ __bold__ <script>alert(1)</script>.",
    "    It seems to be code.",
    "\u{200b}It starts with nothing\u{2028}and breaks.",
];

/// A string for readers.
pub(super) fn text(choices: &mut Choices<'_>) -> &'static str {
    choices.pick(TEXTS)
}

/// Between `least` and `most` of `words`, all different.
pub(super) fn some(
    choices: &mut Choices<'_>,
    words: &[&'static str],
    least: usize,
    most: usize,
) -> Vec<&'static str> {
    let count = (least + choices.below(most - least + 1)).min(words.len());
    let start = choices.below(words.len());
    let step = 1 + choices.below(3);
    let mut picked = Vec::new();
    let mut at = start;
    while picked.len() < count {
        let word = words[at % words.len()];
        if picked.contains(&word) {
            at += 1;
        } else {
            picked.push(word);
            at += step;
        }
    }
    picked
}
