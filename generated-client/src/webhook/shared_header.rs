//! A custom header of a hook, which may replace a missing signature.

use secrecy::{ExposeSecret, SecretString};

use super::VerifyError;
use super::claim::MAX_HEADER;
use super::headers::{Headers, SIGNATURE};
use crate::signing::Key;

/// The name and the value that the hook's owner chose.
pub(super) struct SharedHeader {
    pub(super) name: String,
    value: SecretString,
}

impl SharedHeader {
    pub(super) fn new(name: String, value: SecretString) -> Self {
        let name = name.to_ascii_lowercase();
        Self { name, value }
    }

    pub(super) fn verify<H: Headers + ?Sized>(&self, headers: &H) -> Result<(), VerifyError> {
        // Comparing the signatures of both takes the same time wherever they differ.
        let expected = self.value.expose_secret().as_bytes();
        let key = Key::new(expected).ok_or(VerifyError::NoSecret)?;
        match headers.values(&self.name).as_slice() {
            [] => Err(VerifyError::MissingHeader(SIGNATURE)),
            [value] if value.len() > expected.len().max(MAX_HEADER) => {
                Err(VerifyError::WrongSharedHeader)
            }
            [value] if key.verifies(&[value], &key.sign(&[expected]).bytes()) => Ok(()),
            _ => Err(VerifyError::WrongSharedHeader),
        }
    }
}
