//! The signed callbacks: who opened the app, uninstalled it, or lost access to it.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use jiff::Timestamp;

use super::login::App;
use super::{Person, jwt};
use crate::loopback::Address;
use crate::urlencoded::{extend, write};

const PATIENCE: Duration = Duration::from_secs(10);

/// Which callback of an app is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Callback {
    /// A user opens the app in a browser.
    Load,
    /// The app was uninstalled.
    Uninstall,
    /// A user lost access to the app.
    RemoveUser,
}

impl App {
    /// The URL of a signed callback: load, uninstall, or remove user. `user` is the acting or the removed
    /// user.
    ///
    /// # Errors
    ///
    /// Returns an error if the app is unknown, has no such callback, or has no secret to sign with.
    pub fn callback_url(
        &self,
        client_id: &str,
        callback: Callback,
        user: &Person,
    ) -> Result<String, CallbackError> {
        let app = self.registration(client_id).ok_or(CallbackError::NoApp)?;
        let url = match callback {
            Callback::Load => &app.load_url,
            Callback::Uninstall => &app.uninstall_url,
            Callback::RemoveUser => &app.remove_user_url,
        };
        let url = url.as_deref().ok_or(CallbackError::NoAddress)?;
        let now = Timestamp::now();
        let jwt = jwt::payload(&app, &self.store, user, &self.owner, now);
        let jwt = jwt.ok_or(CallbackError::NoSecret)?;
        Ok(extend(url, &write([("signed_payload_jwt", jwt.as_str())])))
    }

    /// Calls the app on this machine as the store's server does, and returns the status of its response.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`callback_url`](Self::callback_url), and an error if the URL is not on this
    /// machine or does not respond.
    pub async fn call(
        &self,
        client_id: &str,
        callback: Callback,
        user: &Person,
    ) -> Result<StatusCode, CallbackError> {
        let url = self.callback_url(client_id, callback, user)?;
        let address = Address::parse(&url);
        let address = address.map_err(|why| CallbackError::NotSent(why.to_string()))?;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static("bigcommerce-mock"));
        let sent = address.send(Method::GET, headers, Bytes::new(), PATIENCE);
        let sent = sent.await;
        sent.map(|answer| answer.status)
            .map_err(|why| CallbackError::NotSent(why.to_string()))
    }

    /// Uninstalls an app: its tokens are revoked, its hooks deleted, and its uninstall callback is called. It
    /// stays registered, so it can be installed again.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`call`](Self::call). The app is uninstalled anyway, if it is known.
    pub async fn uninstall(&self, client_id: &str) -> Result<StatusCode, CallbackError> {
        if self.registration(client_id).is_none() {
            return Err(CallbackError::NoApp);
        }
        self.state().codes.forget(client_id);
        self.tokens.revoke(client_id);
        self.tokens.uninstalled(client_id);
        self.call(client_id, Callback::Uninstall, &self.owner).await
    }
}

/// Why a callback failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// No app is registered under this id.
    NoApp,
    /// The app is registered without this callback.
    NoAddress,
    /// The app has no secret to sign with.
    NoSecret,
    /// It could not be sent or got no response.
    NotSent(String),
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoApp => f.write_str("no app is registered under this client id"),
            Self::NoAddress => f.write_str("the app is registered without this callback"),
            Self::NoSecret => f.write_str("the app has no secret to sign with"),
            Self::NotSent(why) => write!(f, "the callback failed: {why}"),
        }
    }
}

impl std::error::Error for CallbackError {}

#[cfg(test)]
mod tests {
    use super::super::testing::{code, login};
    use super::*;

    #[test]
    fn an_app_is_called_only_at_addresses_it_has() {
        let (login, _) = login();
        let owner = login.owner().clone();
        let url = |id| login.callback_url(id, Callback::Load, &owner);
        assert_eq!(url("other"), Err(CallbackError::NoApp));
        assert_eq!(url("id"), Err(CallbackError::NoAddress));
    }

    #[tokio::test]
    async fn an_uninstalled_app_has_no_token_also_when_it_cannot_be_told() {
        let (login, kept) = login();
        let code = code(&login);
        assert!(login.state().codes.find(&code).is_some());
        assert_eq!(login.uninstall("id").await, Err(CallbackError::NoAddress));
        assert!(login.state().codes.find(&code).is_none());
        assert_eq!(*kept.uninstalled.lock().unwrap(), ["id"]);
        assert_eq!(login.uninstall("other").await, Err(CallbackError::NoApp));
    }
}
