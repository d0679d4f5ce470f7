//! Single-click apps: how one is installed in a store and gets its token, and how it knows who opens
//! it. What is done with the token is the [`Client`](crate::Client)'s part.
//!
//! # Installing
//!
//! When a merchant agrees, BigCommerce sends the browser to the app's auth callback.
//! [`App::install`] does all that has to be done there, before you respond to the browser.
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
//! The steps can be had one by one: [`Callback::parse`], [`App::exchange`], [`Grant::compare`]. A
//! failed exchange is never retried, because a code works once.
//!
//! # Being opened, uninstalled, left
//!
//! The load, uninstall and remove-user callbacks carry a payload that BigCommerce has signed.
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
//! A site that knows a shopper logs them in to the storefront by a link: [`LoginSigner`] signs it, with the
//! client secret and the scope `store_v2_customers_login`. See [`LoginToken`].
//!
//! # Testing
//!
//! [`AppBuilder::login_url`] takes the address of a server on your machine instead of BigCommerce's,
//! [`App::sign_jwt`] makes the payloads of callbacks, and [`MemoryTokens`] keeps tokens.
//!
//! # What to know
//!
//! - No `state` is documented for the auth callback, so it cannot guard against forged requests. What
//!   a callback claims counts only once its code was exchanged.
//! - When the app's scopes change, each merchant has to agree again; the old token dies and the auth
//!   callback comes once more for the same store. [`TokenStore::put`] therefore replaces. Until then
//!   calls return 401: wait for the merchant instead of trying again.
//! - A token that is granted without scopes is an error here, [`ExchangeError::NoScope`]: it would get
//!   403 everywhere.
//! - Uninstalling deletes the hooks that the app made.
//!
//! The example `app` of this crate is all of it as a small server.

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
