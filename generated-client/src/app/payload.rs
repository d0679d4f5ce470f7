//! The payload of load, uninstall and remove-user callbacks, and why one may be rejected.

use std::fmt;

use jiff::Timestamp;

use super::grant::AppUser;

/// Who opened, uninstalled or lost access to the app, and in which store. It is signed by
/// BigCommerce.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedPayload {
    /// The hash of the store in which it happened.
    pub store_hash: String,
    /// Who acts; for remove-user, who was removed.
    pub user: AppUser,
    /// The owner of the store.
    pub owner: Option<AppUser>,
    /// The requested path inside the app, such as `/`.
    pub url: Option<String>,
    /// The channel it was opened for.
    pub channel_id: Option<i64>,
    /// The unique id of this token. A load may come again within its 24 hours.
    pub jti: Option<String>,
    /// When it was made.
    pub issued_at: Option<Timestamp>,
    /// When it expires; `None` for the old form, which does not say.
    pub expires_at: Option<Timestamp>,
}

impl SignedPayload {
    /// The payload of the store owner opening the app, to be signed with
    /// [`App::sign_jwt`](super::App::sign_jwt) in a test.
    ///
    /// ```
    /// use bigcommerce_client::app::{AppUser, SignedPayload};
    ///
    /// let mut payload = SignedPayload::new("abc123", AppUser::new(7, "ada@example.com"));
    /// assert_eq!(payload.url.as_deref(), Some("/"));
    /// payload.channel_id = Some(1); // As when the app is opened for one storefront.
    /// ```
    pub fn new(store_hash: impl Into<String>, owner: AppUser) -> Self {
        Self {
            store_hash: store_hash.into(),
            user: owner.clone(),
            owner: Some(owner),
            url: Some("/".to_owned()),
            channel_id: None,
            jti: None,
            issued_at: None,
            expires_at: None,
        }
    }

    /// Whether the user is the owner of the store.
    ///
    /// ```
    /// use bigcommerce_client::app::{AppUser, SignedPayload};
    ///
    /// let mut payload = SignedPayload::new("abc123", AppUser::new(7, "owner@example.com"));
    /// assert!(payload.is_owner());
    /// payload.user = AppUser::new(9, "staff@example.com");
    /// assert!(!payload.is_owner(), "somebody whom the owner let in");
    /// ```
    pub fn is_owner(&self) -> bool {
        let owner = self.owner.as_ref().and_then(|owner| owner.id);
        owner.is_some() && owner == self.user.id
    }
}

/// Why a signed payload is rejected.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PayloadError {
    /// The callback has none, or more than one.
    Missing,
    /// It is malformed, or larger than any that BigCommerce sends.
    Malformed,
    /// It is not signed with HS256. Nothing else is accepted, `none` least of all.
    Algorithm,
    /// The signature is not that of this app's secret.
    WrongSignature,
    /// It was not issued by BigCommerce.
    Issuer,
    /// It is for another app.
    Audience,
    /// It names no store.
    Subject,
    /// It names no user.
    User,
    /// It has expired, or does not say when it does. The old form expires a day after it was made.
    Expired,
    /// It is not valid yet, or was made in the future.
    NotYet,
}

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the signed payload is rejected: ")?;
        f.write_str(match self {
            Self::Missing => "the callback has none, or more than one",
            Self::Malformed => "it is malformed",
            Self::Algorithm => "it is not signed with HS256",
            Self::WrongSignature => "its signature does not match this app's client secret",
            Self::Issuer => "BigCommerce did not issue it",
            Self::Audience => "it is for another app",
            Self::Subject => "it names no store",
            Self::User => "it names no user",
            Self::Expired => "it has expired",
            Self::NotYet => "it is not valid yet; is this machine's clock slow?",
        })
    }
}

impl std::error::Error for PayloadError {}
