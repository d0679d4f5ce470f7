//! The tokens of JSON at a position in a body. Common spellings are read here directly; everything else
//! is left to `jiter`, whose types are not used outside this module.

use std::borrow::Cow;

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType};

use super::surrogates;

/// A position in a string that moves forward token by token.
#[derive(Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    pub(super) at: usize,
}

/// Text that is not JSON: what was found, and where.
pub(super) struct Fault {
    pub(super) found: &'static str,
    pub(super) at: usize,
    /// Whether it is an escape that may still be valid.
    escape: bool,
}

impl Fault {
    pub(super) const fn new(found: &'static str, at: usize) -> Self {
        let escape = false;
        Self { found, at, escape }
    }

    #[cold]
    fn of(error: &JiterError, start: usize) -> Self {
        use JsonErrorType::{LoneLeadingSurrogateInHexEscape, UnexpectedEndOfHexEscape};

        let escape = matches!(
            error.error_type,
            JiterErrorType::JsonError(LoneLeadingSurrogateInHexEscape | UnexpectedEndOfHexEscape)
        );
        Self {
            found: name(error),
            at: start + error.index,
            escape,
        }
    }
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The whole body.
    pub(super) const fn text(&self) -> &'a str {
        self.text
    }

    /// The bytes from here on.
    fn ahead(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The text from an earlier position to here.
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The text between two positions.
    pub(super) fn between(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The next byte that is not whitespace; `None` at the end.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(*byte),
            }
        }
        None
    }

    /// The byte after the next one.
    #[inline]
    pub(super) fn second(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at + 1).copied()
    }

    /// Whether the array or object that begins here is empty.
    pub(super) fn is_empty_pair(&self) -> bool {
        let ahead = self.ahead();
        let inside = ahead.get(1..).unwrap_or_default().trim_ascii_start();
        matches!(
            (ahead.first(), inside.first()),
            (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']'))
        )
    }

    /// Consumes a literal, if it comes next.
    #[inline]
    pub(super) fn word(&mut self, word: &'static str) -> bool {
        let comes = self.ahead().starts_with(word.as_bytes());
        if comes {
            self.at += word.len();
        }
        comes
    }

    /// The contents of the string that begins here, if it has no escapes.
    #[inline]
    pub(super) fn plain_string(&mut self) -> Option<&'a str> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let end = string_stop(bytes, start);
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        let inside = self.text.get(start..end)?;
        self.at = end + 1;
        Some(inside)
    }

    /// The string that begins here.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        if let Some(inside) = self.plain_string() {
            return Ok(Cow::Borrowed(inside));
        }
        self.by_jiter(|jiter| jiter.next_str().map(|text| Cow::Owned(text.to_owned())))
    }

    /// Unescapes the string that begins here into a buffer.
    pub(super) fn string_into(&mut self, buffer: &mut String) -> Result<(), Fault> {
        buffer.clear();
        match self.unescape(buffer) {
            Some(end) => self.at = end,
            None => *buffer = self.string()?.into_owned(),
        }
        Ok(())
    }

    /// Appends the contents of the string that begins here to a buffer, and returns the position after it.
    /// `None` if an escape is broken or half of a character.
    fn unescape(&self, buffer: &mut String) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        loop {
            let stop = string_stop(bytes, at);
            buffer.push_str(self.text.get(at..stop)?);
            match bytes.get(stop)? {
                b'"' => return Some(stop + 1),
                b'\\' => {}
                _ => return None,
            }
            at = stop + 2;
            buffer.push(match bytes.get(stop + 1)? {
                byte @ (b'"' | b'\\' | b'/') => char::from(*byte),
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'u' => {
                    let digits = self.text.get(at..at + 4)?;
                    at += 4;
                    code_point(digits)?
                }
                _ => return None,
            });
        }
    }

    /// The integer that begins here, if it is spelled as one and certainly fits.
    #[inline]
    pub(super) fn plain_integer(&mut self) -> Option<i64> {
        let bytes = self.text.as_bytes();
        let negative = bytes.get(self.at) == Some(&b'-');
        let start = self.at + usize::from(negative);
        let (mut end, mut value) = (start, 0_i64);
        while let Some(digit @ b'0'..=b'9') = bytes.get(end) {
            // 18 digits always fit.
            if end - start == 18 {
                return None;
            }
            value = value * 10 + i64::from(digit - b'0');
            end += 1;
        }
        let leads = bytes.get(start) == Some(&b'0') && (end > start + 1 || negative);
        if end == start || leads || matches!(bytes.get(end), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        self.at = end;
        Some(if negative { -value } else { value })
    }

    /// The number that begins here, in its original spelling.
    #[inline]
    pub(super) fn number(&mut self) -> Result<&'a str, Fault> {
        let bytes = self.text.as_bytes();
        let start = self.at + usize::from(bytes.get(self.at) == Some(&b'-'));
        let whole = digits(bytes, start);
        let mut end = whole;
        let mut plain = whole > start && (bytes.get(start) != Some(&b'0') || whole == start + 1);
        if bytes.get(whole) == Some(&b'.') {
            end = digits(bytes, whole + 1);
            plain &= end > whole + 1;
        }
        if !plain || matches!(bytes.get(end), Some(b'e' | b'E')) {
            return self.skip();
        }
        let number = self.between(self.at, end);
        self.at = end;
        Ok(number)
    }

    /// The value that begins here, in its original spelling.
    pub(super) fn skip(&mut self) -> Result<&'a str, Fault> {
        let start = self.at;
        match self.by_jiter(Jiter::next_skip) {
            Err(fault) if fault.escape => self.skip_surrogates()?,
            skipped => skipped?,
        }
        Ok(self.since(start))
    }

    /// Skips a value that may contain escapes of half a character. They are valid JSON, although no
    /// Rust string can represent them.
    #[cold]
    fn skip_surrogates(&mut self) -> Result<(), Fault> {
        let mended = surrogates::blanked(surrogates::value(self.ahead()));
        let mut jiter = Jiter::new(&mended);
        match jiter.next_skip() {
            Ok(()) => {
                self.at += jiter.current_index();
                Ok(())
            }
            Err(error) => Err(Fault::of(&error, self.at)),
        }
    }

    fn by_jiter<T>(
        &mut self,
        read: impl FnOnce(&mut Jiter<'a>) -> Result<T, JiterError>,
    ) -> Result<T, Fault> {
        let mut jiter = Jiter::new(self.ahead());
        let value = read(&mut jiter);
        match value {
            Ok(value) => {
                self.at += jiter.current_index();
                Ok(value)
            }
            Err(error) => Err(Fault::of(&error, self.at)),
        }
    }
}

