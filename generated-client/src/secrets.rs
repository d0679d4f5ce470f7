//! What a client must never show, and how it is redacted in strings from elsewhere: a server may repeat
//! in its response whatever it was sent.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind, packed};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::HeaderMap;
use http::header::SET_COOKIE;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::form_urlencoded;

use crate::body::text;
use crate::json;
use crate::transport::{BoxError, causes};

/// The replacement for a secret.
const HIDDEN: &str = "[hidden]";

/// A shorter string may occur in others by chance, and redacting it would damage them.
const TELLING: usize = 6;

/// The secrets of a client, in every spelling in which a response is likely to repeat them.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Option<Arc<Spellings>>);

struct Spellings {
    all: AhoCorasick,
    /// Finds out whether there is any, with vector instructions where the machine has them. Every response is
    /// searched, and nearly none has one.
    any: Option<packed::Searcher>,
}

impl Spellings {
    fn are_in(&self, text: &[u8]) -> bool {
        // Most headers are too short for any secret.
        text.len() >= self.all.min_pattern_len()
            && match &self.any {
                Some(any) => any.find(text).is_some(),
                None => self.all.find(text).is_some(),
            }
    }
}

impl Secrets {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut spellings: Vec<String> = secrets.into_iter().flat_map(spellings).collect();
        spellings.retain(|spelling| spelling.len() >= TELLING);
        spellings.sort();
        spellings.dedup();
        if spellings.is_empty() {
            return Self(None);
        }
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::LeftmostLongest);
        let any = packed::Searcher::new(&spellings);
        // It only fails for more patterns than memory can hold.
        let all = builder.build(spellings).ok();
        Self(all.map(|all| Arc::new(Spellings { all, any })))
    }

    fn stands_in(&self, text: impl AsRef<[u8]>) -> bool {
        let all = self.0.as_ref();
        all.is_some_and(|all| all.are_in(text.as_ref()))
    }

    /// The bytes without the secrets. JSON stays valid: a number whose digits are a secret becomes
    /// null.
    pub(crate) fn bytes(&self, bytes: &Bytes) -> Bytes {
        let Some(all) = self.0.as_ref().filter(|_| self.stands_in(bytes)) else {
            return bytes.clone();
        };
        let mut kept = Vec::with_capacity(bytes.len());
        let mut place = Scan::of(bytes);
        all.all
            .replace_all_with_bytes(bytes, &mut kept, |found, secret, kept| {
                kept.extend_from_slice(match place.of_number(found.range()) {
                    None => HIDDEN.as_bytes(),
                    Some(Digits::Whole) => b"null",
                    Some(Digits::Part) => secret,
                });
                true
            });
        kept.into()
    }

    /// The string without the secrets.
    pub(crate) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let Some(all) = self.0.as_ref().filter(|_| self.stands_in(text)) else {
            return Cow::Borrowed(text);
        };
        let mut kept = String::with_capacity(text.len());
        all.all.replace_all_with(text, &mut kept, |_, _, kept| {
            kept.push_str(HIDDEN);
            true
        });
        Cow::Owned(kept)
    }

    /// Redacts the secrets in a string that is kept.
    pub(crate) fn strike(&self, text: &mut String) {
        if let Cow::Owned(struck) = self.text(text) {
            *text = struck;
        }
    }

    /// Marks sensitive headers: those that contain a secret, and cookies.
    pub(crate) fn mark(&self, headers: &mut HeaderMap) {
        for (name, value) in headers.iter_mut() {
            if *name == SET_COOKIE || self.stands_in(value.as_bytes()) {
                value.set_sensitive(true);
            }
        }
    }

    /// The error itself or, if it or one of its causes shows a secret, an error with the same text
    /// without it.
    pub(crate) fn error(&self, error: BoxError) -> BoxError {
        if self.0.is_none() {
            return error;
        }
        let shows = |cause: &(dyn std::error::Error + 'static)| {
            self.stands_in(cause.to_string()) || self.stands_in(format!("{cause:?}"))
        };
        if !causes(&*error).any(shows) {
            return error;
        }
        let mut says = Vec::new();
        let mut next: Option<&(dyn std::error::Error + 'static)> = Some(&*error);
        while let Some(cause) = next {
            says.push(cause.to_string());
            next = cause.source();
        }
        let struck = says.into_iter().rev().fold(None, |source, said| {
            let said = self.text(&said).into_owned();
            Some(Box::new(Struck { said, source }))
        });
        struck.map_or(error, |struck| struck)
    }
}

/// A position in bytes that may be JSON, which only moves forward.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether it is outside JSON strings.
    outside: bool,
}

/// The characters outside strings.
enum Digits {
    Whole,
    /// Part of the digits of a longer number, which is another number.
    Part,
}

