//! The settings of an app: its id, its secret, its URLs, and how its code exchange is sent.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tower_service::Service;
use url::Url;

use crate::address::trusted;
use crate::catalogue::service::LOGIN_URL;
use crate::network;
use crate::scopes::ScopeSet;
use crate::signing::Key;
use crate::transport::{BoxError, Limits, Transport};

/// A response to a code exchange is a few hundred bytes.
const MAX_ANSWER: usize = 256 * 1024;

/// A single-click app, which is installed in stores and receives their callbacks.
///
/// Clones share everything.
///
/// ```
/// # #[cfg(feature = "reqwest")] {
/// use bigcommerce_client::{Scope, app::App};
///
/// let app = App::builder("client id", "client secret", "https://app.example.com/auth")
///     .scopes([Scope::ProductsRead, Scope::OrdersModify])
///     .build()?;
/// assert!(app.install_url().as_str().ends_with("/app/client%20id/install"));
/// # }
/// # Ok::<(), bigcommerce_client::app::BuildError>(())
/// ```
#[derive(Clone)]
pub struct App(Arc<Settings>);

pub(super) struct Settings {
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
    pub(super) key: Key,
    pub(super) redirect_uri: String,
    pub(super) wanted: ScopeSet,
    /// Where codes are exchanged, without a trailing slash.
    pub(super) login: Url,
    pub(super) limits: Limits,
    pub(super) transport: Transport,
    pub(super) clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl App {
    /// An app with the default settings. The id and the secret are in the Developer Portal; the redirect URI
    /// must equal the auth callback registered there, character for character.
    ///
    /// ```
    /// use bigcommerce_client::app::App;
    ///
    /// let app = App::new("client id", "client secret", "https://app.example.com/auth")?;
    /// assert_eq!(app.client_id(), "client id");
    ///
    /// let open = App::new("client id", "client secret", "http://app.example.com/auth");
    /// let error = open.unwrap_err().to_string();
    /// assert!(error.contains("the redirect URI must begin with https"), "{error}");
    /// # Ok::<(), bigcommerce_client::app::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the id or the secret is empty, the redirect URI is neither `https` nor
    /// on this machine, or the transport cannot be set up.
    #[cfg(feature = "reqwest")]
    pub fn new(
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
        redirect_uri: impl Into<String>,
    ) -> Result<Self, BuildError> {
        Self::builder(client_id, client_secret, redirect_uri).build()
    }

    /// An app with custom settings.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::{Scope, app::App};
    ///
    /// let app = App::builder("client id", "client secret", "https://app.example.com/auth")
    ///     .scopes([Scope::OrdersRead])
    ///     .build()?;
    /// assert_eq!(app.wanted().to_string(), "store_v2_orders_read_only");
    /// # }
    /// # Ok::<(), bigcommerce_client::app::BuildError>(())
    /// ```
    pub fn builder(
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
        redirect_uri: impl Into<String>,
    ) -> AppBuilder {
        AppBuilder {
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            redirect_uri: redirect_uri.into(),
            wanted: ScopeSet::default(),
            login_url: None,
            limits: Limits {
                timeout: Duration::from_secs(30),
                body: MAX_ANSWER,
            },
            transport: None,
            clock: Arc::new(Timestamp::now),
        }
    }

    /// The id of the app.
    pub fn client_id(&self) -> &str {
        &self.0.client_id
    }

    /// The scopes the app requests.
    pub fn wanted(&self) -> &ScopeSet {
        &self.0.wanted
    }

    /// Where a merchant installs the app from outside the control panel. The callback then says
    /// [`is_external`](super::Callback::is_external).
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// # use bigcommerce_client::app::App;
    /// let app = App::new("q9w8e7r6t5", "client secret", "https://app.example.com/auth")?;
    /// assert_eq!(
    ///     app.install_url().as_str(),
    ///     "https://login.bigcommerce.com/app/q9w8e7r6t5/install"
    /// );
    /// # }
    /// # Ok::<(), bigcommerce_client::app::BuildError>(())
    /// ```
    pub fn install_url(&self) -> Url {
        self.login(&["app", &self.0.client_id, "install"])
    }

    /// Where to redirect the browser at the end of such an installation, so that BigCommerce shows
    /// the merchant the result.
    pub fn installed_url(&self, succeeded: bool) -> Url {
        let outcome = if succeeded { "succeeded" } else { "failed" };
        self.login(&["app", &self.0.client_id, "install", outcome])
    }

    /// The URL where a merchant approves the app's scopes for one store, for example again after
    /// they have changed. It contains no secret.
    pub fn authorize_url(&self, store_hash: &str) -> Url {
        let mut url = self.login(&["oauth2", "authorize"]);
        url.query_pairs_mut()
            .append_pair("client_id", &self.0.client_id)
            .append_pair("redirect_uri", &self.0.redirect_uri)
            .append_pair("response_type", "code")
            .append_pair("scope", &self.0.wanted.to_string())
            .append_pair("context", &format!("stores/{store_hash}"));
        url
    }

    pub(super) fn login(&self, path: &[&str]) -> Url {
        let mut url = self.0.login.clone();
        // An https URL can always have a path.
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.pop_if_empty().extend(path);
        }
        url
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.0
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("client_id", &self.0.client_id)
            .field("redirect_uri", &self.0.redirect_uri)
            .finish_non_exhaustive()
    }
}

