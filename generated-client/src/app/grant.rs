//! What an app receives from a store when it is installed: the token, its scopes, and who granted
//! them.

use std::fmt;

use jiff::Timestamp;
use secrecy::SecretString;

use crate::json::{Decode, DecodeError, Encode, Reader, Writer};
use crate::scopes::{ScopeCheck, ScopeSet};
use crate::{Client, ClientBuilder};

/// The token of one store.
///
/// It does not expire. It is revoked when the app is uninstalled or the merchant grants access again; then
/// calls return 401 and the next installation provides a new one.
///
/// ```
/// use bigcommerce_client::app::Grant;
///
/// // As stored during an earlier installation.
/// let grant = Grant::new("abc123", "the-token", "store_v2_orders".parse()?);
/// let store = grant.client_builder().user_agent("my-app/1.0").build()?;
/// assert_eq!(store.store_hash(), "abc123");
/// assert!(!format!("{grant:?}").contains("the-token"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Grant {
    /// The hash of the store in which the app was installed.
    pub store_hash: String,
    /// The access token, for `X-Auth-Token`.
    pub access_token: SecretString,
    /// The scopes of the token.
    pub scopes: ScopeSet,
    /// When it was granted, by this machine's clock.
    pub granted_at: Timestamp,
    /// Who installed the app.
    pub user: Option<AppUser>,
    /// The owner of the store. Not in older API descriptions.
    pub owner: Option<AppUser>,
    /// The account of the developer. Not in older API descriptions.
    pub account_uuid: Option<String>,
}

impl Grant {
    /// A grant that was stored, or created for a test. Its time is the Unix epoch; set
    /// [`granted_at`](Self::granted_at) to the stored value.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, app::Grant};
    ///
    /// // A row of the app's own table.
    /// let mut grant = Grant::new("abc123", "the-token", "store_v2_orders".parse()?);
    /// grant.granted_at = "2026-03-01T12:00:00Z".parse()?;
    /// assert!(grant.scopes.allows(Endpoint::OrdersUpdate));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        store_hash: impl Into<String>,
        access_token: impl Into<SecretString>,
        scopes: ScopeSet,
    ) -> Self {
        Self {
            store_hash: store_hash.into(),
            access_token: access_token.into(),
            scopes,
            granted_at: Timestamp::UNIX_EPOCH,
            user: None,
            owner: None,
            account_uuid: None,
        }
    }

    /// A client of the store with this token and its granted scopes: calls that need others fail before
    /// they are sent; see [`ClientBuilder::granted`].
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands", "reqwest"]
    /// use bigcommerce_client::app::Grant;
    ///
    /// let grant = Grant::new("abc123", "the-token", "store_v2_orders".parse()?);
    /// let store = grant.client_builder().build()?;
    /// let error = store.brands().delete(7).await.unwrap_err();
    /// assert!(error.is_missing_scope(), "the grant is for orders alone, so nothing was sent");
    /// # );
    /// ```
    pub fn client_builder(&self) -> ClientBuilder {
        let builder = Client::builder(self.store_hash.as_str(), self.access_token.clone());
        builder.granted(self.scopes.clone())
    }

    /// Compares the scopes with the wanted ones.
    ///
    /// ```
    /// use bigcommerce_client::{Scope, app::Grant, scopes::ScopeSet};
    ///
    /// // Stored before the app started to read customers.
    /// let grant = Grant::new("abc123", "the-token", "store_v2_orders".parse()?);
    /// let check = grant.compare(&ScopeSet::of([Scope::OrdersModify, Scope::CustomersRead]));
    /// assert_eq!(check.missing, ScopeSet::of([Scope::CustomersRead]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn compare(&self, wanted: &ScopeSet) -> ScopeCheck {
        self.scopes.compare(wanted)
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("store_hash", &self.store_hash)
            .field("scopes", &self.scopes)
            .field("granted_at", &self.granted_at)
            .finish_non_exhaustive()
    }
}

/// A person in a store's control panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppUser {
    /// The id of the user, the same in every store.
    pub id: Option<i64>,
    /// The login name. Not in signed payloads.
    pub username: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The language, such as `en-US`. Only in signed payloads.
    pub locale: Option<String>,
}

impl AppUser {
    /// A user with an id and an e-mail address.
    ///
    /// ```
    /// use bigcommerce_client::app::AppUser;
    ///
    /// let user = AppUser::new(7, "ada@example.com");
    /// assert_eq!(user.email.as_deref(), Some("ada@example.com"));
    /// assert_eq!(user.username, None, "signed payloads do not have it");
    /// ```
    pub fn new(id: i64, email: impl Into<String>) -> Self {
        Self {
            id: Some(id),
            email: Some(email.into()),
            ..Self::default()
        }
    }
}

impl Decode for AppUser {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut user = Self::default();
        r.begin()?;
        while let Some(key) = r.key()? {
            match &*key {
                "id" => user.id = r.field()?,
                "username" => user.username = r.field()?,
                "email" => user.email = r.field()?,
                "locale" => user.locale = r.field()?,
                _ => r.keep(&key)?,
            }
        }
        r.end();
        Ok(user)
    }
}

impl Encode for AppUser {
    fn encode(&self, w: &mut Writer) {
        let mut o = w.record();
        o.field("id", &self.id);
        o.field("username", &self.username);
        o.field("email", &self.email);
        o.field("locale", &self.locale);
        o.end();
    }
}
