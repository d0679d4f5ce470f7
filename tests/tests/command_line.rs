//! The project's commands, run as a user runs them: what they write, print and exit with.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

#[path = "command_line/user.rs"]
mod user;

use std::{collections::BTreeSet, fs};

use bigcommerce_tests::cases::{cases, minimal, model};
use codegen::pipeline::{self, Output};

use self::user::{MANIFEST, User, printed, xtask};

const LIST: &str = "generated-client/src/generated/things/requests/list.rs";

#[test]
fn the_first_run_writes_everything_and_the_next_one_touches_nothing() {
    let user = User::new(&minimal());
    let run = user.codegen(&[]);
    assert_eq!(run.code, 0, "{run}");
    let rendered = pipeline::render(&model("minimal", minimal()), &Output::ALL).unwrap();
    let mut expected: BTreeSet<_> = rendered
        .files
        .into_iter()
        .map(|(_, file)| file.path)
        .collect();
    expected.insert(MANIFEST.to_owned());
    let written: BTreeSet<_> = user.files().into_keys().collect();
    assert_eq!(written, expected);
    let new = format!("0 files changed, {} new, 0 removed", expected.len());
    assert!(run.out.contains(&new), "{run}");
    assert_eq!(run.err, "");

    let stamps = user.stamps();
    let again = user.codegen(&[]);
    assert_eq!((again.code, &*again.err), (0, ""), "{again}");
    assert!(again.out.contains("nothing to write"), "{again}");
    assert_eq!(user.stamps(), stamps, "a file was written again");

    let check = user.codegen(&["--check"]);
    assert_eq!((check.code, &*check.err), (0, ""), "{check}");
    assert!(check.out.starts_with("up to date: "), "{check}");
    assert_eq!(user.stamps(), stamps);
}

#[test]
fn what_is_written_is_what_the_library_renders_and_only_the_manifest_holds_the_hash() {
    let user = User::new(&minimal());
    assert_eq!(user.codegen(&[]).code, 0);
    let mut written = user.files();
    let hash = pipeline::hash(&minimal());
    let manifest = written.remove(MANIFEST).unwrap();
    assert!(manifest.contains(&hash), "{manifest}");
    for (path, text) in &written {
        assert!(!text.contains(&hash), "{path} holds the hash");
        assert!(
            manifest.contains(&format!(" {path}\n")),
            "the manifest forgets {path}"
        );
    }
    let rendered = pipeline::render(&model("minimal", minimal()), &Output::ALL).unwrap();
    for (_, file) in rendered.files {
        assert!(written[&file.path] == file.text, "{}", file.path);
    }
}

