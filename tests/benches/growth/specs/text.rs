//! Text that no reader of YAML likes, very many times.

use super::{Spec, THINGS, many};

pub const ALL: &[Spec] = &[
    (
        "anchors and an error",
        (THINGS, |n, text| {
            many(n, |i| format!("k{i}: &a{i} 1\n")) + text + "x: [\n"
        }),
    ),
    (
        "tags",
        (THINGS, |n, text| {
            many(n, |i| format!("k{i}: !t 1\n")) + text
        }),
    ),
    (
        "tabs",
        (THINGS, |n, text| format!("{}\n{text}", "\t".repeat(n * 10))),
    ),
    (
        "lines with tabs",
        (THINGS, |n, text| {
            many(n, |_| "\t\ta: 1\n".to_owned()) + text
        }),
    ),
    (
        "brackets",
        (THINGS, |n, text| {
            format!("{text}\nx: [{}]\n", "[],".repeat(n))
        }),
    ),
    (
        "lines of a block",
        (THINGS, |n, text| {
            text.replace(
                "does: Keep things on shelves.",
                &format!("does: |\n{}", many(n, |_| "  Much.\n\n".to_owned())),
            )
        }),
    ),
    (
        "lines of a text",
        (THINGS, |n, text| {
            text.replace(
                "does: Keep things on shelves.",
                &format!("does: a\n{}", many(n, |_| "  Much.\n".to_owned())),
            )
        }),
    ),
    (
        "an unclosed quote",
        (THINGS, |n, text| {
            text.replace("title: Things", "title: \"Things") + &many(n, |i| format!("# {i} \"\n"))
        }),
    ),
    (
        "documents",
        (THINGS, |n, text| {
            text.to_owned() + &many(n, |_| "---\na: 1\n".to_owned())
        }),
    ),
];
