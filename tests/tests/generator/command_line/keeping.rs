//! What a run may do to existing files: prune its own, keep all others, and leave nothing half-written.

use std::collections::BTreeSet;

use bigcommerce_tests::{
    cases::{cases, minimal},
    choices::cases as random_cases,
};

use super::user::{MANIFEST, User};

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
            || *path == "generated-client/src/generated/catalogue/facts/parcels.rs"
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
        run.out.contains("! parcels is removed, with its "),
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
    // Nor is anything touched if there is something.
    user.spec(&minimal());
    user.codegen(&[]);
    user.spec(&bad.sources());
    let stamps = user.stamps();
    assert_eq!(user.codegen(&[]).code, 2);
    assert_eq!(user.codegen(&["--check"]).code, 2);
    assert_eq!(user.stamps(), stamps);
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
    settings.set_snapshot_path("../../snapshots/command-line");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _accept = bigcommerce_tests::accept::accept();
    settings.bind(|| insta::assert_snapshot!("features", user.read(cargo)));
    assert_eq!(user.codegen(&["--check"]).code, 0);
    // Without its two marker lines the file is left alone.
    user.write(cargo, "[features]\nmine = []\n");
    let stamps = user.stamps();
    let run = user.codegen(&[]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`# codegen:begin features`"), "{run}");
    assert_eq!(user.stamps(), stamps, "something was written");
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
    for attempt in 0..u64::from(random_cases(12)) {
        user.spec(&minimal());
        assert_eq!(user.codegen(&[]).code, 0);
        assert!(user.files() == old, "attempt {attempt}: not healed");
        assert_eq!(
            user.codegen(&["--check"]).code,
            0,
            "attempt {attempt}: not clean"
        );
        user.spec(&two.sources());
        // The manifest is the first file that changes, so most kills happen during the writes.
        user.kill_after_first_change(std::time::Duration::from_micros(
            attempt % 12 * 400 + attempt,
        ));
        let left = user.files();
        cut_off += usize::from(left != old && left != new);
        for (path, text) in &left {
            // During a run the manifest names the files of both runs, and a file that is not in place
            // yet has a temporary name.
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
