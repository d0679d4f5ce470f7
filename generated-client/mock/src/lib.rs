//! A BigCommerce store on your own machine.

#![forbid(unsafe_code)]

mod catalogue;
mod engine;
mod exchange;
mod refusal;

pub use exchange::{Answer, Asked};
pub use refusal::Refusal;
