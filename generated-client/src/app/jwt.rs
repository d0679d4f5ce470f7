//! The signed payload as a JWT. Exactly one kind is accepted: HS256 under the client secret. The
//! signature is checked before a claim is read.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::App;
use super::callback::{query_of, required, store_of};
use super::grant::AppUser;
use super::payload::{PayloadError, SignedPayload};
use crate::body::text;
use crate::json::{self, Decode, DecodeError, Encode, Reader, Shape, Writer};
use crate::value::Number;

/// How far the clocks may differ. BigCommerce also sets `nbf` up to five seconds before `iat`, and
/// counts from there.
const SKEW: Duration = Duration::from_secs(60);
pub(super) const ISSUER: &str = "bc";
/// Much larger than any real token, and still cheap to check.
const MAX: usize = 16 * 1024;

impl App {
    /// Verifies and decodes the query of a load, uninstall or remove-user callback. A full URL is accepted
    /// as well.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// # use bigcommerce_client::app::{App, AppUser, PayloadError, SignedPayload};
    /// # let app = App::new("client id", "client secret", "https://app.example.com/auth")?;
    /// # let owner = AppUser::new(7, "ada@example.com");
    /// # let jwt = app.sign_jwt(&SignedPayload::new("abc123", owner));
    /// let asked = format!("https://app.example.com/load?signed_payload_jwt={jwt}");
    /// let opened = app.load(&asked)?;
    /// assert_eq!((&*opened.store_hash, opened.user.id), ("abc123", Some(7)));
    ///
    /// assert_eq!(app.load("https://app.example.com/load"), Err(PayloadError::Missing));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if `signed_payload_jwt` is missing or is rejected by
    /// [`verify_jwt`](Self::verify_jwt).
    pub fn load(&self, query: &str) -> Result<SignedPayload, PayloadError> {
        let jwt = required(query_of(query), "signed_payload_jwt");
        self.verify_jwt(&jwt.map_err(|_| PayloadError::Missing)?)
    }

    /// Verifies and decodes a `signed_payload_jwt`. It must be signed with HS256 and the client
    /// secret, be issued by BigCommerce for this app and about a store, and be valid now, with one
    /// minute of leeway: not before its `nbf` or `iat`, and not after its `exp`. Times may have
    /// fractions, as in RFC 7519.
    ///
    /// It proves who acts in which store. Whether the app is installed there is for you to check.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// # use bigcommerce_client::app::{App, AppUser, PayloadError, SignedPayload};
    /// # let app = App::new("client id", "client secret", "https://app.example.com/auth")?;
    /// # let owner = AppUser::new(7, "ada@example.com");
    /// # let jwt = app.sign_jwt(&SignedPayload::new("abc123", owner));
    /// assert_eq!(app.verify_jwt(&jwt)?.store_hash, "abc123");
    ///
    /// let other = App::new("client id", "another secret", "https://app.example.com/auth")?;
    /// assert_eq!(other.verify_jwt(&jwt), Err(PayloadError::WrongSignature));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if one of these checks fails.
    pub fn verify_jwt(&self, jwt: &str) -> Result<SignedPayload, PayloadError> {
        let settings = self.settings();
        if jwt.len() > MAX {
            return Err(PayloadError::Malformed);
        }
        let mut parts = jwt.split('.');
        let (Some(head), Some(body), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(PayloadError::Malformed);
        };
        let header: Header = read(head)?;
        // `crit` lists extensions that must be understood, and none is supported here.
        if header.alg.as_deref() != Some("HS256") || header.critical {
            return Err(PayloadError::Algorithm);
        }
        let signature = decode(signature)?;
        let signed = [head.as_bytes(), b".", body.as_bytes()];
        if !settings.key.verifies(&signed, &signature) {
            return Err(PayloadError::WrongSignature);
        }
        let claims: Claims = read(body)?;
        if claims.iss.as_deref() != Some(ISSUER) {
            return Err(PayloadError::Issuer);
        }
        let audience = claims.aud.unwrap_or_default();
        if !audience.0.contains(&settings.client_id) {
            return Err(PayloadError::Audience);
        }
        let now = (settings.clock)();
        let expires_at = claims.exp.as_ref().and_then(moment);
        let expires_at = expires_at.ok_or(PayloadError::Expired)?;
        if now > after(expires_at) {
            return Err(PayloadError::Expired);
        }
        // A token issued in the future comes from a wrong clock, so none of its times can be trusted.
        for from in [&claims.nbf, &claims.iat].into_iter().flatten() {
            let from = moment(from).ok_or(PayloadError::NotYet)?;
            if from > after(now) {
                return Err(PayloadError::NotYet);
            }
        }
        let store = claims.sub.as_deref().and_then(store_of);
        Ok(SignedPayload {
            store_hash: store.ok_or(PayloadError::Subject)?.to_owned(),
            user: claims.user.ok_or(PayloadError::User)?,
            owner: claims.owner,
            url: claims.url,
            channel_id: claims.channel_id,
            jti: claims.jti,
            issued_at: claims.iat.as_ref().and_then(moment),
            expires_at: Some(expires_at),
        })
    }
}