#[test]
fn a_check_names_a_stale_file_shows_the_difference_and_the_command() {
    let user = User::new(&minimal());
    user.codegen(&[]);
    let text = user.read(LIST);
    user.write(
        LIST,
        &text.replacen("pub struct List", "pub struct Lost", 1),
    );
    let stamps = user.stamps();
    let check = user.codegen(&["--check"]);
    assert_eq!(check.code, 1, "{check}");
    assert_eq!(user.stamps(), stamps, "a check wrote something");
    for part in [
        &format!("stale: {LIST}\n"),
        "- pub struct Lost {",
        "+ pub struct List {",
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
fn one_output_alone_is_written_without_the_others() {
    let user = User::new(&minimal());
    assert_eq!(user.codegen(&["scopes"]).code, 0);
    let written: Vec<_> = user.files().into_keys().collect();
    let docs = "generated-client/docs/scope-matrix";
    let expected = [
        MANIFEST,
        &format!("{docs}.csv"),
        &format!("{docs}.json"),
        &format!("{docs}.md"),
    ];
    assert_eq!(written, expected);
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
    assert!(check.err.contains("move it out or delete it"), "{check}");
    assert_eq!(user.codegen(&[]).code, 0);
    assert_eq!(user.read(stray), "// mine\n");
    assert_eq!(user.codegen(&["--check"]).code, 1);
    // Beside the generated folders anything may stand.
    fs::remove_file(user.path(stray)).unwrap();
    user.write("generated-client/docs/mine.md", "mine\n");
    assert_eq!(user.codegen(&["--check"]).code, 0);
}

#[test]
fn a_group_that_leaves_the_spec_takes_exactly_its_files_along() {
    let two = cases("fragments")
        .into_iter()
        .find(|case| case.name == "across_groups")
        .unwrap();
    let user = User::new(&two.sources());
    assert_eq!(user.codegen(&[]).code, 0);
    let before: BTreeSet<_> = user.files().into_keys().collect();
    user.spec(&minimal());
    let check = user.codegen(&["--check"]);
    assert!(
        check
            .err
            .contains("orphaned: generated-client/docs/parcels.md\n"),
        "{check}"
    );
    let run = user.codegen(&[]);
    assert_eq!(run.code, 0, "{run}");
    let after: BTreeSet<_> = user.files().into_keys().collect();
    let of_the_group = |path: &&String| {
        path.starts_with("generated-client/src/generated/parcels/")
            || *path == "generated-client/docs/parcels.md"
    };
    let gone: Vec<_> = before.difference(&after).collect();
    let expected: Vec<_> = before.iter().filter(of_the_group).collect();
    assert_eq!(gone, expected);
    assert!(after.is_subset(&before));
    assert!(
        !user.path("generated-client/src/generated/parcels").exists(),
        "an empty folder is left"
    );
    assert!(
        run.out.contains(&format!("{} removed", gone.len())),
        "{run}"
    );
    assert!(
        run.out.contains("- endpoint parcels.get "),
        "the summary does not tell: {run}"
    );
    assert_eq!(user.codegen(&["--check"]).code, 0);
}

#[test]
fn a_spec_with_errors_exits_with_2_and_nothing_is_written() {
    let bad = cases("diagnostics")
        .into_iter()
        .find(|case| case.name == "E400-unknown-scope")
        .unwrap();
    let user = User::new(&bad.sources());
    let run = user.codegen(&[]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("error[E400 unknown-scope]"), "{run}");
    assert!(run.err.contains("nothing was written"), "{run}");
    assert!(run.err.contains("spec/groups/things.yaml:"), "{run}");
    assert_eq!(run.out, "");
    assert!(user.files().is_empty(), "{:?}", user.files().keys());
    // Nor is anything touched where there is something.
    user.spec(&minimal());
    user.codegen(&[]);
    user.spec(&bad.sources());
    let stamps = user.stamps();
    assert_eq!(user.codegen(&[]).code, 2);
    assert_eq!(user.codegen(&["--check"]).code, 2);
    assert_eq!(user.stamps(), stamps);
}

#[test]
fn a_spec_folder_that_is_not_there_is_named() {
    let user = User::new(&minimal());
    fs::remove_dir_all(user.path("../spec")).unwrap();
    for command in ["codegen", "check", "docs"] {
        let run = user.run(&[command, "--spec", "../spec"]);
        assert_eq!(run.code, 2, "{run}");
        assert!(
            run.err.contains("there is no spec folder at `../spec`"),
            "{run}"
        );
    }
    assert!(user.files().is_empty());
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

#[test]
fn a_word_the_command_line_does_not_know_exits_with_2_and_says_so() {
    for (words, part) in [
        (&["codegen", "--chek"][..], "'--chek'"),
        (&["codegen", "cleint"], "'cleint'"),
        (&["generate"], "'generate'"),
        (&["import"], "<FILE>"),
    ] {
        let run = xtask(words);
        assert_eq!((run.code, &*run.out), (2, ""), "{run}");
        assert!(
            run.err.contains(part) && run.err.contains("try '--help'"),
            "{run}"
        );
    }
    let help = xtask(&["--help"]);
    assert_eq!((help.code, &*help.err), (0, ""), "{help}");
    for command in ["codegen", "check", "import", "docs", "test"] {
        assert!(help.out.contains(&format!("\n  {command} ")), "{help}");
    }
}

#[test]
fn colours_stand_on_a_terminal_only_and_never_where_no_color_is_set() {
    let bad = cases("diagnostics")
        .into_iter()
        .find(|case| case.name == "E400-unknown-scope")
        .unwrap();
    let user = User::new(&bad.sources());
    let coloured = |variables: &[(&str, &str)]| {
        let mut command = user.command(&["check", "--spec", "../spec"]);
        let run = printed(command.envs(variables.iter().copied()));
        run.out.contains('\x1b') || run.err.contains('\x1b')
    };
    assert!(!coloured(&[]), "colours in a file");
    assert!(
        !coloured(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]),
        "colours against NO_COLOR"
    );
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]), "no colours at all");
}

