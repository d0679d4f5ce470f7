//! What `diff` says of a change beside what cargo-semver-checks says of the two clients. That compares names,
//! kinds and counts, but no types of fields and arguments; cases about these are left out.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::PoisonError,
};

use bigcommerce_tests::{
    cases::{cases, minimal},
    root,
};
use codegen::{
    diff::{self, Verdict},
    fixture, pipeline,
    source::Sources,
};

use super::{ALONE, FEATURES, package, scratch};

/// The cases of `tests/data/diff` of which it can tell whether they break code.
const TOLD: [&str; 12] = [
    "argument_added",
    "endpoint_added",
    "endpoint_deprecated",
    "endpoint_renamed",
    "field_added",
    "group_added",
    "member_added",
    "page_size",
    "paging_added",
    "parameter_added",
    "scope_needed",
    "type_renamed",
];

/// Describes the client of a spec as JSON, by rustdoc. It is not for stable compilers, and told to be.
fn described(sources: &Sources, name: &str) -> PathBuf {
    let folder = scratch().join("semver");
    package(sources, &folder.join("package"));
    let output = Command::new(env!("CARGO"))
        .args(["rustdoc", "--quiet", "--lib", "--no-default-features"])
        .args(["--features", FEATURES, "--manifest-path"])
        .arg(folder.join("package/Cargo.toml"))
        .arg("--target-dir")
        .arg(folder.join("target"))
        .args(["--", "-Zunstable-options", "--output-format=json"])
        .args(["--document-private-items", "--document-hidden-items"])
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let described = folder.join(name);
    let written = folder.join("target/doc/bigcommerce_client.json");
    std::fs::rename(written, &described).unwrap();
    described
}

/// What it says of a step from one client to another, where that is to be more than one that breaks nothing.
fn objection(tool: &Path, [old, new]: [&Path; 2]) -> Option<String> {
    let output = Command::new(tool)
        .args(["semver-checks", "--release-type", "minor"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(said.contains("Checked ["), "{said}");
    (!output.status.success()).then_some(said)
}

#[test]
fn a_change_breaks_code_where_cargo_semver_checks_says_so() {
    if std::env::var_os("BIGCOMMERCE_LONG").is_none() {
        return;
    }
    let tool = root().join("target/tools/cargo-semver-checks/bin/cargo-semver-checks");
    if !tool.exists() {
        eprintln!(
            "SKIPPED: there is no cargo-semver-checks; `cargo xtask test --long` installs it"
        );
        return;
    }
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let base = minimal();
    let before = described(&base, "before.json");
    let mut wrong = Vec::new();
    for name in TOLD {
        let case = cases("diff").into_iter().find(|it| it.name == name);
        let text = case.expect(name).text;
        // What stands above that line makes the spec of before, and is nothing that a program sees.
        let edited = text
            .split("=== after\n")
            .try_fold(base.clone(), |spec, edit| fixture::apply(&spec, edit));
        let edited = edited.unwrap();
        let after = described(&edited, "after.json");
        let [was, is] = [&base, &edited].map(|spec| pipeline::of(spec.clone()).api.unwrap());
        for (way, old, new, files) in [
            ("there", &was, &is, [&*before, &*after]),
            ("back", &is, &was, [&*after, &*before]),
        ] {
            let breaks = diff::compare(old, new).count(Verdict::Rust) > 0;
            let objection = objection(&tool, files);
            if breaks != objection.is_some() {
                let said = objection.unwrap_or_else(|| "no objection".to_owned());
                wrong.push(format!("{name} {way}: {said}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
