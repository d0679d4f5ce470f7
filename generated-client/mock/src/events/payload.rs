//! The body of a delivery, and the headers that sign it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use sha1::{Digest, Sha1};

use super::Identity;
use crate::signing::sign;

const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

#[derive(Serialize)]
struct Payload<'a> {
    scope: &'a str,
    store_id: &'a str,
    data: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
    created_at: i64,
    producer: String,
}

/// The body, identical for every hook that gets the event under this scope.
pub(super) fn body(store: &Identity, scope: &str, data: &Value, at: Timestamp) -> Bytes {
    let mut payload = Payload {
        scope,
        store_id: &store.id,
        data,
        hash: None,
        created_at: at.as_second(),
        producer: format!("stores/{}", store.hash),
    };
    // Serializing strings and existing JSON does not fail.
    let plain = serde_json::to_vec(&payload).unwrap_or_default();
    let hash = Sha1::digest(&plain);
    payload.hash = Some(hash.iter().map(|byte| format!("{byte:02x}")).collect());
    serde_json::to_vec(&payload).unwrap_or_default().into()
}

/// A new delivery id. Retries keep it. It does not depend on the seed, because receivers use it to
/// distinguish deliveries of several stores.
pub(super) fn id() -> String {
    let letter = || fastrand::choice(ALPHABET).map_or('0', |byte| char::from(*byte));
    let letters: String = std::iter::repeat_with(letter).take(27).collect();
    format!("msg_{letters}")
}

/// The headers of one attempt: the hook's own, overridden by those of Standard Webhooks. `None` without
/// a secret to sign with.
pub(super) fn headers(
    own: &[(String, String)],
    id: &str,
    at: Timestamp,
    secret: &str,
    body: &[u8],
) -> Option<HeaderMap> {
    let time = at.as_second().to_string();
    let signature = sign(secret, &[id.as_bytes(), b".", time.as_bytes(), b".", body])?;
    let signature = format!("v1,{}", STANDARD.encode(signature));

    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, HeaderValue::from_static("bigcommerce-mock"));
    for (name, value) in own {
        // Headers that are invalid, or would break the message, are omitted.
        let name = HeaderName::try_from(name).ok();
        let framing = [CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING];
        let name = name.filter(|name| !framing.contains(name));
        if let (Some(name), Ok(value)) = (name, HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert("webhook-id", HeaderValue::try_from(id).ok()?);
    headers.insert("webhook-timestamp", HeaderValue::try_from(time).ok()?);
    headers.insert("webhook-signature", HeaderValue::try_from(signature).ok()?);
    Some(headers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn store() -> Identity {
        Identity::new("abc123", "1025646")
    }

    #[test]
    fn a_body_has_the_fields_in_the_order_and_types_of_the_api() {
        let data = json!({ "type": "thing", "id": 250 });
        let at = Timestamp::from_second(1_561_479_335).unwrap();
        let body = body(&store(), "store/thing/created", &data, at);
        let text = std::str::from_utf8(&body).unwrap();
        let (before, after) = text.split_once(r#""hash":""#).unwrap();
        let (hash, after) = after.split_at(40);
        assert_eq!(
            before,
            r#"{"scope":"store/thing/created","store_id":"1025646","data":{"type":"thing","id":250},"#
        );
        assert_eq!(
            after,
            r#"","created_at":1561479335,"producer":"stores/abc123"}"#
        );
        let plain = format!("{before}{}", after.trim_start_matches("\","));
        let expected: String = Sha1::digest(plain)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(hash, expected);
    }

    #[test]
    fn the_headers_of_a_hook_go_along_and_cannot_break_the_message() {
        let own = [
            ("x-key", "open sesame"),
            ("Content-Length", "7"),
            ("webhook-id", "mine"),
            ("bad name", "x"),
            ("x-bad", "line\nbreak"),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let headers = headers(&own, "msg_1", Timestamp::UNIX_EPOCH, "secret", b"{}").unwrap();
        assert_eq!(headers["x-key"], "open sesame");
        assert_eq!(headers["webhook-id"], "msg_1");
        assert_eq!(headers["webhook-timestamp"], "0");
        assert!(!headers.contains_key("content-length") && !headers.contains_key("x-bad"));
    }

    #[test]
    fn nothing_is_signed_without_a_secret() {
        assert!(headers(&[], "msg_1", Timestamp::UNIX_EPOCH, "", b"{}").is_none());
    }

    #[test]
    fn ids_differ() {
        assert_ne!(id(), id());
    }
}
