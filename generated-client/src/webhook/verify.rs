//! Verifies that a delivery comes from BigCommerce, with Standard Webhooks over the raw bytes of
//! the body. It compares signatures and does not parse the body.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::claim::{self, Claim};
use super::headers::{Headers, TIMESTAMP};
use super::shared_header::SharedHeader;
use super::{Delivery, VerifyError, parse};
use crate::json::DecodeError;
use crate::signing::Key;

/// How much the time of sending may differ, in either direction.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);
const MAX_BODY: usize = 1024 * 1024;

/// Verifies deliveries with the client secret of the API account or app that created the hook.
///
/// Clones are cheap and share everything, so it can be part of a server's state.
///
/// ```
/// use bigcommerce_client::webhook::{Signer, Verifier};
/// # use bigcommerce_client::webhook::Timestamp;
///
/// let body = br#"{"scope":"store/order/created","data":{"type":"order","id":250}}"#;
/// let signed = Signer::new("client secret").sign("msg_1", Timestamp::now(), body);
///
/// let verifier = Verifier::new("client secret");
/// let delivery = verifier.verify(&signed, body)?.parse()?;
/// assert_eq!(delivery.scope, "store/order/created");
///
/// // One additional byte makes the signature invalid.
/// assert!(verifier.verify(&signed, &[body, &b" "[..]].concat()).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Verifier {
    keys: Vec<Key>,
    tolerance: Duration,
    shared: Option<Arc<SharedHeader>>,
    max_body: usize,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Verifier {
    /// A verifier with the client secret of the account that created the hook.
    ///
    /// With an empty secret every delivery is rejected.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{Signer, Timestamp, Verifier, VerifyError};
    ///
    /// // An empty environment variable does not accept anything.
    /// let signed = Signer::new("").sign("msg_1", Timestamp::now(), b"{}");
    /// assert_eq!(Verifier::new("").verify(&signed, b"{}"), Err(VerifyError::NoSecret));
    /// ```
    pub fn new(client_secret: impl Into<SecretString>) -> Self {
        Self::from_key(client_secret.into().expose_secret().as_bytes())
    }

    /// A verifier with any bytes as the key. BigCommerce uses the client secret itself, which
    /// [`new`](Self::new) takes.
    pub fn from_key(key: &[u8]) -> Self {
        Self {
            keys: Key::new(key).into_iter().collect(),
            tolerance: TOLERANCE,
            shared: None,
            max_body: MAX_BODY,
            clock: Arc::new(Timestamp::now),
        }
    }

    /// Also accepts signatures with another secret: while a secret is being rotated, or if several
    /// accounts post to one URL. An empty one is ignored.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{Signer, Timestamp, Verifier};
    ///
    /// let verifier = Verifier::new("new secret").or_secret("old secret");
    /// for secret in ["new secret", "old secret"] {
    ///     let signed = Signer::new(secret).sign("msg_1", Timestamp::now(), b"{}");
    ///     assert!(verifier.verify(&signed, b"{}").is_ok());
    /// }
    /// ```
    #[must_use]
    pub fn or_secret(mut self, client_secret: impl Into<SecretString>) -> Self {
        self.keys
            .extend(Key::new(client_secret.into().expose_secret().as_bytes()));
        self
    }

    /// Accepts a delivery without a signature if it has a header that only the hook's owner knows:
    /// one of the `headers` the hook was created with.
    ///
    /// Such a delivery can be replayed indefinitely, since its time is not signed. A delivery with
    /// a wrong signature is still rejected.
    ///
    /// ```
    /// use bigcommerce_client::webhook::Verifier;
    ///
    /// let verifier = Verifier::new("client secret").or_shared_header("x-hook-key", "open sesame");
    /// assert!(verifier.verify(&[("x-hook-key", "open sesame")], b"{}").is_ok());
    /// assert!(verifier.verify(&[("x-hook-key", "a guess")], b"{}").is_err());
    /// ```
    #[must_use]
    pub fn or_shared_header(
        mut self,
        name: impl Into<String>,
        value: impl Into<SecretString>,
    ) -> Self {
        self.shared = Some(Arc::new(SharedHeader::new(name.into(), value.into())));
        self
    }

    /// How far the time of sending may differ from now, in the past and in the future. The default
    /// is five minutes.
    ///
    /// ```
    /// use std::time::Duration;
    /// use bigcommerce_client::webhook::{Signer, Timestamp, Verifier};
    ///
    /// // A queue forwards deliveries with their headers, up to an hour late.
    /// let late = Timestamp::now() - Duration::from_secs(30 * 60);
    /// let signed = Signer::new("secret").sign("msg_1", late, b"{}");
    /// assert!(Verifier::new("secret").verify(&signed, b"{}").is_err());
    /// let patient = Verifier::new("secret").tolerance(Duration::from_secs(60 * 60));
    /// assert!(patient.verify(&signed, b"{}").is_ok());
    /// ```
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// The maximum size of a body in bytes, also for the axum extractor. The default is 1 MiB.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{Signer, Timestamp, Verifier, VerifyError};
    ///
    /// // Deliveries are small: they contain ids, not records.
    /// let verifier = Verifier::new("client secret").max_body(64 * 1024);
    /// let large = vec![b' '; 64 * 1024 + 1];
    /// let signed = Signer::new("client secret").sign("msg_1", Timestamp::now(), &large);
    /// let refused = verifier.verify(&signed, &large).unwrap_err();
    /// assert_eq!(refused, VerifyError::BodyTooLarge { limit: 64 * 1024 });
    /// ```
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// A custom clock, such as one that is fixed for a test.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{Signer, Timestamp, Verifier, VerifyError};
    ///
    /// let signed = Signer::new("secret").sign("msg_1", Timestamp::UNIX_EPOCH, b"{}");
    /// let then = Verifier::new("secret").clock(|| Timestamp::UNIX_EPOCH);
    /// assert!(then.verify(&signed, b"{}").is_ok());
    /// let now = Verifier::new("secret");
    /// assert!(matches!(now.verify(&signed, b"{}"), Err(VerifyError::TooOld { .. })));
    /// ```
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(now);
        self
    }

    /// Verifies a delivery. `body` is the raw request body, before it is parsed as JSON.
    ///
    /// ```
    /// use bigcommerce_client::http::HeaderMap;
    /// use bigcommerce_client::webhook::{Signer, Timestamp, Verifier, VerifyError};
    ///
    /// let body = br#"{"scope":"store/order/created","data":{"id":250}}"#;
    /// let signed = Signer::new("client secret").sign("msg_1", Timestamp::now(), body);
    /// let verifier = Verifier::new("client secret");
    /// assert!(verifier.verify(&signed, body).is_ok());
    ///
    /// let unsigned = HeaderMap::new();
    /// let error = verifier.verify(&unsigned, body).unwrap_err();
    /// assert_eq!(error, VerifyError::MissingHeader("webhook-id"));
    /// ```
    ///
    /// The cost of untrusted input is bounded: bodies larger than [`max_body`](Self::max_body),
    /// headers of more than a kilobyte and more than eight signatures are rejected without parsing,
    /// and the body is hashed once per secret, regardless of the number of signatures.
    ///
    /// # Errors
    ///
    /// Returns an error if a header is missing or invalid, something is too large, the delivery is
    /// too old or from the future, or no signature matches.
    pub fn verify<'b, H>(&self, headers: &H, body: &'b [u8]) -> Result<Verified<'b>, VerifyError>
    where
        H: Headers + ?Sized,
    {
        let claim = self.admit(headers)?;
        self.check(&claim, body)
    }

    /// Checks what the headers alone show. Nothing is hashed except a shared header.
    pub(super) fn admit<'h, H>(&self, headers: &'h H) -> Result<Admitted<'h>, VerifyError>
    where
        H: Headers + ?Sized,
    {
        if let Some(shared) = &self.shared
            && claim::is_unsigned(headers)
        {
            shared.verify(headers)?;
            return Ok(Admitted(None));
        }
        if self.keys.is_empty() {
            return Err(VerifyError::NoSecret);
        }
        let claim = Claim::read(headers)?;
        let sent_at = self.in_time(claim.timestamp)?;
        Ok(Admitted(Some((claim, sent_at))))
    }

    /// Whether the body is what was signed. The body is hashed once per secret.
    pub(super) fn check<'b>(
        &self,
        admitted: &Admitted<'_>,
        body: &'b [u8],
    ) -> Result<Verified<'b>, VerifyError> {
        let limit = self.max_body;
        if body.len() > limit {
            return Err(VerifyError::BodyTooLarge { limit });
        }
        let Some((claim, sent_at)) = &admitted.0 else {
            return Ok(Verified {
                id: None,
                sent_at: None,
                body,
            });
        };
        let (id, timestamp) = (claim.id.as_bytes(), claim.timestamp.as_bytes());
        let signed: [&[u8]; 5] = [id, b".", timestamp, b".", body];
        let genuine = self.keys.iter().any(|key| {
            let right = key.sign(&signed);
            claim.signatures.iter().any(|signature| right.is(signature))
        });
        if !genuine {
            return Err(VerifyError::WrongSignature);
        }
        Ok(Verified {
            id: Some(claim.id.to_owned()),
            sent_at: Some(*sent_at),
            body,
        })
    }

    fn in_time(&self, timestamp: &str) -> Result<Timestamp, VerifyError> {
        let invalid = VerifyError::InvalidHeader(TIMESTAMP);
        if !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(invalid);
        }
        let seconds = timestamp.parse().map_err(|_| invalid)?;
        let sent_at = Timestamp::from_second(seconds).map_err(|_| invalid)?;
        let age = (self.clock)().duration_since(sent_at);
        let off = age.unsigned_abs();
        if off <= self.tolerance {
            Ok(sent_at)
        } else if age.is_negative() {
            Err(VerifyError::TooNew { ahead: off })
        } else {
            Err(VerifyError::TooOld { age: off })
        }
    }

    #[cfg(feature = "axum")]
    pub(super) fn body_limit(&self) -> usize {
        self.max_body
    }
}

