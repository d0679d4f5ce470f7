//! Which deliveries are accepted.

use std::collections::HashMap;
use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use bigcommerce_client::webhook::{Signer, Timestamp, Verifier, VerifyError};
use bigcommerce_tests::json;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    secret: String,
    now: i64,
    body: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    does: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
    body_base64: Option<String>,
    key_base64: Option<String>,
    now: Option<i64>,
    result: String,
}

impl Cases {
    fn read() -> Self {
        json("tests/data/webhook/verify.json")
    }

    fn verifier(&self, case: &Case) -> Verifier {
        let verifier = match &case.key_base64 {
            Some(key) => Verifier::from_key(&STANDARD.decode(key).unwrap()),
            None => Verifier::new(self.secret.as_str()),
        };
        let now = Timestamp::from_second(case.now.unwrap_or(self.now)).unwrap();
        verifier.clock(move || now)
    }

    fn body(&self, case: &Case) -> Vec<u8> {
        match &case.body_base64 {
            Some(body) => STANDARD.decode(body).unwrap(),
            None => case.body.as_ref().unwrap_or(&self.body).clone().into(),
        }
    }
}

fn word(error: VerifyError) -> String {
    match error {
        VerifyError::MissingHeader(name) => format!("missing {name}"),
        VerifyError::RepeatedHeader(name) => format!("repeated {name}"),
        VerifyError::InvalidHeader(name) => format!("invalid {name}"),
        VerifyError::HeaderTooLong(name) => format!("too long {name}"),
        VerifyError::TooManySignatures => "too many signatures".to_owned(),
        VerifyError::TooOld { .. } => "too old".to_owned(),
        VerifyError::TooNew { .. } => "too new".to_owned(),
        VerifyError::UnknownVersion => "unknown version".to_owned(),
        VerifyError::WrongSignature => "wrong signature".to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn every_delivery_is_accepted_or_refused_as_its_case_says() {
    let cases = Cases::read();
    for case in &cases.cases {
        let body = cases.body(case);
        let came = match cases.verifier(case).verify(&case.headers, &body) {
            Ok(verified) => {
                assert_eq!(verified.body(), body, "{}", case.does);
                if body.ends_with(cases.body.as_bytes()) {
                    let delivery = verified.parse().unwrap();
                    assert_eq!(delivery.scope, "store/order/created", "{}", case.does);
                }
                "ok".to_owned()
            }
            Err(error) => word(error),
        };
        assert_eq!(came, case.result, "{}", case.does);
    }
}

#[test]
fn no_refusal_shows_a_secret_or_the_signature_that_would_have_been_right() {
    let cases = Cases::read();
    for case in &cases.cases {
        let (verifier, body) = (cases.verifier(case), cases.body(case));
        let Err(error) = verifier.verify(&case.headers, &body) else {
            continue;
        };
        let value = |name: &str| {
            let found = case.headers.iter().find(|(other, _)| other == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let at = value("webhook-timestamp").parse().unwrap_or(cases.now);
        let Ok(at) = Timestamp::from_second(at) else {
            continue;
        };
        let signer = Signer::new(cases.secret.as_str());
        let right = signer.sign(value("webhook-id"), at, &body).signature;
        let said = format!("{error} {error:?} {verifier:?} {signer:?}");
        assert!(!said.contains(&right[3..20]), "{}: {said}", case.does);
        assert!(!said.contains(&cases.secret), "{}: {said}", case.does);
    }
}

#[test]
fn an_empty_secret_verifies_nothing() {
    let signed = Signer::new("").sign("msg_1", Timestamp::now(), b"{}");
    let refused = Verifier::new("").verify(&signed, b"{}");
    assert_eq!(refused, Err(VerifyError::NoSecret));
    let refused = Verifier::new("secret").or_secret("").verify(&signed, b"{}");
    assert_eq!(refused, Err(VerifyError::WrongSignature));
}

#[test]
fn a_body_beyond_the_limit_is_refused_before_anything_is_hashed() {
    let verifier = Verifier::new("secret").max_body(10);
    let sign = |body: &[u8]| Signer::new("secret").sign("msg_1", Timestamp::now(), body);
    let (fits, large) = ([b' '; 10], [b' '; 11]);
    assert!(verifier.verify(&sign(&fits), &fits).is_ok());
    let refused = Err(VerifyError::BodyTooLarge { limit: 10 });
    assert_eq!(verifier.verify(&sign(&large), &large), refused);
    // A shared header allows nothing else.
    let shared = verifier.or_shared_header("x-hook-key", "open sesame");
    let unsigned = [("x-hook-key", "open sesame")];
    assert!(shared.verify(&unsigned, &fits).is_ok());
    assert_eq!(shared.verify(&unsigned, &large), refused);
}

#[test]
fn while_a_secret_changes_both_are_accepted() {
    let verifier = Verifier::new("new").or_secret("old");
    for secret in ["new", "old"] {
        let signed = Signer::new(secret).sign("msg_1", Timestamp::now(), b"{}");
        assert!(verifier.verify(&signed, b"{}").is_ok(), "{secret}");
    }
    let signed = Signer::new("older").sign("msg_1", Timestamp::now(), b"{}");
    assert!(verifier.verify(&signed, b"{}").is_err());
}

#[test]
fn the_window_can_be_narrowed() {
    let now = Timestamp::from_second(1_700_000_000).unwrap();
    let signed = Signer::new("secret").sign("msg_1", now, b"{}");
    let verifier = Verifier::new("secret")
        .tolerance(Duration::from_secs(10))
        .clock(move || now + Duration::from_secs(11));
    let age = Duration::from_secs(11);
    assert_eq!(
        verifier.verify(&signed, b"{}"),
        Err(VerifyError::TooOld { age })
    );
}

#[test]
fn a_shared_header_stands_in_for_a_signature_and_never_for_a_wrong_one() {
    let verifier = Verifier::new("secret").or_shared_header("X-Hook-Key", "open sesame");
    let unsigned = |value| verifier.verify(&[("x-hook-key", value)], b"{}");
    let accepted = unsigned("open sesame").unwrap();
    assert_eq!((accepted.id(), accepted.sent_at()), (None, None));
    assert_eq!(unsigned("open sesam"), Err(VerifyError::WrongSharedHeader));
    assert_eq!(unsigned(""), Err(VerifyError::WrongSharedHeader));
    let nothing: [(&str, &str); 0] = [];
    assert_eq!(
        verifier.verify(&nothing, b"{}"),
        Err(VerifyError::MissingHeader("webhook-signature"))
    );
    let twice = [("x-hook-key", "open sesame"), ("x-hook-key", "open sesame")];
    assert!(verifier.verify(&twice, b"{}").is_err());

    let signed = Signer::new("another").sign("msg_1", Timestamp::now(), b"{}");
    let mut headers: Vec<(&str, &str)> = signed.pairs().to_vec();
    headers.push(("x-hook-key", "open sesame"));
    assert_eq!(
        verifier.verify(&headers, b"{}"),
        Err(VerifyError::WrongSignature)
    );
    assert!(!format!("{verifier:?}").contains("sesame"));
    // Without the setting an unsigned delivery is rejected.
    let strict = Verifier::new("secret");
    assert!(
        strict
            .verify(&[("x-hook-key", "open sesame")], b"{}")
            .is_err()
    );
}

#[test]
fn headers_are_read_from_whatever_a_server_keeps_them_in() {
    let verifier = Verifier::new("secret");
    let signed = Signer::new("secret").sign("msg_1", Timestamp::now(), b"{}");
    let pairs = signed.pairs();
    let map: http::HeaderMap = pairs
        .iter()
        .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
        .collect();
    let table: HashMap<&str, &str> = pairs.into_iter().collect();
    assert!(verifier.verify(&map, b"{}").is_ok());
    assert!(verifier.verify(&table, b"{}").is_ok());
    assert!(verifier.verify(&pairs, b"{}").is_ok());
    assert!(verifier.verify(&pairs[..], b"{}").is_ok());
    assert_eq!(verifier.verify(&signed, b"{}").unwrap().id(), Some("msg_1"));
}

proptest! {
    /// The reference implementation expects the secret in base64, as in BigCommerce's samples.
    #[test]
    fn what_one_signs_the_other_verifies(
        secret in "[ -~]{1,80}",
        id in "[A-Za-z0-9_.-]{1,40}",
        body in any::<String>(),
    ) {
        let reference = standardwebhooks::Webhook::new(&STANDARD.encode(&secret)).unwrap();
        let now = Timestamp::now();

        let signed = Signer::new(secret.as_str()).sign(id.as_str(), now, body.as_bytes());
        let headers: http::HeaderMap = signed
            .pairs()
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        prop_assert!(reference.verify(body.as_bytes(), &headers).is_ok());

        let signature = reference.sign(&id, now.as_second(), body.as_bytes()).unwrap();
        prop_assert_eq!(&signature, &signed.signature);
        let verifier = Verifier::new(secret.as_str());
        prop_assert!(verifier.verify(&headers, body.as_bytes()).is_ok());
    }

    #[test]
    fn no_change_of_one_bit_of_the_body_passes(
        body in proptest::collection::vec(any::<u8>(), 1..200),
        at in any::<prop::sample::Index>(),
        bit in 0..8u32,
    ) {
        let signed = Signer::new("secret").sign("msg_1", Timestamp::now(), &body);
        let mut forged = body.clone();
        let at = at.index(body.len());
        forged[at] ^= 1 << bit;
        let verifier = Verifier::new("secret");
        prop_assert!(verifier.verify(&signed, &body).is_ok());
        prop_assert_eq!(verifier.verify(&signed, &forged), Err(VerifyError::WrongSignature));
    }
}
