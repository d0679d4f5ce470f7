//! What the client's package says about itself: its features, its guides and its licences.

use std::{collections::BTreeSet, fs, process::Command};

use bigcommerce_tests::{root, text};
use serde_json::Value;

/// The features of the client according to cargo: the name and what it enables.
fn features() -> serde_json::Map<String, Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let client = packages
        .iter()
        .find(|package| package["name"] == "bigcommerce-client");
    client.unwrap()["features"].as_object().unwrap().clone()
}

fn names(list: &Value) -> BTreeSet<String> {
    let names = list.as_array().unwrap().iter();
    names
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

/// The rows of a table in a doc comment, below its heading: each first cell.
fn first_cells(source: &str, heading: &str) -> Vec<String> {
    let rows = source.lines().skip_while(|line| !line.contains(heading));
    rows.skip(2)
        .map_while(|line| line.strip_prefix("//! | "))
        .map(|row| row.split(" | ").next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_feature_is_in_the_table_of_the_front_page_and_no_other() {
    let features = features();
    let groups = names(&features["all"]);
    let by_default = names(&features["default"]);
    let cells = first_cells(&text("generated-client/src/lib.rs"), "| Feature |");
    let (mut told, mut told_default) = (BTreeSet::new(), BTreeSet::new());
    for cell in &cells {
        // A new area needs no new row.
        let Some((name, rest)) = cell.trim_start_matches('`').split_once('`') else {
            assert_eq!(cell, "one per area, named like its module");
            continue;
        };
        told.insert(name.to_owned());
        if rest.contains("(default)") {
            told_default.insert(name.to_owned());
        }
    }
    let own: BTreeSet<String> = features
        .keys()
        .filter(|name| *name != "default" && !groups.contains(*name))
        .cloned()
        .collect();
    assert_eq!(told, own);
    assert_eq!(told_default, by_default);
    assert_eq!(cells.len(), own.len() + 1, "a row twice, or none of groups");
}

#[test]
fn every_guide_is_in_the_table_of_guides() {
    let folder = root().join("generated-client/src/guide");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "mod.rs")
        .map(|name| format!("[`{}`]", name.trim_end_matches(".rs")))
        .collect();
    let told = first_cells(&text("generated-client/src/guide/mod.rs"), "| Guide |");
    // The other rows link to the guide that is next to the code it is about.
    let own = told.into_iter().filter(|cell| !cell.contains("](crate::"));
    assert_eq!(own.collect::<BTreeSet<_>>(), files);
}

#[test]
fn the_licences_in_the_package_are_those_of_the_repository() {
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        assert_eq!(
            text(name),
            text(&format!("generated-client/{name}")),
            "{name}"
        );
    }
}

#[test]
fn what_a_program_must_bring_is_told_with_its_version() {
    let manifest = text("generated-client/Cargo.toml");
    let stated = |before: &str| {
        let mut lines = manifest.lines();
        let stated = lines.find_map(|line| line.strip_prefix(before));
        stated.unwrap().split('"').next().unwrap()
    };
    let rust = stated("rust-version = \"");
    let readme = text("generated-client/README.md");
    assert!(readme.contains(&format!("Rust {rust} or later")), "{rust}");
    let axum = stated("axum = { version = \"");
    let front = text("generated-client/src/lib.rs");
    assert!(
        front.contains(&format!("an extractor for axum {axum} |")),
        "{axum}"
    );
}