/// A delivery with valid headers: its claim and its time, or neither if a shared header replaces the
/// signature.
pub(super) struct Admitted<'h>(Option<(Claim<'h>, Timestamp)>);

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("secrets", &self.keys.len())
            .field("tolerance", &self.tolerance)
            .field("shared_header", &self.shared.as_ref().map(|it| &it.name))
            .field("max_body", &self.max_body)
            .finish_non_exhaustive()
    }
}

/// A verified delivery, not yet decoded.
#[derive(Clone, PartialEq, Eq)]
pub struct Verified<'b> {
    id: Option<String>,
    sent_at: Option<Timestamp>,
    body: &'b [u8],
}

impl<'b> Verified<'b> {
    /// The id of the delivery, the same when it is retried. `None` if a shared header replaced the
    /// signature.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// When it was sent. `None` if a shared header replaced the signature.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{Signer, Timestamp, Verifier};
    ///
    /// // To the second, as in the header.
    /// let signed = Signer::new("secret").sign("msg_1", Timestamp::now(), b"{}");
    /// let verified = Verifier::new("secret").verify(&signed, b"{}")?;
    /// let seconds = verified.sent_at().map(|at| at.as_second().to_string());
    /// assert_eq!(seconds, Some(signed.timestamp));
    /// # Ok::<(), bigcommerce_client::webhook::VerifyError>(())
    /// ```
    pub const fn sent_at(&self) -> Option<Timestamp> {
        self.sent_at
    }

    /// The verified body.
    pub const fn body(&self) -> &'b [u8] {
        self.body
    }

    /// Decodes the body.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{Signer, Timestamp, Verifier};
    ///
    /// // A verified delivery may still be invalid: this one has no event.
    /// let signed = Signer::new("secret").sign("msg_1", Timestamp::now(), b"{}");
    /// let verified = Verifier::new("secret").verify(&signed, b"{}")?;
    /// assert!(verified.parse().is_err());
    /// # Ok::<(), bigcommerce_client::webhook::VerifyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`parse`].
    pub fn parse(&self) -> Result<Delivery, DecodeError> {
        parse(self.body)
    }
}

/// Omits the body, which may contain a secret or personal data.
impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("id", &self.id)
            .field("sent_at", &self.sent_at)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}
