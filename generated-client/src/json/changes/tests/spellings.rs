//! Spellings of a value: one that differs only in its spelling is no change, and what is sent is spelled as
//! the field takes it.

use super::*;

#[test]
fn numbers_and_moments_are_spelled_as_the_field_takes_them() {
    let dear = |it: &mut Shelf| it.price = Some("7.50".parse().unwrap());
    assert_eq!(update(BODY, dear), r#"{"name":"Low","price":"7.50"}"#);
    let ends = |it: &mut Shelf| it.ends = Some(DateTime::from("2019-03-05T21:40:11Z"));
    assert_eq!(
        update(BODY, ends),
        r#"{"name":"Low","ends":"Tue, 05 Mar 2019 21:40:11 +0000"}"#
    );
    let heavy = |it: &mut Shelf| it.boxes[0].weight = Some("1.250".parse().unwrap());
    assert!(update(BODY, heavy).contains(r#""weight":1.250"#));
    let raw = |it: &mut Shelf| it.extra = Some(RawJson::new(r#"{"a": 2}"#).unwrap());
    assert_eq!(update(BODY, raw), r#"{"name":"Low","extra":{"a": 2}}"#);
}

#[test]
fn a_value_that_is_only_spelled_differently_is_no_change() {
    let body = concat!(
        r#"{"id":7,"name":"Low","note":"1.0","price":"5.0000","rank":1,"made":"2024-01-31T10:00:00Z","#,
        r#""ends":"Tue, 05 Mar 2019 21:40:11 +0000","extra":"1.0"}"#
    );
    let price = |price: &str| {
        let price = Some(price.parse().unwrap());
        between(body, |it| it.price = price)
    };
    for same in ["5", "5.00", "0.5e1"] {
        assert_eq!(price(same), Ok(None), "{same}");
    }
    assert_eq!(
        price("5.01").unwrap().as_deref(),
        Some(r#"{"name":"Low","price":"5.01"}"#)
    );
    let ends = |ends: &str| between(body, |it| it.ends = Some(DateTime::from(ends)));
    assert_eq!(ends("2019-03-05T21:40:11+00:00"), Ok(None));
    assert!(ends("2019-03-05T21:40:12Z").unwrap().is_some());
    assert!(
        ends("2019-03-06T07:40:11+10:00").unwrap().is_some(),
        "another day as it is written"
    );

    // A text, or any JSON, is what it is spelled like.
    let note = |it: &mut Shelf| it.note = Some("1.00".to_owned());
    assert_eq!(update(body, note), r#"{"name":"Low","note":"1.00"}"#);
    let raw = |it: &mut Shelf| it.extra = Some(RawJson::from("1.00"));
    assert_eq!(update(body, raw), r#"{"name":"Low","extra":"1.00"}"#);
    // What an update does not have may be a text.
    let made = |it: &mut Shelf| it.made = Some(DateTime::from("2024-01-31T10:00:00+00:00"));
    assert_eq!(refused(body, made), "made");
}
