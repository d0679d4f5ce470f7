//! Which signed payloads are accepted.

use std::sync::LazyLock;

use bigcommerce_client::app::{App, AppUser, PayloadError, SignedPayload};
use bigcommerce_client::webhook::Timestamp;
use bigcommerce_tests::json;
use proptest::prelude::*;
use serde::Deserialize;

use super::{CLIENT_ID, REDIRECT, SECRET, builder};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    client_id: String,
    client_secret: String,
    now: i64,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    does: String,
    jwt: String,
    result: String,
    payload: Option<Expected>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    store_hash: String,
    user: i64,
    owner: bool,
    channel: Option<i64>,
    #[serde(default = "root")]
    url: String,
}

fn root() -> String {
    "/".to_owned()
}

/// Parsed once: a property test uses them often.
static CASES: LazyLock<(App, Vec<Case>)> = LazyLock::new(read);

fn read() -> (App, Vec<Case>) {
    let cases: Cases = json("tests/data/app/jwt.json");
    assert_eq!(cases.client_secret, SECRET);
    let now = Timestamp::from_second(cases.now).unwrap();
    let app = App::builder(cases.client_id, cases.client_secret, REDIRECT);
    (app.clock(move || now).build().unwrap(), cases.cases)
}

#[test]
fn every_payload_is_accepted_or_rejected_as_its_case_says() {
    let (app, cases) = &*CASES;
    for case in cases {
        let came = match app.verify_jwt(&case.jwt) {
            Err(error) => {
                let said = format!("{error} {error:?}");
                assert!(!said.contains(SECRET), "{}: {said}", case.does);
                format!("{error:?}")
            }
            Ok(payload) => {
                let payload = Expected {
                    owner: payload.is_owner(),
                    store_hash: payload.store_hash,
                    user: payload.user.id.unwrap(),
                    channel: payload.channel_id,
                    url: payload.url.unwrap(),
                };
                assert_eq!(Some(&payload), case.payload.as_ref(), "{}", case.does);
                "ok".to_owned()
            }
        };
        assert_eq!(came, case.result, "{}", case.does);
    }
}

#[test]
fn a_payload_is_found_in_the_query_of_its_callback() {
    let (app, cases) = &*CASES;
    let good = &cases.iter().find(|case| case.result == "ok").unwrap().jwt;
    for query in [
        format!("signed_payload_jwt={good}"),
        format!("https://app.example.com/load?lang=en&signed_payload_jwt={good}"),
    ] {
        assert_eq!(app.load(&query).unwrap().store_hash, "abc123");
    }
    for query in [
        String::new(),
        "signed_payload_jwt=".to_owned(),
        format!("signed_payload={good}"),
        format!("signed_payload_jwt={good}&signed_payload_jwt={good}"),
    ] {
        assert_eq!(app.load(&query), Err(PayloadError::Missing), "{query}");
    }
}

#[test]
fn an_oversized_payload_is_rejected_unread() {
    let app = builder().build().unwrap();
    let large = "x".repeat(16 * 1024 + 1);
    assert_eq!(app.verify_jwt(&large), Err(PayloadError::Malformed));
    assert_eq!(app.verify_legacy(&large), Err(PayloadError::Malformed));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Legacy {
    does: String,
    payload: String,
    #[serde(default = "made")]
    now: i64,
    result: String,
}

/// When the legacy payloads were created.
fn made() -> i64 {
    1_700_000_000
}

#[test]
fn the_legacy_format_is_accepted_or_rejected_as_its_case_says() {
    let cases: Vec<Legacy> = json("tests/data/app/legacy.json");
    for case in cases {
        let now = Timestamp::from_second(case.now).unwrap();
        let app = App::builder(CLIENT_ID, SECRET, REDIRECT).clock(move || now);
        let app = app.build().unwrap();
        let came = match app.verify_legacy(&case.payload) {
            Err(error) => format!("{error:?}"),
            Ok(payload) => {
                assert_eq!(payload.store_hash, "abc123", "{}", case.does);
                assert!(payload.is_owner(), "{}", case.does);
                let issued = payload.issued_at.unwrap();
                assert_eq!(issued.as_second(), made(), "{}", case.does);
                assert_eq!(payload.expires_at, None, "{}", case.does);
                "ok".to_owned()
            }
        };
        assert_eq!(came, case.result, "{}", case.does);
    }
}

proptest! {
    #[test]
    fn a_payload_signed_for_a_test_is_accepted(
        store_hash in "[a-z0-9]{1,12}",
        id in 1..i64::MAX,
        channel_id in proptest::option::of(1..1000_i64),
        url in "/[ -~]{0,40}",
    ) {
        let (app, _) = &*CASES;
        let mut payload = SignedPayload::new(store_hash, AppUser::new(id, "me@example.com"));
        payload.channel_id = channel_id;
        payload.url = Some(url);
        let read = app.verify_jwt(&app.sign_jwt(&payload)).unwrap();
        payload.issued_at = read.issued_at;
        payload.expires_at = read.expires_at;
        prop_assert_eq!(read, payload);
    }

    #[test]
    fn no_changed_character_is_accepted(
        at in any::<prop::sample::Index>(),
        other in "[A-Za-z0-9_.-]",
    ) {
        let (app, cases) = &*CASES;
        let good = &cases[0].jwt;
        let at = at.index(good.len());
        let mut forged = good.clone();
        forged.replace_range(at..=at, &other);
        prop_assert_eq!(app.verify_jwt(&forged).is_ok(), forged == *good);
    }

    #[test]
    fn no_input_makes_it_panic(text in any::<String>()) {
        let (app, _) = &*CASES;
        prop_assert!(app.verify_jwt(&text).is_err());
        prop_assert!(app.verify_legacy(&text).is_err());
        prop_assert!(app.load(&text).is_err());
    }
}
