//! What every reader of a body does first.

/// A body without its byte order mark and surrounding whitespace.
pub(crate) fn text(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(body)
        .trim_ascii()
}
