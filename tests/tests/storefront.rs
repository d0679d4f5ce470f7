//! The shopper's side of a store: addresses that open a checkout, and the tools of an MCP server,
//! which here is a real one on this machine.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

#[path = "storefront/checkout.rs"]
mod checkout;
#[path = "storefront/mcp.rs"]
mod mcp;
