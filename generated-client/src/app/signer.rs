//! Signing JWTs, and with them payloads as BigCommerce does, for tests of an app's load and uninstall handlers.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use super::App;
use super::payload::SignedPayload;
use super::settings::Settings;
use crate::json::{self, Encode, Writer};
use crate::signing::Key;

/// The lifetime of a BigCommerce payload.
pub(super) const LIFE: Duration = Duration::from_secs(24 * 60 * 60);
/// BigCommerce backdates the start of a payload slightly.
const EARLY: Duration = Duration::from_secs(5);

impl App {
    /// Creates a `signed_payload_jwt` that [`verify_jwt`](Self::verify_jwt) accepts, so that a
    /// handler can be tested without BigCommerce. Times that are not set default to now and a day
    /// from now.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::app::{App, AppUser, SignedPayload};
    ///
    /// let app = App::new("client id", "client secret", "https://app.example.com/auth")?;
    /// let jwt = app.sign_jwt(&SignedPayload::new("abc123", AppUser::new(7, "me@example.com")));
    ///
    /// let opened = app.load(&format!("signed_payload_jwt={jwt}"))?;
    /// assert_eq!(opened.store_hash, "abc123");
    /// assert!(opened.is_owner());
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sign_jwt(&self, payload: &SignedPayload) -> String {
        let settings = self.settings();
        let issued_at = payload.issued_at.unwrap_or_else(|| (settings.clock)());
        let claims = json::to_vec(&Claims {
            settings,
            payload,
            issued_at,
        });
        jwt(&settings.key, &claims)
    }
}

/// Signs claims as a JWT, with HS256.
pub(super) fn jwt(key: &Key, claims: &[u8]) -> String {
    let head = URL_SAFE_NO_PAD.encode(br#"{"typ":"JWT","alg":"HS256"}"#);
    let claims = URL_SAFE_NO_PAD.encode(claims);
    let signed = [head.as_bytes(), b".", claims.as_bytes()];
    let signature = URL_SAFE_NO_PAD.encode(key.sign(&signed).bytes());
    format!("{head}.{claims}.{signature}")
}

struct Claims<'a> {
    settings: &'a Settings,
    payload: &'a SignedPayload,
    issued_at: Timestamp,
}

impl Encode for Claims<'_> {
    fn encode(&self, w: &mut Writer) {
        let Self {
            settings,
            payload,
            issued_at,
        } = self;
        let begins = issued_at.saturating_sub(EARLY).unwrap_or(*issued_at);
        let ends = issued_at.saturating_add(LIFE).unwrap_or(*issued_at);
        let mut o = w.record();
        o.value("aud", &settings.client_id);
        o.value("iss", super::jwt::ISSUER);
        o.value("iat", &issued_at.as_second());
        o.value("nbf", &begins.as_second());
        o.value("exp", &payload.expires_at.unwrap_or(ends).as_second());
        o.field("jti", &payload.jti);
        o.value("sub", &format!("stores/{}", payload.store_hash));
        o.value("user", &payload.user);
        o.field("owner", &payload.owner);
        o.field("url", &payload.url);
        o.field("channel_id", &payload.channel_id);
        o.end();
    }
}
