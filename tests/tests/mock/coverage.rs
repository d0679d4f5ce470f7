//! Which operations the mock store serves.

use bigcommerce_mock::{Served, coverage};

#[test]
fn every_operation_is_served_by_convention_or_by_a_rule_or_listed_among_those_that_compute() {
    let all = coverage().unwrap();
    let left = all.iter().filter(|one| one.served == Served::NotAtAll);
    let left: Vec<&str> = left.map(|one| one.endpoint).collect();
    let listed: Vec<String> = bigcommerce_tests::json("tests/data/mock-computes.json");
    assert_eq!(
        left, listed,
        "besides those in tests/data/mock-computes.json"
    );
    assert_eq!(all.len(), bigcommerce_tests::rows::rows().len());
}
