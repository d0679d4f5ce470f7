//! A BigCommerce store on your own machine, for trying and testing integrations in any language.
//!
//! It behaves like the live API, because it is driven by the same catalogue as the client and its
//! documentation. Start it from a terminal with the program `bigcommerce-mock`, or in a test:
//!
//! ```
//! # #[tokio::main]
//! # async fn main() -> Result<(), bigcommerce_mock::StartError> {
//! use bigcommerce_mock::{Plan, Store};
//!
//! let store = Store::builder().products(50).plan(Plan::Enterprise).start().await?;
//! // Any client whose base URL can be changed works.
//! println!("{}/stores/{}/v3/catalog/products", store.url(), store.hash());
//! println!("{}", store.token());
//! # Ok(())
//! # }
//! ```
//!
//! - Each [`Store`] is independent, with its own records, tokens, quota, faults and log. It stops when
//!   it is dropped.
//! - It [rejects](Store::token_with) what the live API rejects: an invalid token, a missing scope, an
//!   exhausted [quota](Plan), too many concurrent calls.
//! - It [injects faults](Faults), from a [script](Script) or at random, reproducibly with the same
//!   seed.
//! - It [logs](Store::log) each request with the decision and its reason, but never a token or a body.
//! - A page at its root URL shows all of this.
//!
//! It listens on loopback only. A call that it does not model returns 501 with a message that says so.

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

pub use exchange::{Request, Response};
pub use faults::{Body, Fault, Faults, Moment, Script, ScriptError};
pub use gate::Plan;
pub use log::Logged;
pub use refusal::Refusal;
pub use rules::{Covered, Served, coverage, coverage_of};
pub use setting::Caller;
pub use store::{StartError, Store, StoreBuilder};
