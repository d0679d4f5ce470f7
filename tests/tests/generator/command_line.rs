//! The project's commands, run as a user runs them: what they write, print and exit with.

mod beginning;
mod checking;
mod comparing;
mod edits;
mod formats;
mod ground;
mod helping;
mod hostile;
mod keeping;
mod privilege;
mod recipe;
mod releasing;
mod unread;
mod user;
mod watching;

use std::{collections::BTreeSet, fs};

use bigcommerce_tests::{
    cases::{cases, minimal, model},
    changes::changes,
};
use codegen::pipeline::{self, Output};

use self::user::{MANIFEST, User, printed, xtask};

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
fn what_is_written_is_what_the_library_renders_and_the_manifest_names_all_of_it() {
    let user = User::new(&minimal());
    assert_eq!(user.codegen(&[]).code, 0);
    let mut written = user.files();
    let hash = minimal().hash();
    let manifest = written.remove(MANIFEST).unwrap();
    assert!(manifest.contains(&hash), "{manifest}");
    for path in written.keys() {
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
    for (words, meant) in [
        (&["codgen"][..], "'codegen'"),
        (&["codegen", "--wach"], "'--watch'"),
        (&["codegen", "cleint"], "'client'"),
    ] {
        let run = xtask(words);
        assert!(
            run.err.contains("similar") && run.err.contains(meant),
            "{run}"
        );
    }
    let help = xtask(&["--help"]);
    assert_eq!((help.code, &*help.err), (0, ""), "{help}");
    for command in [
        "codegen", "check", "explain", "new", "import", "docs", "test",
    ] {
        assert!(help.out.contains(&format!("\n  {command} ")), "{help}");
    }
}

#[test]
fn colours_are_used_only_on_a_terminal_and_never_if_no_color_is_set() {
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
    assert_eq!(again.code, 0, "{again}");
    assert!(
        again.err.contains("0 drafted, 4 already in the spec"),
        "{again}"
    );
    assert_eq!(
        user.files(),
        drafted,
        "a draft never replaces what is there"
    );

    let several = user.run(&["import", file, file]);
    assert_eq!(several.code, 0, "{several}");
    assert!(several.err.contains("in 2 descriptions"), "{several}");

    let missing = user.run(&["import", "nowhere.json"]);
    assert_eq!(missing.code, 2, "{missing}");
    assert!(missing.err.contains("nowhere.json"), "{missing}");
}

#[test]
fn upstream_tells_what_the_spec_does_not_record_and_fails_on_what_it_cannot_match() {
    let user = User::new(&minimal());
    let official = r#"{ "openapi": "3.0.0", "info": { "title": "things" }, "paths": {
        "/v1/things": { "get": { "operationId": "getThings",
            "parameters": [{ "name": "colour", "in": "query", "schema": { "type": "string" } }],
            "responses": { "200": { "description": "" } } } } } }"#;
    user.write("things.json", official);
    let run = user.run(&["upstream", "things.json", "--spec", "../spec"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(
        run.out.contains("(createThing) is not in things.json"),
        "{run}"
    );
    assert!(run.out.contains("colour is missing here"), "{run}");
    assert!(run.out.contains("groups/things.yaml:"), "{run}");
    assert!(run.out.contains("official: things.json:"), "{run}");
    assert!(run.out.contains("compared 1 of 4 endpoints"), "{run}");

    let renamed = official.replace("/v1/things", "/v1/objects");
    user.write("things.json", &renamed.replace("getThings", "getObjects"));
    let lost = user.run(&["upstream", "things.json", "--spec", "../spec"]);
    assert_eq!(lost.code, 1, "{lost}");
    assert!(lost.out.contains("is not in things.json"), "{lost}");
    assert!(lost.out.contains("compared 0 of 4 endpoints"), "{lost}");
    let stranger = "not in the spec: GET /v1/objects (getObjects)\n  cargo xtask import things.json --operation getObjects";
    assert!(lost.out.contains(stranger), "{lost}");

    user.write("other.json", &renamed.replace("\"things\"", "\"other\""));
    let wrong = user.run(&["upstream", "other.json", "--spec", "../spec"]);
    assert_eq!(wrong.code, 1, "{wrong}");
    assert!(wrong.out.contains("is it the right file?"), "{wrong}");
    assert!(
        wrong
            .out
            .contains("; 4 endpoints have other sources; 1 official operation is not in the spec"),
        "{wrong}"
    );
    user.write(
        "all/other.json",
        &renamed.replace("\"things\"", "\"other\""),
    );
    user.write("all/package.json", "{ \"private\": true }");
    let gone = user.run(&["upstream", "all", "--spec", "../spec"]);
    assert_eq!(gone.code, 1, "{gone}");
    let absent = "`things.yml` is not one of the descriptions, so 4 endpoints with it as the \
        source were not found: things.list, ";
    assert!(gone.out.contains(absent), "{gone}");
    assert_eq!(gone.out.matches("things.yml").count(), 1, "{gone}");
    let stray = "not compared: all/package.json: the file is not an OpenAPI 3 description";
    assert!(gone.out.contains(stray), "{gone}");

    user.write("whole/package.json", "{ \"private\": true }");
    user.write("whole/things.json", official);
    let whole = user.run(&["upstream", "whole", "--spec", "../spec"]);
    assert!(
        whole
            .out
            .contains("compared 1 of 4 endpoints with 1 description;"),
        "{whole}"
    );

    user.write("old.json", official);
    user.write("new.json", &renamed.replace("getThings", "getObjects"));
    let since = [
        "upstream", "new.json", "--since", "old.json", "--spec", "../spec",
    ];
    let replaced = user.run(&since);
    assert_eq!(replaced.code, 1, "{replaced}");
    for line in [
        "new: GET /v1/objects (getObjects)\n  cargo xtask import new.json",
        "removed: GET /v1/things (getThings), endpoint things.list\n  spec: ",
        "0 changes of the API for the spec, 1 new and 1 removed, 0 corrections",
    ] {
        assert!(replaced.out.contains(line), "{line}: {replaced}");
    }
    user.write("new.json", &renamed);
    let moved = user.run(&since);
    assert_eq!(moved.code, 1, "{moved}");
    assert!(
        moved
            .out
            .contains("1 change of the API for the spec, 0 new and 0 removed"),
        "{moved}"
    );
}

#[test]
fn a_limit_that_only_a_text_states_is_written_and_as_a_conflict_it_is_left_to_a_person() {
    let all = changes();
    let change = all.iter().find(|one| !one.stated.is_empty()).unwrap();
    let user = User::new(&change.spec());
    let [old, new] = change.descriptions();
    user.write("old.yaml", &old);
    user.write("new.yaml", &new);
    let since = [
        "upstream", "new.yaml", "--since", "old.yaml", "--spec", "../spec", "--write",
    ];
    let kept = user.run(&[&since[..], &["conflict"]].concat());
    assert_eq!(kept.code, 1, "{kept}");
    let left = format!("by hand: {}", change.stated[0]);
    assert!(kept.err.contains(&left), "{left}: {kept}");
    let taken = user.run(&[&since[..], &["theirs"]].concat());
    assert_eq!(taken.code, 0, "{taken}");
    assert!(!taken.err.contains("by hand"), "{taken}");
}

#[test]
fn import_adds_to_shared_schemas() {
    let user = User::new(&minimal());
    let shared = "# ours\nschemas: {}\n";
    user.write("draft/shared.yaml", shared);
    let query = bigcommerce_tests::root().join("tests/data/import/query.json");
    let drafted = user.run(&["import", query.to_str().unwrap(), "--out", "draft"]);
    assert_eq!(drafted.code, 0, "{drafted}");
    assert!(
        !user.read("draft/shared.yaml").contains("{}\n"),
        "{drafted}"
    );
    assert!(
        user.read("draft/shared.yaml")
            .starts_with("# ours\nschemas:"),
        "{drafted}"
    );
}
