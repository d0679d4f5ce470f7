//! The formats in which `upstream` prints what it found.

use bigcommerce_tests::{cases::minimal, changes::put};
use codegen::{export, pipeline};
use serde_json::{Value, json};

use super::user::{Run, User};

/// The small spec as a description, with another parameter of a call.
fn description(parameter: &str) -> String {
    let mut description = export::openapi(&pipeline::of(minimal()).api.unwrap());
    put(
        &mut description,
        "/paths/~1v1~1things/get/parameters/-",
        json!({ "name": parameter, "in": "query", "schema": { "type": "integer" } }),
    );
    format!("{description:#}")
}

fn upstream(user: &User, words: &[&str]) -> Run {
    user.at_root(&[&["upstream"], words].concat())
}

fn read(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap()
}

/// The line of a text in a file, from 1.
fn line(text: &str, part: &str) -> usize {
    let lines = text.lines().position(|line| line.contains(part));
    lines.unwrap() + 1
}

#[test]
fn upstream_tells_programs_each_difference_with_both_places_and_the_totals() {
    let user = User::new(&minimal());
    let official = description("shelf");
    user.write("../things.json", &official);
    let run = upstream(&user, &["things.json", "--format", "json"]);
    assert_eq!((run.code, &*run.err), (1, ""), "{run}");
    let said = read(&run);
    let ours = said["differences"][0]["spec"].clone();
    assert_eq!(ours["file"], "spec/groups/things.yaml", "{run}");
    assert!(ours["line"].is_u64(), "{run}");
    let expected = json!({
        "holds": false,
        "descriptions": 1,
        "endpoints": { "expected": 4, "found": 4, "of_other_sources": 0 },
        "inbound": { "expected": 0, "found": 0 },
        "recorded": 0,
        "differences": [{
            "group": "things",
            "endpoints": ["list"],
            "topic": "parameter",
            "text": "parameter shelf is missing here",
            "spec": ours,
            "official": said["differences"][0]["official"],
        }],
        "not_found": [],
        "unlisted": [],
        "not_in_the_spec": 0,
        "on_unknown_paths": [],
        "on_other_servers": 0,
        "not_compared": [],
    });
    assert_eq!(said, expected);
    let theirs = &said["differences"][0]["official"];
    assert_eq!(theirs["file"], "things.json");
    let shown = usize::try_from(theirs["line"].as_u64().unwrap()).unwrap();
    let near = line(&official, "\"shelf\"").abs_diff(shown);
    assert!(near < 6, "{run}");
}

#[test]
fn upstream_is_markdown_for_a_review_in_which_a_description_adds_no_markup() {
    let user = User::new(&minimal());
    user.write("../things.json", &description("<b>shelf"));
    user.write("../package.json", "{}");
    let run = upstream(&user, &["things.json", "package.json", "--format", "md"]);
    assert_eq!((run.code, &*run.err), (1, ""), "{run}");
    let head = "### Not recorded\n\n- `things.list`: parameter \\<b>shelf is missing here (spec: \
                spec/groups/things.yaml:";
    assert!(run.out.starts_with(head), "{run}");
    for part in [
        "; official: things.json:",
        "\n\n### Not compared\n\n- package.json: ",
        "\n\nCompared 4 of 4 endpoints with 1 description; ",
        "\n1 difference not recorded, 0 recorded.\n",
    ] {
        assert!(run.out.contains(part), "{part}: {run}");
    }
}

#[test]
fn upstream_between_revisions_has_the_same_formats_with_the_proposed_edit() {
    let user = User::new(&minimal());
    user.write("../old.json", &description("shelf"));
    let renamed = description("shelf").replace("\"shelf\"", "\"rack\"");
    user.write("../new.json", &renamed);
    let since = ["new.json", "--since", "old.json", "--format"];
    let run = upstream(&user, &[&since[..], &["json"]].concat());
    assert_eq!((run.code, &*run.err), (1, ""), "{run}");
    let said = read(&run);
    assert_eq!(said["asks"], true);
    assert_eq!(said["changed"][0]["text"], "parameter rack is missing here");
    assert_eq!(said["changed"][0]["endpoints"], json!(["list"]));
    // The spec never had what the older description had.
    assert_eq!(
        said["corrected"][0]["text"],
        "parameter shelf is missing here"
    );
    assert_eq!(said["edits"][0]["file"], "spec/groups/things.yaml");
    let edit = said["edits"][0]["diff"].as_str().unwrap();
    assert!(edit.contains("\n+") && edit.contains("rack"), "{edit}");
    for (key, value) in [
        ("stated", json!([])),
        ("texts", json!([])),
        ("prose", json!([])),
        ("recorded", json!(0)),
        ("not_compared", json!([])),
        ("by_hand", json!([])),
    ] {
        assert_eq!(said[key], value, "{key}: {run}");
    }
    let run = upstream(&user, &[&since[..], &["md"]].concat());
    let head = "### The API changed\n\n- `things.list`: parameter rack is missing here (spec: ";
    assert!(run.out.starts_with(head), "{run}");
    let edit = "\n### spec/groups/things.yaml\n\n````diff\n--- spec/groups/things.yaml\n";
    assert!(run.out.contains(edit), "{run}");
}

#[test]
fn what_upstream_writes_is_told_apart_from_what_it_prints_for_programs() {
    let user = User::new(&minimal());
    user.write("../things.json", &description("shelf"));
    let words = ["things.json", "--write", "conflict", "--format", "json"];
    let run = upstream(&user, &words);
    assert_eq!(read(&run)["differences"].as_array().unwrap().len(), 1);
    assert!(
        run.err.contains("changed spec/groups/things.yaml\n"),
        "{run}"
    );
    let run = upstream(&user, &["things.json", "--format", "json"]);
    assert_eq!(run.code, 0, "{run}");
    let said = read(&run);
    assert_eq!(
        (&said["holds"], &said["recorded"]),
        (&json!(true), &json!(1))
    );
}
