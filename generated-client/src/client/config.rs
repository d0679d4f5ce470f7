//! What a client knows, checked once when it is built.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::host::usual;
use super::pasted::{before_store, unquoted};
use crate::address::trusted;
use crate::audit::Keeper;
use crate::clock::Clock;
use crate::error::Error;
use crate::observe::Observer;
use crate::quota::Quota;
use crate::retry::{Budget, RetryPolicy};
use crate::scopes::ScopeSet;
use crate::secrets::Secrets;
use crate::transport::{Limits, Transport};

/// The settings of a client.
pub(crate) struct Config {
    pub(crate) store_hash: String,
    /// The base URL without a trailing slash; the path of an endpoint follows.
    pub(crate) base: String,
    pub(crate) user_agent: HeaderValue,
    pub(crate) limits: Limits,
    pub(crate) transport: Transport,
    /// The scopes of the token, if known.
    pub(crate) granted: Option<ScopeSet>,
    /// The sinks that record each call.
    pub(crate) audit: Vec<Keeper>,
    pub(crate) quota: Quota,
    /// How long a call may wait for its turn.
    pub(crate) max_wait: Duration,
    /// Whether a value of the wrong type is an error.
    pub(crate) strict: bool,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) observers: Vec<Arc<dyn Observer>>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(super) token: SecretString,
    /// What must be redacted in every string from a response.
    pub(crate) secrets: Secrets,
}

impl Config {
    /// Checks the settings.
    pub(super) fn checked(self) -> Result<Self, Error> {
        if self.token.expose_secret().is_empty() {
            return Err(Error::build("the token is empty"));
        }
        if !self.quota.belongs_to(&self.store_hash) {
            return Err(Error::build("the quota belongs to another store"));
        }
        match self.token() {
            Some(_) => Ok(self),
            None => Err(Error::build(
                "the token contains characters that are not allowed in a header",
            )),
        }
    }

    /// Whether a call is retried if its server requests a wait this long. A wait beyond the limit for holding
    /// up calls is left to the caller, who finds it in the error; no retry comes sooner than requested. A 429
    /// of the API is different: it holds up all calls of the store together, so one of them probes at the
    /// limit. The pause between two connections of a stream is different too, since no server depends on it.
    pub(crate) fn comes_back_after(&self, asked: Duration) -> bool {
        asked <= self.quota.longest_hold()
    }

    /// The token itself.
    pub(crate) fn token_text(&self) -> &str {
        self.token.expose_secret()
    }

    /// The token as a header whose value is never shown.
    pub(crate) fn token(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(self.token.expose_secret()).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// The URL of a store at a host, and whether that host is this machine without TLS.
pub(super) fn base(url: Option<&str>, store_hash: &str) -> Result<(String, bool), Error> {
    let wrong = |why: String| Error::build(format!("the base URL {why}"));
    let (mut url, local) = trusted(unquoted(url.unwrap_or(usual()))).map_err(wrong)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("must not contain a query or a fragment".to_owned()));
    }
    let path = before_store(url.path(), store_hash)
        .map_err(wrong)?
        .to_owned();
    url.set_path(&path);
    let host = url.as_str().trim_end_matches('/');
    Ok((format!("{host}/stores/{store_hash}"), local))
}
