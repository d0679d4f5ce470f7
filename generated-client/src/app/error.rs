//! Why an installation failed, with messages that say what to do. None of them contains a secret,
//! even if the response repeats it.

use std::fmt;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::{CallbackError, Grant};
use crate::scopes::ScopeSet;
use crate::secrets::Secrets;
use crate::transport::BoxError;

/// Why a code was not exchanged for a token.
#[non_exhaustive]
#[derive(Debug)]
pub enum ExchangeError {
    /// The request was not sent or not processed; the code is still valid for a while.
    NotSent(BoxError),
    /// The request was sent but no response came; the code may have been used.
    NoResponse(BoxError),
    /// BigCommerce rejected the request.
    Refused(Refusal),
    /// The response is not from the token endpoint, such as an HTML page.
    Unreadable(Refusal),
    /// The response is for a different store than the callback.
    OtherStore {
        /// What was sent as `context`.
        sent: String,
        /// What was returned.
        returned: Option<String>,
    },
    /// The token has no scopes, so every call would return 403. BigCommerce issues such tokens if
    /// the `context` that was sent differs from that of the callback.
    NoScope,
}

impl ExchangeError {
    /// Whether the code was used before or has expired: the merchant has to start over.
    ///
    /// ```
    /// # bigcommerce_client::example!(["mock", "reqwest"]
    /// # use bigcommerce_client::app::{App, Callback};
    /// # use bigcommerce_client::mock::{Store, app::Registration};
    /// # let server = Store::start().await?;
    /// # let redirect = "https://app.example.com/auth";
    /// # let known = Registration::new("client id", "client secret", redirect).scopes(["store_v2_orders"]);
    /// # server.apps().register(known);
    /// # let app = App::builder("client id", "client secret", redirect).login_url(server.url()).build()?;
    /// # let query = format!("code=old&scope=store_v2_orders&context=stores%2F{}", server.hash());
    /// # let callback = Callback::parse(&query)?;
    /// // The browser reloads the callback with a code that was already exchanged.
    /// let error = app.exchange(&callback).await.unwrap_err();
    /// assert!(error.is_code_spent());
    /// println!("begin again at {}", app.install_url());
    /// # );
    /// ```
    pub fn is_code_spent(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.error.as_deref() == Some("invalid_grant"))
    }

    /// What BigCommerce returned instead of a token, if anything.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) | Self::Unreadable(refusal) => Some(refusal),
            _ => None,
        }
    }
}

/// What BigCommerce returned instead of a token.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// The OAuth error code, such as `invalid_grant`.
    pub error: Option<String>,
    /// The error description.
    pub description: Option<String>,
    /// The start of the body, as text; empty if the body may contain a token, as that of every
    /// success does.
    pub body: String,
}

impl Refusal {
    pub(super) fn new(
        response: &Response<Bytes>,
        error: Option<String>,
        description: Option<String>,
        secrets: &Secrets,
    ) -> Self {
        let hide = |text: &str| secrets.text(text).into_owned();
        let status = response.status();
        let body = String::from_utf8_lossy(response.body());
        let body = if status.is_success() || body.contains("access_token") {
            // An unparseable body may still contain a valid token, and its position is unknown.
            String::new()
        } else {
            hide(&body).chars().take(4096).collect()
        };
        Self {
            status,
            error: error.as_deref().map(hide),
            description: description.as_deref().map(hide),
            body,
        }
    }

    fn advice(&self) -> &'static str {
        let says = |word: &str| {
            let texts = [&self.error, &self.description];
            texts.into_iter().flatten().any(|text| text.contains(word))
        };
        if says("redirect_uri") {
            "; the redirect URI must be the registered auth callback, character for character"
        } else if says("invalid_grant") {
            "; a code can be used once and soon expires, so the merchant has to start over"
        } else if says("invalid_client") {
            "; check the client id and the client secret"
        } else {
            ""
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status.as_u16())?;
        if let Some(error) = &self.error {
            write!(f, " {error:?}")?;
        }
        if let Some(description) = &self.description {
            write!(f, " ({description:?})")?;
        }
        f.write_str(self.advice())
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Refusal({self})")
    }
}

