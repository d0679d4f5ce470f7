//! What must hold for each model.

mod models;
mod nulls;
mod oddities;

use models::Kind;
pub(crate) use models::{Brand, BrandCreate, BrandUrl};

use crate::json::{self, Reader};
use crate::{Choice, Decode, DecodeError, Id, Number, RawJson};

fn brand(body: &str) -> Brand {
    json::from_str(body).unwrap()
}

/// The error of reading in strict mode.
fn refused<T: Decode + std::fmt::Debug>(body: &str) -> String {
    let mut r = Reader::new(body.as_bytes()).unwrap().strict();
    let value = T::decode(&mut r).and_then(|value| r.finish().map(|()| value));
    value.unwrap_err().to_string()
}

#[test]
fn an_ordinary_body_is_read_and_comes_back() {
    let body = concat!(
        r#"{"id":7,"name":"A \"b\" é","meta_keywords":["x"],"custom_url":{"url":"/a/","is_customized":false},"#,
        r#""price":7.00,"is_visible":true,"kind":"digital","date_modified":"2018-08-15T14:48:46+00:00","#,
        r#""views":0,"owner":"12","fees":[1],"extra":{"a": [1, 2]},"ids":[]}"#
    );
    let value = brand(body);
    assert_eq!(value.name.as_deref(), Some("A \"b\" é"));
    assert_eq!(value.meta_keywords.first().map(String::as_str), Some("x"));
    assert_eq!(value.kind, Some(Kind::Digital));
    assert_eq!(value.kind.as_ref().map(Kind::as_str), Some("digital"));
    assert_eq!(value.owner.as_ref().and_then(Id::as_i64), Some(12));
    assert!(value.ids.is_present() && value.ids.is_empty());
    assert!(value.rest.is_empty());
    assert_eq!(json::to_string(&value), body);
}

