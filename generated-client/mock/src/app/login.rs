//! The login service of a store: its registered apps, and its responses to them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use super::codes::Codes;
use super::{Person, Registration, jwt, page};

/// A granted token, to be accepted by the store.
#[derive(Clone)]
#[non_exhaustive]
pub struct Issued {
    /// The token.
    pub token: String,
    /// The app it was granted to.
    pub client_id: String,
    /// The app's name.
    pub name: String,
    /// Its scopes; empty if the exchange named another store.
    pub scopes: Vec<String>,
}

impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issued")
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// Stores the tokens of apps, so that the store accepts them.
pub trait Tokens: Send + Sync {
    /// A merchant has agreed and the app has its token.
    fn register(&self, issued: Issued);

    /// The app's tokens are revoked: it gets a new one, or is uninstalled.
    fn revoke(&self, client_id: &str);

    /// The app was uninstalled: its hooks are deleted. Its tokens are revoked before.
    fn uninstalled(&self, client_id: &str);
}

/// Serves what apps and the browsers of merchants request below `/oauth2/` and `/app/`.
pub struct App {
    pub(super) store: String,
    pub(super) owner: Person,
    pub(super) account_uuid: String,
    pub(super) tokens: Arc<dyn Tokens>,
    pub(super) strict: bool,
    pub(super) life: Duration,
    state: Mutex<Known>,
}

#[derive(Default)]
pub(super) struct Known {
    pub(super) apps: BTreeMap<String, Registration>,
    pub(super) codes: Codes,
}

impl App {
    /// The login service of the store with this hash and this owner, without any apps.
    #[must_use]
    pub fn new(store: impl Into<String>, owner: Person, tokens: Arc<dyn Tokens>) -> Self {
        Self {
            store: store.into(),
            owner,
            account_uuid: jwt::uuid(),
            tokens,
            strict: false,
            // How long a code lives is not published: a minute is a choice made here.
            life: Duration::from_secs(60),
            state: Mutex::default(),
        }
    }

    /// Without the quirks of the live service: an exchange for another store is rejected instead of
    /// returning a token without scopes, and other requests return 404 or 405 instead of a page.
    #[must_use]
    pub const fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// How long a code is valid. The default is a minute.
    #[must_use]
    pub const fn code_life(mut self, life: Duration) -> Self {
        self.life = life;
        self
    }

    /// Registers an app, replacing one with the same id.
    pub fn register(&self, app: Registration) {
        self.state().apps.insert(app.client_id.clone(), app);
    }

    /// The registered apps, by id.
    #[must_use]
    pub fn registrations(&self) -> Vec<Registration> {
        self.state().apps.values().cloned().collect()
    }

    /// The app with this id.
    #[must_use]
    pub fn registration(&self, client_id: &str) -> Option<Registration> {
        self.state().apps.get(client_id).cloned()
    }

    /// The secret of an app, which also signs the deliveries of its hooks.
    #[must_use]
    pub fn secret(&self, client_id: &str) -> Option<String> {
        Some(self.registration(client_id)?.client_secret)
    }

    /// The owner of the store, in whose name apps are installed.
    #[must_use]
    pub const fn owner(&self) -> &Person {
        &self.owner
    }

    /// Whether [`respond`](Self::respond) handles this path.
    #[must_use]
    pub fn serves(path: &str) -> bool {
        path.starts_with("/oauth2/") || path.starts_with("/app/")
    }

    /// Responds to a request. It never waits.
    ///
    /// - `GET /oauth2/authorize?client_id=..` is the page on which a merchant agrees; with
    ///   `&accept=1` or `&accept=0` the browser is redirected to the app immediately.
    /// - `POST /oauth2/token` exchanges a code.
    /// - `GET /app/{client_id}/install` leads to the page, and `/app/{client_id}/install/succeeded`
    ///   and `failed` end an installation.
    #[must_use]
    pub fn respond(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let path = request.uri().path();
        let path = path.strip_suffix('/').unwrap_or(path);
        let get = request.method() == Method::GET;
        match path {
            "/oauth2/authorize" if get => self.authorize(request.uri().query().unwrap_or_default()),
            "/oauth2/token" if request.method() == Method::POST => self.exchange(request),
            "/oauth2/token" => self.astray(StatusCode::METHOD_NOT_ALLOWED),
            _ if get => self
                .install(path)
                .unwrap_or_else(|| self.astray(StatusCode::NOT_FOUND)),
            _ => self.astray(StatusCode::NOT_FOUND),
        }
    }

    /// The live service returns a sign-in page, with 200, for anything else.
    fn astray(&self, status: StatusCode) -> Response<Bytes> {
        let status = if self.strict { status } else { StatusCode::OK };
        let says = "There is nothing here for a program. A code is exchanged with a POST to /oauth2/token.";
        page::notice(status, "Sign in", says)
    }

    pub(super) fn state(&self) -> MutexGuard<'_, Known> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("store", &self.store)
            .field("apps", &self.registrations())
            .field("strict", &self.strict)
            .finish_non_exhaustive()
    }
}
