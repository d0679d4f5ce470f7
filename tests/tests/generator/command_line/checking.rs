//! `check` and `codegen --check`: what they report, and that they change nothing.

use std::fs;

use bigcommerce_tests::cases::{cases, minimal};

use super::user::User;

const LIST: &str = "generated-client/src/generated/things/requests/list.rs";

#[test]
fn a_check_names_a_stale_file_shows_the_difference_and_the_command() {
    let user = User::new(&minimal());
    user.codegen(&[]);
    let text = user.read(LIST);
    user.write(LIST, &text.replacen("List(Endpoint", "Lost(Endpoint", 1));
    let stamps = user.stamps();
    let check = user.codegen(&["--check"]);
    assert_eq!(check.code, 1, "{check}");
    assert_eq!(user.stamps(), stamps, "a check wrote something");
    for part in [
        &format!("stale: {LIST}\n"),
        "-     Lost(Endpoint::ThingsList)",
        "+     List(Endpoint::ThingsList)",
        "1 stale, 0 missing, 0 orphaned. Run `cargo xtask codegen` and commit",
    ] {
        assert!(check.err.contains(part), "no `{part}` in\n{check}");
    }
    let run = user.codegen(&[]);
    assert!(
        run.out.contains("1 file changed, 0 new, 0 removed"),
        "{run}"
    );
    assert_eq!(user.read(LIST), text);
}

#[test]
fn a_check_of_one_output_looks_at_no_other_and_names_its_command() {
    let user = User::new(&minimal());
    user.codegen(&[]);
    user.write(LIST, "");
    let scopes = user.codegen(&["scopes", "--check"]);
    assert_eq!(scopes.code, 0, "{scopes}");
    let client = user.codegen(&["client", "--check"]);
    assert_eq!(client.code, 1, "{client}");
    assert!(
        client.err.contains("Run `cargo xtask codegen client`"),
        "{client}"
    );
}

#[test]
fn the_spec_is_found_from_every_folder_of_the_repository() {
    let user = User::new(&minimal());
    for folder in ["", "out", "spec", "spec/groups"] {
        let check = user.below_root(folder, &["check"]);
        assert_eq!(check.code, 0, "in `{folder}`: {check}");
    }
}

#[test]
fn a_check_names_a_missing_file_and_the_next_run_brings_it_back() {
    let user = User::new(&minimal());
    user.codegen(&[]);
    let before = user.files();
    fs::remove_file(user.path(LIST)).unwrap();
    let check = user.codegen(&["--check"]);
    assert_eq!(check.code, 1, "{check}");
    assert!(check.err.contains(&format!("missing: {LIST}\n")), "{check}");
    assert!(
        check.err.contains("0 stale, 1 missing, 0 orphaned"),
        "{check}"
    );
    user.codegen(&[]);
    assert_eq!(user.files(), before);
}

#[test]
fn a_file_that_no_run_wrote_is_named_and_left_for_its_owner_to_judge() {
    let user = User::new(&minimal());
    user.codegen(&[]);
    let stray = "generated-client/src/generated/things/mine.rs";
    user.write(stray, "// mine\n");
    let check = user.codegen(&["--check"]);
    assert_eq!(check.code, 1, "{check}");
    assert!(
        check.err.contains(&format!("orphaned: {stray}\n")),
        "{check}"
    );
    assert!(check.err.contains("move or delete it"), "{check}");
    assert_eq!(user.codegen(&[]).code, 0);
    assert_eq!(user.read(stray), "// mine\n");
    assert_eq!(user.codegen(&["--check"]).code, 1);
    // Other files may be next to the generated folders.
    fs::remove_file(user.path(stray)).unwrap();
    user.write("generated-client/docs/mine.md", "mine\n");
    assert_eq!(user.codegen(&["--check"]).code, 0);
}

#[test]
fn check_says_what_a_good_spec_holds_and_what_is_wrong_with_a_bad_one() {
    let user = User::new(&minimal());
    let good = user.run(&["check", "--spec", "../spec"]);
    assert_eq!((good.code, &*good.err), (0, ""), "{good}");
    assert!(
        good.out.starts_with("fine: 4 endpoints in 1 group, "),
        "{good}"
    );
    let warned = cases("diagnostics")
        .into_iter()
        .find(|case| case.name == "W512-full-stop")
        .unwrap();
    user.spec(&warned.sources());
    let warned = user.run(&["check", "--spec", "../spec"]);
    assert_eq!(warned.code, 0, "{warned}");
    assert!(warned.err.contains("warning[W512 full-stop]"), "{warned}");
    let bad = cases("diagnostics")
        .into_iter()
        .find(|case| case.name == "E410-unknown-event")
        .unwrap();
    user.spec(&bad.sources());
    let bad = user.run(&["check", "--spec", "../spec"]);
    assert_eq!((bad.code, &*bad.out), (2, ""), "{bad}");
    assert!(bad.err.contains("error[E410 unknown-event]"), "{bad}");
    assert!(user.files().is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_an_error_and_no_defect() {
    let user = User::new(&minimal());
    for words in [&["check", "--spec", "../spec"][..], &["explain"]] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let run = super::user::printed(user.command(words).stdout(full));
        assert_eq!(run.code, 2, "{run}");
        assert!(
            run.err.starts_with("error: failed printing to stdout"),
            "{run}"
        );
        assert_eq!(run.err.lines().count(), 1, "{run}");
    }
}
