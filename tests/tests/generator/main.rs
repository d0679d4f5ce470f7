//! The generator: what it takes and refuses, what it renders, and the commands around it.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::unwrap_in_result,
    reason = "a panic is how a test fails"
)]

mod catalogue;
mod command_line;
mod diagnostics;
mod fragments;
mod guide;
mod mutations;
mod outputs;
mod reserved;
mod specs;
