//! Builds a client from its settings, after checking them.

use http::HeaderValue;
use secrecy::ExposeSecret;

use super::config::{Config, base};
use super::{Arc, Client, ClientBuilder, pasted};
use crate::audit::Keeper;
use crate::error::Error;
use crate::network;
use crate::retry::Budget;
use crate::secrets::Secrets;

/// The name of this crate in the user agent.
const NAME: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

impl ClientBuilder {
    /// Builds the client. No request is sent.
    ///
    /// ```
    /// use bigcommerce_client::Client;
    ///
    /// let error = Client::builder("abc/123", "the-token").build().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the client could not be built: the store hash must consist of letters and digits, as \
    ///      `abc123` in `https://api.bigcommerce.com/stores/abc123/v3`"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if a setting cannot be sent in a request, if the base URL would send the
    /// token without TLS, if the transport cannot be set up, or if no thread can be started for an
    /// audit sink.
    pub fn build(self) -> Result<Client, Error> {
        let store_hash = pasted::store_hash(&self.store_hash)?;
        let token = pasted::token(self.token)?;
        let (base, local) = base(self.base_url.as_deref(), &store_hash)?;
        let user_agent = match &self.user_agent {
            Some(name) => format!("{name} {NAME}"),
            None => NAME.to_owned(),
        };
        let user_agent = HeaderValue::try_from(user_agent).map_err(|_| {
            Error::build("the user agent contains characters that are not allowed in a header")
        })?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => network::usual(local)?,
        };
        let keepers = self.audit.into_iter();
        let keepers = keepers.map(|(sink, required)| Keeper::start(sink, required));
        let audit = keepers.collect::<Result<_, _>>().map_err(|error| {
            Error::build("no thread could be started for an audit sink").caused_by(error.into())
        })?;
        let config = Config {
            store_hash,
            base,
            user_agent,
            limits: self.limits,
            transport,
            granted: self.granted,
            audit,
            quota: self.quota,
            max_wait: self.max_wait,
            strict: self.strict,
            retry: self.retry,
            budget: Budget::new(self.retry_budget),
            observers: self.observers,
            clock: self.clock,
            secrets: Secrets::new([token.expose_secret()]),
            token,
        };
        Ok(Client {
            config: Arc::new(config.checked()?),
            guard: Arc::new(self.guard),
        })
    }
}
