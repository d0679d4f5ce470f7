//! Which addresses something secret may be sent to: those with TLS, and this machine.

use url::{Host, Url};

/// An address, and whether it is this machine without TLS.
///
/// # Errors
///
/// What is wrong with it, as the end of a sentence that begins with its name.
pub(crate) fn trusted(url: &str) -> Result<(Url, bool), String> {
    let url = Url::parse(url).map_err(|error| format!("cannot be read: {error}"))?;
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err("has no host".to_owned()),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not hold a user or a password".to_owned());
    }
    match url.scheme() {
        "https" => Ok((url, false)),
        "http" if local => Ok((url, true)),
        "http" => Err("must begin with https: what is secret is not sent without TLS".to_owned()),
        _ => Err("must begin with https".to_owned()),
    }
}
