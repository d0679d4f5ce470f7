//! Writes scaffolds as YAML, in the order and the style of the files.

use crate::import::yaml::{Flow, block, scalar};

const EMPTY: &str = "\"\"";

/// The text of a group's file. `known` contains the version, the scope and the source.
pub(super) fn group(name: &str, known: [Option<&str>; 3]) -> String {
    let keys = ["version", "scope", "source"];
    let mut out = String::from("# yaml-language-server: $schema=../schema/group.json\n");
    let mut put = |key: &str, value: &str| out.push_str(&format!("{key}: {value}\n"));
    put("group", &scalar(name));
    put("title", &scalar(&title(name)));
    put("does", EMPTY);
    put("warning", EMPTY);
    let mut open = vec![
        "what the group is for; what a write changes in a live store, unless the group only reads",
    ];
    for (key, known) in keys.into_iter().zip(known) {
        match known {
            Some(value) => put(key, &scalar(value)),
            None => {
                put(key, EMPTY);
                open.push(match key {
                    "version" => "its generation",
                    "scope" => "its scope area",
                    _ => "its official description",
                });
            }
        }
    }
    put("todo", &scalar(&open.join("; ")));
    out.push_str("\nendpoints: []\n");
    out
}

fn title(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The path parameters that the group does not declare yet, as under `path:`.
pub(super) fn parameters(path: &str, known: impl Fn(&str) -> bool) -> String {
    let names = path.split('/').filter_map(named);
    let mut out = String::new();
    for name in names.filter(|name| !known(name)) {
        let mut flow = Flow::default();
        flow.raw("type", "int").text("todo", "its type");
        out.push_str(&flow.line(2, name));
    }
    out
}

fn named(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

/// An endpoint, as under `endpoints:`.
pub(super) fn endpoint(id: &str, method: &str, path: &str, version: Option<&str>) -> String {
    let mut out = format!("  - id: {}\n", scalar(id));
    let mut put = |key: &str, value: &str| out.push_str(&format!("    {key}: {value}\n"));
    put(method, &block(path));
    if let Some(version) = version {
        put("version", &scalar(version));
    }
    put("operation", EMPTY);
    put("does", EMPTY);
    put("acts_on", EMPTY);
    let takes = ["post", "put", "patch"].contains(&method);
    if takes {
        put("takes", EMPTY);
    }
    let gone = method == "delete";
    put("returns", if gone { "none" } else { EMPTY });
    put("success", if gone { "[204]" } else { "[200]" });
    put("errors", "[]");
    let is_list = method == "get" && path.rsplit('/').next().and_then(named).is_none();
    let about = match method {
        "get" if is_list => "acts on and returns; its pagination, filters and order",
        "get" | "delete" => "acts on and returns",
        _ => "acts on, accepts and returns",
    };
    let todo = format!("what it does, {about}; the operation id and the statuses as documented");
    put("todo", &scalar(&todo));
    out
}

/// An event, as under `events:`.
pub(super) fn event(scope: &str) -> String {
    format!(
        "  - scope: {}\n    does: {EMPTY}\n    payload: {EMPTY}\n    todo: when it fires; the schema of its payload\n",
        scalar(scope)
    )
}
