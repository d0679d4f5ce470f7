//! The Rust that each feature of the spec language generates: small specs, and the generated files in
//! which a feature is visible.

use std::collections::BTreeSet;

use bigcommerce_tests::{
    accept::accept,
    cases::{Case, cases, model, snapshots},
};
use codegen::{pipeline, render::File};

const GENERATED: &str = "generated-client/src/generated/";

/// The generated files that the case is about, from its line `shows:`.
fn shown(case: &Case) -> Vec<&str> {
    let line = case
        .about
        .lines()
        .find_map(|line| line.strip_prefix("shows: "));
    line.unwrap_or_default().split(", ").collect()
}

/// The name of the snapshot of a generated file.
fn snapshot(path: &str) -> String {
    path.trim_end_matches(".rs").replace('/', ".")
}

fn rendered(case: &Case) -> Vec<File> {
    let api = model(&case.name, case.sources());
    let rendered = pipeline::render(&api, &[pipeline::Output::Client]).unwrap();
    rendered.files.into_iter().map(|(_, file)| file).collect()
}

#[test]
fn each_feature_of_the_spec_language_makes_the_rust_that_a_reviewer_has_seen() {
    for case in cases("fragments") {
        let files = rendered(&case);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(format!("../snapshots/fragments/{}", case.name));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(case.about.lines().next().unwrap_or_default());
        let _accept = accept();
        settings.bind(|| {
            for path in shown(&case) {
                let whole = format!("{GENERATED}{path}");
                let file = files.iter().find(|file| file.path == whole);
                let file = file.unwrap_or_else(|| panic!("{}: there is no {path}", case.name));
                insta::assert_snapshot!(snapshot(path), file.text);
            }
        });
    }
}

#[test]
fn each_feature_shows_in_what_is_generated() {
    let plain = Case {
        name: "minimal".to_owned(),
        about: String::new(),
        text: String::new(),
    };
    let plain: BTreeSet<File> = rendered(&plain).into_iter().collect();
    for case in cases("fragments") {
        let files: BTreeSet<File> = rendered(&case).into_iter().collect();
        let changed: Vec<_> = files.difference(&plain).map(|file| &file.path).collect();
        let shows = shown(&case);
        assert!(
            shows
                .iter()
                .any(|path| changed.iter().any(|file| file.ends_with(path))),
            "{}: none of {shows:?} differs from what the sound spec makes",
            case.name
        );
    }
}

#[test]
fn no_fragment_is_left_of_a_case_that_is_gone() {
    let cases = cases("fragments");
    let known: BTreeSet<String> = cases
        .iter()
        .flat_map(|case| {
            let of_case = |path| format!("{}/{}", case.name, snapshot(path));
            shown(case).into_iter().map(of_case)
        })
        .collect();
    let left: Vec<_> = snapshots("fragments")
        .into_iter()
        .filter(|name| !known.contains(name))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
