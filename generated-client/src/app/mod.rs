//! Single-click apps: how one is installed in a store and gets its token, and how it verifies who
//! opens it. To use the token, see [`Client`](crate::Client).
//!
//! # Installing
//!
//! When a merchant agrees, BigCommerce sends the browser to the app's auth callback.
//! [`App::install`] does everything the callback requires, before you respond to the browser.
//!
//! ```no_run
//! # #[cfg(all(feature = "orders", feature = "reqwest"))]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use bigcommerce_client::{Scope, app::{App, MemoryTokens}};
//!
//! let app = App::builder("client id", "client secret", "https://app.example.com/auth")
//!     .scopes([Scope::OrdersModify])
//!     .build()?;
//! let tokens = MemoryTokens::default(); // Use a database: see `TokenStore`.
//!
//! // GET /auth?code=...&scope=...&context=stores%2Fabc123
//! # let query = "";
//! let grant = app.install(query, &tokens).await?;
//! let store = grant.client_builder().build()?;
//! let orders = store.orders().list().await?;
//! # Ok(())
//! # }
//! ```
//!
//! The steps are also available separately: [`Callback::parse`], [`App::exchange`],
//! [`Grant::compare`]. A failed exchange is never retried, because a code can be used only once.
//!
//! # One client for each store
//!
//! A client learns what is left of its store's quota, and has connections to reuse. Keep one for each store
//! instead of building it for each request, and let all of them share one
//! [`HttpTransport`](crate::transport::HttpTransport), so that connections and certificates are set up once:
//!
//! ```
//! # #[cfg(feature = "reqwest")] {
//! use std::collections::HashMap;
//! use bigcommerce_client::{Client, Error, app::Grant, transport::HttpTransport};
//!
//! /// Behind a lock, in the state of your server.
//! struct Stores { transport: HttpTransport, clients: HashMap<String, Client> }
//!
//! impl Stores {
//!     fn client(&mut self, grant: &Grant) -> Result<Client, Error> {
//!         if let Some(client) = self.clients.get(&grant.store_hash) {
//!             return Ok(client.clone());
//!         }
//!         let client = grant.client_builder().transport(self.transport.clone()).build()?;
//!         self.clients.insert(grant.store_hash.clone(), client.clone());
//!         Ok(client)
//!     }
//!
//!     /// After a store is installed again, which replaces its token, and after it is uninstalled.
//!     fn forget(&mut self, store_hash: &str) {
//!         self.clients.remove(store_hash);
//!     }
//! }
//! # let mut stores = Stores { transport: HttpTransport::new()?, clients: HashMap::new() };
//! # let grant = Grant::new("abc123", "the-token", "store_v2_orders".into());
//! # assert_eq!(stores.client(&grant)?.store_hash(), "abc123");
//! # stores.forget("abc123");
//! # assert!(stores.clients.is_empty());
//! # }
//! # Ok::<(), bigcommerce_client::Error>(())
//! ```
//!
//! # Load, uninstall and remove-user callbacks
//!
//! These callbacks carry a payload that is signed by BigCommerce.
//!
//! ```
//! use bigcommerce_client::app::{App, MemoryTokens, PayloadError, TokenStore};
//!
//! # async fn example(app: App, tokens: MemoryTokens) -> Result<(), Box<dyn std::error::Error>> {
//! # let query = "";
//! // GET /load?signed_payload_jwt=...
//! let opened = app.load(query)?;
//! match tokens.get(&opened.store_hash).await? {
//!     Some(grant) => println!("{:?} opened {}", opened.user.email, grant.store_hash),
//!     None => println!("{} never installed this app", opened.store_hash),
//! }
//!
//! // GET /uninstall?signed_payload_jwt=...
//! app.uninstall(query, &tokens).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Logging shoppers in
//!
//! A site with its own login can log shoppers in to the storefront with a link: [`LoginSigner`] signs it,
//! with the client secret and the scope `store_v2_customers_login`. See [`LoginToken`].
//!
//! # Testing
//!
//! [`AppBuilder::login_url`] takes the URL of a server on your machine instead of BigCommerce's,
//! [`App::sign_jwt`] creates the payloads of callbacks, and [`MemoryTokens`] stores tokens.
//!
//! # Notes
//!
//! - No `state` is documented for the auth callback, so it cannot guard against forged requests.
//!   Trust the contents of a callback only after its code was exchanged.
//! - When the app's scopes change, each merchant has to agree again; the old token is revoked and the
//!   auth callback is called again for the same store. [`TokenStore::put`] therefore replaces the
//!   grant. Until then calls return 401: wait for the merchant instead of retrying.
//! - A token without scopes is an error, [`ExchangeError::NoScope`], since every call would return
//!   403.
//! - Uninstalling deletes the hooks that the app created.
//!
//! The example `app` of this crate is a complete small server.

mod callback;
mod error;
mod exchange;
mod grant;
mod jwt;
mod legacy;
mod login;
mod payload;
mod settings;
mod signer;
mod store;

pub use callback::{Callback, CallbackError};
pub use error::{ExchangeError, InstallError, Refusal};
pub use grant::{AppUser, Grant};
pub use login::{LoginError, LoginSigner, LoginToken};
pub use payload::{PayloadError, SignedPayload};
pub use settings::{App, AppBuilder, BuildError};
pub use store::{MemoryTokens, TokenStore, UninstallError};
