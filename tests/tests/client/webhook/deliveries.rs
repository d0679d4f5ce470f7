//! What is read from a delivery, whatever its event.

use bigcommerce_client::{
    DecodeError, Event, RawJson,
    events::EventData,
    json,
    webhook::{self, Signer, Timestamp, Verifier},
};
use bigcommerce_tests::{
    exact::{self, Merging},
    json as read,
};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    does: String,
    body: Box<RawValue>,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    event: Option<String>,
    channel: Option<i64>,
    variant: String,
    id: Option<String>,
    store_hash: Option<String>,
    #[serde(default)]
    odd: bool,
}

#[test]
fn every_delivery_is_read_as_its_case_says_and_loses_nothing() {
    let cases: Vec<Case> = read("tests/data/webhook/deliveries.json");
    for Case { does, body, expect } in cases {
        let body = body.get();
        let delivery = webhook::parse(body.as_bytes()).unwrap_or_else(|e| panic!("{does}: {e}"));
        let variant = format!("{:?}", delivery.data);
        let variant = variant.split('(').next().unwrap_or_default();
        assert_eq!(variant, expect.variant, "{does}");
        let event = delivery.event.map(|event| format!("{event:?}"));
        assert_eq!(event, expect.event, "{does}");
        assert_eq!(delivery.channel_id, expect.channel, "{does}");
        let id = delivery.id().map(|id| id.to_string());
        assert_eq!(id, expect.id, "{does}");
        assert_eq!(
            delivery.store_hash(),
            expect.store_hash.as_deref(),
            "{does}"
        );
        let odd = delivery.data_error.as_ref().map(DecodeError::path);
        assert_eq!(odd, expect.odd.then_some("data"), "{does}");

        let written = json::to_string(delivery.envelope());
        let difference = exact::difference(body, &written, Merging::Nothing).unwrap();
        assert_eq!(difference, None, "{does}");
    }
}

#[test]
fn nothing_shows_the_token_of_an_abandoned_cart() {
    let data = [
        r#"{"type":"cart_abandoned","token":"s3cret-t0ken"}"#,
        // Data of the wrong type, and data of a channel, is unknown.
        r#"[{"token":"s3cret-t0ken"}]"#,
    ];
    let scopes = ["store/cart/abandoned", "store/channel/2/cart/abandoned"];
    for (scope, data) in scopes.iter().flat_map(|it| data.map(|data| (it, data))) {
        let body = format!(r#"{{"scope":"{scope}","data":{data},"hash":"7ee6"}}"#);
        let signed = Signer::new("secret").sign("msg_1", Timestamp::now(), body.as_bytes());
        let verifier = Verifier::new("secret");
        let verified = verifier.verify(&signed, body.as_bytes()).unwrap();
        let delivery = verified.parse().unwrap();
        assert_eq!(delivery.raw_data().get(), data);
        let bytes = format!("body_bytes: {}", body.len());
        assert!(format!("{verified:?}").contains(&bytes), "{verified:?}");
        for shown in [
            format!("{verified:?}"),
            format!("{delivery:?}"),
            format!("{delivery:#?}"),
            format!("{:?}", delivery.envelope()),
            format!("{:?}", delivery.data),
        ] {
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }
}

#[test]
fn what_is_no_delivery_is_an_error() {
    let bodies = [
        "",
        "null",
        "[]",
        "{}",
        "{\"scope\":\"store/order/created\"}",
        "{\"data\":{}}",
        "{\"scope\":7,\"data\":{}",
        "{\"scope\":\"store/order/created\",\"data\":{}}x",
    ];
    for body in bodies {
        assert!(webhook::parse(body.as_bytes()).is_err(), "{body}");
    }
    assert!(webhook::parse(b"{\"scope\":\"\xff\",\"data\":{}}").is_err());
}

#[test]
fn the_data_of_every_known_event_has_a_variant_of_its_own() {
    for &event in Event::ALL {
        let list = event.facts().payload.starts_with("Vec<");
        let data = RawJson::new(if list { "[]" } else { "{}" }).unwrap();
        let data = EventData::read(event, &data).unwrap_or_else(|e| panic!("{event}: {e}"));
        assert_eq!(data.event(), Some(event));
        assert!(
            format!("{data:?}").starts_with(&format!("{event:?}(")),
            "{event}"
        );
    }
}
