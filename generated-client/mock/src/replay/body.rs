//! A body in a recording.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::redactor::Redactor;
use crate::urlencoded;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Body {
    /// JSON, with the original spelling of its numbers.
    Json(Box<RawValue>),
    /// The names and values of a form.
    Form(Vec<(String, String)>),
    /// Any other text.
    Text(String),
    /// A body that somebody wrote into a recording by hand; the recorder writes none.
    Base64(String),
    /// An unreadable body, which could not be redacted: its hash is compared and its contents are not
    /// stored.
    Withheld(String),
}

impl Body {
    /// The body of a request or response; `None` for none. Unreadable bodies are not stored.
    pub(super) fn read(it: &mut Redactor, headers: &HeaderMap, body: &Bytes) -> Option<Self> {
        Self::readable(it, headers, body).unwrap_or_else(|| Some(Self::Withheld(digest(body))))
    }

    /// The outer `None` means that it is not text.
    #[expect(
        clippy::option_option,
        reason = "no body and an unreadable body differ"
    )]
    fn readable(it: &mut Redactor, headers: &HeaderMap, body: &Bytes) -> Option<Option<Self>> {
        if body.is_empty() {
            return Some(None);
        }
        if encoded(headers) {
            return None;
        }
        let text = std::str::from_utf8(body).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let kind = headers
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default().to_ascii_lowercase();
        if kind.starts_with("application/x-www-form-urlencoded") {
            let pairs = urlencoded::parse(text).into_iter();
            let pairs = pairs.map(|(name, value)| {
                let value = it.named(&name, None, &value);
                (name, value)
            });
            return Some(Some(Self::Form(pairs.collect())));
        }
        match it.json(text) {
            Some(json) => Some(Some(Self::Json(json))),
            None if it.keeps_texts() => Some(Some(Self::Text(it.text(text)))),
            None => None,
        }
    }

    /// The bytes that are returned on replay.
    pub(super) fn bytes(&self) -> Bytes {
        match self {
            Self::Json(json) => json.get().to_owned().into(),
            Self::Form(pairs) => {
                let pairs = pairs
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()));
                urlencoded::write(pairs).into()
            }
            Self::Text(text) => text.clone().into(),
            Self::Base64(text) => STANDARD.decode(text).unwrap_or_default().into(),
            Self::Withheld(_) => Bytes::new(),
        }
    }
}

fn encoded(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_ENCODING)
        .is_some_and(|encoding| encoding != "identity")
}

fn digest(body: &[u8]) -> String {
    let hash = Sha256::digest(body);
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{} bytes, SHA-256 {hex}", body.len())
}
