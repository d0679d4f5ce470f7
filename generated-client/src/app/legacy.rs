//! The signed payload in its old form, which only old apps still get: JSON and the hex of its
//! HMAC-SHA256, each in base64, with a dot between them.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::App;
use super::callback::store_of;
use super::grant::AppUser;
use super::payload::{PayloadError, SignedPayload};
use crate::json::{self, Decode, DecodeError, Reader};
use crate::value::DateTime;

const MAX: usize = 16 * 1024;
/// Some senders leave the padding out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl App {
    /// Checks a `signed_payload`, the form from before the JWT, and reads it.
    ///
    /// It does not end by itself and can be replayed: look at
    /// [`issued_at`](SignedPayload::issued_at), and use [`verify_jwt`](Self::verify_jwt) where you
    /// can.
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
    /// When it is not of the right form, its signature is wrong, or it names no store.
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
        let payload: Payload = json::from_slice(&body).map_err(|_| PayloadError::Malformed)?;
        let from_context = payload.context.as_deref().and_then(store_of);
        let store_hash = match (from_context, payload.store_hash.as_deref()) {
            (Some(one), Some(other)) if one != other => return Err(PayloadError::Subject),
            (one, other) => one.or(other).filter(|hash| !hash.is_empty()),
        };
        Ok(SignedPayload {
            store_hash: store_hash.ok_or(PayloadError::Subject)?.to_owned(),
            user: payload.user.ok_or(PayloadError::User)?,
            owner: payload.owner,
            url: None,
            channel_id: None,
            jti: None,
            issued_at: payload.timestamp.as_ref().and_then(DateTime::timestamp),
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

impl Decode for Payload {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        r.begin()?;
        while let Some(key) = r.key()? {
            match &*key {
                "user" => r.read(&mut it.user),
                "owner" => r.read(&mut it.owner),
                "context" => r.read(&mut it.context),
                "store_hash" => r.read(&mut it.store_hash),
                "timestamp" => r.read(&mut it.timestamp),
                _ => r.keep(&key)?,
            }
        }
        r.end();
        Ok(it)
    }
}
