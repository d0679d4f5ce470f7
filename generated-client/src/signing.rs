//! HMAC-SHA256, the only algorithm with which deliveries and callbacks are signed. A key is stored in
//! the form that the algorithm uses and is never shown; signatures are compared in constant time.

use std::fmt;

use hmac::digest::CtOutput;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A key that signs and verifies.
#[derive(Clone)]
pub(crate) struct Key(Hmac<Sha256>);

impl Key {
    /// `None` for an empty key, with which anybody could sign.
    pub(crate) fn new(bytes: &[u8]) -> Option<Self> {
        if bytes.is_empty() {
            return None;
        }
        Hmac::new_from_slice(bytes).ok().map(Self)
    }

    /// Signs the parts. The signature is computed once, however many candidates are compared with it.
    pub(crate) fn sign(&self, parts: &[&[u8]]) -> Signature {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(part);
        }
        Signature(mac.finalize())
    }

    /// Whether `signature` is that of the parts.
    pub(crate) fn verifies(&self, parts: &[&[u8]], signature: &[u8]) -> bool {
        self.sign(parts).is(signature)
    }
}

/// The correct signature.
pub(crate) struct Signature(CtOutput<Hmac<Sha256>>);

impl Signature {
    /// Whether it equals this one, in constant time.
    pub(crate) fn is(&self, other: &[u8]) -> bool {
        let other = <[u8; 32]>::try_from(other);
        other.is_ok_and(|other| self.0 == CtOutput::new(other.into()))
    }

    pub(crate) fn bytes(self) -> [u8; 32] {
        self.0.into_bytes().into()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}