/// Settings for an [`App`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct AppBuilder {
    client_id: String,
    client_secret: SecretString,
    redirect_uri: String,
    wanted: ScopeSet,
    login_url: Option<String>,
    limits: Limits,
    transport: Option<Transport>,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl AppBuilder {
    /// The scopes the app is registered with: a [`Scope`](crate::Scope), or the name of one that
    /// this crate does not know. Granted scopes are compared with them. A
    /// [`ScopeSet`](crate::scopes::ScopeSet) has [`names`](crate::scopes::ScopeSet::names).
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::{Scope, app::App};
    ///
    /// let app = App::builder("client id", "client secret", "https://app.example.com/auth")
    ///     .scopes([Scope::OrdersRead.as_str(), "store_v2_default"])
    ///     .build()?;
    /// assert_eq!(app.wanted().unknown().collect::<Vec<_>>(), ["store_v2_default"]);
    /// # }
    /// # Ok::<(), bigcommerce_client::app::BuildError>(())
    /// ```
    pub fn scopes(mut self, wanted: impl IntoIterator<Item: ToString>) -> Self {
        self.wanted = ScopeSet::new();
        for scope in wanted {
            self.wanted.insert_name(&scope.to_string());
        }
        self
    }

    /// Another host than BigCommerce's own, such as a mock on this machine.
    ///
    /// Without TLS only this machine is allowed, because the client secret is sent there.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// # use bigcommerce_client::app::App;
    /// let app = App::builder("client id", "client secret", "http://127.0.0.1:3000/auth");
    /// let app = app.login_url("http://127.0.0.1:8080").build()?;
    /// assert!(app.install_url().as_str().starts_with("http://127.0.0.1:8080/app/"));
    ///
    /// let app = App::builder("client id", "client secret", "https://app.example.com/auth");
    /// assert!(app.login_url("http://login.example.com").build().is_err());
    /// # }
    /// # Ok::<(), bigcommerce_client::app::BuildError>(())
    /// ```
    pub fn login_url(mut self, url: impl Into<String>) -> Self {
        self.login_url = Some(url.into());
        self
    }

    /// How long an exchange may take. The default is 30 seconds: a browser is waiting.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// Sends requests through another transport; see [`transport`](crate::transport).
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::{app::App, transport::HttpTransport};
    ///
    /// let wire = HttpTransport::new()?; // Put a layer around it: for a proxy, or for logs.
    /// let app = App::builder("client id", "client secret", "https://app.example.com/auth")
    ///     .transport(wire)
    ///     .build()?;
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn transport<S>(mut self, service: S) -> Self
    where
        S: Service<http::Request<Bytes>, Response = http::Response<Bytes>> + Clone,
        S: Send + Sync + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
    {
        self.transport = Some(Transport::new(service));
        self
    }

    /// A custom clock, such as one that is fixed for a test.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::app::{App, AppUser, PayloadError, SignedPayload};
    /// use bigcommerce_client::jiff::{Timestamp, ToSpan};
    ///
    /// let opened: Timestamp = "2026-03-01T12:00:00Z".parse()?;
    /// let app = |now| {
    ///     App::builder("client id", "client secret", "https://app.example.com/auth")
    ///         .clock(move || now)
    ///         .build()
    /// };
    /// let payload = SignedPayload::new("abc123", AppUser::new(7, "me@example.com"));
    /// let jwt = app(opened)?.sign_jwt(&payload);
    /// assert!(app(opened + 23.hours())?.verify_jwt(&jwt).is_ok());
    /// assert_eq!(app(opened + 25.hours())?.verify_jwt(&jwt), Err(PayloadError::Expired));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn clock(mut self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(now);
        self
    }

    /// Builds the app. No request is sent.
    ///
    /// ```
    /// use bigcommerce_client::app::App;
    ///
    /// let app = App::builder("client id", "", "https://app.example.com/auth");
    /// assert_eq!(
    ///     app.build().unwrap_err().to_string(),
    ///     "the app cannot be set up: the client secret is empty"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the id or the secret is empty, an address is neither `https` nor on this
    /// machine, or the transport cannot be set up.
    pub fn build(self) -> Result<App, BuildError> {
        if self.client_id.is_empty() {
            return Err(BuildError::new("the client id is empty"));
        }
        let key = Key::new(self.client_secret.expose_secret().as_bytes())
            .ok_or_else(|| BuildError::new("the client secret is empty"))?;
        address("the redirect URI", &self.redirect_uri)?;
        let login = self.login_url.as_deref().unwrap_or(LOGIN_URL);
        let (login, local) = address("the login URL", login)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => network::usual(local).map_err(|error| BuildError::new(&error.to_string()))?,
        };
        Ok(App(Arc::new(Settings {
            client_id: self.client_id,
            client_secret: self.client_secret,
            key,
            redirect_uri: self.redirect_uri,
            wanted: self.wanted,
            login,
            limits: self.limits,
            transport,
            clock: self.clock,
        })))
    }
}

/// A URL to which secrets may be sent, and whether it is this machine without TLS.
fn address(what: &str, url: &str) -> Result<(Url, bool), BuildError> {
    trusted(url).map_err(|why| BuildError::new(&format!("{what} {why}")))
}

impl fmt::Debug for AppBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppBuilder")
            .field("client_id", &self.client_id)
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}

/// Why an app cannot be set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError(Box<str>);

impl BuildError {
    fn new(why: &str) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the app cannot be set up: {}", self.0)
    }
}

impl std::error::Error for BuildError {}
