//! The claims in the headers of a delivery. They are read within limits and before the body, so that
//! rejecting a delivery here costs next to nothing.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::VerifyError;
use super::headers::{Headers, ID, SIGNATURE, TIMESTAMP};

/// The maximum size of a header in bytes; for signatures, of all of them together. Real ones have fewer
/// than a hundred.
pub(super) const MAX_HEADER: usize = 1024;
/// The maximum number of signatures, of any version: one for each secret while it is being rotated.
const MAX_SIGNATURES: usize = 8;

/// The claimed sender, and the signatures that should prove it.
pub(super) struct Claim<'h> {
    pub(super) id: &'h str,
    pub(super) timestamp: &'h str,
    /// The signatures of version `v1` that could be valid.
    pub(super) signatures: Vec<[u8; 32]>,
}

impl<'h> Claim<'h> {
    pub(super) fn read<H: Headers + ?Sized>(headers: &'h H) -> Result<Self, VerifyError> {
        Ok(Self {
            id: one(headers, ID)?,
            timestamp: one(headers, TIMESTAMP)?,
            signatures: signatures(headers)?,
        })
    }
}

/// Whether a delivery has none of the signature headers.
pub(super) fn is_unsigned<H: Headers + ?Sized>(headers: &H) -> bool {
    let mut names = [ID, TIMESTAMP, SIGNATURE].into_iter();
    names.all(|name| headers.values(name).is_empty())
}

/// The value of a header that must be present exactly once.
fn one<'h, H: Headers + ?Sized>(
    headers: &'h H,
    name: &'static str,
) -> Result<&'h str, VerifyError> {
    match headers.values(name).as_slice() {
        [] => Err(VerifyError::MissingHeader(name)),
        [value] if value.len() > MAX_HEADER => Err(VerifyError::HeaderTooLong(name)),
        [value] => match std::str::from_utf8(value) {
            Ok(value) if !value.is_empty() => Ok(value),
            _ => Err(VerifyError::InvalidHeader(name)),
        },
        _ => Err(VerifyError::RepeatedHeader(name)),
    }
}

fn signatures<H: Headers + ?Sized>(headers: &H) -> Result<Vec<[u8; 32]>, VerifyError> {
    let values = headers.values(SIGNATURE);
    if values.is_empty() {
        return Err(VerifyError::MissingHeader(SIGNATURE));
    }
    if values.iter().map(|value| value.len()).sum::<usize>() > MAX_HEADER {
        return Err(VerifyError::HeaderTooLong(SIGNATURE));
    }
    let (mut all, mut known, mut signatures) = (0, false, Vec::new());
    for value in values {
        let value =
            std::str::from_utf8(value).map_err(|_| VerifyError::InvalidHeader(SIGNATURE))?;
        for signature in value.split_ascii_whitespace() {
            all += 1;
            let Some(signature) = signature.strip_prefix("v1,") else {
                continue;
            };
            known = true;
            let decoded = STANDARD.decode(signature).ok();
            signatures.extend(decoded.and_then(|it| <[u8; 32]>::try_from(it).ok()));
        }
    }
    if all > MAX_SIGNATURES {
        return Err(VerifyError::TooManySignatures);
    }
    match (known, signatures.is_empty()) {
        (false, _) => Err(VerifyError::UnknownVersion),
        (true, true) => Err(VerifyError::WrongSignature),
        (true, false) => Ok(signatures),
    }
}