/// The time for a number of seconds since 1970, which may have a fraction.
fn moment(seconds: &Number) -> Option<Timestamp> {
    let nanoseconds = seconds.value()?.checked_mul(Decimal::from(1_000_000_000))?;
    Timestamp::from_nanosecond(nanoseconds.trunc().to_i128()?).ok()
}

pub(super) fn after(moment: Timestamp) -> Timestamp {
    moment.saturating_add(SKEW).unwrap_or(moment)
}

fn decode(part: &str) -> Result<Vec<u8>, PayloadError> {
    let bytes = URL_SAFE_NO_PAD.decode(part);
    bytes.map_err(|_| PayloadError::Malformed)
}

fn read<T: Decode>(part: &str) -> Result<T, PayloadError> {
    json::from_slice(text(&decode(part)?)).map_err(|_| PayloadError::Malformed)
}

#[derive(Default)]
struct Header {
    alg: Option<String>,
    critical: bool,
}

impl Decode for Header {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        r.begin()?;
        while let Some(key) = r.key()? {
            match &*key {
                "alg" => it.alg = r.field()?,
                "crit" => {
                    it.critical = true;
                    r.keep(&key)?;
                }
                _ => r.keep(&key)?,
            }
        }
        r.end();
        Ok(it)
    }
}

#[derive(Default)]
struct Claims {
    iss: Option<String>,
    aud: Option<Audience>,
    sub: Option<String>,
    iat: Option<Number>,
    nbf: Option<Number>,
    exp: Option<Number>,
    jti: Option<String>,
    user: Option<AppUser>,
    owner: Option<AppUser>,
    url: Option<String>,
    channel_id: Option<i64>,
}

impl Decode for Claims {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        r.begin()?;
        while let Some(key) = r.key()? {
            match &*key {
                "iss" => it.iss = r.field()?,
                "aud" => it.aud = r.field()?,
                "sub" => it.sub = r.field()?,
                "iat" => it.iat = r.field()?,
                "nbf" => it.nbf = r.field()?,
                "exp" => it.exp = r.field()?,
                "jti" => it.jti = r.field()?,
                "user" => it.user = r.field()?,
                "owner" => it.owner = r.field()?,
                "url" => it.url = r.field()?,
                "channel_id" => it.channel_id = r.field()?,
                _ => r.keep(&key)?,
            }
        }
        r.end();
        Ok(it)
    }
}

/// The audience: one name or several.
#[derive(Default, PartialEq)]
struct Audience(Vec<String>);

impl Decode for Audience {
    const KIND: &'static str = "text";
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match r.peek()? {
            b'[' => Vec::decode(r).map(Self),
            _ => String::decode(r).map(|name| Self(vec![name])),
        }
    }
}

impl Encode for Audience {
    fn encode(&self, w: &mut Writer) {
        self.0.encode(w);
    }
}
