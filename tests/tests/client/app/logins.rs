//! Login links for shoppers. The tokens of the cases were signed by another implementation, so that the two
//! check each other.

use std::{collections::HashSet, net::IpAddr};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bigcommerce_client::app::{LoginSigner, LoginToken};
use bigcommerce_client::webhook::Timestamp;
use bigcommerce_tests::json;
use serde::Deserialize;
use serde_json::Value;

use super::{CLIENT_ID, SECRET, builder};

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
    channel_id: Option<i64>,
    redirect_to: Option<String>,
    request_ip: Option<IpAddr>,
    persistent_cart: Option<bool>,
    jwt: String,
}

const ID: &str = "20b7c03e-00da-4d29-91bf-2aa06a57575b";

#[test]
fn a_login_is_signed_as_another_implementation_signs_it() {
    let cases: Cases = json("tests/data/app/logins.json");
    let now = Timestamp::from_second(cases.now).unwrap();
    let signer = LoginSigner::new(cases.client_id, cases.client_secret).unwrap();
    let signer = signer.clock(move || now);
    for case in cases.cases {
        let mut login = LoginToken::new("abc123", 118).id(ID);
        if let Some(channel) = case.channel_id {
            login = login.channel_id(channel);
        }
        if let Some(path) = case.redirect_to {
            login = login.redirect_to(path);
        }
        if let Some(address) = case.request_ip {
            login = login.request_ip(address);
        }
        if let Some(kept) = case.persistent_cart {
            login = login.persistent_cart(kept);
        }
        assert_eq!(signer.sign(&login), case.jwt, "{}", case.does);
        let app = builder().clock(move || now).build().unwrap();
        assert_eq!(app.login_signer().sign(&login), case.jwt, "{}", case.does);
    }
}

#[test]
fn each_token_has_an_id_of_its_own_and_the_time_at_which_it_was_made() {
    let signer = LoginSigner::new(CLIENT_ID, SECRET).unwrap();
    let login = LoginToken::new("abc123", 118);
    let mut ids = HashSet::new();
    for _ in 0..100 {
        let before = Timestamp::now().as_second();
        let token = signer.sign(&login);
        let claims = token.split('.').nth(1).unwrap();
        let claims: Value =
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
        let made = claims["iat"].as_i64().unwrap();
        assert!((before..=Timestamp::now().as_second()).contains(&made));
        let id = claims["jti"].as_str().unwrap().to_owned();
        let parts: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{id}");
        assert_eq!(id.as_bytes()[14], b'4', "{id}");
        assert!(b"89ab".contains(&id.as_bytes()[19]), "{id}");
        assert!(ids.insert(id));
    }
}

#[test]
fn a_link_is_on_the_storefront_and_requires_tls() {
    let signer = LoginSigner::new(CLIENT_ID, SECRET).unwrap();
    let login = LoginToken::new("abc123", 118);
    for storefront in [
        "https://shop.example.com",
        "https://shop.example.com/",
        "https://shop.example.com/?from=here#top",
    ] {
        let link = signer.link(storefront, &login).unwrap();
        let token = link
            .as_str()
            .strip_prefix("https://shop.example.com/login/token/");
        assert_eq!(token.unwrap().split('.').count(), 3, "{link}");
    }
    for storefront in [
        "http://shop.example.com",
        "shop.example.com",
        "https://a:b@shop.example.com",
    ] {
        let error = signer.link(storefront, &login).unwrap_err().to_string();
        assert!(error.contains("the storefront "), "{error}");
    }
}

#[test]
fn a_signer_requires_an_id_and_a_secret_and_never_shows_the_secret() {
    assert!(LoginSigner::new("", SECRET).is_err());
    assert!(LoginSigner::new(CLIENT_ID, "").is_err());
    let signer = LoginSigner::new(CLIENT_ID, SECRET).unwrap();
    let shown = format!("{signer:?}");
    assert!(
        shown.contains(CLIENT_ID) && !shown.contains(SECRET),
        "{shown}"
    );
}
