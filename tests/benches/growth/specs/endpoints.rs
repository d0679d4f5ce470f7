//! Very many endpoints and what they have.

use super::{Spec, THING, THINGS, behind, many};

pub const ALL: &[Spec] = &[
    (
        "endpoints",
        (THINGS, |n, text| {
            behind(text, "endpoints:\n", &many(n, |i| endpoint(i, "thing", "")))
        }),
    ),
    (
        "endpoints of one id",
        (THINGS, |n, text| {
            behind(text, "endpoints:\n", &many(n, |_| endpoint(7, "thing", "")))
        }),
    ),
    (
        "endpoints that lack a key",
        (THINGS, |n, text| {
            behind(
                text,
                "endpoints:\n",
                &many(n, |i| {
                    endpoint(i, "thing", "").replace("    acts_on: thing\n", "")
                }),
            )
        }),
    ),
    (
        "endpoints of unknown scopes",
        (THINGS, |n, text| {
            behind(
                text,
                "endpoints:\n",
                &many(n, |i| {
                    endpoint(i, "thing", &format!("    scope: no{i}.read\n"))
                }),
            )
        }),
    ),
    (
        "endpoints of unknown pages",
        (THINGS, |n, text| {
            behind(
                text,
                "endpoints:\n",
                &many(n, |i| endpoint(i, "thing", &format!("    page: no{i}\n"))),
            )
        }),
    ),
    (
        "parameters of paths",
        (THINGS, |n, text| {
            let text = behind(
                text,
                "  thing_id: { type: int }\n",
                &many(n, |i| format!("  p{i}: {{ type: int }}\n")),
            );
            behind(
                &text,
                "endpoints:\n",
                &many(n, |i| endpoint(i, &format!("{{p{i}}}"), "")),
            )
        }),
    ),
    (
        "parameters of one path",
        (THINGS, |n, text| {
            text.replace(
                "    put: /v1/things/{thing_id}",
                &format!(
                    "    put: /v1/things/{{thing_id}}{}",
                    many(n, |i| format!("/{{p{i}}}"))
                ),
            )
        }),
    ),
    (
        "filters",
        (THINGS, |n, text| {
            behind(
                text,
                "    filters:\n",
                &many(n, |i| format!("      f{i}: {{ type: int, ops: [eq] }}\n")),
            )
        }),
    ),
    (
        "operators",
        (THINGS, |n, text| {
            text.replace(
                "ops: [eq, in]",
                &format!("ops: [{}]", many(n, |i| format!("o{i}, "))),
            )
        }),
    ),
    (
        "the same operator",
        (THINGS, |n, text| {
            text.replace(
                "ops: [eq, in]",
                &format!("ops: [{}]", many(n, |_| "eq, ".to_owned())),
            )
        }),
    ),
    (
        "parameters",
        (THINGS, |n, text| {
            behind(
                text,
                "    query:\n",
                &many(n, |i| format!("      q{i}: {{ type: int }}\n")),
            )
        }),
    ),
    (
        "selects",
        (THINGS, |n, text| {
            text.replace(
                "[include_fields]",
                &format!("[{}]", many(n, |i| format!("s{i}, "))),
            )
        }),
    ),
    (
        "views",
        (THINGS, |n, text| {
            text.replace(
                "views: [read, create, update]",
                &format!("views: [{}]", many(n, |_| "read, ".to_owned())),
            )
        }),
    ),
    (
        "needs one of",
        (THINGS, |n, text| {
            let text = behind(
                text,
                THING,
                &many(n, |i| format!("      f{i}: {{ type: int }}\n")),
            );
            text.replace(
                "    views: [read, create, update]\n",
                &format!(
                    "    views: [read, create, update]\n    needs_one_of: {{ create: [{}] }}\n",
                    many(n, |i| format!("f{i}, "))
                ),
            )
        }),
    ),
    (
        "statuses",
        (THINGS, |n, text| {
            text.replace(
                "errors: [401]",
                &format!("errors: [{}]", many(n, |_| "401, ".to_owned())),
            )
        }),
    ),
    (
        "events that are fired",
        (THINGS, |n, text| {
            text.replace(
                "fires: [shelf/thing/created]",
                &format!("fires: [{}]", many(n, |i| format!("shelf/thing/e{i}, "))),
            )
        }),
    ),
    (
        "conflicts",
        (THINGS, |n, text| {
            behind(
                text,
                "    does: Add a thing.\n",
                &format!(
                    "    conflicts:\n{}",
                    many(n, |i| format!(
                        "      - {{ about: path, guide: a{i}, official: b, holds: c, why: So. }}\n"
                    ))
                ),
            )
        }),
    ),
    (
        "notes",
        (THINGS, |n, text| {
            behind(
                text,
                "source: things.yml\n",
                &format!(
                    "notes:\n{}",
                    many(n, |i| format!("  - \"[a](javascript:{i})\"\n"))
                ),
            )
        }),
    ),
];

fn endpoint(i: usize, path: &str, more: &str) -> String {
    format!(
        "  - id: e{i}\n    get: /v1/e{i}/{path}\n    operation: getE{i}\n    does: Get it.\n    \
         acts_on: thing\n{more}    returns: Thing\n    success: [200]\n"
    )
}
