//! What is read from a delivery, whatever its event.

use bigcommerce_client::{DecodeError, Event, RawJson, events::EventData, json, webhook};
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
