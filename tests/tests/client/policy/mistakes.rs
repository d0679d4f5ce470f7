//! Errors in a policy: each is named with its place and how to fix it.

use bigcommerce_client::{
    Group,
    policy::{Level, Policy},
};
use bigcommerce_tests::json;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistaken {
    does: String,
    #[serde(default)]
    yaml: bool,
    text: String,
    says: Vec<String>,
}

#[test]
fn every_mistake_in_a_policy_is_named_with_its_place_and_how_to_fix_it() {
    for case in json::<Vec<Mistaken>>("tests/data/policy/mistakes.json") {
        let read = if case.yaml {
            Policy::from_yaml
        } else {
            Policy::from_json
        };
        let error = read(&case.text).unwrap_err().to_string();
        let said: Vec<&str> = error.lines().collect();
        assert_eq!(said, case.says, "{}", case.does);
    }
}

#[test]
fn of_very_many_mistakes_each_is_named_with_its_place_and_the_first_have_advice() {
    let count = 20_000;
    let name = |at: usize| format!("order{at}");
    let groups: Vec<String> = (0..count)
        .map(|at| format!(r#""{}": "read""#, name(at)))
        .collect();
    let error = Policy::from_json(&format!("{{\"groups\": {{{}}}}}", groups.join(", ")));
    let error = error.unwrap_err();
    let problems = error.problems();
    assert_eq!(problems.len(), count);
    let mut column = 13;
    for (at, problem) in problems.iter().enumerate() {
        assert_eq!(problem.path, format!("groups.{}", name(at)));
        assert_eq!((problem.line, problem.column), (1, column));
        let advised = problem.message.ends_with("did you mean `orders`?");
        assert_eq!(advised, at < 100, "{}", problem.message);
        column += groups[at].len() + 2;
    }
}

#[test]
fn errors_in_a_policy_file_name_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let good = write("agent.yaml", "groups:\n  orders: read\n");
    let policy = Policy::from_file(&good).unwrap();
    assert_eq!(policy, Policy::new().group(Group::Orders, Level::Read));

    let bad = write("agent.json", "{\n\"groups\": {\"order\": \"read\"}}");
    let error = Policy::from_file(&bad).unwrap_err().to_string();
    let place = format!("{}:2:12: groups.order: ", bad.display());
    assert!(error.starts_with(&place), "{error}");

    let kind = write("agent.toml", "");
    let error = Policy::from_file(&kind).unwrap_err().to_string();
    assert!(
        error.ends_with("use the extension `.json` or `.yaml`"),
        "{error}"
    );

    let error = Policy::from_file(folder.path().join("none.json")).unwrap_err();
    let missing = error.io_error().map(std::io::Error::kind);
    assert_eq!(missing, Some(std::io::ErrorKind::NotFound), "{error}");
}
