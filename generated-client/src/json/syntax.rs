//! What broken JSON is called, and how a key with escapes is spelled out. The parser's own types
//! end here.

use std::borrow::Cow;

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType};

/// The text of the string whose inside is `len` bytes from `start`.
pub(super) fn unescape(text: &str, start: usize, len: usize) -> Cow<'_, str> {
    let raw = text.get(start..start + len).unwrap_or_default();
    if !raw.as_bytes().contains(&b'\\') {
        return Cow::Borrowed(raw);
    }
    let quoted = text
        .as_bytes()
        .get(start.saturating_sub(1)..start + len + 1)
        .unwrap_or_default();
    match Jiter::new(quoted).next_str() {
        Ok(key) => Cow::Owned(key.to_owned()),
        Err(_) => Cow::Borrowed(raw),
    }
}

/// Says what is wrong with the JSON, and where.
#[cold]
pub(super) fn describe(error: &JiterError) -> (&'static str, &'static str, usize) {
    use JsonErrorType as E;

    let found = match &error.error_type {
        JiterErrorType::WrongType { .. } => "something else",
        JiterErrorType::JsonError(kind) => match kind {
            E::EofWhileParsingList => "the end of the body in an array",
            E::EofWhileParsingObject => "the end of the body in an object",
            E::EofWhileParsingString => "the end of the body in a string",
            E::EofWhileParsingValue => "the end of the body",
            E::ExpectedColon => "key without a colon",
            E::ExpectedListCommaOrEnd => "array without a comma or its end",
            E::ExpectedObjectCommaOrEnd => "object without a comma or its end",
            E::InvalidEscape | E::UnexpectedEndOfHexEscape => "broken escape in a string",
            E::LoneLeadingSurrogateInHexEscape => "lone surrogate in a string",
            E::InvalidNumber => "broken number",
            E::NumberOutOfRange => "number of too many digits",
            E::InvalidUnicodeCodePoint => "string that is not UTF-8",
            E::ControlCharacterWhileParsingString => "control character in a string",
            E::KeyMustBeAString => "key that is no string",
            E::TrailingComma => "comma before the end",
            E::TrailingCharacters => "more text after the value",
            E::RecursionLimitExceeded => "value nested too deep",
            _ => "something that is not JSON",
        },
    };
    ("valid JSON", found, error.index)
}

/// How deep the arrays and objects in a valid value nest.
pub(super) fn depth(raw: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut quoted, mut escaped) = (false, false);
    for byte in raw.bytes() {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
