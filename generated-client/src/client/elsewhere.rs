//! The servers other than that of the store. Each has its own token: a client for one of them sends
//! only that server's token there, and never the store's.

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::config::Config;
use super::host::usual;
use super::{Client, Guard};
use crate::catalogue::Server;
use crate::quota::Quota;
use crate::secrets::Secrets;

/// The server of a client, with its token.
#[derive(Clone)]
pub(super) struct Elsewhere {
    server: &'static Server,
    token: SecretString,
    /// The quota of the server, which all handles for it share, whatever their tokens.
    quota: Quota,
    /// What must be redacted in every string from a response.
    secrets: Secrets,
}

impl Client {
    /// The same client for another server, with its token.
    #[allow(dead_code, reason = "not every set of groups is on another server")]
    pub(crate) fn at(&self, server: &'static Server, token: SecretString) -> Self {
        let token = SecretString::from(token.expose_secret().trim());
        let both = [self.config.token_text(), token.expose_secret()];
        let elsewhere = Elsewhere {
            server,
            secrets: Secrets::new(both),
            quota: self.config.quota.of_server(server.name),
            token,
        };
        let mut guard = Guard::clone(&self.guard);
        guard.elsewhere = Some(elsewhere);
        self.guarded(guard)
    }

    /// The base URL of a server; without one, that of the store.
    ///
    /// # Errors
    ///
    /// Returns the reason if the client has no token for it: the token that it has is the secret of
    /// another host.
    pub(crate) fn base_of(&self, server: Option<&'static Server>) -> Result<String, String> {
        let at = self.guard.elsewhere.as_ref().map(|it| it.server);
        match server {
            None if at.is_none() => Ok(self.config.base.clone()),
            Some(server) if at == Some(server) => Ok(address(&self.config, server)),
            _ => Err("the client has the token of a different server".to_owned()),
        }
    }

    /// The server of the client, if it is not that of the store.
    pub(crate) fn server(&self) -> Option<&'static Server> {
        Some(self.guard.elsewhere.as_ref()?.server)
    }

    /// The token of the client's server, as a header whose value is never shown.
    pub(crate) fn auth(&self) -> Result<HeaderValue, String> {
        let Some(it) = &self.guard.elsewhere else {
            let token = self.config.token();
            return token.ok_or_else(|| {
                "the token contains characters that are not allowed in a header".to_owned()
            });
        };
        let (server, token) = (it.server, it.token.expose_secret());
        let scheme = server.auth_scheme.map(|scheme| format!("{scheme} "));
        let said = format!("{}{token}", scheme.unwrap_or_default());
        let sound = !token.is_empty() && !token.contains(char::is_whitespace);
        let value = HeaderValue::try_from(said).ok().filter(|_| sound);
        let mut value = value.ok_or_else(|| {
            let name = server.name;
            format!("the token of the server `{name}` is empty or contains characters that are not allowed in a header")
        })?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// The quota that the calls of this client are counted against: that of its server.
    pub(crate) fn calls_quota(&self) -> &Quota {
        let elsewhere = self.guard.elsewhere.as_ref();
        elsewhere.map_or(&self.config.quota, |it| &it.quota)
    }

    /// What must be redacted in every string from a response.
    pub(crate) fn secrets(&self) -> &Secrets {
        let elsewhere = self.guard.elsewhere.as_ref();
        elsewhere.map_or(&self.config.secrets, |it| &it.secrets)
    }

    /// The client's tokens.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &str> {
        let elsewhere = self.guard.elsewhere.as_ref();
        let other = elsewhere.map(|it| it.token.expose_secret());
        std::iter::once(self.config.token_text()).chain(other)
    }
}

/// The URL of a server: if another host is set in place of BigCommerce's own, it is below that host, so
/// that no call leaves it.
fn address(config: &Config, server: &Server) -> String {
    let own = server.base_url.replace("{store_hash}", &config.store_hash);
    let store = format!("/stores/{}", config.store_hash);
    let host = config.base.strip_suffix(&store).unwrap_or(&config.base);
    if host == usual() {
        return own;
    }
    let after = own.split_once("://").map_or(&*own, |(_, rest)| rest);
    let path = after.find('/').and_then(|at| after.get(at..));
    format!("{host}{}", path.unwrap_or_default())
}

#[cfg(test)]
#[cfg(feature = "reqwest")]
mod tests {
    use super::*;

    static PAYMENTS: Server = Server {
        name: "payments",
        base_url: "https://payments.bigcommerce.com/stores/{store_hash}",
        auth_header: "Authorization",
        auth_scheme: Some("PAT"),
        headers: &[],
    };
    static STOREFRONT: Server = Server {
        name: "storefront",
        base_url: "https://storefront.example.com",
        ..PAYMENTS
    };

    fn client(base: Option<&str>) -> Client {
        let builder = Client::builder("abc123", "the-store-token");
        let builder = match base {
            Some(base) => builder.base_url(base),
            None => builder,
        };
        builder.build().unwrap()
    }

    #[test]
    fn a_server_is_where_it_says_or_below_the_host_that_was_given() {
        let at = |base| client(base).at(&PAYMENTS, "pat-secret".into());
        assert_eq!(
            at(None).base_of(Some(&PAYMENTS)).unwrap(),
            "https://payments.bigcommerce.com/stores/abc123"
        );
        assert_eq!(
            at(Some("http://127.0.0.1:8080"))
                .base_of(Some(&PAYMENTS))
                .unwrap(),
            "http://127.0.0.1:8080/stores/abc123"
        );
        assert_eq!(
            at(Some("https://proxy.example.com/x"))
                .base_of(Some(&PAYMENTS))
                .unwrap(),
            "https://proxy.example.com/x/stores/abc123"
        );
    }

    #[test]
    fn no_token_goes_to_the_host_of_another() {
        let store = client(None);
        let payments = store.at(&PAYMENTS, "pat-secret".into());
        assert!(store.base_of(Some(&PAYMENTS)).is_err());
        assert!(payments.base_of(None).is_err());
        assert!(payments.base_of(Some(&STOREFRONT)).is_err());
        assert_eq!(payments.auth().unwrap().to_str().unwrap(), "PAT pat-secret");
        assert_eq!(store.auth().unwrap().to_str().unwrap(), "the-store-token");
        let other = payments.at(&STOREFRONT, "another-secret".into());
        assert!(other.base_of(Some(&PAYMENTS)).is_err());
        assert!(other.tokens().all(|token| token != "pat-secret"));
    }

    #[test]
    fn the_token_of_a_server_is_shown_nowhere_and_must_be_one() {
        let store = client(None);
        let payments = store.at(&PAYMENTS, " pat-secret\n".into());
        assert!(!format!("{payments:?} {:?}", payments.auth()).contains("pat-secret"));
        for text in ["it is pat-secret", "it is the-store-token"] {
            assert_eq!(payments.secrets().text(text), "it is [hidden]");
        }
        for wrong in ["", "  ", "two words", "a\u{7f}b"] {
            let said = store.at(&PAYMENTS, wrong.into()).auth().unwrap_err();
            assert!(
                said.contains("`payments`") && !said.contains("words"),
                "{said}"
            );
        }
    }
}