/// The character with this number in hexadecimal, unless it is half of one.
fn code_point(digits: &str) -> Option<char> {
    let are_digits = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok()?;
    are_digits.then(|| char::from_u32(code)).flatten()
}

/// The end of the run of digits from `start`.
#[inline]
fn digits(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while bytes.get(end).is_some_and(u8::is_ascii_digit) {
        end += 1;
    }
    end
}

const ONES: u64 = u64::from_le_bytes([0x01; 8]);
const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);

/// The first position from `start` with a quote, a backslash or a control character.
#[inline]
pub(super) fn string_stop(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let stops = stops(u64::from_le_bytes(*eight));
        if stops != 0 {
            return at + (stops.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes
        .get(at)
        .is_some_and(|byte| !matches!(byte, 0..0x20 | b'"' | b'\\'))
    {
        at += 1;
    }
    at
}

/// Marks the high bit of the first byte that ends a plain run. Later bytes may be marked too.
#[inline]
const fn stops(eight: u64) -> u64 {
    let quotes = eight ^ (ONES * b'"' as u64);
    let slashes = eight ^ (ONES * b'\\' as u64);
    let quote = quotes.wrapping_sub(ONES) & !quotes;
    let slash = slashes.wrapping_sub(ONES) & !slashes;
    let control = eight.wrapping_sub(ONES * 0x20) & !eight;
    (quote | slash | control) & HIGHS
}

/// The error in the words of an error message.
#[cold]
fn name(error: &JiterError) -> &'static str {
    use JsonErrorType as E;

    match &error.error_type {
        JiterErrorType::WrongType { .. } => "something that is not JSON",
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
            E::NumberOutOfRange => "number with too many digits",
            E::InvalidUnicodeCodePoint => "string that is not UTF-8",
            E::ControlCharacterWhileParsingString => "control character in a string",
            E::KeyMustBeAString => "key that is not a string",
            E::TrailingComma => "comma before the end",
            E::TrailingCharacters => "more text after the value",
            E::RecursionLimitExceeded => "value nested too deeply",
            _ => "something that is not JSON",
        },
    }
}

/// The nesting depth of arrays and objects in a valid value.
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

#[cfg(test)]
mod tests;
