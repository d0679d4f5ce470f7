//! Queries and forms: what is percent-encoded in them, both ways.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stays as it is in a query.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The names and values of a query or form.
pub(crate) fn parse(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    };
    pairs.map(pair).collect()
}

fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

/// A query of these names and values.
pub(crate) fn write<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pairs = pairs.into_iter();
    let pairs: Vec<_> = pairs
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    pairs.join("&")
}

fn encode(text: &str) -> String {
    let encoded = utf8_percent_encode(text, ENCODED).to_string();
    encoded.replace("%20", "+")
}

/// The address with a query more.
pub(crate) fn extend(url: &str, query: &str) -> String {
    let between = if url.contains('?') { '&' } else { '?' };
    format!("{url}{between}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let pairs = [("scope", "a b"), ("context", "stores/x"), ("odd", "&=+%é")];
        let text = write(pairs);
        assert!(text.starts_with("scope=a+b&context=stores%2Fx&"), "{text}");
        let read = parse(&text);
        let read: Vec<_> = read.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(read, pairs);
    }
}
