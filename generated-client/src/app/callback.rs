//! The query of the auth callback, to which the browser is redirected after a merchant has agreed to
//! install an app. It is not signed, so only the exchange of its code proves anything.

use std::fmt;

use secrecy::SecretString;
use url::form_urlencoded;

use crate::scopes::ScopeSet;

/// The parameters of the auth callback.
///
/// ```
/// use bigcommerce_client::app::Callback;
///
/// let callback = Callback::parse(
///     "code=qr6h3thvbvag2ffq&scope=store_v2_orders+store_v2_products&context=stores%2Fabc123",
/// )?;
/// assert_eq!(callback.store_hash(), "abc123");
/// assert!(!format!("{callback:?}").contains("qr6h3thvbvag2ffq"));
/// # Ok::<(), bigcommerce_client::app::CallbackError>(())
/// ```
#[derive(Clone)]
pub struct Callback {
    code: SecretString,
    store_hash: String,
    /// Kept as received, because the exchange must send exactly this back.
    scope: String,
    scopes: ScopeSet,
    account_uuid: Option<String>,
    external: bool,
}

impl Callback {
    /// Reads the query, or a whole URL with one.
    ///
    /// ```
    /// use bigcommerce_client::app::{Callback, CallbackError};
    ///
    /// let address = "https://app.example.com/auth?error=access_denied";
    /// assert!(matches!(Callback::parse(address), Err(CallbackError::Denied { .. })));
    ///
    /// let query = "code=qr6h3thvbvag2ffq&scope=store_v2_orders";
    /// assert_eq!(Callback::parse(query).unwrap_err(), CallbackError::Missing("context"));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if `code`, `scope` or `context` is missing, empty or repeated, if `context`
    /// does not name a store, or if the merchant did not agree.
    pub fn parse(query: &str) -> Result<Self, CallbackError> {
        let query = query_of(query);
        if let Some(error) = value(query, "error")? {
            return Err(CallbackError::Denied {
                error,
                description: value(query, "error_description")?,
            });
        }
        let code = required(query, "code")?;
        let scope = required(query, "scope")?;
        let context = required(query, "context")?;
        let store_hash = store_of(&context).ok_or(CallbackError::Context)?;
        Ok(Self {
            code: code.into(),
            store_hash: store_hash.to_owned(),
            scopes: ScopeSet::named(&scope),
            scope,
            account_uuid: value(query, "account_uuid")?,
            external: value(query, "external_install")?
                .is_some_and(|said| !["", "0", "false"].contains(&said.as_str())),
        })
    }

    /// The code to exchange. It can be used once.
    pub fn code(&self) -> &SecretString {
        &self.code
    }

    /// The hash of the store whose merchant agreed.
    pub fn store_hash(&self) -> &str {
        &self.store_hash
    }

    /// The scopes the merchant agreed to.
    pub fn scopes(&self) -> &ScopeSet {
        &self.scopes
    }

    /// The developer's account, if the callback includes it.
    pub fn account_uuid(&self) -> Option<&str> {
        self.account_uuid.as_deref()
    }

    /// Whether the merchant came from outside the control panel, and should be sent on to
    /// [`App::installed_url`](super::App::installed_url): whether there is an `external_install` that is
    /// not empty, `0` or `false`.
    pub fn is_external(&self) -> bool {
        self.external
    }

    pub(super) fn scope(&self) -> &str {
        &self.scope
    }

    pub(super) fn context(&self) -> String {
        format!("stores/{}", self.store_hash)
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback")
            .field("store_hash", &self.store_hash)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// The store of a context, `stores/{hash}`. An unfilled template is not a store.
pub(super) fn store_of(context: &str) -> Option<&str> {
    store(context.strip_prefix("stores/")?)
}

/// A store hash, if it has the form of one.
pub(super) fn store(hash: &str) -> Option<&str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (!hash.is_empty() && hash.bytes().all(plain)).then_some(hash)
}

/// The query of a URL, or the string itself if it is already a query.
pub(super) fn query_of(address: &str) -> &str {
    let query = match address.split_once('?') {
        Some((before, query)) if !is_query(before) => query,
        _ => address,
    };
    query.split_once('#').map_or(query, |(query, _)| query)
}

/// Whether a string begins like a query (which may contain question marks too): with a parameter name, not
/// with a scheme or a path.
fn is_query(before: &str) -> bool {
    let name = before.split_once('=').map(|(name, _)| name);
    name.is_some_and(|name| !name.contains(['/', ':']))
}

/// The value of a parameter that may appear only once: if there are two, another reader may use the
/// other one.
pub(super) fn value(query: &str, name: &'static str) -> Result<Option<String>, CallbackError> {
    let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
    let value = values.next();
    match values.next() {
        Some(_) => Err(CallbackError::Repeated(name)),
        None => Ok(value.map(|(_, value)| value.into_owned())),
    }
}

pub(super) fn required(query: &str, name: &'static str) -> Result<String, CallbackError> {
    let value = value(query, name)?.filter(|value| !value.is_empty());
    value.ok_or(CallbackError::Missing(name))
}

/// Why a callback cannot be used.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallbackError {
    /// The parameter is missing or empty.
    Missing(&'static str),
    /// The parameter is repeated.
    Repeated(&'static str),
    /// `context` is not `stores/` and a store hash.
    Context,
    /// The merchant or BigCommerce declined the installation.
    Denied {
        /// The OAuth error code, such as `access_denied`.
        error: String,
        /// The error description.
        description: Option<String>,
    },
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the callback cannot be used: ")?;
        match self {
            Self::Missing(name) => write!(f, "`{name}` is missing"),
            Self::Repeated(name) => write!(f, "`{name}` is repeated"),
            Self::Context => f.write_str("`context` is not `stores/` and a store hash"),
            Self::Denied { error, .. } => write!(f, "it reports {error:?}"),
        }
    }
}

impl std::error::Error for CallbackError {}

#[cfg(test)]
mod tests {
    use super::query_of;

    #[test]
    fn the_query_is_found_in_an_address_and_may_hold_question_marks() {
        for (address, query) in [
            ("code=a&scope=b", "code=a&scope=b"),
            ("code=a&back=/x?y=1", "code=a&back=/x?y=1"),
            (
                "code=a&back=https://example.com/x?y=1#z",
                "code=a&back=https://example.com/x?y=1",
            ),
            ("?code=a", "code=a"),
            ("/auth?code=a?b", "code=a?b"),
            ("/auth;x=1?code=a", "code=a"),
            ("auth?code=a", "code=a"),
            ("https://example.com/x=1/auth?code=a#b", "code=a"),
            ("https://example.com/auth", "https://example.com/auth"),
        ] {
            assert_eq!(query_of(address), query, "{address}");
        }
    }
}