#[test]
fn the_features_of_the_groups_are_put_between_their_two_lines_and_nowhere_else() {
    let cargo = "generated-client/Cargo.toml";
    let user = User::new(&minimal());
    user.write(
        cargo,
        "[features]\n# codegen:begin features\nold = []\n# codegen:end features\nmine = []\n",
    );
    assert_eq!(user.codegen(&[]).code, 0);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/command-line");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("features", user.read(cargo)));
    assert_eq!(user.codegen(&["--check"]).code, 0);
    // Without its two lines the file is not guessed at.
    user.write(cargo, "[features]\nmine = []\n");
    let stamps = user.stamps();
    let run = user.codegen(&[]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`# codegen:begin features`"), "{run}");
    assert_eq!(user.stamps(), stamps, "something was written");
}

#[test]
fn docs_builds_the_site_in_the_folder_it_is_told() {
    let user = User::new(&minimal());
    let run = user.run(&["docs", "--spec", "../spec", "--out", "site"]);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    let site = codegen::render::docs::site(&model("minimal", minimal())).unwrap();
    let built = user.files();
    assert_eq!(built.len(), site.len());
    for file in site {
        let name = file.path.trim_start_matches("target/");
        assert!(built[name] == file.text, "{name}");
    }
}

#[test]
fn a_manifest_that_was_edited_is_refused_with_its_line() {
    let user = User::new(&minimal());
    user.codegen(&[]);
    user.write(MANIFEST, "file client ../outside.rs\n");
    let stamps = user.stamps();
    let run = user.codegen(&[]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains(&format!("{MANIFEST}:1: ")), "{run}");
    assert_eq!(user.stamps(), stamps, "something was written");
}

#[test]
fn import_prints_a_draft_as_yaml_and_never_replaces_a_file() {
    let file = bigcommerce_tests::root().join("tests/data/import/v2.json");
    let file = file.to_str().unwrap();
    let user = User::new(&minimal());
    let printed = user.run(&["import", file, "--group", "tickets"]);
    assert_eq!(printed.code, 0, "{printed}");
    assert!(
        printed.out.starts_with("# yaml-language-server: $schema="),
        "{printed}"
    );
    assert!(printed.out.contains("\ngroup: tickets\n"), "{printed}");
    assert!(
        printed
            .out
            .contains("\n  - id: list\n    get: /v2/tickets\n"),
        "{printed}"
    );
    assert!(printed.out.contains("todo: "), "{printed}");
    assert!(user.files().is_empty(), "printing wrote something");

    let run = user.run(&["import", file, "--group", "tickets", "--out", "draft"]);
    assert_eq!((run.code, &*run.out), (0, ""), "{run}");
    let drafted = user.files();
    assert!(
        drafted.keys().any(|path| path.ends_with("tickets.yaml")),
        "{:?}",
        drafted.keys()
    );
    let again = user.run(&["import", file, "--group", "tickets", "--out", "draft"]);
    assert_eq!(again.code, 2, "{again}");
    assert!(
        again.err.contains("a draft never replaces a file"),
        "{again}"
    );
    assert_eq!(user.files(), drafted);

    let missing = user.run(&["import", "nowhere.json"]);
    assert_eq!(missing.code, 2, "{missing}");
    assert!(missing.err.contains("nowhere.json"), "{missing}");
}

#[test]
fn what_a_run_that_was_cut_off_had_begun_to_write_is_removed_by_the_next_one() {
    let user = User::new(&minimal());
    user.codegen(&[]);
    let before = user.files();
    for folder in [
        "generated-client",
        "generated-client/docs",
        "generated-client/src/generated",
    ] {
        user.write(&format!("{folder}/.codegen-aB3dE"), "half a fi");
    }
    assert_eq!(user.codegen(&["--check"]).code, 1);
    assert_eq!(user.codegen(&[]).code, 0);
    assert_eq!(user.files(), before);
    assert_eq!(user.codegen(&["--check"]).code, 0);
}

#[test]
fn a_run_that_is_killed_leaves_each_file_old_or_new_and_the_next_run_heals() {
    let two = cases("fragments")
        .into_iter()
        .find(|case| case.name == "across_groups")
        .unwrap();
    let user = User::new(&minimal());
    user.codegen(&[]);
    let old = user.files();
    user.spec(&two.sources());
    user.codegen(&[]);
    let new = user.files();
    let mut cut_off = 0;
    for attempt in 0..12_u64 {
        user.spec(&minimal());
        assert_eq!(user.codegen(&[]).code, 0);
        assert!(user.files() == old, "attempt {attempt}: not healed");
        assert_eq!(
            user.codegen(&["--check"]).code,
            0,
            "attempt {attempt}: not clean"
        );
        user.spec(&two.sources());
        // The manifest is the first file that changes, so most kills fall among the writes.
        user.kill_after_first_change(std::time::Duration::from_micros(attempt * 400));
        let left = user.files();
        cut_off += usize::from(left != old && left != new);
        for (path, text) in &left {
            // The manifest names the files of both runs while one is under way, and a file that was
            // not put in place yet has a name of its own.
            let name = path.rsplit('/').next().unwrap_or_default();
            let known = [old.get(path), new.get(path)].contains(&Some(text));
            assert!(
                known || path == MANIFEST || name.starts_with(".codegen-"),
                "attempt {attempt}: {path} is neither old nor new"
            );
        }
        for path in old.keys().filter(|path| new.contains_key(*path)) {
            assert!(left.contains_key(path), "attempt {attempt}: {path} is gone");
        }
    }
    assert!(cut_off > 0, "no run was cut off");
    assert_eq!(user.codegen(&[]).code, 0);
    assert!(user.files() == new);
}
