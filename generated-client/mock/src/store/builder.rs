//! The settings of a store, and how it is built from them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::wiring::{Deliveries, Wiring};
use super::{StartError, Store};
use crate::app::{App, Person};
use crate::catalogue::Catalogue;
use crate::engine::{Engine, EngineOptions};
use crate::events::{Dispatcher, Identity, Schedule};
use crate::faults::{Faults, Script};
use crate::gate::{Caps, Plan, Quota, Token, Tokens};
use crate::http::Server;
use crate::log::Log;
use crate::seams::Pages;
use crate::secret;
use crate::shop::{Account, Shop};

/// Builds a [`Store`] with custom settings.
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
#[must_use = "a builder does nothing until `start` is called"]
pub struct StoreBuilder {
    seed: Option<u64>,
    products: usize,
    port: u16,
    latency: Duration,
    plan: Plan,
    strict: bool,
    schedule: Schedule,
    faults: Script,
    catalogue: Option<&'static Catalogue>,
    pub(crate) patience: Duration,
}

impl Default for StoreBuilder {
    fn default() -> Self {
        Self {
            seed: None,
            products: 24,
            port: 0,
            latency: Duration::ZERO,
            plan: Plan::default(),
            strict: false,
            schedule: Schedule::default(),
            faults: Script::new(),
            catalogue: None,
            patience: Duration::from_secs(30),
        }
    }
}

impl StoreBuilder {
    /// The seed of everything random: the store's records, hash, tokens and client secret. The same seed
    /// results in the same store, so anyone who knows the seed knows the tokens. Without it the records
    /// are those of the seed 1, and the hash and the tokens are random.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// How many products the store starts with. The default is 24.
    pub fn products(mut self, products: usize) -> Self {
        self.products = products;
        self
    }

    /// The port. The default is 0, for any free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The minimum time of each response. Calls wait concurrently, so this also affects how many are
    /// in progress.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// The plan, which determines the quota. The default is [`Plan::Standard`]; use
    /// [`Plan::Enterprise`] for tests with many calls.
    pub fn plan(mut self, plan: Plan) -> Self {
        self.plan = plan;
        self
    }

    /// Whether to omit the quirks of the live API. By default they are all included, because programs
    /// have to handle them.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// The speed of the webhook clock, which determines retries and when hooks are deactivated. The
    /// default is an hour per second.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.schedule = schedule;
        self
    }

    /// Faults to inject. More can be added later; see [`Store::faults`].
    pub fn faults(mut self, script: Script) -> Self {
        self.faults = script;
        self
    }

    /// The API that the store serves, instead of the one included in this crate.
    pub fn catalogue(mut self, catalogue: &'static Catalogue) -> Self {
        self.catalogue = Some(catalogue);
        self
    }

    /// Starts the store.
    ///
    /// # Errors
    ///
    /// Returns an error if the port is taken.
    pub async fn start(self) -> Result<Store, StartError> {
        let server = self.bind().await?;
        let beginning = Beginning::made_up(&self, server.url())?;
        self.open(server, beginning)
    }

    /// Starts a store with a copy of another one's records and settings.
    pub(super) async fn start_copy(mut self, of: &Shop) -> Result<Store, StartError> {
        self.port = 0;
        let server = self.bind().await?;
        let beginning = Beginning {
            hash: of.hash.clone(),
            account: of.account.clone(),
            engine: of.engine.copy(server.url()),
            tokens: of.tokens.copy(),
        };
        self.open(server, beginning)
    }

    async fn bind(&self) -> Result<Server, StartError> {
        let port = self.port;
        let server = Server::bind(port).await;
        server.map_err(|source| StartError::Port { port, source })
    }

    /// Builds the parts and serves them.
    fn open(self, server: Server, beginning: Beginning) -> Result<Store, StartError> {
        let Beginning {
            hash,
            account,
            engine,
            tokens,
        } = beginning;
        let catalogue = engine.catalogue();
        let (engine, tokens) = (Arc::new(engine), Arc::new(tokens));
        let keys = (account.client_id.as_str(), account.client_secret.as_str());
        let wiring = Wiring::new((&engine, &tokens), keys);
        let owner = Person::new(1, "owner@example.com");
        let apps = App::new(&hash, owner, Arc::clone(&wiring) as _).strict(self.strict);
        let apps = Arc::new(apps);
        wiring.knows(&apps);
        let number = fastrand::Rng::with_seed(self.seed.unwrap_or(1)).u32(1_000_000..2_000_000);
        let identity = Identity::new(&hash, number.to_string());
        let dispatcher = Dispatcher::builder(identity, Arc::clone(&wiring) as _)
            .schedule(self.schedule)
            .start()
            .map_err(|error| StartError::Package(error.to_string()))?;
        let dispatcher = Arc::new(dispatcher);
        let deliveries = Deliveries {
            wiring,
            dispatcher: Arc::clone(&dispatcher),
        };
        let shop = Arc::new(Shop {
            hash,
            url: server.url(),
            seed: self.seed,
            strict: self.strict,
            patience: self.patience,
            plan: self.plan,
            latency: self.latency,
            engine,
            tokens,
            account,
            quota: Quota::new(self.plan.quota(catalogue)),
            caps: Caps::of(&catalogue.endpoints),
            faults: Faults::new(self.faults.clone()),
            log: Log::default(),
            dispatcher,
            apps: Arc::clone(&apps),
            listener: Some(Arc::new(deliveries)),
            pages: Some(apps as Arc<dyn Pages>),
        });
        let serving = server.serve(Arc::clone(&shop));
        Ok(Store {
            shop,
            serving,
            settings: self,
        })
    }
}

/// The initial contents of a store.
struct Beginning {
    hash: String,
    account: Account,
    engine: Engine,
    tokens: Tokens,
}

impl Beginning {
    /// From the seed, or random.
    fn made_up(settings: &StoreBuilder, url: String) -> Result<Self, StartError> {
        let catalogue = settings.catalogue.map_or_else(Catalogue::shared, Ok);
        let catalogue = catalogue.map_err(StartError::Package)?;
        let seed = settings.seed.unwrap_or(1);
        let mut chance = fastrand::Rng::with_seed(seed);
        let mut drawn = |length: usize| -> String {
            let word: String = (0..length).map(|_| chance.alphanumeric()).collect();
            word.to_ascii_lowercase()
        };
        let mut word = |length| match settings.seed {
            Some(_) => drawn(length),
            None => secret::draw(length),
        };
        let hash = word(10);
        let account = Account {
            client_id: word(31),
            client_secret: word(64),
            token: word(31),
            read_only_token: word(31),
        };
        let options = EngineOptions {
            seed,
            products: settings.products,
            strict: settings.strict,
            hash: hash.clone(),
            url,
        };
        let engine = Engine::new(catalogue, options)
            .map_err(|error| StartError::Package(error.to_string()))?;
        let tokens = Tokens::default();
        let scopes = |writes: bool| -> BTreeSet<String> {
            let picked = catalogue
                .scopes
                .iter()
                // Some resources are read-only, and no write scope covers them.
                .filter(|scope| {
                    scope.writes == writes || (writes && scope.satisfied_by.is_empty())
                });
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
                installed: false,
            };
            tokens.add(secret.clone(), token);
        }
        Ok(Self {
            hash,
            account,
            engine,
            tokens,
        })
    }
}
