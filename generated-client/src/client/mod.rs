//! The client: one store, one token, one transport. It is cheap to clone, and it never shows the
//! token.

mod builder;
mod config;

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;

pub use builder::ClientBuilder;
pub(crate) use config::Config;

/// A connection to one store.
///
/// Each group of endpoints has a method that gives its handle. Clones share everything.
///
/// ```
/// let store = bigcommerce_client::Client::new("abc123", "the token")?;
/// assert_eq!(store.store_hash(), "abc123");
/// # Ok::<(), bigcommerce_client::Error>(())
/// ```
#[derive(Clone)]
pub struct Client(Arc<Config>);

impl Client {
    /// A client with the usual settings.
    ///
    /// `store_hash` is the part of the API path that names the store: `abc123` in
    /// `https://api.bigcommerce.com/stores/abc123/v3`.
    ///
    /// # Errors
    ///
    /// Fails when the store hash or the token cannot stand in a request, or the transport cannot
    /// be set up.
    #[cfg(feature = "reqwest")]
    pub fn new(
        store_hash: impl Into<String>,
        token: impl Into<SecretString>,
    ) -> Result<Self, crate::error::Error> {
        Self::builder(store_hash, token).build()
    }

    /// A client with settings of your own.
    pub fn builder(store_hash: impl Into<String>, token: impl Into<SecretString>) -> ClientBuilder {
        ClientBuilder::new(store_hash.into(), token.into())
    }

    /// The store.
    pub fn store_hash(&self) -> &str {
        &self.0.store_hash
    }

    /// The address below which all paths lie.
    pub fn base_url(&self) -> &str {
        &self.0.base
    }

    /// The store's quota as the client knows it, to look at or to share with another client of the
    /// store.
    ///
    /// ```
    /// # fn example(store: bigcommerce_client::Client) {
    /// if let Some(left) = store.quota().left() {
    ///     println!("{} calls until {:?} from now", left.calls, left.renewed_in);
    /// }
    /// # }
    /// ```
    pub fn quota(&self) -> &crate::quota::Quota {
        &self.0.quota
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.0.base)
            .finish_non_exhaustive()
    }
}
