//! HMAC-SHA256, the only algorithm with which deliveries and payloads are signed.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The signature of the concatenated parts. `None` for an empty key, which signs nothing.
pub(crate) fn sign(key: &str, parts: &[&[u8]]) -> Option<[u8; 32]> {
    if key.is_empty() {
        return None;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    for part in parts {
        mac.update(part);
    }
    Some(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_signed_as_one_text() {
        let whole = sign("key", &[b"The quick brown fox jumps over the lazy dog"]).unwrap();
        let hex: String = whole.iter().map(|byte| format!("{byte:02x}")).collect();
        // The well-known example.
        assert_eq!(
            hex,
            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
        );
        let parts: [&[u8]; 2] = [b"The quick brown fox ", b"jumps over the lazy dog"];
        assert_eq!(sign("key", &parts), Some(whole));
    }

    #[test]
    fn an_empty_key_signs_nothing() {
        assert_eq!(sign("", &[b"text"]), None);
    }
}
