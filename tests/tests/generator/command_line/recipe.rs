//! The instructions of CONTRIBUTING.md for a new group, followed as written: they report the location
//! of what is left to do, and end in outputs that are up to date.

use std::fs;

use bigcommerce_tests::{cases::minimal, root};

use super::user::User;

#[test]
fn a_new_group_is_drafted_answered_listed_and_rendered() {
    let user = User::new(&minimal());
    assert_eq!(user.codegen(&[]).code, 0);
    let description = root().join("tests/data/import/losses.json");
    let description = description.to_str().unwrap();
    let words = [
        "import",
        description,
        "--tag",
        "Banner",
        "--group",
        "banner",
        "--out",
        "../spec",
    ];
    assert_eq!(user.run(&words).code, 0);

    // Everything that the draft leaves open is reported with its location, each once. The group is in
    // the list.
    let path = user.path("../spec/groups/banner.yaml");
    let draft = fs::read_to_string(&path).unwrap();
    let check = user.run(&["check", "--spec", "../spec"]);
    assert_eq!(check.code, 2, "{check}");
    for todo in draft.lines().filter(|line| line.contains("todo: ")) {
        let line = draft.lines().position(|other| other == todo).unwrap() + 1;
        let place = format!("spec/groups/banner.yaml:{line}:");
        assert!(check.err.contains(&place), "{place} is not named: {check}");
    }
    let listed = fs::read_to_string(user.path("../spec/service.yaml")).unwrap();
    assert!(listed.contains("groups: [things, banner]"), "{listed}");

    // The resolutions of the open questions.
    let answered: String = draft
        .replace("scope: \"\"", "scope: things")
        .replace("\"\"", "Keep it.")
        .replace("v3", "v1")
        .lines()
        .filter(|line| !line.trim_start().starts_with("todo:"))
        .map(|line| match line.split_once(", todo: ") {
            Some((before, _)) => format!("{before} }}\n"),
            None => format!("{line}\n"),
        })
        .collect();
    fs::write(&path, answered).unwrap();

    let check = user.run(&["check", "--spec", "../spec"]);
    assert_eq!((check.code, &*check.err), (0, ""), "{check}");
    let run = user.codegen(&[]);
    assert_eq!(run.code, 0, "{run}");
    assert!(
        run.out.contains("+ banner is new, with its 2 endpoints"),
        "{run}"
    );
    assert_eq!(user.codegen(&["--check"]).code, 0);
}
