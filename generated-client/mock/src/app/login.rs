//! The login service of a store: the apps it knows, and what it returns to them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use super::codes::Codes;
use super::{Person, Registration, jwt, page};

/// A token that was granted, for the store to accept.
#[derive(Clone)]
#[non_exhaustive]
pub struct Issued {
    /// The token.
    pub token: String,
    /// The app it was granted to.
    pub client_id: String,
    /// The app's name.
    pub name: String,
    /// What it may do; nothing when the exchange named another store than this one.
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

/// Where tokens of apps are kept, so that the store accepts them.
pub trait Tokens: Send + Sync {
    /// A merchant has agreed and the app has its token.
    fn register(&self, issued: Issued);

    /// The app's tokens end: it is about to get another, or is gone.
    fn revoke(&self, client_id: &str);

    /// The app was uninstalled: its hooks go. Its tokens are revoked before.
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
    /// The login service of the store with this hash and this owner. It knows no apps yet.
    #[must_use]
    pub fn new(store: impl Into<String>, owner: Person, tokens: Arc<dyn Tokens>) -> Self {
        Self {
            store: store.into(),
            owner,
            account_uuid: jwt::uuid(),
            tokens,
            strict: false,
            life: Duration::from_secs(60),
            state: Mutex::default(),
        }
    }

    /// Without the oddities of the live service: an exchange for another store is refused in place of
    /// given a token that may do nothing, and what is no exchange is 404 or 405 and no page.
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

    /// Registers an app, in place of one with the same id.
    pub fn register(&self, app: Registration) {
        self.state().apps.insert(app.client_id.clone(), app);
    }

    /// The apps that are known, by their ids.
    #[must_use]
    pub fn registrations(&self) -> Vec<Registration> {
        self.state().apps.values().cloned().collect()
    }

    /// The app with this id.
    #[must_use]
    pub fn registration(&self, client_id: &str) -> Option<Registration> {
        self.state().apps.get(client_id).cloned()
    }

    /// The secret of an app, which signs the deliveries of its hooks too.
    #[must_use]
    pub fn secret(&self, client_id: &str) -> Option<String> {
        Some(self.registration(client_id)?.client_secret)
    }

    /// The owner of the store, in whose name apps are installed.
    #[must_use]
    pub const fn owner(&self) -> &Person {
        &self.owner
    }

    /// Whether a path is one of those to which [`respond`](Self::respond) responds.
    #[must_use]
    pub fn serves(path: &str) -> bool {
        path.starts_with("/oauth2/") || path.starts_with("/app/")
    }

    /// Responds to a request. It never waits.
    ///
    /// - `GET /oauth2/authorize?client_id=..` is the page on which a merchant agrees; with
    ///   `&accept=1` or `&accept=0` the browser goes on to the app at once.
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

    /// The live service shows a page for signing in, with 200, where there is nothing to return.
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
