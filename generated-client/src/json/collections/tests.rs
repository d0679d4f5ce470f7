use std::collections::BTreeMap;

use crate::json::{self, Decode, Reader};
use crate::value::List;

crate::declare::read! {
    Shelf { rows: List<Option<i64>> = "rows", }
}
crate::declare::read! {
    Labels {
        one: BTreeMap<String, String> = required "one",
        many: List<BTreeMap<String, String>> = "many",
        deep: Option<BTreeMap<String, BTreeMap<String, Option<i64>>>> = "deep",
    }
}

#[test]
fn an_empty_list_in_the_place_of_a_map_is_one_without_entries() {
    let body = r#"{"one":[],"many":[[],{"a":"b"},[ ]],"deep":{"a":[],"b":{"c":1}}}"#;
    let mut reader = Reader::over(body).strict();
    let labels = Labels::decode(&mut reader).unwrap();
    assert!(labels.one.is_empty());
    assert_eq!(labels.many.len(), 3);
    assert_eq!(labels.many[1]["a"], "b");
    assert!(labels.deep.as_ref().unwrap()["a"].is_empty());
    assert!(labels.rest.oddities().next().is_none());
    assert_eq!(json::to_string(&labels), body);
    type Map = BTreeMap<String, i64>;
    assert_eq!(json::from_str::<Map>("[]").unwrap(), Map::new());
    assert!(json::from_str::<Map>("[1]").is_err());
    assert!(json::from_str::<Map>(r#""""#).is_err());
}

#[test]
fn a_value_that_its_map_cannot_hold_costs_no_other_and_comes_back() {
    for (body, told) in [
        (
            r#"{"one":{"a":"b","c":[1],"d":{},"e":null,"f":"g"},"many":[{"a":true,"b":"c"}]}"#,
            &["one.c", "one.d", "one.e", "many[0].a"][..],
        ),
        (
            r#"{"one":{"a":"x","f":"g","a":true},"deep":{"a":{"b":"x","c":1,"d":null},"e":[1]}}"#,
            &["one.a", "deep.a.b", "deep.e"],
        ),
    ] {
        let mut reader = Reader::over(body);
        let mut labels = Labels::decode(&mut reader).unwrap();
        let oddities = reader.into_oddities().unwrap();
        let told: Vec<_> = told.iter().map(|place| format!("at {place}: ")).collect();
        assert_eq!(oddities.len(), told.len(), "{oddities:?}");
        for (oddity, place) in oddities.iter().zip(&told) {
            assert!(oddity.to_string().starts_with(place), "{oddity}, {place}");
        }
        assert_eq!(labels.one["f"], "g");
        assert!(!labels.one.contains_key("c") && labels.one.get("a").is_none_or(|a| a == "b"));
        assert_eq!(json::to_string(&labels), body);
        assert_eq!(json::from_str::<Labels>(body).unwrap(), labels);
        assert!(Labels::decode(&mut Reader::over(body).strict()).is_err());
        // A value that is set is written in place of the received one.
        labels.one = BTreeMap::from([("x".to_owned(), "y".to_owned())]);
        assert!(json::to_string(&labels).starts_with(r#"{"one":{"x":"y"}"#));
    }
    let body = r#"{"one":{"a":"b"},"deep":{"a":{"b":"x","c":1}}}"#;
    let labels: Labels = json::from_str(body).unwrap();
    assert_eq!(labels.deep.unwrap()["a"]["c"], Some(1));
    // A map without any valid value is something else, and if it is not in a record, nothing keeps its
    // values.
    let labels: Labels = json::from_str(r#"{"one":{"a":[1]}}"#).unwrap();
    assert!(labels.one.is_empty() && labels.rest.oddities().eq(["one"]));
    type Map = BTreeMap<String, i64>;
    assert!(json::from_str::<Map>(r#"{"a":1,"b":"x"}"#).is_err());
}

#[test]
fn a_null_among_the_items_of_a_list_is_kept_where_the_list_may_hold_it() {
    for text in ["[]", "[null]", "[1,null,2]"] {
        let items: Vec<Option<i64>> = json::from_str(text).unwrap();
        assert_eq!(json::to_string(&items), text);
    }
    let body = r#"{"rows":[1,null]}"#;
    let shelf: Shelf = json::from_str(body).unwrap();
    assert_eq!(shelf.rows.as_slice(), [Some(1), None]);
    assert!(shelf.rest.oddities().next().is_none());
    assert_eq!(json::to_string(&shelf), body);
    let none: Shelf = json::from_str("{}").unwrap();
    assert_eq!(json::to_string(&none), "{}");
    assert!(json::from_str::<Vec<Option<i64>>>("[nul]").is_err());
}
