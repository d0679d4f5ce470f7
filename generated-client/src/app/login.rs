//! Logging a shopper in with a link: the token of BigCommerce's Customer Login API, a JWT signed with the
//! client secret.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::App;
use super::signer::jwt;
use crate::address::trusted;
use crate::json::{self, Encode, Writer};
use crate::signing::Key;

/// The login of one shopper in one store, from which a [`LoginSigner`] creates a link.
///
/// Whoever has the link is logged in as that customer: authenticate the shopper before you create
/// one.
///
/// ```
/// use std::net::Ipv4Addr;
/// use bigcommerce_client::app::LoginToken;
///
/// // Customer 118, on the storefront of channel 2, from the browser that sent the request.
/// let login = LoginToken::new("abc123", 118)
///     .channel_id(2)
///     .request_ip(Ipv4Addr::new(203, 0, 113, 7).into())
///     .redirect_to("/account.php?action=order_status");
/// # drop(login);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a login does nothing until it is signed"]
pub struct LoginToken {
    store_hash: String,
    customer_id: i64,
    channel_id: Option<i64>,
    redirect_to: Option<String>,
    request_ip: Option<IpAddr>,
    persistent_cart: Option<bool>,
    id: Option<String>,
}

impl LoginToken {
    /// The login of a customer, by the customer id of the API.
    pub fn new(store_hash: impl Into<String>, customer_id: i64) -> Self {
        Self {
            store_hash: store_hash.into(),
            customer_id,
            channel_id: None,
            redirect_to: None,
            request_ip: None,
            persistent_cart: None,
            id: None,
        }
    }

    /// The channel of the storefront where the shopper is logged in; 1 by default. Required for embedded
    /// and headless checkouts.
    pub const fn channel_id(mut self, channel_id: i64) -> Self {
        self.channel_id = Some(channel_id);
        self
    }

    /// Where the shopper is sent afterwards, below the storefront: `/account.php` by default. To log the
    /// shopper out, it is `/login.php?action=logout`; for an embedded checkout, the URL from the cart's
    /// redirect URLs.
    ///
    /// Never pass on a path from the shopper's browser without validating it.
    pub fn redirect_to(mut self, path: impl Into<String>) -> Self {
        self.redirect_to = Some(path.into());
        self
    }

    /// The IP address of the shopper's browser. BigCommerce rejects the token from any other.
    pub const fn request_ip(mut self, address: IpAddr) -> Self {
        self.request_ip = Some(address);
        self
    }

    /// Whether the shopper's previous cart is restored, if the store has persistent carts. By default it
    /// is not.
    pub const fn persistent_cart(mut self, kept: bool) -> Self {
        self.persistent_cart = Some(kept);
        self
    }

