//! What a run may touch at all: its own files, through no link, and while no other run does.

use std::fs;

use bigcommerce_tests::cases::{cases, minimal};

use super::user::{MANIFEST, User};

#[test]
fn a_manifest_cannot_have_a_file_removed_that_is_none_of_the_outputs_own() {
    let user = User::new(&minimal());
    user.codegen(&[]);
    let mine = "generated-client/src/client.rs";
    user.write(mine, "// by hand\n");
    for (output, path) in [("client", mine), ("docs", mine), ("other", mine)] {
        let manifest = user.read(MANIFEST);
        user.write(MANIFEST, &format!("{manifest}file {output} {path}\n"));
        let run = user.codegen(&[]);
        assert_eq!(run.code, 2, "{run}");
        assert!(run.err.contains("not one of that output's own"), "{run}");
        assert_eq!(user.read(mine), "// by hand\n");
        user.write(MANIFEST, &manifest);
    }
}

/// What may be in place of a file or a folder that a run writes.
#[cfg(unix)]
#[test]
fn nothing_is_read_written_or_removed_through_a_link_or_a_pipe() {
    use std::os::unix::fs::symlink;

    let folder = "generated-client/src/generated/things";
    let file = "generated-client/docs/things.md";
    for place in [
        folder,
        "generated-client/src",
        file,
        MANIFEST,
        "generated-client/Cargo.toml",
    ] {
        for pipe in [false, true] {
            let user = User::new(&minimal());
            user.codegen(&[]);
            // The target of a link differs from what is rendered, and contains what pruning would
            // remove.
            let behind = user.path("../behind");
            let inner = behind.join(place.rsplit('/').next().unwrap());
            let put = user.path(place);
            fs::create_dir_all(&behind).unwrap();
            if put.exists() {
                fs::rename(&put, &inner).unwrap();
            } else {
                fs::write(&inner, "[features]\n").unwrap();
            }
            if inner.is_dir() {
                fs::write(inner.join("mod.rs"), "// mine\n").unwrap();
                fs::write(inner.join(".codegen-x"), "mine").unwrap();
            }
            if pipe {
                let made = std::process::Command::new("mkfifo").arg(&put).status();
                assert!(made.unwrap().success());
            } else {
                symlink(&inner, &put).unwrap();
            }
            let (before, stamps) = (tree(&behind), tree(&user.path("")));
            for words in [&[][..], &["--check"]] {
                let run = user.codegen(words);
                assert_eq!(run.code, 2, "{place} {words:?}: {run}");
                assert!(run.err.contains(place), "{run}");
            }
            assert_eq!(tree(&behind), before, "{place}: written through");
            assert_eq!(
                tree(&user.path("")),
                stamps,
                "{place}: something was written"
            );
        }
    }
}

#[test]
fn what_cannot_be_written_is_named_with_the_folder_that_was_given() {
    let user = User::new(&minimal());
    user.write("taken", "");
    let file = bigcommerce_tests::root().join("tests/data/import/v2.json");
    let file = file.to_str().unwrap();
    for words in [
        &["codegen", "--spec", "../spec"][..],
        &["docs", "--spec", "../spec"],
        &["import", file, "--group", "tickets"],
    ] {
        let run = user.run(&[words, &["--out", "taken"]].concat());
        assert_eq!(run.code, 2, "{run}");
        assert!(run.err.contains("error: taken/"), "{run}");
    }
    assert_eq!(user.read("taken"), "");
}

/// Everything below a folder with its modification time, without following links.
#[cfg(unix)]
fn tree(
    folder: &std::path::Path,
) -> std::collections::BTreeMap<std::path::PathBuf, std::time::SystemTime> {
    let mut found = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            }
            found.insert(
                entry.path(),
                entry.path().symlink_metadata().unwrap().modified().unwrap(),
            );
        }
    }
    found
}

#[cfg(unix)]
#[test]
fn the_site_is_not_built_through_a_link_and_a_draft_is_not_written_through_one() {
    use std::os::unix::fs::symlink;

    let user = User::new(&minimal());
    let behind = user.path("../behind");
    fs::create_dir_all(&behind).unwrap();
    fs::create_dir_all(user.path("site")).unwrap();
    fs::write(behind.join("index.html"), "mine").unwrap();
    symlink(behind.join("index.html"), user.path("site/index.html")).unwrap();
    let run = user.run(&["docs", "--spec", "../spec", "--out", "site"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("index.html is a link"), "{run}");
    assert_eq!(
        fs::read_to_string(behind.join("index.html")).unwrap(),
        "mine"
    );

    let file = bigcommerce_tests::root().join("tests/data/import/v2.json");
    fs::create_dir_all(user.path("draft")).unwrap();
    symlink(&behind, user.path("draft/groups")).unwrap();
    let words = [
        "import",
        file.to_str().unwrap(),
        "--group",
        "tickets",
        "--out",
        "draft",
    ];
    let run = user.run(&words);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("groups is a link"), "{run}");
    assert_eq!(fs::read_dir(&behind).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_run_waits_for_another_one_to_end_and_touches_nothing_before() {
    use std::{
        io::{BufRead as _, BufReader},
        process::Stdio,
    };

    let user = User::new(&minimal());
    let held = fs::File::open(user.path("")).unwrap();
    fs4::FileExt::lock(&held).unwrap();
    let mut command = user.command(&["codegen", "--spec", "../spec", "--out", "."]);
    let mut child = command
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stderr.take().unwrap())
        .read_line(&mut said)
        .unwrap();
    assert_eq!(said, "waiting for another run to end\n");
    assert!(child.try_wait().unwrap().is_none(), "it did not wait");
    assert!(user.files().is_empty(), "{:?}", user.files().keys());
    fs4::FileExt::unlock(&held).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(user.codegen(&["--check"]).code, 0);
}

#[test]
fn runs_at_once_leave_what_one_of_them_alone_would_have_left() {
    let two = cases("fragments")
        .into_iter()
        .find(|case| case.name == "across_groups")
        .unwrap();
    let user = User::new(&minimal());
    user.codegen(&[]);
    let one = user.files();
    let other = User::new(&two.sources());
    let there = other.path("../spec");
    user.run(&["codegen", "--out", ".", "--spec", there.to_str().unwrap()]);
    let two = user.files();
    for _ in 0..5 {
        std::thread::scope(|scope| {
            for spec in ["../spec", there.to_str().unwrap()] {
                for _ in 0..2 {
                    let user = &user;
                    scope.spawn(move || {
                        let run = user.run(&["codegen", "--out", ".", "--spec", spec]);
                        assert_eq!(run.code, 0, "{run}");
                    });
                }
            }
        });
        let left = user.files();
        assert!(left == one || left == two, "a mixture is left");
    }
}
