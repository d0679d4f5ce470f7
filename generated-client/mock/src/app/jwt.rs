//! The signed payload of a callback: a JWT, signed with HS256 and the app's client secret.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::json;

use super::{Person, Registration};
use crate::signing::sign;

/// The API backdates the start of a payload slightly.
const EARLY: Duration = Duration::from_secs(5);
/// The lifetime of a payload, counted from its start.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// The payload with the acting user; `None` for an app without a secret.
pub(super) fn payload(
    app: &Registration,
    store: &str,
    user: &Person,
    owner: &Person,
    at: Timestamp,
) -> Option<String> {
    let begins = at.saturating_sub(EARLY).unwrap_or(at);
    let ends = begins.saturating_add(LIFE).unwrap_or(begins);
    let claims = json!({
        "aud": app.client_id,
        "iss": "bc",
        "iat": at.as_second(),
        "nbf": begins.as_second(),
        "exp": ends.as_second(),
        "jti": uuid(),
        "sub": format!("stores/{store}"),
        "user": { "id": user.id, "email": user.email, "locale": user.locale },
        "owner": { "id": owner.id, "email": owner.email },
        "url": "/",
        "channel_id": null,
    });
    let head = URL_SAFE_NO_PAD.encode(br#"{"typ":"JWT","alg":"HS256"}"#);
    let claims = URL_SAFE_NO_PAD.encode(claims.to_string());
    let parts = [head.as_bytes(), b".", claims.as_bytes()];
    let signature = URL_SAFE_NO_PAD.encode(sign(&app.client_secret, &parts)?);
    Some(format!("{head}.{claims}.{signature}"))
}

/// A random UUID, version 4.
pub(super) fn uuid() -> String {
    let random = fastrand::u128(..);
    let versioned = (random & !(0xf << 76)) | (0x4 << 76);
    let it = (versioned & !(0b11 << 62)) | (0b10 << 62);
    let hex = format!("{it:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ]
    .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_random_and_says_so() {
        let it = uuid();
        let parts: Vec<usize> = it.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!(it.as_bytes()[14], b'4');
        assert!(b"89ab".contains(&it.as_bytes()[19]), "{it}");
        assert_ne!(it, uuid());
    }

    #[test]
    fn a_payload_begins_early_and_ends_a_day_after_that() {
        let app = Registration::new("id", "secret", "http://localhost/");
        let owner = Person::new(1, "owner@example.com");
        let at = Timestamp::from_second(1_000_000).unwrap();
        let jwt = payload(&app, "abc123", &owner, &owner, at).unwrap();
        let claims = URL_SAFE_NO_PAD
            .decode(jwt.split('.').nth(1).unwrap())
            .unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["iat"], 1_000_000);
        assert_eq!(claims["nbf"], 999_995);
        assert_eq!(claims["exp"], 999_995 + 86_400);
        assert_eq!(claims["sub"], "stores/abc123");
        assert!(claims["channel_id"].is_null());
    }
}
