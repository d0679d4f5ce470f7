//! What a receiver of webhooks may rely on: only what was signed comes through, and nothing that
//! comes through is lost. The cases are in `tests/data/webhook`.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

#[path = "webhook/deliveries.rs"]
mod deliveries;
#[path = "webhook/seen.rs"]
mod seen;
#[path = "webhook/server.rs"]
mod server;
#[path = "webhook/signatures.rs"]
mod signatures;
#[path = "webhook/topics.rs"]
mod topics;
