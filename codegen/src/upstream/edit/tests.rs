use serde_json::json;

use super::*;

const TEXT: &str = "\
# hand-kept
endpoints:
  - id: list # first
    success: [200]
    filters:
      name: { type: string, ops: [eq, in] }

  - id: get
    get: /a/{b}/c # one
    success: [200, 207] # both

# next
schemas:
  A:
    fields:
      id: { type: int, in: [read], does: Its id. }
      # of a name
      name:
        type: string

  B: {}
";

fn edited(way: &[&str], change: Change) -> Result<String, String> {
    let at = way.iter().map(|step| match step.parse() {
        Ok(index) => Segment::Index(index),
        Err(_) => Segment::Key((*step).to_owned()),
    });
    let edit = Edit {
        file: String::new(),
        at: at.collect(),
        change,
    };
    apply(TEXT, &edit)
}

fn set(key: &str, value: Value) -> Change {
    Change::Set {
        key: key.to_owned(),
        value,
        behind: &["success"],
    }
}

/// The lines that an edit removes and adds.
fn differs(way: &[&str], change: Change) -> (Vec<String>, Vec<String>) {
    let after = edited(way, change).unwrap();
    let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
    let (mut before, mut after) = (lines(TEXT), lines(&after));
    let same = before
        .iter()
        .zip(&after)
        .take_while(|(a, b)| a == b)
        .count();
    before.drain(..same);
    after.drain(..same);
    while before.last().is_some() && before.last() == after.last() {
        before.pop();
        after.pop();
    }
    (before, after)
}

#[test]
fn an_edit_changes_its_own_line_and_no_other() {
    for (way, change, gone, new) in [
        (
            &["endpoints", "0", "success"][..],
            Change::Push(json!(207)),
            "    success: [200]",
            "    success: [200, 207]",
        ),
        (
            &["endpoints", "1", "success"],
            Change::Insert(204),
            "    success: [200, 207] # both",
            "    success: [200, 204, 207] # both",
        ),
        (
            &["endpoints", "0", "success"],
            Change::Insert(204),
            "    success: [200]",
            "    success: [200, 204]",
        ),
        (
            &["endpoints", "1"],
            set("get", json!("/z/{b}/c")),
            "    get: /a/{b}/c # one",
            "    get: /z/{b}/c # one",
        ),
        (
            &["endpoints", "1", "success"],
            Change::Take(json!(207)),
            "    success: [200, 207] # both",
            "    success: [200] # both",
        ),
        (
            &["endpoints", "1", "success"],
            Change::Take(json!(200)),
            "    success: [200, 207] # both",
            "    success: [207] # both",
        ),
        (
            &["endpoints", "0"],
            set("errors", json!([404])),
            "",
            "    errors: [404]",
        ),
        (
            &["endpoints", "0"],
            set("id", json!("all")),
            "  - id: list # first",
            "  - id: all # first",
        ),
        (
            &["endpoints", "0", "filters"],
            set("id", json!({ "type": "int", "ops": ["in"] })),
            "",
            "      id: { type: int, ops: [in] }",
        ),
        (
            &["schemas", "A", "fields"],
            set("size", json!({ "type": "[int]" })),
            "",
            "      size: { type: \"[int]\" }",
        ),
        (
            &["schemas", "A", "fields", "id"],
            set("range", json!("1..")),
            "      id: { type: int, in: [read], does: Its id. }",
            "      id: { type: int, in: [read], range: 1.., does: Its id. }",
        ),
        (
            &["schemas", "A", "fields", "id"],
            Change::Drop("in".into()),
            "      id: { type: int, in: [read], does: Its id. }",
            "      id: { type: int, does: Its id. }",
        ),
        (
            &["schemas", "A", "fields", "id"],
            Change::Drop("does".into()),
            "      id: { type: int, in: [read], does: Its id. }",
            "      id: { type: int, in: [read] }",
        ),
        (
            &["schemas", "A", "fields", "name"],
            set("length", json!("..9")),
            "",
            "        length: ..9",
        ),
        (
            &["schemas", "B"],
            set("does", json!("b")),
            "  B: {}",
            "  B: { does: b }",
        ),
    ] {
        let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
        assert_eq!(differs(way, change), (lines(gone), lines(new)));
    }
}

#[test]
fn what_is_long_is_on_lines_of_its_own() {
    let conflict = json!({ "about": "x", "todo": "why", "differs": ["a is b", "c"] });
    let (gone, new) = differs(&["endpoints", "0"], set("conflicts", json!([conflict])));
    assert_eq!(gone, [""; 0]);
    let lines = [
        "    conflicts:",
        "      - about: x",
        "        todo: why",
        "        differs:",
        "          - a is b",
        "          - c",
    ];
    assert_eq!(new, lines);
}

#[test]
fn an_item_of_several_lines_is_removed_as_a_whole() {
    let text = "\
all:
  - at: [a, b]
    lines:
      - one
  - at: [c]
    lines:
      - two
next: 1
";
    let edit = Edit {
        file: String::new(),
        at: vec![Segment::Key("all".to_owned())],
        change: Change::Take(json!({ "at": ["a", "b"], "lines": ["one"] })),
    };
    let left = "all:\n  - at: [c]\n    lines:\n      - two\nnext: 1\n";
    assert_eq!(apply(text, &edit).as_deref(), Ok(left));
}

#[test]
fn what_cannot_be_edited_safely_is_refused() {
    assert!(edited(&["endpoints", "7"], set("id", json!(1))).is_err());
    assert!(edited(&["schemas"], set("A", json!({}))).is_err());
    assert!(edited(&["endpoints", "0", "success"], Change::Take(json!(1))).is_err());
}
