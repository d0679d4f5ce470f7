//! The life cycle of an installation: installed, granted again, uninstalled.

use std::{
    convert::Infallible,
    io,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bigcommerce_client::{
    app::{App, Grant, InstallError, MemoryTokens, TokenStore, UninstallError},
    webhook::Timestamp,
};
use bigcommerce_tests::server::{Answer, Server};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::ExposeSecret;
use serde_json::json;

use super::{CLIENT_ID, QUERY, SECRET, builder};

fn granted(token: &str, scope: &str) -> Answer {
    let answer = json!({
        "access_token": token, "scope": scope, "context": "stores/abc123",
        "user": {"id": 1, "email": "merchant@example.com"},
    });
    Answer::json(200, answer.to_string())
}

/// The query of a callback that BigCommerce created at this time.
fn signed(at: i64) -> String {
    let claims = json!({
        "iss": "bc", "aud": CLIENT_ID, "sub": "stores/abc123", "iat": at, "nbf": at - 5,
        "exp": at + 86_400, "user": {"id": 1}, "owner": {"id": 1},
    });
    let [header, claims] =
        [json!({"alg": "HS256"}), claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("{header}.{claims}").as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    format!("signed_payload_jwt={header}.{claims}.{signature}")
}

/// An app whose clock the test controls, and a server with these responses.
async fn app(answers: Vec<Answer>) -> (App, Arc<AtomicI64>, Server) {
    let server = Server::script(answers).await;
    let now = Arc::new(AtomicI64::new(1_700_000_000));
    let clock = Arc::clone(&now);
    let app = builder()
        .login_url(server.url())
        .clock(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap())
        .build()
        .unwrap();
    (app, now, server)
}

async fn token(tokens: &MemoryTokens) -> Option<String> {
    let grant = tokens.get("abc123").await.unwrap();
    grant.map(|grant| grant.access_token.expose_secret().to_owned())
}

#[tokio::test]
async fn reinstalling_in_a_store_replaces_its_token() {
    let scopes = "store_v2_orders store_v2_products";
    let (app, _, _server) = app(vec![granted("first", scopes), granted("second", scopes)]).await;
    let tokens = MemoryTokens::default();
    app.install(QUERY, &tokens).await.unwrap();
    assert_eq!(token(&tokens).await.as_deref(), Some("first"));
    let grant = app.install(QUERY, &tokens).await.unwrap();
    assert_eq!(grant.access_token.expose_secret(), "second");
    assert_eq!(token(&tokens).await.as_deref(), Some("second"));
}

#[tokio::test]
async fn an_insufficient_grant_is_not_stored() {
    let (app, _, _server) = app(vec![granted("secret-token", "store_v2_orders")]).await;
    let tokens = MemoryTokens::default();
    let error = app.install(QUERY, &tokens).await.unwrap_err();
    let InstallError::MissingScopes { missing, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(missing.to_string(), "store_v2_products");
    assert_eq!(token(&tokens).await, None);
    assert!(!format!("{error:?} {error}").contains("secret-token"));
    let grant = error.into_grant().unwrap();
    assert_eq!(grant.access_token.expose_secret(), "secret-token");
}

/// A database that is unavailable.
struct Down;

impl TokenStore for Down {
    type Error = io::Error;

    async fn put(&self, _: &Grant) -> io::Result<()> {
        Err(io::ErrorKind::ConnectionRefused.into())
    }

    async fn get(&self, _: &str) -> io::Result<Option<Grant>> {
        Err(io::ErrorKind::ConnectionRefused.into())
    }

    async fn remove(&self, _: &str) -> io::Result<()> {
        Err(io::ErrorKind::ConnectionRefused.into())
    }
}

#[tokio::test]
async fn a_grant_that_could_not_be_stored_is_in_the_error_because_its_code_is_used_up() {
    let scopes = "store_v2_orders store_v2_products";
    let (app, _, _server) = app(vec![granted("secret-token", scopes)]).await;
    let error = app.install(QUERY, &Down).await.unwrap_err();
    assert!(matches!(error, InstallError::Store { .. }), "{error}");
    assert!(!format!("{error:?} {error}").contains("secret-token"));
    let kept = error.grant().map(|grant| grant.store_hash.as_str());
    assert_eq!(kept, Some("abc123"));
    let tokens = MemoryTokens::default();
    tokens.put(&error.into_grant().unwrap()).await.unwrap();
    assert_eq!(token(&tokens).await.as_deref(), Some("secret-token"));
}

#[tokio::test]
async fn uninstalling_removes_the_token_and_may_be_reported_twice() {
    let scopes = "store_v2_orders store_v2_products";
    let (app, now, _server) = app(vec![granted("first", scopes)]).await;
    let tokens = MemoryTokens::default();
    app.install(QUERY, &tokens).await.unwrap();
    now.fetch_add(60, Ordering::Relaxed);
    for _ in 0..2 {
        let payload = app
            .uninstall(&signed(1_700_000_060), &tokens)
            .await
            .unwrap();
        assert!(payload.is_owner());
        assert_eq!(token(&tokens).await, None);
    }
}

#[tokio::test]
async fn a_replayed_old_uninstall_keeps_the_new_token() {
    let scopes = "store_v2_orders store_v2_products";
    let (app, now, _server) = app(vec![granted("first", scopes), granted("second", scopes)]).await;
    let tokens = MemoryTokens::default();
    app.install(QUERY, &tokens).await.unwrap();
    now.store(1_700_000_060, Ordering::Relaxed);
    let uninstall = signed(1_700_000_060);
    app.uninstall(&uninstall, &tokens).await.unwrap();
    now.store(1_700_000_120, Ordering::Relaxed);
    app.install(QUERY, &tokens).await.unwrap();
    app.uninstall(&uninstall, &tokens).await.unwrap();
    assert_eq!(token(&tokens).await.as_deref(), Some("second"));
}

#[tokio::test]
async fn a_forged_uninstall_removes_nothing() {
    let (app, _, _server) = app(Vec::new()).await;
    let tokens = MemoryTokens::default();
    let grant = Grant::new("abc123", "token", "store_v2_orders".parse().unwrap());
    tokens.put(&grant).await.unwrap();
    let mut forged = signed(1_700_000_000);
    forged.truncate(forged.len() - 2);
    let came: Result<_, UninstallError<Infallible>> = app.uninstall(&forged, &tokens).await;
    assert!(matches!(came, Err(UninstallError::Payload(_))));
    assert_eq!(token(&tokens).await.as_deref(), Some("token"));
}
