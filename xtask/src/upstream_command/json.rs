//! The results of a comparison with descriptions for programs. Members are never renamed or removed.

use codegen::upstream::{Became, Difference, Held, Other, Reworded, Since, Unlisted, Unread};
use serde_json::{Value, json};

use super::since::Proposed;

/// The text of a result.
pub(super) fn printed(result: &Value) -> String {
    format!("{result:#}\n")
}

/// The comparison of the spec with descriptions.
pub(super) fn held(held: &Held, files: usize) -> Value {
    let (inbound, inbound_found) = held.inbound;
    let strangers = held
        .strangers
        .iter()
        .map(|one| json!({ "call": one.call, "operation": one.operation, "file": one.file }));
    json!({
        "holds": held.holds(),
        "descriptions": files,
        "endpoints": {
            "expected": held.sought,
            "found": held.matched,
            "of_other_sources": held.unsought,
        },
        "inbound": { "expected": inbound, "found": inbound_found },
        "recorded": held.recorded,
        "differences": differences(&held.differences),
        "not_found": held.unmatched.iter().map(not_found).collect::<Value>(),
        "unlisted": held.unlisted.iter().map(unlisted).collect::<Value>(),
        "not_in_the_spec": held.theirs,
        "on_unknown_paths": strangers.collect::<Value>(),
        "on_other_servers": held.elsewhere,
        "not_compared": unread(&held.unread),
    })
}

/// What changed between two revisions of descriptions.
pub(super) fn since(told: &Since, proposed: &Proposed<'_>) -> Value {
    let edits = proposed.edits.iter();
    let edits = edits.map(|(file, diff)| json!({ "file": file, "diff": diff }));
    json!({
        "asks": told.asks(),
        "changed": differences(&told.changed),
        "stated": differences(&told.stated),
        "corrected": differences(&told.corrected),
        "operations": told.others.iter().map(operation).collect::<Value>(),
        "texts": told.reworded.iter().map(reworded).collect::<Value>(),
        "prose": told.prose,
        "recorded": told.recorded,
        "of_added_operations": told.unseen,
        "not_compared": unread(&told.unread),
        "edits": edits.collect::<Value>(),
        "by_hand": reasons(proposed.left),
        "to_complete": reasons(proposed.open),
    })
}

fn differences(all: &[Difference]) -> Value {
    all.iter().map(difference).collect()
}

fn difference(one: &Difference) -> Value {
    json!({
        "group": one.group,
        "endpoints": one.endpoints,
        "topic": one.topic.as_str(),
        "text": one.text,
        "spec": place(&one.ours),
        "official": one.theirs.as_deref().map(place),
    })
}

/// An endpoint that no description has, and its own one if that was not compared.
fn not_found(one: &Difference) -> Value {
    json!({
        "group": one.group,
        "endpoints": one.endpoints,
        "text": one.text,
        "spec": place(&one.ours),
        "source": one.absent,
    })
}

fn unlisted(one: &Unlisted) -> Value {
    json!({
        "call": one.operation.call,
        "operation": one.operation.operation,
        "official": place(&one.theirs),
        "list": { "file": one.file, "line": one.line },
        "left_out": one.left_out,
    })
}

fn operation(one: &Other) -> Value {
    let (became, from, places): (_, Option<&str>, &[String]) = match &one.became {
        Became::New => ("new", None, &[]),
        Became::Gone => ("removed", None, &[]),
        Became::Moved(from) => ("moved", Some(from), &[]),
        Became::Changed(places) => ("changed", None, places),
    };
    json!({
        "became": became,
        "call": one.call,
        "operation": one.operation,
        "file": one.file,
        "endpoint": one.ours.as_ref().map(|(name, _)| name),
        "spec": one.ours.as_ref().map(|(_, shown)| place(shown)),
        "from": from,
        "places": places,
        "is_accounted_for": one.is_accounted_for,
        "unlisted": one.unlisted.as_ref().map(unlisted),
    })
}

fn reworded(one: &Reworded) -> Value {
    let ours = one.ours.iter();
    let ours = ours.map(|(name, shown)| json!({ "endpoint": name, "spec": place(shown) }));
    json!({
        "operations": one.operations,
        "endpoints": ours.collect::<Value>(),
        "about": one.about,
        "was": one.was,
        "is": one.is,
    })
}

fn reasons(all: &[(Difference, String)]) -> Value {
    let all = all.iter();
    all.map(|(one, why)| json!({ "difference": difference(one), "why": why }))
        .collect()
}

fn unread(files: &[Unread]) -> Value {
    let files = files.iter();
    files
        .map(|one| json!({ "file": one.file, "why": one.why, "is_broken": one.is_broken }))
        .collect()
}

/// `file:line`, or a file as a whole.
fn place(shown: &str) -> Value {
    let parts = shown.rsplit_once(':');
    let parts = parts.and_then(|(file, line)| Some((file, line.parse::<usize>().ok()?)));
    let (file, line) = parts.map_or((shown, None), |(file, line)| (file, Some(line)));
    json!({ "file": file, "line": line })
}
