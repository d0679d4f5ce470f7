//! The shopper's side of a store: URLs that open a checkout, and the tools of an MCP server, here a
//! real one on this machine.

mod checkout;
mod mcp;