impl fmt::Display for ExchangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the code was not exchanged: ")?;
        match self {
            Self::NotSent(source) => write!(f, "it was not sent or not processed: {source}"),
            Self::NoResponse(source) => {
                write!(
                    f,
                    "no response came, and the code may have been used: {source}"
                )
            }
            Self::Refused(refusal) => write!(f, "it was rejected with {refusal}"),
            Self::Unreadable(refusal) => write!(
                f,
                "the response, with status {}, has no token, and the code may have been used; \
                 check the login URL",
                refusal.status.as_u16()
            ),
            Self::OtherStore { sent, returned } => write!(
                f,
                "it was sent for {sent:?} but the response is for {:?}",
                returned.as_deref().unwrap_or("no store")
            ),
            Self::NoScope => f.write_str(
                "the token has no scopes; this happens when the `context` that is sent is not the \
                 callback's, or the app is registered without scopes",
            ),
        }
    }
}

impl std::error::Error for ExchangeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // The message contains that of the error itself.
            Self::NotSent(error) | Self::NoResponse(error) => error.source(),
            _ => None,
        }
    }
}

/// Why an installation was not completed. `E` is the error of the [`TokenStore`](super::TokenStore).
///
/// A code can be used once. If it was used, the error has what it was exchanged for, since only the
/// merchant could grant it again: [`into_grant`](Self::into_grant).
#[non_exhaustive]
#[derive(Debug)]
pub enum InstallError<E> {
    /// The callback cannot be used.
    Callback(CallbackError),
    /// The code was not exchanged.
    Exchange(ExchangeError),
    /// The merchant granted fewer scopes than the app wants; nothing was stored.
    MissingScopes {
        /// What the token lacks.
        missing: ScopeSet,
        /// What was granted. The previous token of the store is no longer valid.
        grant: Box<Grant>,
    },
    /// The token could not be stored. The code cannot be used again.
    Store {
        /// Why.
        error: E,
        /// What was granted.
        grant: Box<Grant>,
    },
}

impl<E> InstallError<E> {
    /// The grant, if it was not stored.
    pub fn grant(&self) -> Option<&Grant> {
        match self {
            Self::MissingScopes { grant, .. } | Self::Store { grant, .. } => Some(grant),
            Self::Callback(_) | Self::Exchange(_) => None,
        }
    }

    /// The grant, if it was not stored: to try to store it again, or to continue with fewer scopes.
    ///
    /// ```
    /// use bigcommerce_client::app::{Grant, InstallError, TokenStore};
    ///
    /// /// Stores a token on the second try.
    /// async fn again<T: TokenStore>(
    ///     error: InstallError<T::Error>,
    ///     tokens: &T,
    /// ) -> Result<Grant, InstallError<T::Error>> {
    ///     let InstallError::Store { grant, .. } = error else {
    ///         return Err(error);
    ///     };
    ///     match tokens.put(&grant).await {
    ///         Ok(()) => Ok(*grant),
    ///         Err(error) => Err(InstallError::Store { error, grant }),
    ///     }
    /// }
    /// ```
    pub fn into_grant(self) -> Option<Grant> {
        match self {
            Self::MissingScopes { grant, .. } | Self::Store { grant, .. } => Some(*grant),
            Self::Callback(_) | Self::Exchange(_) => None,
        }
    }
}

impl<E: fmt::Display> fmt::Display for InstallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Callback(error) => error.fmt(f),
            Self::Exchange(error) => error.fmt(f),
            Self::MissingScopes { missing, .. } => write!(
                f,
                "the token lacks the scopes {}; compare the app's profile in the Developer Portal",
                missing.names().collect::<Vec<_>>().join(", ")
            ),
            Self::Store { error, .. } => write!(f, "the token could not be stored: {error}"),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for InstallError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // The message contains that of the error itself.
            Self::Callback(error) => error.source(),
            Self::Exchange(error) => error.source(),
            Self::MissingScopes { .. } => None,
            Self::Store { error, .. } => error.source(),
        }
    }
}
