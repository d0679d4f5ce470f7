//! The exchange of a code, against a real server.

use std::time::Duration;

use bigcommerce_client::app::{Callback, ExchangeError, Grant};
use bigcommerce_tests::{
    json,
    server::{Answer, Server, nobody},
};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{CLIENT_ID, QUERY, REDIRECT, SECRET, builder};

const TOKEN: &str = "t0ken-of-the-store";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    does: String,
    answer: Said,
    #[serde(default)]
    scopes: Vec<String>,
    user: Option<i64>,
    owner: Option<i64>,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    extra: Vec<String>,
    error: Option<String>,
    oauth: Option<String>,
    #[serde(default)]
    spent: bool,
    #[serde(default)]
    says: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    status: u16,
    json: Option<Value>,
    text: Option<String>,
    #[serde(default)]
    gzip: bool,
    #[serde(default)]
    location: bool,
    #[serde(default)]
    cut: bool,
}

impl Said {
    fn answer(&self, elsewhere: &str) -> Answer {
        let mut answer = match (&self.json, &self.text) {
            (Some(json), _) => Answer::json(self.status, json.to_string()),
            (None, text) => {
                let text = text.clone().unwrap_or_default();
                Answer::text(self.status, text).header("content-type", "text/html")
            }
        };
        if self.gzip {
            answer = answer.gzip();
        }
        if self.location {
            answer = answer.header("location", elsewhere);
        }
        if self.cut { answer.cut() } else { answer }
    }
}

#[tokio::test]
async fn every_response_is_accepted_or_rejected_as_its_case_says() {
    let cases: Vec<Case> = json("tests/data/app/exchanges.json");
    for case in cases {
        let elsewhere = Server::script([]).await;
        let server = Server::script([case.answer.answer(&elsewhere.url())]).await;
        // The wanted scopes: to change orders, and to read products.
        let app = builder()
            .scopes(["store_v2_orders", "store_v2_products_read_only"])
            .login_url(server.url())
            .build()
            .unwrap();
        let callback = Callback::parse(QUERY).unwrap();
        let came = app.exchange(&callback).await;
        assert_eq!(
            server.asked().len(),
            1,
            "{}: a code is sent once",
            case.does
        );
        assert!(elsewhere.asked().is_empty(), "{}", case.does);
        match came {
            Ok(grant) => accepted(&case, &grant, app.wanted()),
            Err(error) => refused(&case, &error),
        }
    }
}

fn accepted(case: &Case, grant: &Grant, wanted: &bigcommerce_client::scopes::ScopeSet) {
    let does = &case.does;
    assert_eq!(case.error, None, "{does}");
    assert_eq!(grant.access_token.expose_secret(), TOKEN, "{does}");
    assert_eq!(grant.store_hash, "abc123", "{does}");
    assert_eq!(
        grant.scopes.names().collect::<Vec<_>>(),
        case.scopes,
        "{does}"
    );
    assert_eq!(
        grant.user.as_ref().and_then(|user| user.id),
        case.user,
        "{does}"
    );
    assert_eq!(
        grant.owner.as_ref().and_then(|user| user.id),
        case.owner,
        "{does}"
    );
    let check = grant.compare(wanted);
    assert_eq!(
        check.missing.names().collect::<Vec<_>>(),
        case.missing,
        "{does}"
    );
    // A modify scope is more than the wanted read-only one, so it is reported as extra.
    let extra = check
        .extra
        .names()
        .filter(|name| *name != "store_v2_products");
    assert_eq!(extra.collect::<Vec<_>>(), case.extra, "{does}");
    let store = grant.client_builder().build().unwrap();
    assert_eq!(store.store_hash(), "abc123");
    let shown = format!("{grant:?} {store:?}");
    assert!(!shown.contains(TOKEN), "{does}: {shown}");
}

fn refused(case: &Case, error: &ExchangeError) {
    let does = &case.does;
    let kind = format!("{error:?}");
    let kind = kind.split([' ', '(', '{']).next();
    assert_eq!(kind, case.error.as_deref(), "{does}: {error}");
    let oauth = error.refusal().and_then(|refusal| refusal.error.as_deref());
    assert_eq!(oauth, case.oauth.as_deref(), "{does}");
    assert_eq!(error.is_code_spent(), case.spent, "{does}");
    let said = error.to_string();
    for words in &case.says {
        assert!(said.contains(words), "{does}: {said}");
    }
    let body = error.refusal().map(|refusal| refusal.body.as_str());
    let shown = format!("{said} {error:?} {}", body.unwrap_or_default());
    for secret in [SECRET, "qr6h3thv", TOKEN] {
        assert!(!shown.contains(secret), "{does}: {shown}");
    }
    if let Some(refusal) = error.refusal() {
        assert_eq!(refusal.status.as_u16(), case.answer.status, "{does}");
    }
}

#[tokio::test]
async fn the_exchange_sends_what_bigcommerce_requires() {
    let server = Server::script([Answer::json(400, "{}")]).await;
    let app = builder().login_url(server.url()).build().unwrap();
    let _ = app.exchange(&Callback::parse(QUERY).unwrap()).await;
    let asked = server.take().pop().unwrap();
    assert_eq!(asked.line(), "POST /oauth2/token");
    assert_eq!(asked.header("content-type"), Some("application/json"));
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert!(
        asked
            .header("user-agent")
            .unwrap()
            .starts_with("bigcommerce-client/")
    );
    assert_eq!(asked.header("x-auth-token"), None);
    let body: Value = serde_json::from_slice(&asked.body).unwrap();
    let expected = json!({
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
        "code": "qr6h3thv",
        "context": "stores/abc123",
        "scope": "store_v2_orders store_v2_products",
        "grant_type": "authorization_code",
        "redirect_uri": REDIRECT,
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn an_unsent_code_is_distinguished_from_one_that_may_be_used_up() {
    let callback = Callback::parse(QUERY).unwrap();
    let app = builder().login_url(nobody()).build().unwrap();
    let error = app.exchange(&callback).await.unwrap_err();
    assert!(matches!(error, ExchangeError::NotSent(_)), "{error}");

    let late = Answer::json(200, "{}").after(Duration::from_secs(30));
    let server = Server::script([late]).await;
    let app = builder()
        .login_url(server.url())
        .timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let error = app.exchange(&callback).await.unwrap_err();
    assert!(matches!(error, ExchangeError::NoResponse(_)), "{error}");
    assert!(!format!("{error} {error:?}").contains(SECRET));
}
