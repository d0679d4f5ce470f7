//! What `cargo xtask upstream --write theirs` leaves of recorded differences that no longer exist.

use bigcommerce_tests::{cases::minimal, changes::put};
use codegen::{source::Sources, upstream::Take};
use serde_json::json;

use super::differences::{exported, held, lines, written};

const LIST: &str = "/paths/~1v1~1things/get";
const CREATE: &str = "/paths/~1v1~1things/post";
const UPDATE: &str = "/paths/~1v1~1things~1{thing_id}/put";

/// A description in which these calls have these error statuses, which the spec lacks.
fn with(statuses: &[(&str, u16)]) -> String {
    let mut description = exported();
    for (call, status) in statuses {
        let pointer = format!("{call}/responses/{status}");
        put(
            &mut description,
            &pointer,
            json!({ "description": "Taken." }),
        );
    }
    description.to_string()
}

fn recorded(description: &str) -> Sources {
    let spec = written(&held(description, &minimal()), &minimal(), Take::Conflict);
    assert_eq!(lines(&held(description, &spec)), [""; 0]);
    spec
}

fn has(spec: &Sources, line: &str) -> bool {
    let mut lines = spec.iter().flat_map(|(_, text)| text.lines());
    lines.any(|one| one.trim() == line)
}

fn gone(ids: &str, status: u16) -> String {
    format!("things.{ids}: `error status {status} is missing here` is recorded but no longer true")
}

#[test]
fn a_record_of_several_endpoints_loses_those_where_it_is_no_longer_true() {
    let spec = recorded(&with(&[(LIST, 409), (CREATE, 409)]));
    assert!(has(&spec, "- endpoints: [list, create]"));
    let one = with(&[(LIST, 409)]);
    let told = held(&one, &spec);
    assert_eq!(lines(&told), [gone("create", 409)]);
    let fewer = written(&told, &spec, Take::Theirs);
    assert!(has(&fewer, "- endpoints: [list]"));
    assert_eq!(lines(&held(&one, &fewer)), [""; 0]);
    let none = with(&[]);
    let told = held(&none, &spec);
    assert_eq!(lines(&told), [gone("list, create", 409)]);
    let cleared = written(&told, &spec, Take::Theirs);
    assert!(!has(&cleared, "differs_at:"));
    assert_eq!(lines(&held(&none, &cleared)), [""; 0]);
}

#[test]
fn an_item_whose_records_are_all_gone_is_removed_after_the_items_next_to_it_are_edited() {
    let both = [(LIST, 409), (CREATE, 409), (LIST, 422), (CREATE, 422)];
    let more = [(LIST, 410), (CREATE, 410), (UPDATE, 410)];
    let spec = recorded(&with(&[&both[..], &more].concat()));
    assert!(has(&spec, "- endpoints: [list, create]"));
    assert!(has(&spec, "- endpoints: [list, create, update]"));
    let now = with(&[(LIST, 410), (CREATE, 410)]);
    let told = held(&now, &spec);
    let mut found = lines(&told);
    found.sort_unstable();
    let expected = [
        gone("list, create", 409),
        gone("list, create", 422),
        gone("update", 410),
    ];
    assert_eq!(found, expected);
    let left = written(&told, &spec, Take::Theirs);
    assert!(has(&left, "- endpoints: [list, create]"));
    assert_eq!(lines(&held(&now, &left)), [""; 0]);
}

#[test]
fn a_list_of_records_that_are_all_gone_is_removed_with_its_key() {
    for statuses in [
        vec![(UPDATE, 409), (UPDATE, 410)],
        vec![(LIST, 409), (LIST, 410), (CREATE, 409), (CREATE, 410)],
    ] {
        let spec = recorded(&with(&statuses));
        let none = with(&[]);
        let told = held(&none, &spec);
        assert_eq!(told.differences.len(), 2);
        let cleared = written(&told, &spec, Take::Theirs);
        assert!(!cleared.iter().any(|(_, text)| text.contains("differs")));
        assert_eq!(lines(&held(&none, &cleared)), [""; 0]);
    }
}
