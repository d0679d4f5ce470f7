use std::time::Duration;

use super::super::testing::{Kept, code, login};
use super::*;
use crate::urlencoded::write;

fn fields(code: &str) -> Vec<(&'static str, String)> {
    let scope = "store_v2_products store_v2_orders";
    let fields = [
        ("client_id", "id"),
        ("client_secret", "secret"),
        ("code", code),
        ("context", "stores/abc123"),
        ("scope", scope),
        ("grant_type", "authorization_code"),
        ("redirect_uri", "http://127.0.0.1:3000/auth"),
    ];
    fields
        .map(|(name, value)| (name, value.to_owned()))
        .to_vec()
}

fn set(fields: &mut [(&'static str, String)], name: &str, value: &str) {
    for field in fields.iter_mut().filter(|field| field.0 == name) {
        value.clone_into(&mut field.1);
    }
}

fn send(login: &App, fields: &[(&'static str, String)]) -> (u16, Value) {
    let body = fields.iter().map(|(name, value)| (*name, value.as_str()));
    let request = Request::post("/oauth2/token")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Bytes::from(write(body)))
        .unwrap();
    let answer = login.respond(&request);
    let body = serde_json::from_slice(answer.body()).unwrap();
    (answer.status().as_u16(), body)
}

fn kept(kept: &Kept) -> Vec<(String, Vec<String>)> {
    kept.issued
        .lock()
        .unwrap()
        .iter()
        .map(|it| (it.token.clone(), it.scopes.clone()))
        .collect()
}

#[test]
fn a_code_becomes_a_token_that_the_store_knows_and_works_once() {
    let (login, tokens) = login();
    let fields = fields(&code(&login));
    let (status, body) = send(&login, &fields);
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["context"], "stores/abc123");
    assert_eq!(body["scope"], "store_v2_orders store_v2_products");
    assert_eq!(body["owner"]["email"], "owner@example.com");
    assert_eq!(body["user"], body["owner"]);
    let [(token, scopes)] = &kept(&tokens)[..] else {
        panic!("one-token")
    };
    assert_eq!(body["access_token"], token.as_str());
    assert_eq!(scopes.len(), 2);

    let (status, body) = send(&login, &fields);
    assert_eq!((status, &body["error"]), (400, &json!("invalid_grant")));
    assert!(body["error_description"].is_string());
}

#[test]
fn json_is_taken_as_well_as_a_form_and_nothing_else() {
    let (login, _) = login();
    let object: serde_json::Map<_, _> = fields(&code(&login))
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    for (kind, status) in [
        ("text/plain", 400),
        ("application/json; charset=utf-8", 200),
    ] {
        let request = Request::post("/oauth2/token").header(CONTENT_TYPE, kind);
        let body = Bytes::from(serde_json::to_vec(&object).unwrap());
        let answer = login.respond(&request.body(body).unwrap());
        assert_eq!(answer.status(), status, "{kind}");
    }
}

#[test]
fn each_field_is_checked_and_a_mistake_does_not_spend_the_code() {
    let (login, tokens) = login();
    let right = fields(&code(&login));
    for (field, value, status, error) in [
        ("client_id", "other", 401, "invalid_client"),
        ("client_secret", "guess", 401, "invalid_client"),
        ("code", "guess", 400, "invalid_grant"),
        ("scope", "store_v2_orders", 400, "invalid_scope"),
        ("grant_type", "password", 400, "unsupported_grant_type"),
        (
            "redirect_uri",
            "http://127.0.0.1:3000/load",
            400,
            "invalid_request",
        ),
        ("context", "", 400, "invalid_request"),
    ] {
        let mut wrong = right.clone();
        set(&mut wrong, field, value);
        let (came, body) = send(&login, &wrong);
        assert_eq!((came, &body["error"]), (status, &json!(error)), "{field}");
    }
    assert!(kept(&tokens).is_empty());
    assert_eq!(send(&login, &right).0, 200);
}

#[test]
fn a_context_that_is_no_store_gives_a_token_that_may_do_nothing_unless_strict() {
    let (login, tokens) = login();
    let mut wrong = fields(&code(&login));
    set(&mut wrong, "context", "{{context}}");
    let (status, body) = send(&login, &wrong);
    assert_eq!((status, &body["scope"]), (200, &Value::Null));
    assert!(kept(&tokens)[0].1.is_empty());

    let login = login.strict(true);
    let mut wrong = fields(&code(&login));
    set(&mut wrong, "context", "{{context}}");
    assert_eq!(send(&login, &wrong).0, 400);
}

#[test]
fn a_code_that_waited_too_long_is_no_longer_good() {
    let login = login().0.code_life(Duration::ZERO);
    let (status, body) = send(&login, &fields(&code(&login)));
    assert_eq!((status, &body["error"]), (400, &json!("invalid_grant")));
}

#[test]
fn an_app_that_is_installed_again_loses_its_old_token() {
    let (login, tokens) = login();
    for _ in 0..2 {
        assert_eq!(send(&login, &fields(&code(&login))).0, 200);
    }
    assert_eq!(kept(&tokens).len(), 1);
}

#[test]
fn what_is_no_exchange_gets_a_page_to_sign_in_as_from_the_live_service() {
    let (login, _) = login();
    let asked = || Request::get("/oauth2/token").body(Bytes::new()).unwrap();
    let answer = login.respond(&asked());
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
    assert_eq!(login.strict(true).respond(&asked()).status(), 405);
}
