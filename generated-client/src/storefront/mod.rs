//! The shopper's side of a store: a URL that opens its checkout and, with the feature `mcp`, the
//! tools that a storefront offers to agents. Nothing here uses a store's access token.

mod checkout;
#[cfg(feature = "mcp")]
pub mod mcp;

pub use checkout::{CheckoutUrl, CheckoutUrlError};
