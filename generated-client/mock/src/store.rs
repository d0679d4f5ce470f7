//! A store in this process: its settings, its address and its handles.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::catalogue::Catalogue;
use crate::engine::{Engine, EngineOptions};
use crate::faults::{Faults, Script};
use crate::gate::{Caps, Plan, Quota, Token, Tokens};
use crate::http::{Server, Serving};
use crate::log::{Log, Logged};
use crate::shop::{Account, Shop};

/// A BigCommerce store on this machine, which answers until it is dropped.
///
/// It listens on a free port of loopback, so as many as wanted run side by side. It runs on the tokio
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
}

/// Settings of a [`Store`] that is being made.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> Result<(), bigcommerce_mock::StartError> {
/// use std::time::Duration;
/// use bigcommerce_mock::{Plan, Store};
///
/// let store = Store::builder()
///     .seed(7)
///     .products(200)
///     .plan(Plan::Pro)
///     .latency(Duration::from_millis(5))
///     .start()
///     .await?;
/// # let _ = store;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder makes nothing until `start`"]
pub struct StoreBuilder {
    seed: u64,
    products: usize,
    port: u16,
    latency: Duration,
    plan: Plan,
    strict: bool,
    faults: Script,
}

/// Why a store did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The port could not be had.
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// A defect of this package.
    Package(String),
}

impl Default for StoreBuilder {
    fn default() -> Self {
        Self {
            seed: 1,
            products: 24,
            port: 0,
            latency: Duration::ZERO,
            plan: Plan::default(),
            strict: false,
            faults: Script::new(),
        }
    }
}

impl StoreBuilder {
    /// Decides what is made up: the store's records, its hash and its tokens. The same seed gives the
    /// same store again. The default is 1.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// How many products there are at the start. The default is 24.
    pub fn products(mut self, products: usize) -> Self {
        self.products = products;
        self
    }

    /// The port. The default is 0, which is any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// How long each answer takes at least. Calls wait side by side, so this also decides how many
    /// are under way at once.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// The plan, which decides how many requests the store takes. The default is [`Plan::Standard`],
    /// as a new store has it; tests that make many calls want [`Plan::Enterprise`].
    pub fn plan(mut self, plan: Plan) -> Self {
        self.plan = plan;
        self
    }

    /// Whether to leave out the oddities of the live API. By default it has them all, because programs
    /// have to cope with them.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// What goes wrong on purpose. More can be added later; see [`Store::faults`].
    pub fn faults(mut self, script: Script) -> Self {
        self.faults = script;
        self
    }

    /// Starts the store.
    ///
    /// # Errors
    ///
    /// Fails when the port is taken.
    pub async fn start(self) -> Result<Store, StartError> {
        let port = self.port;
        let server = Server::bind(port)
            .await
            .map_err(|source| StartError::Port { port, source })?;
        let catalogue =
            Catalogue::shared().map_err(|error| StartError::Package(error.to_string()))?;
        let mut chance = fastrand::Rng::with_seed(self.seed);
        let mut word =
            |length: usize| -> String { (0..length).map(|_| chance.alphanumeric()).collect() };
        let hash = word(10).to_ascii_lowercase();
        let account = Account {
            client_id: word(31).to_ascii_lowercase(),
            client_secret: word(64).to_ascii_lowercase(),
            token: word(31).to_ascii_lowercase(),
            read_only_token: word(31).to_ascii_lowercase(),
        };
        let options = EngineOptions {
            seed: self.seed,
            products: self.products,
            strict: self.strict,
            hash: hash.clone(),
            url: server.url(),
        };
        let engine =
            Engine::new(options).map_err(|error| StartError::Package(error.to_string()))?;
        let tokens = Tokens::default();
        let scopes = |writes: bool| -> BTreeSet<String> {
            let picked = catalogue
                .scopes
                .iter()
                .filter(|scope| scope.writes == writes);
            picked.map(|scope| scope.wire.clone()).collect()
        };
        for (secret, name, writes) in [
            (&account.token, "all scopes", true),
            (&account.read_only_token, "read-only", false),
        ] {
            let token = Token {
                client_id: account.client_id.clone(),
                name: name.to_owned(),
                scopes: scopes(writes),
            };
            tokens.add(secret.clone(), token);
        }
        let shop = Arc::new(Shop {
            hash,
            url: server.url(),
            seed: self.seed,
            strict: self.strict,
            plan: self.plan,
            latency: self.latency,
            engine: Arc::new(engine),
            tokens: Arc::new(tokens),
            account,
            quota: Quota::new(self.plan.quota(catalogue)),
            caps: Caps::of(&catalogue.endpoints),
            faults: Faults::new(self.faults),
            log: Log::default(),
            listener: None,
            pages: None,
        });
        let serving = server.serve(Arc::clone(&shop));
        Ok(Store { shop, serving })
    }
}

impl Store {
    /// Starts a store with the usual settings.
    ///
    /// # Errors
    ///
    /// Fails when no port is free.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// The settings of a store.
    pub fn builder() -> StoreBuilder {
        StoreBuilder::default()
    }

    /// Where it is, without a path: `http://127.0.0.1:8080`. This is what a client takes as its base
    /// URL; calls go to `/stores/{hash}/v3/...` and `/stores/{hash}/v2/...` below it, and the control
    /// page is at its root.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.shop.url
    }

    /// The store hash.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.shop.hash
    }

    /// A token that may do everything.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.shop.account.token
    }

    /// A token that may read everything and write nothing.
    #[must_use]
    pub fn read_only_token(&self) -> &str {
        &self.shop.account.read_only_token
    }

    /// A new token with these scopes and no others.
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
        let secret: String = (0..31).map(|_| fastrand::alphanumeric()).collect();
        let secret = secret.to_ascii_lowercase();
        let scopes: BTreeSet<String> = scopes.into_iter().map(Into::into).collect();
        let mut name = scopes
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ");
        if name.is_empty() {
            "no scope".clone_into(&mut name);
        }
        let client_id = self.shop.account.client_id.clone();
        self.shop.tokens.add(
            secret.clone(),
            Token {
                client_id,
                name,
                scopes,
            },
        );
        secret
    }

    /// Takes a token back: from now on it is answered with 401. Says whether there was one.
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

    /// What goes wrong on purpose.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.shop.faults
    }

    /// Stops the store once the answers that are under way have been sent. Dropping it stops it at
    /// once.
    pub async fn stop(self) {
        self.serving.stop().await;
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

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port { port: 0, source } => {
                write!(f, "no port of this machine could be had: {source}")
            }
            Self::Port { port, source } if source.kind() == io::ErrorKind::AddrInUse => {
                write!(
                    f,
                    "port {port} is taken; stop what uses it, or choose another one, 0 for any that is free"
                )
            }
            Self::Port { port, source } => write!(f, "port {port} could not be had: {source}"),
            Self::Package(says) => f.write_str(says),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Port { source, .. } => Some(source),
            Self::Package(_) => None,
        }
    }
}
