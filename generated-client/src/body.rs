//! What every reader of a body begins with.

/// A body without a byte order mark and blanks around it.
pub(crate) fn text(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(body)
        .trim_ascii()
}
