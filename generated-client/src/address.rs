//! Which addresses something secret may be sent to: those with TLS, and this machine.

use url::{Host, Url};

/// An address, and whether it is this machine without TLS.
///
/// # Errors
///
/// What is wrong with it, as the end of a sentence that begins with its name.
pub(crate) fn trusted(url: &str) -> Result<(Url, bool), &'static str> {
    let url = Url::parse(url).map_err(|_| "cannot be read")?;
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err("has no host"),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not hold a user or a password");
    }
    match url.scheme() {
        "https" => Ok((url, false)),
        "http" if local => Ok((url, true)),
        _ => Err("must begin with https"),
    }
}