impl<'a> Scan<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let outside = text(bytes).starts_with(b"{") || text(bytes).starts_with(b"[");
        Self {
            bytes,
            at: 0,
            outside,
        }
    }

    /// Whether the next match is a JSON number.
    fn of_number(&mut self, found: Range<usize>) -> Option<Digits> {
        let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
        if !self.bytes.get(found.clone()).is_some_and(digits) || !self.is_outside(found.start) {
            return None;
        }
        let within = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_digit() || b"+-.eE".contains(byte))
        };
        let before = found.start.checked_sub(1).and_then(|at| self.bytes.get(at));
        if within(before) || within(self.bytes.get(found.end)) {
            return Some(Digits::Part);
        }
        Some(Digits::Whole)
    }

    fn is_outside(&mut self, end: usize) -> bool {
        let is_json = self.at > 0 || self.outside;
        let mut escaped = false;
        while is_json && self.at < end {
            match self.bytes.get(self.at) {
                Some(b'\\') if !self.outside && !escaped => escaped = true,
                Some(b'"') if !escaped => self.outside = !self.outside,
                _ => escaped = false,
            }
            self.at += 1;
        }
        self.outside
    }
}

/// Shows nothing.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

/// The text of an error, without secrets.
#[derive(Debug)]
struct Struck {
    said: String,
    source: Option<Box<Self>>,
}

impl fmt::Display for Struck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said)
    }
}

impl std::error::Error for Struck {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// The query of a URL that carries its own authorization, which is often a signature: as a whole, and each value,
/// because a server that rejects the request may repeat a single one.
pub(crate) fn of_query(query: &str) -> Vec<String> {
    let values = form_urlencoded::parse(query.as_bytes());
    let values = values.map(|(_, value)| value.into_owned());
    let sent = query
        .split('&')
        .filter_map(|pair| Some(pair.split_once('=')?.1));
    // A server may repeat a value as it was sent, and decode it without turning a plus into a space.
    let sent = sent.flat_map(|value| {
        let decoded = percent_decode_str(value).decode_utf8_lossy();
        [decoded.into_owned(), value.to_owned()]
    });
    values.chain(sent).chain([query.to_owned()]).collect()
}

/// A secret as it is, and as URLs, JSON, HTML and base64 spell it. For most secrets many of these are
/// equal.
fn spellings(secret: &str) -> Vec<String> {
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    // Characters that need no encoding in a URL are usually left unchanged.
    let plain = [("%2D", "-"), ("%2E", "."), ("%5F", "_"), ("%7E", "~")];
    let usual = plain
        .iter()
        .fold(percent.clone(), |text, (from, to)| text.replace(from, to));
    let quoted = json::to_string(secret);
    let quoted = quoted.trim_start_matches('"');
    let quoted = quoted.strip_suffix('"').unwrap_or(quoted);
    let unicode = |spell: fn(u32) -> String| -> String {
        let one = |c: char| match c {
            '"' | '\\' | '/' | '<' | '>' | '&' | '\'' | '+' | '=' => spell(c.into()),
            c => c.to_string(),
        };
        secret.chars().map(one).collect()
    };
    let html = [
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ("\"", "&quot;"),
        ("'", "&#39;"),
    ];
    let html = html
        .iter()
        .fold(secret.to_owned(), |text, (from, to)| text.replace(from, to));
    let mut all = vec![
        secret.to_owned(),
        lower(&percent),
        lower(&usual),
        usual.replace("%20", "+"),
        percent,
        usual,
        quoted.to_owned(),
        quoted.replace('/', "\\/"),
        unicode(|c| format!("\\u{c:04X}")),
        unicode(|c| format!("\\u{c:04x}")),
        html.replace("&#39;", "&#x27;"),
        html,
    ];
    // Some encoders escape every character.
    all.push(
        secret
            .encode_utf16()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect(),
    );
    all.push(
        secret
            .encode_utf16()
            .map(|unit| format!("\\u{unit:04X}"))
            .collect(),
    );
    for before in 0..3 {
        all.push(base64(&STANDARD_NO_PAD, secret, before));
        all.push(base64(&URL_SAFE_NO_PAD, secret, before));
    }
    all
}

/// Percent-encoding with lower-case digits; unreserved characters stay.
fn lower(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at(part.len().min(2));
        text.push('%');
        text.push_str(&digits.to_ascii_lowercase());
        text.push_str(rest);
    }
    text
}

/// The characters that are equal in the base64 of every text in which the secret is preceded by this
/// many bytes, modulo three, such as the user name before a password.
fn base64(engine: &impl Engine, secret: &str, before: usize) -> String {
    let mut bytes = vec![0; before];
    bytes.extend_from_slice(secret.as_bytes());
    let text = engine.encode(&bytes);
    let own = (before * 8).div_ceil(6)..bytes.len() * 8 / 6;
    text.get(own).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
