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

#[test]
fn an_operation_is_told_from_the_collection_whose_rules_apply_to_it() {
    let all = coverage().unwrap();
    let of = |id: &str| all.iter().find(|one| one.endpoint == id).unwrap();
    let line = |id: &str| of(id).to_string();
    assert_eq!(
        of("coupons.delete").served,
        Served::WithRules("marketing.rs")
    );
    assert!(line("coupons.delete").ends_with(" convention, with rules/marketing.rs"));
    let update = "gift_certificates.update";
    assert_eq!(of(update).served, Served::ByRule("marketing.rs"));
    assert!(line(update).ends_with(" rules/marketing.rs"));
    let alone = all.iter().filter(|one| one.served == Served::ByConvention);
    assert!(alone.count() > 0, "collections without rules");
}
