//! The verdicts of `diff`, compared with those of cargo-semver-checks on the two clients. That tool knows
//! which names exist and how many arguments a method has, but no types: they have to agree where it can tell.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use codegen::diff::Verdict;

use super::{
    package, scratch,
    verdicts::{edits, told},
};

/// The name of the program in the environment, if set.
const PROGRAM: &str = "BIGCOMMERCE_SEMVER_CHECKS";

/// What it reports although it is not guaranteed: enumerations of the catalogue are in the order of the docs,
/// so a new variant in the middle changes discriminants.
const NOT_PROMISED: [&str; 2] = [
    "enum_no_repr_variant_discriminant_changed",
    "partial_ord_enum_variants_reordered",
];

/// What breaks between two clients, one line per lint.
fn broken(program: &Path, old: &Path, new: &Path) -> BTreeMap<String, Vec<String>> {
    let output = Command::new(program)
        .args(["semver-checks", "check-release", "--color=never"])
        // A mere addition is not a failure.
        .arg("--release-type=minor")
        .args(["--only-explicit-features", "--features=all,reqwest"])
        .arg("--manifest-path")
        .arg(new.join("Cargo.toml"))
        .arg("--baseline-root")
        .arg(old)
        .env("CARGO_TARGET_DIR", scratch().join("semver/target"))
        .output()
        .unwrap();
    let (found, said) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        said.contains("Summary"),
        "nothing was compared: {said}\n{found}"
    );
    let mut broken: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut lint = None;
    for line in found.lines() {
        if let Some(failure) = line.strip_prefix("--- failure ") {
            lint = failure.split_once(':').map(|(id, _)| id.to_owned());
        } else if let (Some(lint), Some(what)) = (&lint, line.strip_prefix("  ")) {
            broken
                .entry(lint.clone())
                .or_default()
                .push(what.to_owned());
        }
    }
    broken.retain(|lint, _| !NOT_PROMISED.contains(&lint.as_str()));
    broken
}

#[test]
fn another_tool_agrees_with_each_verdict_that_it_can_see() {
    let Some(program) = std::env::var_os(PROGRAM) else {
        return;
    };
    for edit in edits() {
        let (old, new) = (scratch().join("semver/old"), scratch().join("semver/new"));
        package(&edit.before, &old);
        package(&edit.after, &new);
        let broken = broken(program.as_ref(), &old, &new);
        let told = told(&edit.before, &edit.after);
        let breaks: BTreeSet<&str> = told
            .into_iter()
            .filter(|(_, verdict)| *verdict == Verdict::Rust)
            .map(|(id, _)| id)
            .collect();
        let name = &edit.name;
        assert_eq!(broken.is_empty(), breaks.is_empty(), "{name}: {broken:#?}");
        let lines = || broken.values().flatten();
        for (kind, seen) in &edit.seen {
            assert!(
                breaks.contains(kind.as_str()),
                "{name}: {kind} breaks nothing"
            );
            assert!(
                lines().any(|line| line.contains(seen)),
                "{name}: `{seen}` is not seen of {kind}: {broken:#?}"
            );
        }
    }
}
