//! What cargo builds for `cargo xtask` is what it builds for the tests: a dependency with different features
//! in the two would be compiled twice, with everything that depends on it.

use std::{collections::BTreeSet, process::Command};

use bigcommerce_tests::root;

/// The dependencies of a selection of packages, each with its features.
fn packages(selection: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--quiet", "--prefix=none", "--format={p} [{f}]"])
        .args(selection)
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let listed = String::from_utf8(output.stdout).unwrap();
    let listed = listed.lines().map(|line| line.trim_end_matches(" (*)"));
    listed.map(str::to_owned).collect()
}

#[test]
fn the_generator_is_built_once_for_the_command_line_and_the_tests() {
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let generator = packages(&["--package=bigcommerce-codegen", "--edges=normal,build"]);
    let generator: BTreeSet<String> = generator.iter().map(|line| name(line)).collect();
    let command_line = packages(&["--package=xtask", "--edges=normal,build"]);
    let tests = packages(&["--workspace", "--all-features"]);
    let twice: Vec<&String> = command_line
        .difference(&tests)
        .filter(|line| generator.contains(&name(line)))
        .collect();
    assert!(
        twice.is_empty(),
        "the tests ask other features of these; let codegen/Cargo.toml ask the same: {twice:#?}"
    );
}