    /// The id of the token (`jti`), which must be unique per app; a random UUID by default.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

/// Creates links that log shoppers in, with the client id and secret of an app or of a store-level
/// API account. It needs the scope `store_v2_customers_login` (Customers Login: login); no request
/// is sent.
///
/// ```
/// use bigcommerce_client::app::{LoginSigner, LoginToken};
///
/// let signer = LoginSigner::new("client id", "client secret")?;
/// let login = LoginToken::new("abc123", 118).channel_id(2).redirect_to("/cart.php");
///
/// // Redirect the browser there immediately: it works once, within 30 seconds.
/// let link = signer.link("https://shop.example.com", &login)?;
/// assert!(link.as_str().starts_with("https://shop.example.com/login/token/"));
/// # Ok::<(), bigcommerce_client::app::LoginError>(())
/// ```
#[derive(Clone)]
pub struct LoginSigner {
    client_id: String,
    key: Key,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl LoginSigner {
    /// A signer for the API account with this id and secret.
    ///
    /// ```
    /// use bigcommerce_client::app::LoginSigner;
    ///
    /// let error = LoginSigner::new("client id", "").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "no shopper can be logged in: the client secret is empty"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the id or the secret is empty.
    pub fn new(
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> Result<Self, LoginError> {
        let client_id = client_id.into();
        if client_id.is_empty() {
            return Err(LoginError::new("the client id is empty"));
        }
        let secret = client_secret.into();
        let key = Key::new(secret.expose_secret().as_bytes())
            .ok_or_else(|| LoginError::new("the client secret is empty"))?;
        Ok(Self {
            client_id,
            key,
            clock: Arc::new(Timestamp::now),
        })
    }

    /// Uses the time `now` instead of the system clock, which may be off by more than the 30 seconds
    /// that a token is valid. `GET /v2/time` returns BigCommerce's time.
    pub fn clock(mut self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(now);
        self
    }

    /// The token alone, for embedded checkouts.
    pub fn sign(&self, login: &LoginToken) -> String {
        let claims = json::to_vec(&Claims {
            signer: self,
            login,
        });
        jwt(&self.key, &claims)
    }

    /// The link that logs the shopper in to the storefront at this URL. It works once, within 30
    /// seconds: create it on demand, redirect the browser to it, and do not log it.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL is neither `https` nor on this machine.
    pub fn link(&self, storefront: &str, login: &LoginToken) -> Result<Url, LoginError> {
        let storefront = trusted(storefront);
        let (mut link, _) =
            storefront.map_err(|why| LoginError::new(&format!("the storefront {why}")))?;
        link.set_query(None);
        link.set_fragment(None);
        // An https URL can always have a path.
        if let Ok(mut parts) = link.path_segments_mut() {
            let token = self.sign(login);
            parts
                .pop_if_empty()
                .extend(["login", "token", token.as_str()]);
        }
        Ok(link)
    }
}

impl App {
    /// A signer for login links, with this app's id and secret.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::app::{App, LoginToken};
    ///
    /// let app = App::new("client id", "client secret", "https://app.example.com/auth")?;
    /// let login = LoginToken::new("abc123", 118);
    /// let link = app.login_signer().link("https://shop.example.com", &login)?;
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn login_signer(&self) -> LoginSigner {
        let settings = self.settings();
        LoginSigner {
            client_id: settings.client_id.clone(),
            key: settings.key.clone(),
            clock: Arc::clone(&settings.clock),
        }
    }
}

struct Claims<'a> {
    signer: &'a LoginSigner,
    login: &'a LoginToken,
}

impl Encode for Claims<'_> {
    fn encode(&self, w: &mut Writer) {
        let Self { signer, login } = self;
        let id = login.id.clone().unwrap_or_else(random_id);
        let mut o = w.record();
        o.value("iss", &signer.client_id);
        o.value("iat", &(signer.clock)().as_second());
        o.value("jti", &id);
        o.value("operation", "customer_login");
        o.value("store_hash", &login.store_hash);
        o.value("customer_id", &login.customer_id);
        o.field("channel_id", &login.channel_id);
        o.field("redirect_to", &login.redirect_to);
        if let Some(address) = login.request_ip {
            // A dual-stack socket reports an IPv4 address in IPv6 form.
            o.value("request_ip", &address.to_canonical().to_string());
        }
        o.field("enable_persistent_cart", &login.persistent_cart);
        o.end();
    }
}

/// A random UUID, version 4. It must be unique; only the signature has to be unguessable.
fn random_id() -> String {
    let bits = fastrand::u128(..);
    let bits = bits & !((0xf << 76) | (0x3 << 62));
    let bits = bits | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    let mut id = String::with_capacity(36);
    for (at, digit) in hex.char_indices() {
        if matches!(at, 8 | 12 | 16 | 20) {
            id.push('-');
        }
        id.push(digit);
    }
    id
}

impl fmt::Debug for LoginSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginSigner")
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// Why a link cannot be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginError(Box<str>);

impl LoginError {
    fn new(why: &str) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for LoginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no shopper can be logged in: {}", self.0)
    }
}

impl std::error::Error for LoginError {}
