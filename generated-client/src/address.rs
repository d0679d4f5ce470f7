//! Which addresses may receive a secret: those with TLS, and this machine.

use url::{Host, ParseError, Url};

/// Why an address without TLS is rejected.
pub(crate) const PLAIN: &str = "secrets are not sent without TLS";

/// Parses an address, and returns whether it is this machine without TLS.
///
/// # Errors
///
/// Returns what is wrong with it, as the end of a sentence that begins with its name.
pub(crate) fn trusted(url: &str) -> Result<(Url, bool), String> {
    let url = Url::parse(url).map_err(|error| match error {
        ParseError::RelativeUrlWithoutBase => {
            "is not a valid URL: it must begin with https://".to_owned()
        }
        error => format!("is not a valid URL: {error}"),
    })?;
    if url.host().is_none() {
        return Err("has no host".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not contain a user name or a password".to_owned());
    }
    match url.scheme() {
        "https" => Ok((url, false)),
        "http" if is_local(&url) => Ok((url, true)),
        "http" => Err(format!("must begin with https: {PLAIN}")),
        _ => Err("must begin with https".to_owned()),
    }
}

/// Whether an address is on this machine.
pub(crate) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
