//! A BigCommerce store on your own machine.

#![forbid(unsafe_code)]

pub mod app;
pub mod events;
mod exchange;
mod loopback;
mod refusal;
pub mod replay;
mod signing;
mod urlencoded;

pub use exchange::{Answer, Asked};
pub use refusal::Refusal;
