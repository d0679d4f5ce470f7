//! A BigCommerce store on your own machine, for trying and testing integrations in any language.
//!
//! It responds as the live API does, because it works from the same catalogue that the client
//! and its documentation are made from. Start it from a terminal with the program `bigcommerce-mock`,
//! or in a test:
//!
//! ```
//! # #[tokio::main]
//! # async fn main() -> Result<(), bigcommerce_mock::StartError> {
//! use bigcommerce_mock::{Plan, Store};
//!
//! let store = Store::builder().products(50).plan(Plan::Enterprise).start().await?;
//! // Any client that can be given another base URL will do.
//! println!("{}/stores/{}/v3/catalog/products", store.url(), store.hash());
//! println!("{}", store.token());
//! # Ok(())
//! # }
//! ```
//!
//! - Each [`Store`] is its own: records, tokens, quota, faults and log. It ends when it is dropped.
//! - It [refuses](Store::token_with) what the live API refuses: a wrong token, a missing scope, a spent
//!   [quota](Plan), too many calls at once.
//! - It [fails on purpose](Faults), by [script](Script) or by chance, and with the same seed in the
//!   same way again.
//! - It [remembers](Store::log) who asked for what, what was decided and why; never a token or a body.
//! - At the root of its URL a page for people shows all of this.
//!
//! It listens on loopback only. A call that it does not model returns 501, and the response
//! says so.

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod answers;
pub mod app;
mod calls;
pub mod catalogue;
mod control;
mod engine;
pub mod events;
mod exchange;
mod faults;
mod gate;
mod http;
mod key;
mod log;
mod loopback;
mod refusal;
pub mod replay;
mod rules;
mod seams;
mod secret;
mod setting;
mod shop;
mod show;
mod signing;
mod state;
mod store;
mod urlencoded;
mod values;
mod wanted;

pub use engine::{Engine, EngineError, EngineOptions, Outcome, Route};
// The package's own page is compiled with the examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

pub use exchange::{Answer, Asked};
pub use faults::{Body, Fault, Faults, Moment, Script, ScriptError};
pub use gate::Plan;
pub use log::Logged;
pub use refusal::Refusal;
pub use rules::{Covered, Served, coverage, coverage_of};
pub use setting::Caller;
pub use store::{StartError, Store, StoreBuilder};
