//! The verdicts of `diff`, compiled: programs of a user of the client, against the client before and
//! after.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
};

use bigcommerce_tests::cases::minimal;
use codegen::{
    diff::{self, Verdict, kinds},
    fixture, pipeline,
    source::Sources,
};
use serde::Deserialize;
use serde_json::Value;

use super::{alone, downstream, package, scratch};

/// The placeholder for a crate that enables a feature of the client.
const FEATURE: &str = "feature ";

/// Programs by the kind of the change that they are about.
type Programs = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    there: Programs,
    back: Programs,
    /// What another tool reports about a change there, if it can detect it.
    seen: BTreeMap<String, String>,
}

/// An edit of a spec, and what is known about its changes.
pub(super) struct Edit {
    pub name: String,
    pub before: Sources,
    pub after: Sources,
    there: Programs,
    back: Programs,
    pub seen: BTreeMap<String, String>,
}

/// The edits below `tests/data/diff-programs`, by name.
pub(super) fn edits() -> Vec<Edit> {
    let root = bigcommerce_tests::root().join("tests/data/diff-programs");
    let entries = fs::read_dir(&root).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: BTreeSet<String> = names.collect();
    let edit = |name: String| {
        let text = |file: &str| fs::read_to_string(root.join(&name).join(file)).unwrap();
        let edit = text("edit.txt");
        let (before, after) = edit.split_once("=== after\n").unwrap_or(("", &edit));
        let before = fixture::apply(&minimal(), before).unwrap();
        let after = fixture::apply(&before, after).unwrap();
        let Written { there, back, seen } = serde_yaml::from_str(&text("programs.yaml")).unwrap();
        Edit {
            name,
            before,
            after,
            there,
            back,
            seen,
        }
    };
    names.into_iter().map(edit).collect()
}

/// The kinds of changes between two specs, except those that only affect the docs.
pub(super) fn told(old: &Sources, new: &Sources) -> BTreeMap<&'static str, Verdict> {
    let [was, is] = [old, new].map(|spec| pipeline::of(spec.clone()).api.unwrap());
    let changes = diff::compare(&was, &is).changes.into_iter();
    changes
        .map(|change| (change.kind.id, change.kind.verdict))
        .filter(|(id, _)| !["facts", "prose", "records"].contains(id))
        .collect()
}

/// The names of the programs of one direction that the reported changes break.
fn breaking(word: &str, told: &BTreeMap<&str, Verdict>) -> BTreeSet<String> {
    let rust = told.iter().filter(|(_, it)| **it == Verdict::Rust);
    rust.map(|(id, _)| format!("{word}-{id}")).collect()
}

/// Which of these programs do not compile with the client rendered from a spec.
fn refused(sources: &Sources, programs: &Programs) -> BTreeSet<String> {
    let _alone = alone();
    let scratch = scratch();
    package(sources, &scratch.join("package"));
    let mut refused = BTreeSet::new();
    for folder in ["programs", "feature"] {
        if scratch.join(folder).exists() {
            fs::remove_dir_all(scratch.join(folder)).unwrap();
        }
    }
    let folder = downstream("programs");
    fs::create_dir_all(folder.join("src/bin")).unwrap();
    let mut tried = BTreeSet::new();
    for (name, program) in programs {
        if let Some(feature) = program.strip_prefix(FEATURE) {
            if !has_feature(feature) {
                refused.insert(name.clone());
            }
            continue;
        }
        // A program is about one use, and all names are in scope.
        let text = format!(
            "#![allow(unused)]\n\
             use bigcommerce_client::{{\n    \
             Choice, Client, Direction, Endpoint, Error, Event, List, Number, Patch, ReadOnlyClient, Scope,\n    \
             events::EventData, things::*,\n}};\n\n{program}\n\nfn main() {{}}\n"
        );
        fs::write(folder.join(format!("src/bin/{name}.rs")), text).unwrap();
        tried.insert(name);
    }
    let output = Command::new(env!("CARGO"))
        .args(["check", "--bins", "--keep-going", "--message-format=json"])
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(scratch.join("target"))
        .output()
        .unwrap();
    let messages = String::from_utf8(output.stdout).unwrap();
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut compiled = BTreeSet::new();
    for message in messages {
        let name = message["target"]["name"].as_str().unwrap_or_default();
        if message["reason"] == "compiler-artifact" {
            compiled.insert(name.to_owned());
        } else if message["message"]["level"] == "error" {
            refused.insert(name.to_owned());
        }
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(compiled.contains("bigcommerce_client"), "{said}");
    for name in tried {
        let once = compiled.contains(name) != refused.contains(name);
        assert!(once, "{name} was not tried: {said}");
    }
    refused
}

/// Whether a crate can enable the client's feature. Cargo knows without compiling anything.
fn has_feature(feature: &str) -> bool {
    let folder = downstream("feature");
    fs::write(folder.join("src/lib.rs"), "").unwrap();
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let asks = text.replace("\"all\"", &format!("\"{feature}\""));
    assert_ne!(asks, text, "the crate does not ask for a feature");
    fs::write(&manifest, asks).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--quiet", "--edges=normal"])
        .arg("--manifest-path")
        .arg(&manifest)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let lacks = said.contains(&format!("`{feature}`")) && said.contains("feature");
    assert!(output.status.success() != lacks, "{said}");
    output.status.success()
}

#[test]
fn each_change_that_an_edit_makes_has_a_program_and_no_other_has() {
    for edit in edits() {
        for (word, old, new, programs) in [
            ("there", &edit.before, &edit.after, &edit.there),
            ("back", &edit.after, &edit.before, &edit.back),
        ] {
            let told = told(old, new);
            let kinds: BTreeSet<&str> = told.keys().copied().collect();
            let written: BTreeSet<&str> = programs.keys().map(String::as_str).collect();
            assert_eq!(kinds, written, "{} {word}", edit.name);
        }
        let strange: Vec<_> = edit
            .seen
            .keys()
            .filter(|it| !edit.there.contains_key(*it))
            .collect();
        assert!(strange.is_empty(), "{}: {strange:?}", edit.name);
    }
}

#[test]
fn every_kind_that_breaks_rust_has_a_program_that_it_breaks() {
    let edits = edits();
    let written: BTreeSet<&str> = edits
        .iter()
        .flat_map(|edit| edit.there.keys().chain(edit.back.keys()))
        .map(String::as_str)
        .collect();
    let rust = kinds::ALL
        .iter()
        .filter(|kind| kind.verdict == Verdict::Rust);
    let missing: Vec<_> = rust
        .map(|kind| kind.id)
        .filter(|id| !written.contains(id))
        .collect();
    assert!(missing.is_empty(), "nothing is compiled for {missing:?}");
}

#[test]
fn what_a_change_is_said_to_break_does_not_compile_any_more_and_all_else_does() {
    if std::env::var_os("BIGCOMMERCE_LONG").is_none() {
        return;
    }
    for edit in edits() {
        // Those of both directions together, so that each client is compiled once.
        let named = |word: &'static str, programs: &Programs| -> Programs {
            let programs = programs.iter();
            programs
                .map(|(id, program)| (format!("{word}-{id}"), program.clone()))
                .collect()
        };
        let mut programs = named("there", &edit.there);
        programs.extend(named("back", &edit.back));
        let there = breaking("there", &told(&edit.before, &edit.after));
        let back = breaking("back", &told(&edit.after, &edit.before));
        assert_eq!(
            refused(&edit.before, &programs),
            back,
            "{} before",
            edit.name
        );
        assert_eq!(
            refused(&edit.after, &programs),
            there,
            "{} after",
            edit.name
        );
    }
}
