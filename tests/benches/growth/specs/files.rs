//! Very many things in the files next to the groups.

use super::{Spec, behind, many};

pub const ALL: &[Spec] = &[
    (
        "events",
        ("events.yaml", |n, text| {
            behind(
                text,
                "events:\n",
                &many(n, |i| {
                    format!("  - {{ scope: shelf/thing/e{i}, does: One., payload: ThingEvent }}\n")
                }),
            )
        }),
    ),
    (
        "events of one scope",
        ("events.yaml", |n, text| {
            behind(
                text,
                "events:\n",
                &many(n, |_| {
                    "  - { scope: shelf/thing/e, does: One., payload: ThingEvent }\n".to_owned()
                }),
            )
        }),
    ),
    (
        "wildcards",
        ("events.yaml", |n, text| {
            behind(
                text,
                "wildcards:\n",
                &many(n, |i| {
                    format!("  - {{ scope: shelf/t{i}/*, does: One. }}\n")
                }),
            )
        }),
    ),
    (
        "areas",
        ("scopes.yaml", |n, text| {
            behind(
                text,
                "areas:\n",
                &many(n, |i| {
                    format!(
                        "  a{i}: {{ label: A, covers: All., levels: {{ read: {{ wire: a{i}, level: read-only, writes: false }} }} }}\n"
                    )
                }),
            )
        }),
    ),
    (
        "levels",
        ("scopes.yaml", |n, text| {
            behind(
                text,
                "    levels:\n",
                &many(n, |i| {
                    format!(
                        "      l{i}: {{ wire: w{i}, level: read-only, writes: false, includes: [read] }}\n"
                    )
                }),
            )
        }),
    ),
    (
        "levels that are included",
        ("scopes.yaml", |n, text| {
            text.replace(
                "includes: [read]",
                &format!("includes: [{}]", many(n, |i| format!("l{i}, "))),
            )
        }),
    ),
    (
        "groups that are not there",
        ("service.yaml", |n, text| {
            text.replace(
                "groups: [things]",
                &format!("groups: [things, {}]", many(n, |i| format!("g{i}, "))),
            )
        }),
    ),
    (
        "shared schemas",
        ("shared.yaml", |n, text| {
            behind(
                text,
                "schemas:\n",
                &many(n, |i| {
                    format!("  S{i}:\n    does: One.\n    fields:\n      a: {{ type: int }}\n")
                }),
            )
        }),
    ),
];
