//! The signed payload in its legacy format, which only old apps still receive: JSON and its hex
//! HMAC-SHA256, each in base64, separated by a dot.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::App;
use super::callback::{store, store_of};
use super::grant::AppUser;
use super::jwt::after;
use super::payload::{PayloadError, SignedPayload};
use super::signer::LIFE;
use crate::body::text;
use crate::json::{self, Decode, DecodeError, Reader};
use crate::value::DateTime;

const MAX: usize = 16 * 1024;
/// Some senders omit the padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl App {
    /// Verifies and decodes a `signed_payload`, the format used before the JWT.
    ///
    /// It has no expiry, so it could be replayed. It is accepted for a day after it was created, with
    /// one minute of leeway, the same lifetime as BigCommerce's JWTs; use
    /// [`verify_jwt`](Self::verify_jwt) if you can.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::app::{App, PayloadError};
    ///
    /// let app = App::new("client id", "client secret", "https://app.example.com/auth")?;
    /// assert_eq!(app.verify_legacy("e30=.MDA="), Err(PayloadError::WrongSignature));
    /// # }
    /// # Ok::<(), bigcommerce_client::app::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if it is malformed, its signature is wrong, it names no store or two, or it
    /// was not created within the last day.
    pub fn verify_legacy(&self, signed_payload: &str) -> Result<SignedPayload, PayloadError> {
        if signed_payload.len() > MAX {
            return Err(PayloadError::Malformed);
        }
        let (body, signature) = signed_payload
            .split_once('.')
            .ok_or(PayloadError::Malformed)?;
        let (body, signature) = (decode(body)?, decode(signature)?);
        let signature = unhex(&signature).ok_or(PayloadError::Malformed)?;
        if !self.settings().key.verifies(&[&body], &signature) {
            return Err(PayloadError::WrongSignature);
        }
        let payload: Payload =
            json::from_slice(text(&body)).map_err(|_| PayloadError::Malformed)?;
        let store_hash = payload.store().ok_or(PayloadError::Subject)?.to_owned();
        let issued_at = payload.timestamp.as_ref().and_then(DateTime::timestamp);
        let issued_at = issued_at.ok_or(PayloadError::Expired)?;
        let now = (self.settings().clock)();
        if issued_at > after(now) {
            return Err(PayloadError::NotYet);
        }
        if now > after(issued_at.saturating_add(LIFE).unwrap_or(issued_at)) {
            return Err(PayloadError::Expired);
        }
        Ok(SignedPayload {
            store_hash,
            user: payload.user.ok_or(PayloadError::User)?,
            owner: payload.owner,
            url: None,
            channel_id: None,
            jti: None,
            issued_at: Some(issued_at),
            expires_at: None,
        })
    }
}

fn decode(part: &str) -> Result<Vec<u8>, PayloadError> {
    BASE64.decode(part).map_err(|_| PayloadError::Malformed)
}

fn unhex(digits: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = digits.chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
            _ => None,
        })
        .collect()
}

#[derive(Default)]
struct Payload {
    user: Option<AppUser>,
    owner: Option<AppUser>,
    context: Option<String>,
    store_hash: Option<String>,
    timestamp: Option<DateTime>,
}

impl Payload {
    /// The store, which may appear in two places. Both must have the right form and be equal.
    fn store(&self) -> Option<&str> {
        let context = self.context.as_deref().map(store_of);
        let named = self.store_hash.as_deref().map(store);
        match (context, named) {
            (Some(one), Some(other)) => one.filter(|_| one == other),
            (one, other) => one.or(other)?,
        }
    }
}

impl Decode for Payload {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        r.begin()?;
        while let Some(key) = r.key()? {
            match &*key {
                "user" => it.user = r.field()?,
                "owner" => it.owner = r.field()?,
                "context" => it.context = r.field()?,
                "store_hash" => it.store_hash = r.field()?,
                "timestamp" => it.timestamp = r.field()?,
                _ => r.keep(&key)?,
            }
        }
        r.end();
        Ok(it)
    }
}
