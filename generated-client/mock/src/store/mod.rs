//! A store in this process: its URL and its handles.

mod builder;
mod error;
mod wiring;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

pub use builder::StoreBuilder;
pub use error::StartError;

use crate::app::App;
use crate::events::Delivery;
use crate::faults::Faults;
use crate::gate::Token;
use crate::http::Serving;
use crate::log::Logged;
use crate::secret;
use crate::shop::Shop;

/// A BigCommerce store on this machine, which runs until it is dropped.
///
/// It listens on a free loopback port, so any number of stores can run in parallel. It runs on the tokio
/// runtime that starts it.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> Result<(), bigcommerce_mock::StartError> {
/// use bigcommerce_mock::Store;
///
/// let store = Store::start().await?;
/// assert!(store.url().starts_with("http://127.0.0.1:"));
/// println!("GET {}/stores/{}/v3/catalog/products", store.url(), store.hash());
/// println!("X-Auth-Token: {}", store.token());
/// # Ok(())
/// # }
/// ```
pub struct Store {
    shop: Arc<Shop>,
    serving: Serving,
    settings: StoreBuilder,
}

impl Store {
    /// Starts a store with the default settings.
    ///
    /// # Errors
    ///
    /// Returns an error if no port is free.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// The settings of a store.
    pub fn builder() -> StoreBuilder {
        StoreBuilder::default()
    }

    /// Starts another store with a copy of all records of this one, on its own port. Tests can prepare one
    /// store, and each start with a copy.
    ///
    /// The copy has the same settings, hash, tokens and client secret; from then on the two are independent.
    /// The log, deliveries, used quota and registered apps are not copied, and faults start over.
    ///
    /// ```
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), bigcommerce_mock::StartError> {
    /// let furnished = bigcommerce_mock::Store::start().await?;
    /// // Create what all tests need, with API calls.
    /// let store = furnished.copy().await?;
    /// assert_eq!(store.token(), furnished.token());
    /// assert_ne!(store.url(), furnished.url());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if no port is free.
    pub async fn copy(&self) -> Result<Self, StartError> {
        self.settings.clone().start_copy(&self.shop).await
    }

    /// Its URL without a path: `http://127.0.0.1:8080`. Use it as the base URL of a client; calls go
    /// to `/stores/{hash}/v3/...` and `/stores/{hash}/v2/...` below it, and the control page is at
    /// its root.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.shop.url
    }

    /// The store hash.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.shop.hash
    }

    /// A token with all scopes.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.shop.account.token
    }

    /// A token with all read-only scopes.
    #[must_use]
    pub fn read_only_token(&self) -> &str {
        &self.shop.account.read_only_token
    }

    /// A new token with exactly these scopes. Of the scopes that a call needs only with some values, the store
    /// checks those for which the catalogue lists values of the body; it checks no condition on records.
    ///
    /// ```
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), bigcommerce_mock::StartError> {
    /// let store = bigcommerce_mock::Store::start().await?;
    /// let orders_only = store.token_with(["store_v2_orders_read_only"]);
    /// assert_ne!(orders_only, store.token());
    /// # Ok(())
    /// # }
    /// ```
    pub fn token_with<S: Into<String>>(&self, scopes: impl IntoIterator<Item = S>) -> String {
        self.token_of(&self.shop.account.client_id, scopes)
    }

    /// A new token with exactly these scopes, for the API account with this client id. Webhooks and
    /// `app_only` metafields belong to an account, so one account does not see those of another; with the scope
    /// `store_metafield_write_all` it manages the metafields of all accounts.
    pub fn token_of<S: Into<String>>(
        &self,
        client_id: &str,
        scopes: impl IntoIterator<Item = S>,
    ) -> String {
        let secret = secret::draw(31);
        let scopes: BTreeSet<String> = scopes.into_iter().map(Into::into).collect();
        let mut name = scopes
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ");
        if name.is_empty() {
            "no scope".clone_into(&mut name);
        }
        let token = Token {
            client_id: client_id.to_owned(),
            name,
            scopes,
            installed: false,
        };
        self.shop.tokens.add(secret.clone(), token);
        secret
    }

    /// Revokes a token: from now on it gets a 401. Returns whether it existed.
    pub fn revoke(&self, token: &str) -> bool {
        self.shop.tokens.revoke(token)
    }

    /// The client id of the API account that the tokens belong to.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.shop.account.client_id
    }

    /// The client secret of that account, which signs webhooks and callbacks.
    #[must_use]
    pub fn client_secret(&self) -> &str {
        &self.shop.account.client_secret
    }

    /// The latest requests, in the order in which they ended; up to a thousand are kept.
    #[must_use]
    pub fn log(&self) -> Vec<Logged> {
        self.shop.log.latest(usize::MAX)
    }

    /// The deliveries to hooks, the oldest first; up to a thousand are kept. Hooks are created with
    /// the API's own calls, and their destinations must be on this machine.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shop.dispatcher.log()
    }

    /// Waits until all deliveries, including retries, are finished. A destination that never
    /// responds delays it for 48 seconds.
    pub async fn delivered(&self) {
        self.shop.dispatcher.settled().await;
    }

    /// The single-click apps that can be installed in this store; initially empty.
    ///
    /// ```
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), bigcommerce_mock::StartError> {
    /// use bigcommerce_mock::{Store, app::Registration};
    ///
    /// let store = Store::start().await?;
    /// let callback = "http://127.0.0.1:3000/auth";
    /// let app = Registration::new(store.client_id(), store.client_secret(), callback);
    /// store.apps().register(app.scopes(["store_v2_products"]));
    /// // A merchant's browser opens this URL to install it, and the app exchanges its code for a
    /// // token at `/oauth2/token`.
    /// println!("{}/app/{}/install", store.url(), store.client_id());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn apps(&self) -> &App {
        &self.shop.apps
    }

    /// The injected faults.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.shop.faults
    }

    /// Stops the store after current responses have been sent. Dropping it stops it immediately.
    pub async fn stop(self) {
        self.serving.stop().await;
        self.shop.dispatcher.shutdown().await;
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("url", &self.shop.url)
            .field("hash", &self.shop.hash)
            .field("plan", &self.shop.plan)
            .finish_non_exhaustive()
    }
}
