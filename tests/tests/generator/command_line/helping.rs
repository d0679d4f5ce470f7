//! What the commands tell people and programs that want to know more.

use bigcommerce_tests::cases::{cases, minimal};
use serde_json::Value;

use super::user::{User, printed, xtask};

fn bad(name: &str) -> User {
    let case = cases("diagnostics")
        .into_iter()
        .find(|case| case.name == name)
        .unwrap();
    User::new(&case.sources())
}

#[test]
fn explain_shows_what_is_wrong_what_is_right_and_what_is_said() {
    let run = xtask(&["explain", "e400"]);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    for part in [
        "E400 unknown-scope (error)",
        "\nWrong, in groups/things.yaml:\n",
        "\nRight, in groups/things.yaml:\n        takes: ThingCreate\n",
        "\nerror[E400 unknown-scope]: ",
    ] {
        assert!(run.out.contains(part), "{part}: {run}");
    }
}

#[test]
fn explain_lists_all_codes_and_suggests_the_nearest() {
    let list = xtask(&["explain"]);
    assert_eq!(list.code, 0, "{list}");
    assert!(list.out.contains("E012 anchor "), "{list}");
    let run = xtask(&["explain", "unknwon-scope"]);
    assert_eq!((run.code, &*run.out), (2, ""), "{run}");
    assert!(run.err.contains("did you mean `unknown-scope`?"), "{run}");
}

#[test]
fn problems_come_as_json_with_their_places_and_nothing_else() {
    let user = bad("E100-duplicate-id");
    for words in [
        &["check", "--spec", "../spec"][..],
        &["codegen", "--spec", "../spec", "--out", "."],
    ] {
        let run = user.run(&[words, &["--format", "json"]].concat());
        assert_eq!((run.code, &*run.err), (2, ""), "{run}");
        let told: Value = serde_json::from_str(&run.out).unwrap();
        let first = &told["diagnostics"][0];
        assert_eq!(first["code"], "E100");
        assert_eq!(first["level"], "error");
        assert_eq!(first["file"], "../spec/events.yaml");
        assert_eq!(
            first["message"],
            "the event `shelf/thing/created` is defined twice"
        );
        assert_eq!(first["help"][0], "rename or remove one of the two");
        let place = |value: &Value| (value["line"].clone(), value["column"].clone());
        assert_eq!(place(first), (9.into(), 12.into()), "{first:#}");
        let also = &first["also"][0];
        assert_eq!(place(also), (5.into(), 12.into()), "{first:#}");
        assert_eq!(also["message"], "first here");
    }
    let fine = User::new(&minimal()).run(&["check", "--spec", "../spec", "--format", "json"]);
    let told: Value = serde_json::from_str(&fine.out).unwrap();
    assert_eq!(
        (fine.code, told),
        (0, serde_json::json!({ "diagnostics": [] }))
    );
}

#[test]
fn problems_are_annotations_where_github_runs_a_workflow_and_nowhere_else() {
    let user = bad("E400-unknown-scope");
    let annotations = |value: &str| {
        let mut command = user.command(&["check", "--spec", "../spec"]);
        let run = printed(command.env("GITHUB_ACTIONS", value));
        assert!(run.err.contains("error[E400"), "{run}");
        run.out
    };
    let told = annotations("true");
    let first = "::error file=../spec/groups/things.yaml,line=21,col=12,title=E400 unknown-scope::\
                 scopes.yaml has no area `thnigs`%0Adid you mean `things`?\n";
    assert!(told.starts_with(first), "{told}");
    assert_eq!(
        told.matches("::error ").count(),
        told.lines().count(),
        "{told}"
    );
    assert_eq!(annotations("false"), "");
}
