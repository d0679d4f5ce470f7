//! Single-click apps: the page on which a merchant agrees, the exchange of the code for a token, and
//! the signed callbacks. Installing, opening and uninstalling an app can be tested end to end.
//!
//! [`App`] serves the requests of an app and its merchant's browser below `/oauth2/` and `/app/`.
//! Granted tokens are passed to a [`Tokens`], so that they work at the store.
//!
//! ```
//! use std::sync::Arc;
//! use bigcommerce_mock::app::{App, Callback, Issued, Person, Registration, Tokens};
//! use bytes::Bytes;
//!
//! struct Registry;
//!
//! impl Tokens for Registry {
//!     fn register(&self, issued: Issued) {
//!         println!("{} may {:?}", issued.client_id, issued.scopes);
//!     }
//!     fn revoke(&self, _: &str) {}
//!     fn uninstalled(&self, _: &str) {}
//! }
//!
//! let login = App::new("abc123", Person::new(1, "owner@example.com"), Arc::new(Registry));
//! login.register(
//!     Registration::new("my app", "secret", "http://127.0.0.1:3000/auth")
//!         .scopes(["store_v2_orders"])
//!         .load_url("http://127.0.0.1:3000/load"),
//! );
//!
//! // The merchant agrees, and the browser is redirected to the app with a code.
//! let request = http::Request::get("/oauth2/authorize?client_id=my+app&accept=1");
//! let response = login.respond(&request.body(Bytes::new())?);
//! let location = response.headers()["location"].to_str()?;
//! assert!(location.starts_with("http://127.0.0.1:3000/auth?code="));
//!
//! // Later the merchant opens the app.
//! let owner = login.owner().clone();
//! let url = login.callback_url("my app", Callback::Load, &owner)?;
//! assert!(url.starts_with("http://127.0.0.1:3000/load?signed_payload_jwt="));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod authorize;
mod callback;
mod codes;
mod exchange;
mod jwt;
mod login;
mod page;
mod registration;
#[cfg(test)]
mod testing;

pub use callback::{Callback, CallbackError};
pub use login::{App, Issued, Tokens};
pub use registration::{Person, Registration};
