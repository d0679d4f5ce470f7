//! The life cycle of a single-click app: the client's side against the mock's.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bigcommerce_client::{
    Scope,
    app::{
        App, Callback as Query, CallbackError, ExchangeError, MemoryTokens, PayloadError,
        TokenStore,
    },
};
use bigcommerce_mock::app::{self, Callback, Issued, Person, Registration, Tokens};
use bigcommerce_tests::server::{Answer, Server};
use bytes::Bytes;
use http::{Request, Response};
use secrecy::ExposeSecret;
use tower_service::Service;

use crate::events::SECRET;

const CLIENT_ID: &str = "app 236754";
const REDIRECT: &str = "http://127.0.0.1:3000/auth";
const SCOPES: [&str; 2] = ["store_v2_orders", "store_v2_products_read_only"];

/// The tokens that the store accepts.
#[derive(Default)]
struct Registry(Mutex<Vec<Issued>>);

impl Tokens for Registry {
    fn register(&self, issued: Issued) {
        self.0.lock().unwrap().push(issued);
    }

    fn revoke(&self, client_id: &str) {
        self.0
            .lock()
            .unwrap()
            .retain(|it| it.client_id != client_id);
    }

    fn uninstalled(&self, _: &str) {}
}

/// The transport from the client's app to the login service.
#[derive(Clone)]
struct Direct(Arc<app::App>);

impl Service<Request<Bytes>> for Direct {
    type Response = Response<Bytes>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Bytes>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        assert!(app::App::serves(request.uri().path()));
        ready(Ok(self.0.respond(&request)))
    }
}

struct Both {
    login: Arc<app::App>,
    registry: Arc<Registry>,
    app: App,
}

fn both() -> Both {
    let registry = Arc::<Registry>::default();
    let owner = Person::new(1, "owner@example.com");
    let login = app::App::new("abc123", owner, Arc::<Registry>::clone(&registry));
    let registered = Registration::new(CLIENT_ID, SECRET, REDIRECT)
        .scopes(SCOPES)
        .load_url("http://127.0.0.1:3000/load");
    login.register(registered);
    let login = Arc::new(login);
    let app = App::builder(CLIENT_ID, SECRET, REDIRECT)
        .scopes([Scope::OrdersModify, Scope::ProductsRead])
        .login_url("http://127.0.0.1:1")
        .transport(Direct(Arc::clone(&login)))
        .build()
        .unwrap();
    Both {
        login,
        registry,
        app,
    }
}

impl Both {
    /// Where a URL redirects the browser.
    fn location(&self, url: &str) -> String {
        let answer = self
            .login
            .respond(&Request::get(url).body(Bytes::new()).unwrap());
        assert_eq!(answer.status(), 302, "{url}");
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    fn agreed(&self) -> String {
        self.location(&format!("{}&accept=1", self.app.authorize_url("abc123")))
    }
}

#[tokio::test]
async fn a_merchant_agrees_and_the_app_has_a_token_that_the_store_knows() {
    let both = both();
    assert!(
        both.location(both.app.install_url().as_str())
            .starts_with("/oauth2/authorize?client_id=")
    );
    let tokens = MemoryTokens::default();
    let grant = both.app.install(&both.agreed(), &tokens).await.unwrap();
    assert_eq!(grant.store_hash, "abc123");
    // A set of scopes has its own order.
    let granted = grant.scopes.to_string();
    let granted: BTreeSet<&str> = granted.split(' ').collect();
    assert_eq!(granted, BTreeSet::from(SCOPES));
    assert_eq!(grant.owner.as_ref().and_then(|it| it.id), Some(1));
    assert!(grant.account_uuid.is_some());
    let issued = both.registry.0.lock().unwrap();
    assert_eq!(issued[0].token, grant.access_token.expose_secret());
    let issued: BTreeSet<&str> = issued[0].scopes.iter().map(String::as_str).collect();
    assert_eq!(issued, BTreeSet::from(SCOPES));
}

#[tokio::test]
async fn a_code_works_once() {
    let both = both();
    let callback = Query::parse(&both.agreed()).unwrap();
    both.app.exchange(&callback).await.unwrap();
    let error = both.app.exchange(&callback).await.unwrap_err();
    assert!(error.is_code_spent(), "{error}");
}

#[tokio::test]
async fn a_callback_that_names_another_store_is_detected() {
    let both = both();
    let forged = both.agreed().replace("abc123", "zzz999");
    let callback = Query::parse(&forged).unwrap();
    let error = both.app.exchange(&callback).await.unwrap_err();
    assert!(matches!(error, ExchangeError::NoScope), "{error}");
}

#[test]
fn a_refusal_by_the_merchant_is_reported() {
    let both = both();
    let refused = both.location(&format!("{}&accept=0", both.app.authorize_url("abc123")));
    let error = Query::parse(&refused).unwrap_err();
    assert!(matches!(error, CallbackError::Denied { error, .. } if error == "access_denied"));
}

#[test]
fn the_client_believes_the_payload_of_a_load_and_tells_the_owner_from_others() {
    let both = both();
    let owner = both.login.owner().clone();
    let url = both
        .login
        .callback_url(CLIENT_ID, Callback::Load, &owner)
        .unwrap();
    let opened = both.app.load(&url).unwrap();
    assert_eq!(opened.store_hash, "abc123");
    assert!(opened.is_owner());
    assert_eq!(opened.user.locale.as_deref(), Some("en-US"));
    assert_eq!(opened.url.as_deref(), Some("/"));
    let early = opened
        .issued_at
        .unwrap()
        .duration_until(opened.expires_at.unwrap());
    assert_eq!(early.as_secs(), 24 * 60 * 60 - 5);

    let clerk = Person::new(2, "clerk@example.com");
    let url = both
        .login
        .callback_url(CLIENT_ID, Callback::Load, &clerk)
        .unwrap();
    assert!(!both.app.load(&url).unwrap().is_owner());

    let other = App::builder(CLIENT_ID, "another", REDIRECT)
        .build()
        .unwrap();
    assert_eq!(other.load(&url), Err(PayloadError::WrongSignature));
}

#[tokio::test]
async fn an_app_is_told_that_it_was_uninstalled_and_its_token_is_gone() {
    let both = both();
    let server = Server::start(|_| Answer::empty(204)).await;
    let app = both.login.registration(CLIENT_ID).unwrap();
    both.login
        .register(app.uninstall_url(format!("{}/uninstall", server.url())));
    let tokens = MemoryTokens::default();
    both.app.install(&both.agreed(), &tokens).await.unwrap();

    assert_eq!(both.login.uninstall(CLIENT_ID).await.unwrap(), 204);
    assert!(both.registry.0.lock().unwrap().is_empty());
    let [asked] = &server.take()[..] else {
        panic!("one callback")
    };
    both.app.uninstall(&asked.line(), &tokens).await.unwrap();
    assert!(tokens.get("abc123").await.unwrap().is_none());
}
