//! The default transport, and its replacement if the crate is built without it.

#[cfg(feature = "reqwest")]
mod failure;
#[cfg(feature = "reqwest")]
mod http_transport;
#[cfg(feature = "reqwest")]
mod streaming;

#[cfg(feature = "reqwest")]
pub use http_transport::HttpTransport;

use crate::error::Error;
use crate::transport::Transport;

/// The default transport, for BigCommerce or for a server on this machine.
///
/// # Errors
///
/// Returns an error if it cannot be set up, or if this crate was built without it.
#[cfg(feature = "reqwest")]
pub(crate) fn usual(local: bool) -> Result<Transport, Error> {
    let http = if local {
        HttpTransport::loopback()?
    } else {
        HttpTransport::new()?
    };
    Ok(Transport::new(http))
}

#[cfg(not(feature = "reqwest"))]
pub(crate) fn usual(_: bool) -> Result<Transport, Error> {
    Err(Error::build(
        "there is no transport: provide one, or enable the feature `reqwest`",
    ))
}
