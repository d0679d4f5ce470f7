//! Each snapshot says which test it belongs to, so that accepting one changes only what it shows.

use std::fs;

use bigcommerce_tests::{cases::snapshots, root};

#[test]
fn each_snapshot_names_a_test_file_that_is_there() {
    let folder = root().join("tests/tests/snapshots");
    let names = snapshots("");
    assert!(names.len() > 100, "the snapshots were not found");
    let mut lost = Vec::new();
    for name in names {
        let text = fs::read_to_string(folder.join(format!("{name}.snap"))).unwrap();
        let source = text.lines().find_map(|line| line.strip_prefix("source: "));
        if !source.is_some_and(|source| root().join(source).is_file()) {
            lost.push(format!("{name}: {source:?}"));
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}
