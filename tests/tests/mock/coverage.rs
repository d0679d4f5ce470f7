//! Which operations the mock store serves.

use bigcommerce_mock::{Served, coverage};

#[test]
fn every_operation_of_the_catalogue_is_served_by_convention_or_by_a_rule() {
    let all = coverage().unwrap();
    let left: Vec<String> = all
        .iter()
        .filter(|one| one.served == Served::NotAtAll)
        .map(ToString::to_string)
        .collect();
    assert!(left.is_empty(), "not served:\n{}", left.join("\n"));
    assert_eq!(all.len(), bigcommerce_tests::rows::rows().len());
}
