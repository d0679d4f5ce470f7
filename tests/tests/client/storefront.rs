//! The shopper's side of a store: addresses that open a checkout, and the tools of an MCP server,
//! which here is a real one on this machine.

mod checkout;
mod mcp;
