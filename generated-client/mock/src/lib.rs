//! A BigCommerce store on your own machine.

#![forbid(unsafe_code)]

pub mod app;
pub mod events;
mod exchange;
mod loopback;
mod refusal;
mod signing;

pub use exchange::{Answer, Asked};
pub use refusal::Refusal;
