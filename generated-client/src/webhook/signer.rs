//! Signing deliveries as BigCommerce does, for tests and mock servers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::headers::{Headers, ID, SIGNATURE, TIMESTAMP};
use crate::signing::Key;

/// Signs deliveries, so that a handler can be tested without BigCommerce.
///
/// ```
/// use bigcommerce_client::webhook::{Signer, Timestamp, Verifier};
///
/// let signer = Signer::new("client secret");
/// let signed = signer.sign("msg_1", Timestamp::now(), b"{}");
/// for (name, value) in signed.pairs() {
///     println!("{name}: {value}");
/// }
/// assert!(Verifier::new("client secret").verify(&signed, b"{}").is_ok());
/// assert!(Verifier::new("another").verify(&signed, b"{}").is_err());
/// ```
#[derive(Clone, Debug)]
pub struct Signer {
    key: Option<Key>,
}

impl Signer {
    /// A signer with the receiver's client secret. Signatures with an empty secret never verify.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{Signer, Timestamp, Verifier, VerifyError};
    ///
    /// // A test should show that a delivery signed with another secret is rejected.
    /// let forged = Signer::new("a guess").sign("msg_1", Timestamp::now(), b"{}");
    /// let refused = Verifier::new("client secret").verify(&forged, b"{}");
    /// assert_eq!(refused, Err(VerifyError::WrongSignature));
    /// ```
    pub fn new(client_secret: impl Into<SecretString>) -> Self {
        Self::from_key(client_secret.into().expose_secret().as_bytes())
    }

    /// A signer with any bytes as the key.
    pub fn from_key(key: &[u8]) -> Self {
        Self { key: Key::new(key) }
    }

    /// Signs a body. A retried delivery has the same `id` and a new time.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{Signer, Timestamp};
    ///
    /// let signer = Signer::new("client secret");
    /// let at = Timestamp::UNIX_EPOCH;
    /// let signed = signer.sign("msg_1", at, b"{}");
    /// assert_eq!((signed.id.as_str(), signed.timestamp.as_str()), ("msg_1", "0"));
    /// assert!(signed.signature.starts_with("v1,"));
    /// let other = signer.sign("msg_2", at, b"{}");
    /// assert_ne!(other.signature, signed.signature, "the id is signed too");
    /// ```
    pub fn sign(&self, id: impl Into<String>, at: Timestamp, body: &[u8]) -> Signed {
        let id = id.into();
        let timestamp = at.as_second().to_string();
        let signed: [&[u8]; 5] = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body];
        let signature = self.key.as_ref().map(|key| key.sign(&signed).bytes());
        let signature = STANDARD.encode(signature.unwrap_or_default());
        Signed {
            id,
            timestamp,
            signature: format!("v1,{signature}"),
        }
    }
}

/// The three headers of a signed delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signed {
    /// The value of `webhook-id`.
    pub id: String,
    /// The value of `webhook-timestamp`.
    pub timestamp: String,
    /// The value of `webhook-signature`.
    pub signature: String,
}

impl Signed {
    /// The headers with their names.
    ///
    /// ```
    /// use bigcommerce_client::{http, webhook::{Signer, Timestamp}};
    ///
    /// // Add them to a request that a test sends to its handler.
    /// let signed = Signer::new("client secret").sign("msg_1", Timestamp::now(), b"{}");
    /// let mut request = http::Request::post("/hooks");
    /// for (name, value) in signed.pairs() {
    ///     request = request.header(name, value);
    /// }
    /// let request = request.body("{}")?;
    /// assert_eq!(request.headers()["webhook-id"], "msg_1");
    /// # Ok::<(), http::Error>(())
    /// ```
    pub fn pairs(&self) -> [(&'static str, &str); 3] {
        [
            (ID, &self.id),
            (TIMESTAMP, &self.timestamp),
            (SIGNATURE, &self.signature),
        ]
    }
}

impl Headers for Signed {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        let named = self.pairs().into_iter().filter(|(other, _)| *other == name);
        named.map(|(_, value)| value.as_bytes()).collect()
    }
}
