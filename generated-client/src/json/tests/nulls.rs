//! Null where a value may be null: in a required field, and among the values of a mapping.

use std::collections::BTreeMap;

use crate::{List, Patch, json};

crate::declare::read! {
    /// A model that is read, and keeps unknown fields.
    Part {
        id: i64 = required "id",
        size: Option<i64> = "size",
        keys: List<String> = "keys",
        notes: Option<BTreeMap<String, Option<String>>> = "notes",
        depths: Option<BTreeMap<String, Option<Vec<i64>>>> = "depths",
    }
}

crate::declare::write! {
    /// A model that is written; it contains only what was set.
    PartCreate(size: null i64, keys: null Vec<String>, notes: own BTreeMap<String, Option<String>>) {
        size: Patch<i64> = required "size",
        keys: Patch<Vec<String>> = required "keys",
        notes: BTreeMap<String, Option<String>> = required "notes",
        depths: Patch<BTreeMap<String, Option<Vec<i64>>>> = "depths",
    }
}

#[test]
fn what_must_be_given_may_be_given_as_null_and_is_sent_as_null() {
    let given =
        |size: Option<i64>, keys: Option<Vec<String>>| PartCreate::new(size, keys, BTreeMap::new());
    for (part, body) in [
        (given(None, None), r#"{"size":null,"keys":null,"notes":{}}"#),
        (
            given(Some(7), Some(vec!["a".to_owned()])),
            r#"{"size":7,"keys":["a"],"notes":{}}"#,
        ),
        (
            given(None, Some(Vec::new())),
            r#"{"size":null,"keys":[],"notes":{}}"#,
        ),
    ] {
        assert_eq!(json::to_string(&part), body);
        assert_eq!(json::from_str::<PartCreate>(body).unwrap(), part);
    }
    let absent = json::from_str::<PartCreate>(r#"{"size":null,"notes":{}}"#).unwrap_err();
    assert!(absent.to_string().contains("keys"), "{absent}");
    let null = json::from_str::<PartCreate>(r#"{"size":1,"keys":[],"notes":null}"#).unwrap_err();
    assert!(null.to_string().starts_with("at notes: "), "{null}");
}

#[test]
fn a_null_in_a_field_that_always_comes_is_no_value_and_costs_no_other_field() {
    for body in [
        r#"{"id":1,"size":null,"keys":null,"notes":null,"depths":null,"new":2}"#,
        r#"{"id":1,"new":2}"#,
    ] {
        let part: Part = json::from_str(body).unwrap();
        assert_eq!((part.id, part.size, part.keys.len()), (1, None, 0));
        assert!(part.notes.is_none() && part.depths.is_none());
        assert_eq!(part.rest.oddities().count(), 0);
        assert_eq!(json::to_string(&part), r#"{"id":1,"new":2}"#);
    }
    let null: Part = json::from_str(r#"{"id":null}"#).unwrap();
    assert!(null.id == 0 && null.rest.oddities().eq(["id"]), "{null:?}");
    assert_eq!(json::to_string(&null), r#"{"id":null}"#);
}

#[test]
fn null_among_the_values_of_a_mapping_is_kept_and_sent() {
    let body = r#"{"id":1,"notes":{"a":null,"b":"","c":"x"},"depths":{"d":null,"e":[]}}"#;
    let part: Part = json::from_str(body).unwrap();
    let notes = part.notes.as_ref().unwrap();
    assert_eq!(notes["a"], None);
    assert_eq!(notes["b"].as_deref(), Some(""));
    assert_eq!(part.depths.as_ref().unwrap()["d"], None);
    assert!(part.rest.is_empty(), "{:?}", part.rest);
    assert_eq!(json::to_string(&part), body);

    let body = r#"{"size":1,"keys":null,"notes":{"a":null,"b":"y"},"depths":{"d":null}}"#;
    let sent: PartCreate = json::from_str(body).unwrap();
    assert_eq!(sent.notes["a"], None);
    assert_eq!(json::to_string(&sent), body);
}

#[test]
fn beside_a_null_a_value_that_does_not_fit_is_kept_as_it_came() {
    let body = r#"{"id":1,"depths":{"d":null,"e":[1,null]}}"#;
    let part: Part = json::from_str(body).unwrap();
    assert_eq!(part.depths.as_ref().unwrap()["e"], Some(vec![1]));
    assert_eq!(
        json::to_string(&part),
        body,
        "the null of the inner list is kept"
    );

    let body = r#"{"id":1,"depths":{"d":null,"e":"x"}}"#;
    let part: Part = json::from_str(body).unwrap();
    let depths = part.depths.as_ref().unwrap();
    assert!(
        depths["d"].is_none() && !depths.contains_key("e"),
        "{depths:?}"
    );
    assert!(part.rest.oddities().eq(["depths"]));
    assert_eq!(json::to_string(&part), body);
    assert!(json::from_str::<PartCreate>(r#"{"size":1,"keys":null,"notes":{"a":[]}}"#).is_err());
}
