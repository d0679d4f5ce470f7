//! The shopper's side of a store: an address that opens its checkout and, with the feature `mcp`, the
//! tools that a storefront offers to agents. Nothing here has a store's access token.

mod checkout;
#[cfg(feature = "mcp")]
pub mod mcp;

pub use checkout::{CheckoutUrl, CheckoutUrlError};
