//! What `diff` says of a change, compiled: programs of somebody who uses the client, against the client of
//! before and of after.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
    sync::PoisonError,
};

use bigcommerce_tests::cases::minimal;
use codegen::{
    diff::{self, Verdict},
    fixture, pipeline,
    source::Sources,
};
use serde::Deserialize;
use serde_json::Value;

use super::{ALONE, downstream, package, scratch};

/// Programs by the kind of the change that they are about.
type Programs = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    there: Programs,
    back: Programs,
}

/// Which of these programs do not compile with the client that is rendered of a spec.
fn refused(sources: &Sources, programs: &Programs) -> BTreeSet<String> {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let scratch = scratch();
    package(sources, &scratch.join("package"));
    if scratch.join("programs").exists() {
        fs::remove_dir_all(scratch.join("programs")).unwrap();
    }
    let folder = downstream("programs");
    fs::create_dir_all(folder.join("src/bin")).unwrap();
    for (name, program) in programs {
        // A program is about one use, and has the names of all in reach.
        let text = format!(
            "#![allow(unused)]\nuse bigcommerce_client::{{Client, Endpoint, List, Number, things::*}};\n\n\
             {program}\n\nfn main() {{}}\n"
        );
        fs::write(folder.join(format!("src/bin/{name}.rs")), text).unwrap();
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
    let mut refused = BTreeSet::new();
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
    for name in programs.keys() {
        let once = compiled.contains(name) != refused.contains(name);
        assert!(once, "{name} was not tried: {said}");
    }
    refused
}

#[test]
fn what_a_change_is_said_to_break_does_not_compile_any_more_and_all_else_does() {
    if std::env::var_os("BIGCOMMERCE_LONG").is_none() {
        return;
    }
    let data = |name: &str| {
        let folder = bigcommerce_tests::root().join("tests/data/diff-programs");
        fs::read_to_string(folder.join(name)).unwrap()
    };
    let written: Written = serde_yaml::from_str(&data("programs.yaml")).unwrap();
    let before = minimal();
    let after = fixture::apply(&before, &data("edit.txt")).unwrap();
    for (old, new, programs) in [
        (&before, &after, &written.there),
        (&after, &before, &written.back),
    ] {
        let [was, is] = [old, new].map(|spec| pipeline::of(spec.clone()).api.unwrap());
        let diff = diff::compare(&was, &is);
        // What only the docs see has nothing to try.
        let told: BTreeMap<&str, Verdict> = diff
            .changes
            .iter()
            .map(|change| (change.kind.id, change.kind.verdict))
            .filter(|(id, _)| !["facts", "prose", "records"].contains(id))
            .collect();
        assert!(told.keys().eq(programs.keys()), "{:?}", told.keys());
        let breaking = told.into_iter().filter(|(_, it)| *it == Verdict::Rust);
        let breaking: BTreeSet<String> = breaking.map(|(id, _)| id.to_owned()).collect();
        assert_eq!(refused(old, programs), BTreeSet::new());
        assert_eq!(refused(new, programs), breaking);
    }
}
