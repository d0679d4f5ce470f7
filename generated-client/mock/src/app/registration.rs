//! What the Developer Portal knows about an app, and the users of a store.

use std::fmt;

/// A registered app.
#[derive(Clone)]
#[non_exhaustive]
pub struct Registration {
    /// The id.
    pub client_id: String,
    /// The secret: codes are exchanged with it, and callbacks and deliveries are signed with it.
    pub client_secret: String,
    /// The name that merchants see.
    pub name: String,
    /// The auth callback, exactly as registered.
    pub redirect_uri: String,
    /// The load callback.
    pub load_url: Option<String>,
    /// The uninstall callback.
    pub uninstall_url: Option<String>,
    /// The remove-user callback.
    pub remove_user_url: Option<String>,
    /// The scopes it requests from merchants.
    pub scopes: Vec<String>,
}

impl Registration {
    /// An app with only an auth callback and no scopes.
    #[must_use]
    pub fn new(
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        redirect_uri: impl Into<String>,
    ) -> Self {
        let client_id = client_id.into();
        Self {
            name: client_id.clone(),
            client_id,
            client_secret: client_secret.into(),
            redirect_uri: redirect_uri.into(),
            load_url: None,
            uninstall_url: None,
            remove_user_url: None,
            scopes: Vec::new(),
        }
    }

    /// Sets the name that merchants see, in place of the id.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets the scopes.
    ///
    /// ```
    /// use bigcommerce_mock::app::Registration;
    ///
    /// let app = Registration::new("id", "secret", "http://127.0.0.1:3000/auth")
    ///     .scopes(["store_v2_orders", "store_v2_products_read_only"])
    ///     .load_url("http://127.0.0.1:3000/load")
    ///     .uninstall_url("http://127.0.0.1:3000/uninstall")
    ///     .remove_user_url("http://127.0.0.1:3000/remove-user");
    /// assert_eq!(app.scopes.len(), 2);
    /// assert!(!format!("{app:?}").contains("secret\""));
    /// ```
    #[must_use]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item: Into<String>>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the URL at which a browser opens the app.
    #[must_use]
    pub fn load_url(mut self, url: impl Into<String>) -> Self {
        self.load_url = Some(url.into());
        self
    }

    /// Sets the URL that is called when the app was uninstalled.
    #[must_use]
    pub fn uninstall_url(mut self, url: impl Into<String>) -> Self {
        self.uninstall_url = Some(url.into());
        self
    }

    /// Sets the URL that is called when a user lost access to the app.
    #[must_use]
    pub fn remove_user_url(mut self, url: impl Into<String>) -> Self {
        self.remove_user_url = Some(url.into());
        self
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("client_id", &self.client_id)
            .field("name", &self.name)
            .field("redirect_uri", &self.redirect_uri)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// A user of the store's control panel.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Person {
    /// The number.
    pub id: i64,
    /// The login name.
    pub username: String,
    /// The e-mail address.
    pub email: String,
    /// The language.
    pub locale: String,
}

impl Person {
    /// A user with this e-mail address as the login name and American English as the language.
    #[must_use]
    pub fn new(id: i64, email: impl Into<String>) -> Self {
        let email = email.into();
        Self {
            id,
            username: email.clone(),
            email,
            locale: "en-US".to_owned(),
        }
    }
}