#[test]
fn unknown_fields_and_members_come_back_in_their_order() {
    let body = r#"{"id":7,"kind":"virtual","b":{"x": 1},"a":null,"c":[1, "2"]}"#;
    let value = brand(body);
    assert_eq!(value.kind.as_ref().map(Choice::as_str), Some("virtual"));
    assert_eq!(value.rest.get("c").map(RawJson::get), Some(r#"[1, "2"]"#));
    assert_eq!(
        value.rest.iter().map(|(key, _)| key).collect::<Vec<_>>(),
        ["b", "a", "c"]
    );
    assert_eq!(json::to_string(&value), body);
}

#[test]
fn null_and_absent_are_the_same_when_reading() {
    let value =
        brand(r#"{"id":7,"name":null,"meta_keywords":null,"custom_url":null,"price":null}"#);
    assert_eq!(value, brand(r#"{"id":7}"#));
    assert_eq!(json::to_string(&value), r#"{"id":7}"#);
}

#[test]
fn odd_spellings_are_read_and_come_back() {
    for (key, odd) in [
        ("date_modified", r#""""#),
        ("date_modified", "{}"),
        ("price", r#""""#),
        ("price", "{}"),
        ("price", "[ ]"),
        ("price", r#""7.00""#),
        ("views", r#""""#),
        ("views", r#""7""#),
        ("views", "7.0"),
        ("views", "-0"),
        ("views", "7e2"),
        ("is_visible", r#""""#),
        ("is_visible", "0"),
        ("is_visible", r#""1""#),
        ("is_visible", r#""true""#),
        ("name", "{}"),
        ("name", "[]"),
        ("name", "7.50"),
        ("name", r#""""#),
        ("kind", "{}"),
        ("kind", r#""""#),
        ("custom_url", r#""""#),
        ("custom_url", "[]"),
        ("custom_url", "{}"),
        ("meta_keywords", r#""""#),
        ("meta_keywords", "{ }"),
        ("meta_keywords", "[null]"),
        ("meta_keywords", r#"["a", null, 5]"#),
        ("ids", r#"[1, "2"]"#),
        ("owner", r#""""#),
        ("owner", "123456789012345678901234567890"),
        ("fees", r#""""#),
        ("extra", r#""""#),
    ] {
        let body = format!(r#"{{"id":7,"{key}":{odd}}}"#);
        let value = brand(&body);
        assert_eq!(json::to_string(&value), body);
        assert_eq!(brand(&json::to_string(&value)), value, "{body}");
    }
    let value = brand(r#"{"id":"7","views":"12","is_visible":"0","date_modified":"","price":{}}"#);
    assert_eq!(
        (value.id, value.views, value.is_visible),
        (7, Some(12), Some(false))
    );
    assert_eq!((value.date_modified, value.price), (None, None));
}

#[test]
fn a_value_equals_what_it_is_written_as_whatever_was_odd_or_changed() {
    let mut value = brand(r#"{"b":1,"views":"12","a":{},"price":"","id":"7","name":{}}"#);
    assert_eq!(brand(&json::to_string(&value)), value);
    value.views = None;
    value.price = Some(Number::from(3));
    assert_eq!(brand(&json::to_string(&value)), value);
    assert_ne!(
        brand(r#"{"id":7,"a":1,"b":2}"#),
        brand(r#"{"id":7,"b":2,"a":1}"#)
    );
    assert_ne!(brand(r#"{"id":7,"a":1}"#), brand(r#"{"id":7}"#));
    assert_eq!(brand(r#"{"id":"7"}"#), brand(r#"{"id":7}"#));
}

#[test]
fn a_changed_field_is_written_as_it_is_now() {
    let mut value = brand(r#"{"id":7,"views":"12","price":"","x":1}"#);
    value.views = Some(13);
    value.price = Some(Number::from(5));
    assert_eq!(
        json::to_string(&value),
        r#"{"id":7,"price":5,"views":13,"x":1}"#
    );
    value.views = Some(12);
    value.price = None;
    assert_eq!(
        json::to_string(&value),
        r#"{"id":7,"price":"","views":"12","x":1}"#
    );
}

#[test]
fn the_last_of_a_repeated_key_wins() {
    let value = brand(r#"{"id":1,"id":"7","views":"","views":3,"x":1,"x":2}"#);
    assert_eq!((value.id, value.views), (7, Some(3)));
    assert_eq!(json::to_string(&value), r#"{"id":"7","views":3,"x":2}"#);
    let many: String = (0..100).map(|n| format!(r#","k{}":{n}"#, n % 50)).collect();
    let value = brand(&format!(r#"{{"id":1{many}}}"#));
    assert_eq!(value.rest.len(), 50);
    assert_eq!(value.rest.get("k0").map(RawJson::get), Some("50"));
}

#[test]
fn an_escaped_key_is_known() {
    let value = brand(r#"{"id":7,"n\u0061me":"x","\u0062":1,"vie\u0077s":"5"}"#);
    assert_eq!(value.name.as_deref(), Some("x"));
    assert_eq!(
        json::to_string(&value),
        r#"{"id":7,"name":"x","views":"5","b":1}"#
    );
}

#[test]
fn an_error_names_the_place_what_was_expected_and_what_was_found() {
    let cases = [
        (
            r#"{"id":{}}"#,
            "at id: expected an integer, found an object",
        ),
        (r#"{"id":[1]}"#, "at id: expected an integer, found a list"),
        (
            r#"{"id":7.5}"#,
            "at id: expected an integer, found a number",
        ),
        (
            r#"{"id":"x"}"#,
            "at id: expected an integer, found a string",
        ),
        (r#"{"name":"x"}"#, "at the top: the field `id` is missing"),
        (
            r#"{"id":7,"price":true}"#,
            "at price: expected a number, found true",
        ),
        (
            r#"{"id":7,"is_visible":2}"#,
            "at is_visible: expected a boolean, found a number",
        ),
        (
            r#"{"id":7,"custom_url":"x"}"#,
            "at custom_url: expected an object, found a string",
        ),
        (
            r#"{"id":7,"custom_url":{"url":true}}"#,
            "at custom_url.url: expected a string, found true",
        ),
        (
            r#"{"id":7,"meta_keywords":[1,{}]}"#,
            "at meta_keywords[1]: expected a string, found an object",
        ),
        (
            r#"{"id":7,"meta_keywords":[null,{}]}"#,
            "at meta_keywords[1]: expected a string, found an object",
        ),
        (
            r#"{"id":7,"meta_keywords":{"a":1}}"#,
            "at meta_keywords: expected a list, found an object",
        ),
        (
            r#"{"id":99999999999999999999}"#,
            "at id: expected an integer, found a number",
        ),
    ];
    for (body, message) in cases {
        assert_eq!(refused::<Brand>(body), message, "{body}");
    }
    assert_eq!(
        refused::<Vec<Brand>>(r#"[{"id":1},{"id":2,"custom_url":{"url":false}}]"#),
        "at [1].custom_url.url: expected a string, found false"
    );
    assert_eq!(
        refused::<Vec<Brand>>(r#"[{"id":1},{}]"#),
        "at [1]: the field `id` is missing"
    );
}

#[test]
fn broken_bodies_are_errors_and_never_panic() {
    for (body, message) in [
        (
            "",
            "at the top: expected valid JSON, found the end of the body",
        ),
        (
            r#"{"id":7"#,
            "at id: expected valid JSON, found the end of the body in an object",
        ),
        (
            r#"{"id":7} x"#,
            "at the top: expected valid JSON, found more text after the value",
        ),
        (
            r#"{"id":7,}"#,
            "at id: expected valid JSON, found a comma before the end",
        ),
        (
            r#"{"id":nope}"#,
            "at id: expected valid JSON, found something that is not JSON",
        ),
        (
            r#"{"id":01}"#,
            "at id: expected valid JSON, found a broken number",
        ),
        (
            r#"{"x":"a"#,
            "at x: expected valid JSON, found the end of the body in a string",
        ),
    ] {
        assert_eq!(refused::<Brand>(body), message, "{body}");
    }
    let body =
        r#"{"id":"7","x":[1,{"y":"\u00e9\ud83d\ude00"}],"price":1e5,"custom_url":{"url":"é"}}"#;
    for end in 0..body.len() {
        assert!(json::from_slice::<Brand>(&body.as_bytes()[..end]).is_err());
        for byte in [0x00, b'"', b'{', b']', b',', b'9', b'e', b'\\', 0xff, 0xc3] {
            let mut broken = body.as_bytes().to_vec();
            broken[end] = byte;
            if let Ok(value) = json::from_slice::<Brand>(&broken) {
                assert_eq!(brand(&json::to_string(&value)), value);
            }
        }
    }
    let error = json::from_slice::<Brand>(b"{\"id\":7,\"name\":\"\xff\"}").unwrap_err();
    assert_eq!(error.offset(), 16);
    // Bytes are checked in blocks, and the error has the position of the invalid one.
    let long = format!(r#"{{"name":"{}"}}"#, "aé€😀".repeat(20));
    for at in 0..long.len() {
        let with = |byte: u8| {
            let mut body = long.clone().into_bytes();
            body[at] = byte;
            body
        };
        let cut_off = long.as_bytes()[..at].to_vec();
        for body in [with(0xff), with(0xc3), with(0xed), cut_off] {
            if let Err(invalid) = std::str::from_utf8(&body) {
                let error = json::from_slice::<Brand>(&body).unwrap_err();
                assert_eq!(error.offset(), invalid.valid_up_to(), "{at}");
            }
        }
    }
    assert!(refused::<Brand>("{\"id\":7,\"x\":\"\u{1}\"}").contains("control character"));
    assert!(refused::<Brand>(&format!(r#"{{"id":{}}}"#, "9".repeat(9999))).contains("digits"));
}

#[test]
fn what_nests_too_deep_is_refused_in_known_and_unknown_fields() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let body = |depth| format!(r#"{{"id":7,"x":{}}}"#, nested(depth));
    assert!(json::from_str::<Brand>(&body(127)).is_ok());
    for depth in [128, 250, 100_000] {
        assert!(
            refused::<Brand>(&body(depth)).starts_with("at x: expected"),
            "{depth}"
        );
    }
    assert!(json::from_str::<RawJson>(&nested(128)).is_ok());
    assert!(json::from_str::<RawJson>(&nested(129)).is_err());
    assert!(json::from_str::<Nested>(&nested(100_000)).is_err());
}

#[derive(Debug)]
struct Nested;

impl Decode for Nested {
    const KIND: &'static str = "list";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Vec::<Self>::decode(r).map(|_| Self)
    }
}

#[test]
fn a_change_tells_absent_null_and_set_apart() {
    let plain = BrandCreate::new("x");
    assert_eq!(json::to_string(&plain), r#"{"name":"x"}"#);
    assert_eq!(
        json::to_string(&plain.clone().clear_page_title().meta_keywords(["a"])),
        r#"{"name":"x","page_title":null,"meta_keywords":["a"]}"#
    );
    let set = plain.page_title("t");
    assert_eq!(
        json::from_str::<BrandCreate>(&json::to_string(&set)).unwrap(),
        set
    );
    let read: BrandCreate = json::from_str(r#"{"name":"x","page_title":null}"#).unwrap();
    assert!(read.page_title.is_null() && read.views.is_absent());
    assert_eq!(
        refused::<BrandCreate>(r#"{"nmae":"x"}"#),
        "at the top: the field `nmae` is not known"
    );
    assert_eq!(
        refused::<BrandCreate>(r#"{"name":"x","views":""}"#),
        "at views: expected an integer, found a string"
    );
}

#[test]
fn a_map_reads_its_keys_as_data() {
    type Map = std::collections::BTreeMap<String, i64>;
    let map: Map = json::from_str(r#"{"a":1,"b":"2"}"#).unwrap();
    assert_eq!(json::to_string(&map), r#"{"a":1,"b":2}"#);
    assert_eq!(
        refused::<Map>(r#"{"a":{}}"#),
        "at a: expected an integer, found an object"
    );
}
