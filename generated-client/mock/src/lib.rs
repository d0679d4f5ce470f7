//! A BigCommerce store on your own machine.

#![forbid(unsafe_code)]

mod calls;
pub mod catalogue;
mod engine;
mod exchange;
mod forms;
mod refusal;
mod show;
mod state;
mod values;

pub use engine::{Caller, Engine, EngineError, EngineOptions, Fired, Outcome, Route};
pub use exchange::{Answer, Asked};
pub use refusal::Refusal;
