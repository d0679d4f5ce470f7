//! Cargo features: building only what you need, scripts without `async`, and `serde`. The front page
//! has [the table of them](crate#features).
//!
//! # Build only what you need
//!
//! Each area of the API, such as `orders` or `customers`, is a feature that contains all its groups of
//! calls. To use one area with the default transport:
//!
//! ```toml
//! [dependencies]
//! bigcommerce-client = { version = "0.1", default-features = false, features = ["orders", "reqwest"] }
//! ```
//!
//! Without `reqwest` there is no HTTP stack and no TLS in the build; bring a service with
//! [`ClientBuilder::transport`](crate::ClientBuilder::transport). A program that only receives webhooks
//! needs `webhook` alone.
//!
//! `mock` belongs under `dev-dependencies`: it adds a server and the whole API catalogue; see
//! [testing](super::testing). Set `default-features = false` there as well, since a test build has the features of
//! both.
//!
//! # Without `async`
//!
//! With `blocking` every request has an additional method, and streams and files become iterators. The types
//! are the same.
//!
//! ```no_run
//! # #[cfg(all(feature = "blocking", feature = "brands", feature = "reqwest"))]
//! fn main() -> Result<(), bigcommerce_client::Error> {
//!     let store = bigcommerce_client::Client::new("abc123", "the-token")?;
//!     let brand = store.brands().get(7).blocking()?;
//!     for brand in store.brands().list().stream().blocking() {
//!         println!("{}", brand?.id);
//!     }
//!     Ok(())
//! }
//! # #[cfg(not(all(feature = "blocking", feature = "brands", feature = "reqwest")))]
//! # fn main() {}
//! ```
//!
//! Inside an async runtime it returns an error instead of causing a deadlock.
//!
//! # With `serde`
//!
//! With `serde` the models and values of this crate can be fields of your own types, in any self-describing
//! format. They use the crate's own codec, so unknown fields survive there as well; only the spelling of a
//! number may change. A record with a string that was cut off in the middle of a character, which no Rust
//! string can represent, is an error there; [`json::to_string`](crate::json::to_string) writes it.
//!
//! ```
//! # #[cfg(all(feature = "serde", feature = "brands"))] {
//! use bigcommerce_client::brands::Brand;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize, Serialize)]
//! struct Cached {
//!     fetched: u64,
//!     brand: Brand,
//! }
//! # }
//! ```
//!
//! CSV has no types, and the crate `csv` guesses them: it would pass a price on as a float. Read such a field as a
//! string, and parse it:
//!
//! ```
//! # #[cfg(feature = "serde")] {
//! use bigcommerce_client::Number;
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct Row {
//!     sku: String,
//!     price: String,
//! }
//!
//! let mut rows = csv::Reader::from_reader("sku,price\nMUG-1,24.90\n".as_bytes());
//! for row in rows.deserialize() {
//!     let row: Row = row?;
//!     let price: Number = row.price.parse()?;
//!     assert_eq!((row.sku.as_str(), price.to_string().as_str()), ("MUG-1", "24.90"));
//! }
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The reverse works as well: your own type that derives `Deserialize` can be used in place of a model, in
//! a [`json`](crate::json#types-of-your-own)`::Json`.
//!
//! Without the feature, [`json`](crate::json) reads and writes the same types.
