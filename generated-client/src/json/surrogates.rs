//! Escapes of half a character, such as `\ud83d` without its other half: a string that was cut off
//! inside an emoji contains them. They are valid JSON, but not representable in a Rust string.

/// The first value of a text that begins with a quote or a bracket. It is not validated as JSON.
pub(super) fn value(bytes: &[u8]) -> &[u8] {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => depth += 1,
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && !quoted && matches!(byte, b'"' | b']' | b'}') {
            return bytes.get(..=at).unwrap_or(bytes);
        }
    }
    bytes
}

/// The same text with spaces in place of each such escape, so that its length is unchanged.
pub(super) fn blanked(bytes: &[u8]) -> Vec<u8> {
    let mut mended = bytes.to_vec();
    let mut at = 0;
    while let Some(found) = mended
        .get(at..)
        .and_then(|rest| rest.iter().position(|byte| *byte == b'\\'))
    {
        at += found + 2;
        let Some(code) = mended.get_mut(at..at + 4) else {
            break;
        };
        if bytes.get(at - 1) == Some(&b'u') && is_half(code) {
            code.copy_from_slice(b"0020");
        }
    }
    mended
}

/// Whether four digits are half a character: D800 to DFFF.
fn is_half(code: &[u8]) -> bool {
    matches!(
        code,
        [b'd' | b'D', b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', low @ ..]
            if low.iter().all(u8::is_ascii_hexdigit)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_characters_are_blanked_and_nothing_else_is() {
        for (text, mended) in [
            (r#""\ud83d""#, r#""\u0020""#),
            (r#""a\uDC00\ud83d\ude00""#, r#""a\u0020\u0020\u0020""#),
            (r#""\\ud83d""#, r#""\\ud83d""#),
            (r#""\u00e9\ud7ff\ue000""#, r#""\u00e9\ud7ff\ue000""#),
            (r#""\ud83""#, r#""\ud83""#),
            (r#""\"#, r#""\"#),
        ] {
            assert_eq!(blanked(text.as_bytes()), mended.as_bytes(), "{text}");
        }
    }

    #[test]
    fn a_value_ends_where_it_is_closed() {
        for (text, whole) in [
            (r#""a\"b" , 7"#, r#""a\"b""#),
            (r#"{"a":["]}"]},"b""#, r#"{"a":["]}"]}"#),
            (r#"["a""#, r#"["a""#),
        ] {
            assert_eq!(value(text.as_bytes()), whole.as_bytes(), "{text}");
        }
    }
}
