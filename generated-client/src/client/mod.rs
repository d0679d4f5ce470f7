//! The client: one store, one token, one transport. It is cheap to clone, and it never shows the
//! token.

mod build;
mod builder;
mod config;
mod elsewhere;
mod host;
mod narrowed;
mod pasted;
mod read_only;

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;

use crate::policy::Policy;

pub use builder::ClientBuilder;
pub(crate) use config::Config;
pub use read_only::ReadOnlyClient;

/// A connection to one store.
///
/// Each group of endpoints has a method that returns its handle. Cloning is cheap, and clones share
/// everything: the connections, the quota and the limits of concurrent calls. Build one for each store and
/// keep it.
///
/// ```
/// # #[cfg(feature = "reqwest")] {
/// let store = bigcommerce_client::Client::new("abc123", "the-token")?;
/// assert_eq!(store.store_hash(), "abc123");
/// # }
/// # Ok::<(), bigcommerce_client::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    config: Arc<Config>,
    guard: Arc<Guard>,
}

/// Who makes the calls, and what they may call.
#[derive(Clone, Default)]
struct Guard {
    actor: Option<String>,
    policies: Vec<Policy>,
    /// The server of the calls, if it is not that of the store.
    elsewhere: Option<elsewhere::Elsewhere>,
    /// The single resource that the calls are about.
    narrowed: narrowed::Narrowed,
}

impl Client {
    /// A client with the default settings.
    ///
    /// `store_hash` is the part of the API path that names the store: `abc123` in
    /// `https://api.bigcommerce.com/stores/abc123/v3`. The full path is accepted as well, and so is
    /// `store-abc123`. Whitespace and quotes around the token are ignored, and so is a `Bearer`
    /// prefix.
    ///
    /// ```
    /// use bigcommerce_client::Client;
    ///
    /// let store = Client::new("abc123", "the-token")?;
    /// assert_eq!(store.base_url(), "https://api.bigcommerce.com/stores/abc123");
    /// assert!(Client::new("abc123", "").is_err(), "a token that is not set shows at once");
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the store hash or the token is invalid, or the transport cannot be set
    /// up.
    #[cfg(feature = "reqwest")]
    pub fn new(
        store_hash: impl Into<String>,
        token: impl Into<SecretString>,
    ) -> Result<Self, crate::error::Error> {
        Self::builder(store_hash, token).build()
    }

    /// A client with custom settings.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::{Client, Scope};
    ///
    /// let store = Client::builder("abc123", "the-token")
    ///     .user_agent("stock-sync/2.1")
    ///     .granted([Scope::ProductsModify])
    ///     .build()?;
    /// # }
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    pub fn builder(store_hash: impl Into<String>, token: impl Into<SecretString>) -> ClientBuilder {
        ClientBuilder::new(store_hash.into(), token.into())
    }

    /// The hash of its store.
    pub fn store_hash(&self) -> &str {
        &self.config.store_hash
    }

    /// The base URL of all paths.
    pub fn base_url(&self) -> &str {
        &self.config.base
    }

    /// The store's quota as the client knows it, to inspect or to share with another client of the
    /// store.
    pub fn quota(&self) -> &crate::quota::Quota {
        &self.config.quota
    }

    /// A read-only client of the same store, without any calls that change it.
    ///
    /// ```
    /// # #[cfg(feature = "brands")]
    /// # fn example(store: bigcommerce_client::Client) {
    /// let brands = store.read_only().brands().list();
    /// # }
    /// ```
    pub fn read_only(&self) -> ReadOnlyClient {
        ReadOnlyClient::new(self)
    }

    /// A client of the same store with an additional policy: a call must be allowed by all of them.
    /// The token, the quota and the connections are shared.
    ///
    /// ```
    /// use bigcommerce_client::{Group, policy::{Level, Policy}};
    ///
    /// # fn example(store: bigcommerce_client::Client) {
    /// let policy = Policy::new().group(Group::Orders, Level::Read);
    /// let agent = store.under(policy).acting_as("store-ops");
    /// # }
    /// ```
    #[must_use = "the policy applies only to the client that is returned"]
    pub fn under(&self, policy: Policy) -> Self {
        let mut guard = Guard::clone(&self.guard);
        guard.policies.push(policy);
        self.guarded(guard)
    }

    /// The same client with an actor name for the audit record. The name is never sent.
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands", "reqwest"]
    /// use std::sync::Arc;
    /// use bigcommerce_client::{Client, audit::JsonLines, policy::Policy};
    ///
    /// let log = Arc::new(JsonLines::new(Vec::new()));
    /// let store = Client::builder("abc123", "the-token").audit(Arc::clone(&log)).build()?;
    /// let agent = store.under(Policy::new()).acting_as("intern");
    /// assert!(agent.brands().delete(7).await.is_err(), "the policy allows nothing");
    ///
    /// let line = log.with(|written| String::from_utf8_lossy(written).into_owned());
    /// assert!(line.contains(r#""actor":"intern""#));
    /// # );
    /// ```
    #[must_use = "the name applies only to the client that is returned"]
    pub fn acting_as(&self, name: impl Into<String>) -> Self {
        let mut guard = Guard::clone(&self.guard);
        guard.actor = Some(name.into());
        self.guarded(guard)
    }

    fn guarded(&self, guard: Guard) -> Self {
        let (config, guard) = (Arc::clone(&self.config), Arc::new(guard));
        Self { config, guard }
    }

    pub(crate) fn policies(&self) -> &[Policy] {
        &self.guard.policies
    }

    pub(crate) fn actor(&self) -> Option<&str> {
        self.guard.actor.as_deref()
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.config.base)
            .finish_non_exhaustive()
    }
}
