//! What people paste as a store hash, a token or a URL: unambiguous input is accepted, and the rest is
//! rejected with advice.

use secrecy::{ExposeSecret, SecretString};

use super::host::usual;
use crate::error::Error;

/// The domain under which every store's control panel has its own host.
const STORE_HOST: &str = ".mybigcommerce.com";

/// Store hashes have about ten characters, access tokens about thirty.
const LONGEST_HASH: usize = 24;

/// The store hash in the given string: the hash itself, or the URL of the store or its API.
///
/// # Errors
///
/// Returns an error if it contains no store hash.
pub(super) fn store_hash(given: &str) -> Result<String, Error> {
    let text = unquoted(given);
    let hash = match text.split_once("stores/") {
        Some((before, after)) if before.is_empty() || before.ends_with('/') => {
            let host = without_scheme(before).trim_matches('/');
            let usual = without_scheme(usual());
            if !host.is_empty() && host != usual {
                return Err(Error::build(format!(
                    "the store hash has a host other than `{usual}`: pass the hash alone, and \
                     the host with `base_url`"
                )));
            }
            let (hash, rest) = after.split_once('/').unwrap_or((after, ""));
            let version = rest.split('/').next().unwrap_or_default();
            if !["", "v2", "v3"].contains(&version) {
                return Err(no_hash());
            }
            hash
        }
        _ => match without_scheme(text)
            .trim_end_matches('/')
            .strip_suffix(STORE_HOST)
        {
            // Storefronts other than the first append their channel.
            Some(name) => match name.strip_prefix("store-") {
                Some(hash) => hash.split('-').next().unwrap_or(hash),
                None => return Err(no_hash()),
            },
            None => text.strip_prefix("store-").unwrap_or(text),
        },
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if hash.is_empty() || !hash.bytes().all(plain) {
        return Err(no_hash());
    }
    if hash.len() > LONGEST_HASH {
        return Err(Error::build(
            "the store hash is as long as an access token: pass the hash first and the token \
             second",
        ));
    }
    Ok(hash.to_owned())
}

fn no_hash() -> Error {
    Error::build(format!(
        "the store hash must consist of letters and digits, as `abc123` in `{}/stores/abc123/v3`",
        usual()
    ))
}

/// The token without the prefix it was copied with.
///
/// # Errors
///
/// Returns an error if there is whitespace or a quote inside it.
pub(super) fn token(given: SecretString) -> Result<SecretString, Error> {
    let mut text = unquoted(given.expose_secret());
    for before in ["X-Auth-Token:", "Bearer"] {
        if let Some((start, rest)) = text.split_at_checked(before.len())
            && start.eq_ignore_ascii_case(before)
            && (before.ends_with(':') || rest.trim_start().len() < rest.len() || rest.is_empty())
        {
            text = unquoted(rest);
        }
    }
    if text.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`')) {
        return Err(Error::build(
            "the token contains whitespace or quotes: pass the access token alone, as shown for \
             its account",
        ));
    }
    if text.len() == given.expose_secret().len() {
        return Ok(given);
    }
    Ok(SecretString::from(text.to_owned()))
}

/// The path of a URL before the part that the client adds, beginning with `/stores`.
///
/// # Errors
///
/// Returns what is wrong with it, as the end of a sentence that begins with its name.
pub(super) fn before_store<'a>(path: &'a str, store_hash: &str) -> Result<&'a str, String> {
    let path = path.trim_end_matches('/');
    if let Some((before, "v2" | "v3")) = path.rsplit_once('/')
        && !before.contains("/stores/")
    {
        return Err("must end before the version, which is added to each call".to_owned());
    }
    let (before, rest) = match path.rsplit_once("/stores/") {
        Some(parts) => parts,
        None => return Ok(path.strip_suffix("/stores").unwrap_or(path)),
    };
    match rest.split_once('/').unwrap_or((rest, "")) {
        (hash, "" | "v2" | "v3") if hash == store_hash => Ok(before),
        (_, "" | "v2" | "v3") => Err(format!(
            "names a store other than `{store_hash}`: pass the URL up to `/stores`"
        )),
        _ => Err("must end before `/stores`, since the path is added to each call".to_owned()),
    }
}

/// A string without surrounding whitespace and quotes.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inner = ['"', '\'', '`']
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote));
    inner.map_or(text, str::trim)
}

fn without_scheme(text: &str) -> &str {
    text.split_once("://").map_or(text, |(_, rest)| rest)
}
