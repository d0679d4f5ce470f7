//! Very many keys, schemas and fields.

use super::{Spec, THING, THINGS, behind, many};

pub const ALL: &[Spec] = &[
    (
        "unknown keys",
        (THINGS, |n, text| {
            many(n, |i| format!("strange_{i}: 1\n")) + text
        }),
    ),
    (
        "the same key",
        (THINGS, |n, text| {
            many(n, |_| "title: Things\n".to_owned()) + text
        }),
    ),
    (
        "one long key",
        (THINGS, |n, text| {
            format!("{}: 1\n{text}", "k".repeat(n * 10).split_at(n.min(1000)).0)
        }),
    ),
    (
        "fields",
        (THINGS, |n, text| {
            behind(
                text,
                THING,
                &many(n, |i| format!("      f{i}: {{ type: int }}\n")),
            )
        }),
    ),
    (
        "fields of unknown types",
        (THINGS, |n, text| {
            behind(
                text,
                THING,
                &many(n, |i| format!("      f{i}: {{ type: Nothing{i} }}\n")),
            )
        }),
    ),
    (
        "fields without a type",
        (THINGS, |n, text| {
            behind(
                text,
                THING,
                &many(n, |i| format!("      f{i}: {{ tpye: int }}\n")),
            )
        }),
    ),
    (
        "fields with a wrong kind",
        (THINGS, |n, text| {
            behind(text, THING, &many(n, |i| format!("      f{i}: [1]\n")))
        }),
    ),
    (
        "fields of one name in Rust",
        (THINGS, |n, text| {
            behind(
                text,
                THING,
                &many(n, |i| {
                    format!("      \"f{i}\": {{ type: int, rust: same }}\n")
                }),
            )
        }),
    ),
    (
        "schemas",
        (THINGS, |n, text| {
            behind(
                text,
                "schemas:\n",
                &many(n, |i| {
                    format!(
                        "  S{i}:\n    does: One.\n    fields:\n      a: {{ type: S{} }}\n",
                        i + 1
                    )
                }),
            )
        }),
    ),
    (
        "required schemas in a row",
        (THINGS, |n, text| {
            behind(
                text,
                "schemas:\n",
                &many(n, |i| {
                    format!(
                        "  S{i}:\n    does: One.\n    fields:\n      a: {{ type: S{}, required: [read] }}\n",
                        (i + 1) % n
                    )
                }),
            )
        }),
    ),
    (
        "schemas of an unknown type",
        (THINGS, |n, text| {
            behind(
                text,
                "schemas:\n",
                &many(n, |i| {
                    format!("  S{i}:\n    does: One.\n    fields:\n      a: {{ type: X{i} }}\n")
                }),
            )
        }),
    ),
    (
        "members",
        (THINGS, |n, text| {
            behind(
                text,
                "    values:\n      parts: The parts.\n",
                &many(n, |i| format!("      m{i}: One.\n")),
            )
        }),
    ),
    (
        "members of one name in Rust",
        (THINGS, |n, text| {
            behind(
                text,
                "    values:\n      parts: The parts.\n",
                &many(n, |i| {
                    format!("      m{}_{i}: {{ does: One., rust: Same }}\n", i % 2)
                }),
            )
        }),
    ),
];
