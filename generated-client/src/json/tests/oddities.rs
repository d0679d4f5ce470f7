//! What a model cannot represent: kept and reported, or rejected, but never dropped.

use std::collections::BTreeMap;

use super::{Brand, BrandCreate, brand, refused};
use crate::json::{self, Decode, Reader};
use crate::{Envelope, Number};

/// The oddities of a body.
fn told<T: Decode>(body: &str) -> Vec<String> {
    let mut r = Reader::new(body.as_bytes()).unwrap();
    T::decode(&mut r).unwrap();
    let told = r.into_oddities().unwrap();
    told.iter().map(ToString::to_string).collect()
}

#[test]
fn a_value_that_its_field_cannot_hold_costs_nothing_but_itself_and_comes_back() {
    for (key, odd) in [
        ("views", "3.2"),
        ("views", "9223372036854775808"),
        ("views", "1e-1"),
        ("views", "1e999999999999"),
        ("views", r#""many""#),
        ("views", "true"),
        ("price", r#""N/A""#),
        ("is_visible", "2"),
        ("date_modified", "true"),
        ("name", "true"),
        ("name", r#""\ud83d""#),
        ("kind", "[1]"),
        ("custom_url", "7"),
        ("custom_url", r#"[{"url":[1]},{"url":"x"}]"#),
        ("meta_keywords", "[1,{}]"),
        ("meta_keywords", r#"["\ude00"]"#),
        ("ids", r#"{"a":1}"#),
        ("ids", r#"{"0":1,"b":2}"#),
    ] {
        let body = format!(r#"{{"id":7,"{key}":{odd},"x":1}}"#);
        let value = brand(&body);
        assert!(value.rest.oddities().eq([key]), "{body}");
        assert_eq!(value.rest.get(key).map(|raw| raw.get()), Some(odd));
        let written = json::to_string(&value);
        assert_eq!(written, body);
        assert_eq!(brand(&written), value, "{body}");
        assert_ne!(brand(r#"{"id":7,"x":1}"#), value, "{body}");
        let told = told::<Brand>(&body);
        assert_eq!(told, [refused::<Brand>(&body)], "{body}");
        assert!(told[0].starts_with(&format!("at {key}")), "{told:?}");
    }
}

#[test]
fn an_item_that_its_list_cannot_hold_costs_no_other_and_comes_back() {
    for (odd, ids, at) in [
        (r#"[1,"x",3]"#, &[1, 3][..], "1"),
        ("[{},2]", &[2], "0"),
        (r#"[1,[2],null,"4"]"#, &[1, 4], "1"),
        (r#"{"0":1,"7":true}"#, &[1], "7"),
    ] {
        let body = format!(r#"{{"id":7,"ids":{odd},"views":"5"}}"#);
        let mut value = brand(&body);
        assert_eq!(value.ids.as_slice(), ids, "{body}");
        assert!(value.rest.oddities().eq(["ids"]), "{body}");
        assert_eq!(value.rest.get("ids").map(|raw| raw.get()), Some(odd));
        assert!(told::<Brand>(&body)[0].starts_with("at ids"), "{body}");
        assert!(told::<Brand>(&body)[0].contains(at), "{body}");
        let written = r#","views":"5","ids":"#;
        assert_eq!(
            json::to_string(&value),
            format!(r#"{{"id":7{written}{odd}}}"#)
        );
        assert_eq!(brand(&json::to_string(&value)), value, "{body}");
        let ordinary = format!(r#"{{"id":7,"ids":{ids:?}}}"#);
        assert_ne!(brand(&ordinary).rest, value.rest, "{body}");
        // A value that is set is written in place of the received one.
        value.ids.push(9);
        assert!(json::to_string(&value).ends_with(",9]}"), "{value:?}");
    }
    let body = r#"{"id":7,"meta_keywords":["a",{},"b",[]]}"#;
    assert_eq!(brand(body).meta_keywords.as_slice(), ["a", "b"]);
    assert_eq!(
        told::<Brand>(body),
        [
            "at meta_keywords[1]: expected a string, found an object",
            "at meta_keywords[3]: expected a string, found a list",
        ]
    );
    assert_eq!(json::to_string(&brand(body)), body);
    // A link or a list of fees contains a list too, and what is read a second time is kept once.
    let body = r#"{"id":7,"fees":[1,"x"],"ids":["x"],"ids":[1,"x"]}"#;
    let value = brand(body);
    let fees = value.fees.as_ref().and_then(crate::Linked::embedded);
    assert_eq!(fees.map(Vec::as_slice), Some(&[1][..]));
    assert_eq!(value.ids.as_slice(), [1]);
    assert_eq!(
        json::to_string(&value),
        r#"{"id":7,"fees":[1,"x"],"ids":[1,"x"]}"#
    );
}

#[test]
fn a_list_that_no_record_holds_is_refused_with_one_of_its_items() {
    for body in [
        r#"{"data":[{"id":1},7]}"#,
        r#"[{"id":1},7]"#,
        r#"{"data":[{"id":1},{"x":1}]}"#,
    ] {
        assert!(
            json::from_str::<Envelope<Vec<Brand>>>(body).is_err(),
            "{body}"
        );
    }
    assert!(json::from_str::<Vec<i64>>(r#"[1,"x"]"#).is_err());
    let sent = r#"{"name":"x","meta_keywords":["a",{}]}"#;
    assert!(json::from_str::<BrandCreate>(sent).is_err());
    assert!(json::from_str::<Brand>(r#"{"id":7,"ids":[1,"x"}"#).is_err());
}

#[test]
fn a_record_tells_of_an_oddity_in_itself_and_further_down() {
    let body = r#"{"data":[{"id":1},{"id":2,"custom_url":{"url":[1]},"views":3.2}]}"#;
    let page: Envelope<Vec<Brand>> = json::from_str(body).unwrap();
    let brands = page.data.as_ref().unwrap();
    assert_eq!(brands[0].rest.oddities().count(), 0);
    assert!(brands[0].rest.is_empty());
    assert!(brands[1].rest.oddities().eq(["custom_url", "views"]));
    assert_eq!(brands[1].rest.len(), 1, "the other is kept where it is");
    let url = brands[1].custom_url.as_ref().unwrap();
    assert!(url.rest.oddities().eq(["url"]));
    assert!(page.rest.oddities().eq(["data"]));
    assert_eq!(
        told::<Envelope<Vec<Brand>>>(body),
        [
            "at data[1].custom_url.url: expected a string, found a list",
            "at data[1].views: expected an integer, found a number",
        ]
    );
    assert_eq!(json::to_string(&page), body);
}

#[test]
fn a_field_that_is_set_is_written_in_the_place_of_what_came() {
    let mut value = brand(r#"{"id":7,"views":3.2,"price":true}"#);
    value.views = Some(3);
    assert_eq!(
        json::to_string(&value),
        r#"{"id":7,"price":true,"views":3}"#
    );
    value.price = Some(Number::from(5));
    assert_eq!(json::to_string(&value), r#"{"id":7,"price":5,"views":3}"#);
}

#[test]
fn of_a_key_that_comes_twice_the_last_counts_odd_or_not() {
    let value = brand(r#"{"id":7,"views":5,"views":3.2}"#);
    assert_eq!(value.views, None);
    assert_eq!(json::to_string(&value), r#"{"id":7,"views":3.2}"#);
    let value = brand(r#"{"id":7,"views":3.2,"views":5}"#);
    assert_eq!(value.views, Some(5));
    assert_eq!(value.rest.oddities().count(), 0);
    assert_eq!(json::to_string(&value), r#"{"id":7,"views":5}"#);
    let value = brand(r#"{"id":7,"custom_url":{"url":[1]},"custom_url":7}"#);
    assert!(value.rest.oddities().eq(["custom_url"]));
    assert_eq!(json::to_string(&value), r#"{"id":7,"custom_url":7}"#);
}

#[test]
fn a_field_that_always_comes_is_empty_and_told_where_it_is_odd_null_or_missing() {
    for (body, says) in [
        (
            r#"{"id":3.2,"name":"x"}"#,
            "at id: expected an integer, found a number",
        ),
        (
            r#"{"id":9223372036854775808}"#,
            "at id: expected an integer, found a number",
        ),
        (
            r#"{"id":null,"x":1}"#,
            "at id: expected an integer, found null",
        ),
        (
            r#"{"name":"x","x":{}}"#,
            "at the top: the field `id` is missing",
        ),
        (r#"{"name":7}"#, "at the top: the field `id` is missing"),
        (
            r#"{"views":true}"#,
            "at views: expected an integer, found true",
        ),
    ] {
        let value = brand(body);
        assert_eq!(value.id, 0, "{body}");
        assert!(value.rest.oddities().any(|name| name == "id"), "{body}");
        assert_eq!(json::to_string(&value), body);
        assert_eq!(brand(&json::to_string(&value)), value, "{body}");
        let told = told::<Brand>(body);
        assert_eq!(told[0], says, "{body}");
        assert_eq!(refused::<Brand>(body), says, "{body}");
    }
    let mut value = brand(r#"{"name":"x","views":1}"#);
    value.id = 7;
    assert_eq!(json::to_string(&value), r#"{"id":7,"name":"x","views":1}"#);
    assert_ne!(brand(r#"{"id":0,"name":"x"}"#), brand(r#"{"name":"x"}"#));
}

#[test]
fn one_record_without_its_id_costs_no_other_and_something_else_is_no_record() {
    let body = r#"{"data":[{"id":1},{"id":null},{"name":"x"},{},{"id":5}]}"#;
    let page: Envelope<Vec<Brand>> = json::from_str(body).unwrap();
    let ids = page.data.as_ref().unwrap().iter().map(|brand| brand.id);
    assert!(ids.eq([1, 0, 0, 5]));
    assert_eq!(json::to_string(&page), body);
    assert_eq!(
        told::<Envelope<Vec<Brand>>>(body),
        [
            "at data[1].id: expected an integer, found null",
            "at data[2]: the field `id` is missing",
            "at data[3]: expected a value, found an empty value",
        ]
    );
    assert!(json::from_str::<Brand>("{}").is_err());
    for body in [
        r#"{"error":"no such brand"}"#,
        r#"{"name":null}"#,
        r#"[{"id":1},{"x":1}]"#,
        r#"[{"id":1},7]"#,
    ] {
        assert!(json::from_str::<Vec<Brand>>(body).is_err(), "{body}");
        assert!(json::from_str::<Brand>(body).is_err(), "{body}");
    }
}

#[test]
fn a_list_with_a_number_for_each_key_is_one() {
    let body = r#"{"id":7,"ids":{"0":1,"1":null,"2":"3"},"x":1}"#;
    let value = brand(body);
    assert_eq!(value.ids.as_slice(), [1, 3]);
    assert_eq!(json::to_string(&value), body);
    let body = r#"{"data":{"3":{"id":1,"views":2.5},"1":{"id":2}}}"#;
    let page: Envelope<Vec<Brand>> = json::from_str(body).unwrap();
    assert_eq!(page.data.as_ref().map(Vec::len), Some(2));
    assert_eq!(json::to_string(&page), body);
    let ids: Vec<i64> = json::from_str(r#"{"0":1,"1":2}"#).unwrap();
    assert_eq!(ids, [1, 2]);
    assert_eq!(json::from_str::<Vec<Brand>>("{}").unwrap(), []);
    assert!(json::from_str::<Vec<i64>>(r#"{"0":1,"a":2}"#).is_err());
    assert!(json::from_str::<Vec<i64>>(r#"{"0":1"#).is_err());
}

#[test]
fn what_is_sent_must_be_right() {
    for body in [
        r#"{"name":"x","views":3.2}"#,
        r#"{"name":null}"#,
        r#"{"views":3}"#,
    ] {
        assert!(json::from_str::<BrandCreate>(body).is_err(), "{body}");
    }
}

#[test]
fn a_null_among_items_and_values_comes_back_or_is_refused() {
    type Map = BTreeMap<String, i64>;
    for body in [
        r#"{"id":7,"ids":[null]}"#,
        r#"{"id":7,"ids":[1,null,3.0]}"#,
        r#"{"id":7,"fees":[null,1]}"#,
    ] {
        assert_eq!(json::to_string(&brand(body)), body);
    }
    for body in [r#"{"data":[null]}"#, r#"{"data":[{"id":1},null]}"#] {
        let page: Envelope<Vec<Brand>> = json::from_str(body).unwrap();
        assert_eq!(json::to_string(&page), body);
    }
    let body = r#"{"data":{"a":1,"b":null}}"#;
    let map: Envelope<Map> = json::from_str(body).unwrap();
    assert_eq!(json::to_string(&map), body);

    let lost = |body| json::from_str::<Vec<Brand>>(body).unwrap_err().to_string();
    assert_eq!(lost("[null]"), "at [0]: expected a value, found null");
    assert_eq!(
        lost(r#"[{"id":1},null]"#),
        "at [1]: expected a value, found null"
    );
    // The spelling of a later field is kept, but the null is still lost.
    assert_eq!(
        lost(r#"[null,{"id":1,"views":"3"}]"#),
        "at [0]: expected a value, found null"
    );
    assert!(json::from_str::<Envelope<Vec<Brand>>>("[null]").is_err());
    assert!(json::from_str::<Map>(r#"{"a":null}"#).is_err());
    assert!(json::from_str::<Vec<Vec<i64>>>("[[null],[1]]").is_err());
    let sent = r#"{"name":"x","meta_keywords":["a",null]}"#;
    assert_eq!(
        json::from_str::<BrandCreate>(sent).unwrap_err().to_string(),
        "at meta_keywords[1]: expected a value, found null"
    );
}

#[test]
fn half_a_character_in_an_unknown_field_is_kept_as_it_came() {
    for odd in [
        r#""\ud83d""#,
        r#""\ud83d x""#,
        r#""\ud83d\n""#,
        r#""\uDE00\ud83d\ude00""#,
        r#"[{"a":"\ud83d"},"]\"}"]"#,
        r#"{"\ud83d":1}"#,
    ] {
        let body = format!(r#"{{"id":7,"x":{odd}}}"#);
        assert_eq!(json::to_string(&brand(&body)), body);
        assert!(json::from_str::<Brand>(&body[..body.len() - 1]).is_err());
    }
    for broken in [
        r#""\ud83""#,
        r#""\ud83d\x""#,
        r#"["\ud83d""#,
        r#"["\ud83d",]"#,
    ] {
        assert!(json::from_str::<Brand>(&format!(r#"{{"id":7,"x":{broken}}}"#)).is_err());
    }
}

#[test]
fn half_a_character_in_a_name_costs_nothing_but_an_oddity_and_comes_back() {
    for (body, name) in [
        (r#"{"id":7,"\ud83d":1,"\ud83e":2}"#, r"\ud83d"),
        (r#"{"id":7,"na\"me\uDE00":"x"}"#, r#"na\"me\uDE00"#),
    ] {
        let value = brand(body);
        assert_eq!(value.id, 7);
        assert_eq!(value.rest.oddities().next(), Some(name));
        assert!(value.rest.get(name).is_some(), "{body}");
        assert_eq!(json::to_string(&value), body);
        assert_eq!(brand(&json::to_string(&value)), value, "{body}");
        let says = format!("at {name}: expected a key, found text with half a character");
        assert_eq!(told::<Brand>(body)[0], says);
        assert_eq!(refused::<Brand>(body), says);
    }
    let page: Envelope<Vec<Brand>> =
        json::from_str(r#"{"data":[{"id":1},{"\ud83d":{},"id":2}]}"#).unwrap();
    assert!(page.rest.oddities().eq(["data"]));
    assert_eq!(page.data.unwrap()[1].id, 2);
    // Escaped backslashes are not halves of characters.
    let value = brand(r#"{"id":7,"a\\ud83d":1}"#);
    assert_eq!(value.rest.oddities().count(), 0);
    assert!(json::from_str::<Brand>(r#"{"id":7,"\ud83":1}"#).is_err());
    assert!(json::from_str::<Brand>(r#"{"id":7,"\ud83d:1}"#).is_err());
    assert!(json::from_str::<BrandCreate>(r#"{"name":"x","\ud83d":1}"#).is_err());
}

#[test]
fn half_a_character_in_a_key_of_a_map_comes_back_with_its_field() {
    let body = r#"{"id":1,"notes":{"\ud83d":"a","b":"c"}}"#;
    let part: super::nulls::Part = json::from_str(body).unwrap();
    assert_eq!(
        part.notes.as_ref().unwrap()[r"\ud83d"].as_deref(),
        Some("a")
    );
    assert_eq!(json::to_string(&part), body);
}

#[test]
fn work_grows_with_the_body_and_no_faster() {
    let (odd, unknown) = (r#""views":3.2,"#.repeat(20_000), r#""x":1,"#.repeat(20_000));
    let body = format!(r#"{{{odd}{unknown}{odd}"id":7}}"#);
    let began = std::time::Instant::now();
    let value = brand(&body);
    assert_eq!(value.rest.len(), 2);
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
}
