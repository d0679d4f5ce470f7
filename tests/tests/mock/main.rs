//! The mock store, and the client at work in it.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::unwrap_in_result,
    reason = "a panic is how a test fails"
)]

mod conformance;
mod end_to_end;
mod events;
mod parallel;
mod replay;
mod stories;
