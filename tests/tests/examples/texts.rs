//! What is written about the examples is true of them.

use std::{collections::BTreeSet, fs};

use bigcommerce_tests::{root, text};

/// Each example, by the name of its file.
fn examples() -> BTreeSet<String> {
    let files = fs::read_dir(root().join("generated-client/examples")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .collect()
}

#[test]
fn the_first_example_of_the_readme_is_the_export_in_about_twenty_lines() {
    let readme = text("README.md");
    let (_, code) = readme.split_once("```rust,no_run\n").unwrap();
    let (code, _) = code.split_once("```\n").unwrap();
    let example = text("generated-client/examples/export_products.rs");
    let (_, example) = example.split_once("\n\n").unwrap();
    assert!(example.starts_with(code), "{code}");
    assert!(code.lines().filter(|line| !line.is_empty()).count() <= 22);
}

#[test]
fn each_example_begins_with_its_command_and_is_in_the_readme() {
    let readme = text("README.md");
    for name in examples() {
        let source = text(&format!("generated-client/examples/{name}.rs"));
        let docs: String = source
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .collect();
        assert!(
            docs.contains(&format!("cargo run --example {name}")),
            "{name}"
        );
        assert!(readme.contains(&format!("| `{name}` |")), "{name}");
        assert!(source.lines().count() < 200, "{name} is long");
    }
}
