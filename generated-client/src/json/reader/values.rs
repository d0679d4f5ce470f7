//! The values of the reader: strings, integers, booleans and raw JSON, with the odd spellings that are
//! accepted for them.

use super::super::lexer::{Fault, depth};
use super::super::scalars;
use super::{DEEPEST, DecodeError, Reader};

impl<'a> Reader<'a> {
    /// A string; a number is returned in its original spelling.
    ///
    /// # Errors
    ///
    /// Returns an error for anything else, which says that a `kind` was expected.
    #[inline]
    pub(crate) fn text(&mut self, kind: &'static str) -> Result<&str, DecodeError> {
        if self.lexer.peek() == Some(b'"')
            && let Some(text) = self.lexer.plain_string()
        {
            return Ok(text);
        }
        self.odd_text(kind)
    }

    #[inline(never)]
    fn odd_text(&mut self, kind: &'static str) -> Result<&str, DecodeError> {
        match self.lexer.peek() {
            Some(b'"') => match self.lexer.string_into(&mut self.scratch) {
                Ok(()) => Ok(&self.scratch),
                Err(fault) => Err(self.no_text(kind, fault)),
            },
            Some(b'-' | b'0'..=b'9') => {
                self.odd = true;
                self.number()
            }
            _ => Err(self.expected(kind)),
        }
    }

    /// The error for something that is not a Rust string: invalid JSON, or a string with half a
    /// character.
    #[cold]
    fn no_text(&self, kind: &'static str, fault: Fault) -> DecodeError {
        match self.lexer.clone().skip() {
            Ok(_) => DecodeError::kind(
                self.path(),
                self.lexer.at,
                kind,
                "text with half a character",
            ),
            Err(_) => self.broken(fault),
        }
    }

    /// An owned string.
    #[inline]
    pub(in crate::json) fn string(&mut self) -> Result<String, DecodeError> {
        if self.lexer.peek() == Some(b'"')
            && let Some(text) = self.lexer.plain_string()
        {
            return Ok(text.to_owned());
        }
        self.odd_text("string").map(str::to_owned)
    }

    /// A number, in its original spelling.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<&'a str, DecodeError> {
        self.lexer.peek();
        self.lexer.number().map_err(|fault| self.broken(fault))
    }

    /// An integer; `"7"` and `7.0` are read as 7.
    ///
    /// # Errors
    ///
    /// Returns an error for anything else, and for a number that has a fraction or does not fit.
    #[inline]
    pub(crate) fn integer(&mut self) -> Result<i64, DecodeError> {
        self.lexer.peek();
        match self.lexer.plain_integer() {
            Some(value) => Ok(value),
            None => self.odd_integer(),
        }
    }

    #[cold]
    fn odd_integer(&mut self) -> Result<i64, DecodeError> {
        let mark = self.mark();
        let value = match self.lexer.peek() {
            Some(b'"') => scalars::integer(self.text("integer")?),
            Some(b'-' | b'0'..=b'9') => {
                let text = self.number()?;
                // An ordinary integer may have 19 digits.
                if text != "-0"
                    && let Ok(value) = text.parse()
                {
                    return Ok(value);
                }
                scalars::integer(text)
            }
            _ => None,
        };
        match value {
            Some(value) => {
                self.odd = true;
                Ok(value)
            }
            None => {
                self.back(&mark);
                Err(self.expected("integer"))
            }
        }
    }

    /// A boolean; 1, 0 and the quoted words are accepted too.
    ///
    /// # Errors
    ///
    /// Returns an error for anything else.
    pub(crate) fn boolean(&mut self) -> Result<bool, DecodeError> {
        self.lexer.peek();
        if self.lexer.word("true") {
            Ok(true)
        } else if self.lexer.word("false") {
            Ok(false)
        } else {
            self.odd_boolean()
        }
    }

    #[cold]
    fn odd_boolean(&mut self) -> Result<bool, DecodeError> {
        let mark = self.mark();
        let value = match self.lexer.peek() {
            Some(b'"') => scalars::boolean(self.text("boolean")?),
            Some(b'0' | b'1') => scalars::boolean(self.number()?),
            _ => None,
        };
        match value {
            Some(value) => {
                self.odd = true;
                Ok(value)
            }
            None => {
                self.back(&mark);
                Err(self.expected("boolean"))
            }
        }
    }

    /// Any value, in its original spelling.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON, or the value nests too deep.
    pub(crate) fn raw(&mut self) -> Result<&'a str, DecodeError> {
        self.lexer.peek();
        let raw = match self.lexer.skip() {
            Ok(raw) => raw,
            Err(fault) => return Err(self.broken(fault)),
        };
        if raw.starts_with(['{', '[']) && self.outer.len() + depth(raw) > DEEPEST {
            return Err(self.too_deep());
        }
        Ok(raw)
    }
}
