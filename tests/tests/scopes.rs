//! The scope matrix: complete, the same in all its forms, and least privilege really is the least.

use bigcommerce_tests::api;
use codegen::{
    model::{Api, Endpoint, ScopeId},
    render::scopes::{self, least, opens},
};
use serde_json::Value;

fn file(api: &Api, kind: &str) -> String {
    let files = scopes::render(api).unwrap();
    files
        .into_iter()
        .find(|file| file.path.ends_with(kind))
        .unwrap()
        .text
}

/// The rows of a CSV file whose lines end as RFC 4180 has it.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut quoted, mut chars) = (false, text.chars().peekable());
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                row.last_mut().unwrap().push(chars.next().unwrap())
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'), "a line ends with both signs");
                rows.push(vec![String::new()]);
            }
            c => row.last_mut().unwrap().push(c),
        }
    }
    assert_eq!(
        rows.pop(),
        Some(vec![String::new()]),
        "the last line ends as well"
    );
    rows
}

#[test]
fn every_endpoint_stands_in_every_form_of_the_matrix_with_its_scope() {
    let api = api();
    let rows = csv(&file(&api, ".csv"));
    let json: Value = serde_json::from_str(&file(&api, ".json")).unwrap();
    let markdown = file(&api, ".md");
    let column = |name: &str| rows[0].iter().position(|cell| cell == name).unwrap();
    assert_eq!(rows.len(), api.endpoints.len() + 1);
    for (at, endpoint) in api.endpoints.iter().enumerate() {
        let row = &rows[at + 1];
        let scope = &api.scope(endpoint.scope).wire;
        assert_eq!(row.len(), rows[0].len());
        assert_eq!(
            (&row[column("id")], &row[column("scope")]),
            (&endpoint.id, scope)
        );
        assert_eq!(
            row[column("beyond_guide")] == "yes",
            endpoint.guide.is_none()
        );
        assert_eq!(
            json["endpoints"][at]["id"],
            Value::from(endpoint.id.clone())
        );
        assert_eq!(json["endpoints"][at]["scope"], Value::from(scope.clone()));
        let start = format!(
            "| `{} {}`<br>`{}` |",
            endpoint.method, endpoint.path, endpoint.id
        );
        let line = markdown
            .lines()
            .find(|line| line.starts_with(&start))
            .unwrap();
        assert!(line.contains(&format!("| `{scope}` |")), "{line}");
        assert_eq!(
            line.contains("*Beyond the guide.*"),
            endpoint.guide.is_none()
        );
    }
}

#[test]
fn every_note_of_the_markdown_is_referred_to_and_every_reference_has_its_note() {
    let text = file(&api(), ".md");
    for number in 1.. {
        let mark = format!("[^{number}]");
        let note = text.contains(&format!("\n{mark}: "));
        assert_eq!(
            text.matches(&mark).count() > usize::from(note),
            note,
            "{mark}"
        );
        if !note {
            break;
        }
    }
}

#[test]
fn the_least_scopes_open_everything_asked_for_and_none_of_them_can_be_left_out() {
    let api = api();
    let enough = |held: &[ScopeId], calls: &[&Endpoint]| {
        calls
            .iter()
            .all(|call| held.iter().any(|scope| opens(&api, *scope, call.scope)))
    };
    for first in &api.endpoints {
        for second in &api.endpoints {
            for third in api.endpoints.iter().step_by(5) {
                let calls = [first, second, third];
                let held = least(&api, calls);
                assert!(enough(&held, &calls), "{held:?}");
                for without in 0..held.len() {
                    let mut fewer = held.clone();
                    fewer.remove(without);
                    assert!(!enough(&fewer, &calls), "{held:?}");
                }
            }
        }
    }
}
