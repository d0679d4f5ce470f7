//! What an operation and a field cost in generated files, and that there are few cargo features.

use std::collections::BTreeMap;

use bigcommerce_tests::{api, cases::minimal};
use codegen::{
    fixture,
    pipeline::{self, Output},
    source::Sources,
};

use crate::outputs;

const GENERATED: &str = "generated-client/src/generated/";

/// How many operations the whole API has, about.
const WHOLE: usize = 700;

/// The most generated lines for each operation, bytes of the catalogue of the whole API, and cargo features of groups.
const LINES: usize = 400;
const CATALOGUE: usize = 6_000_000;
const FEATURES: usize = 29;

/// The most lines that a new field changes in each view.
const FIELD: usize = 3;

#[test]
fn an_operation_takes_few_generated_lines_the_catalogue_is_small_and_there_are_few_features() {
    let api = api();
    let operations = api.endpoints.len();
    let files = outputs::whole();
    let generated = files.iter().filter(|file| file.path.starts_with(GENERATED));
    let lines: usize = generated.map(|file| file.text.lines().count()).sum();
    let mut files = files.iter();
    let catalogue = files.find(|file| file.path == "generated-client/docs/api.json");
    let catalogue = catalogue.unwrap().text.len();
    for (what, is, most) in [
        (
            "generated lines for an operation",
            lines / operations,
            LINES,
        ),
        (
            "bytes of the catalogue of the whole API",
            catalogue * WHOLE / operations,
            CATALOGUE,
        ),
        ("cargo features of groups", api.features.len(), FEATURES),
    ] {
        println!("{what}: {is}, at most {most}");
        assert!(is <= most, "{what}: {is}, at most {most}");
    }
}

/// What the client is made of, by path.
fn client(sources: Sources) -> BTreeMap<String, String> {
    let api = pipeline::of(sources).api.unwrap();
    let rendered = pipeline::render(&api, &[Output::Client]).unwrap();
    let files = rendered.files.into_iter();
    files.map(|(_, file)| (file.path, file.text)).collect()
}

/// How many lines of the new text the old one lacks: those that are added or changed.
fn changed(old: &str, new: &str) -> usize {
    let mut times: BTreeMap<&str, isize> = BTreeMap::new();
    for (text, sign) in [(old, -1), (new, 1)] {
        for line in text.lines() {
            *times.entry(line).or_default() += sign;
        }
    }
    let new = times.values().filter(|times| **times > 0);
    new.map(|times| times.unsigned_abs()).sum()
}

#[test]
fn a_new_field_changes_at_most_three_lines_in_each_view_that_has_it() {
    let parts = "      parts: { type: \"[Part]\" }\n";
    let edit =
        format!("--- edit: groups/things.yaml\n-{parts}+{parts}+      label: {{ type: string }}\n");
    let (old, new) = (minimal(), fixture::apply(&minimal(), &edit).unwrap());
    let (old, new) = (client(old), client(new));
    for view in ["thing", "thing_create", "thing_update"] {
        let path = format!("{GENERATED}things/models/{view}.rs");
        let lines = changed(&old[&path], &new[&path]);
        assert!((1..=FIELD).contains(&lines), "{path}: {lines} lines");
    }
}
