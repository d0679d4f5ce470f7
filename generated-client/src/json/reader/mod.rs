//! The pull reader: it goes through a body once, from front to back, and returns keys and values. It
//! knows its position, so that an error can name the location; it builds no tree.

mod ahead;
mod oddities;
mod values;

use std::borrow::Cow;

use super::error::{DEPTH, VALID};
use super::frame::{Frame, path};
use super::lexer::{Fault, Lexer};
use super::rest::Why;
use super::{Decode, DecodeError, Field, RawJson, Rest};

/// How deep arrays and objects may nest.
const DEEPEST: usize = 128;

/// Reads values from a body, one after the other.
pub struct Reader<'a> {
    lexer: Lexer<'a>,
    /// The innermost object or array.
    top: Frame,
    /// The enclosing ones, from the outermost.
    outer: Vec<Frame>,
    /// The value read last has a spelling that it does not preserve itself.
    odd: bool,
    /// The first skipped `null` of a list or map that has not been kept yet.
    lost: Option<DecodeError>,
    /// The position of the first skipped invalid item of a list or map, until the field keeps all of it as
    /// received.
    partly: Option<usize>,
    /// The values of the wrong type.
    oddities: Vec<DecodeError>,
    /// Whether such a value is an error.
    strict: bool,
    /// Whether a record must have all its required fields.
    whole: bool,
    /// Whether the value is written, and built from a record that was read.
    of_record: bool,
    /// The unescaped form of a string with escapes.
    scratch: String,
}

impl<'a> Reader<'a> {
    /// A reader of a body.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not UTF-8.
    pub(crate) fn new(body: &'a [u8]) -> Result<Self, DecodeError> {
        match simdutf8::compat::from_utf8(body) {
            Ok(text) => Ok(Self::over(text)),
            Err(error) => Err(DecodeError::kind(
                String::new(),
                error.valid_up_to(),
                VALID,
                "text that is not UTF-8",
            )),
        }
    }

    pub(crate) fn over(text: &'a str) -> Self {
        Self {
            lexer: Lexer::new(text),
            top: Frame::object(),
            outer: Vec::new(),
            odd: false,
            lost: None,
            partly: None,
            oddities: Vec::new(),
            strict: false,
            whole: false,
            of_record: false,
            scratch: String::new(),
        }
    }

    /// Checks that nothing follows the value, and that no part of it was lost.
    ///
    /// # Errors
    ///
    /// Returns an error if there is more text, or if a skipped `null` of a list was kept by no field.
    pub(crate) fn finish(&mut self) -> Result<(), DecodeError> {
        if let Some(error) = self.lost.take() {
            return Err(error);
        }
        match self.lexer.peek() {
            None => Ok(()),
            Some(_) => Err(self.fault("more text after the value")),
        }
    }

    /// The byte offset of what is read next.
    pub(crate) const fn offset(&self) -> usize {
        self.lexer.at
    }

    /// The byte offset of the current key.
    pub(crate) const fn key_offset(&self) -> usize {
        self.top.at.saturating_sub(1)
    }

    // Objects.

    /// Opens an object.
    ///
    /// # Errors
    ///
    /// Returns an error for anything else.
    pub(crate) fn begin(&mut self) -> Result<(), DecodeError> {
        if self.lexer.peek() != Some(b'{') {
            return Err(self.expected("object"));
        }
        self.open(Frame::object())
    }

    /// The next key of the open object; `None` at its end.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON.
    pub(crate) fn key(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        match (self.lexer.peek(), self.top.first) {
            (Some(b'"'), true) => {}
            (Some(b','), false) => {
                self.lexer.at += 1;
                match self.lexer.peek() {
                    Some(b'"') => {}
                    Some(b'}') => return Err(self.fault("comma before the end")),
                    Some(_) => return Err(self.fault("key that is not a string")),
                    None => return Err(self.fault("the end of the body in an object")),
                }
            }
            (Some(b'}'), _) => {
                self.lexer.at += 1;
                return Ok(None);
            }
            (Some(_), true) => return Err(self.fault("key that is not a string")),
            (Some(_), false) => return Err(self.fault("object without a comma or its end")),
            (None, _) => return Err(self.fault("the end of the body in an object")),
        }
        let start = self.lexer.at + 1;
        let key = match self.lexer.plain_string() {
            Some(key) => Cow::Borrowed(key),
            None => self.escaped_key()?,
        };
        self.top.first = false;
        self.top.at = start;
        self.top.len = self.lexer.at - 1 - start;
        if self.lexer.peek() != Some(b':') {
            return Err(self.fault("key without a colon"));
        }
        self.lexer.at += 1;
        Ok(Some(key))
    }

    /// A key with escapes. One with half a character is valid JSON but cannot be a Rust string: it is
    /// returned in its original spelling, and reported.
    #[cold]
    fn escaped_key(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        let start = self.lexer.at + 1;
        let fault = match self.lexer.string() {
            Ok(key) => return Ok(key),
            Err(fault) => fault,
        };
        if self.lexer.skip().is_err() {
            return Err(self.broken(fault));
        }
        let key = self.lexer.between(start, self.lexer.at - 1);
        self.top.first = false;
        (self.top.at, self.top.len) = (start, key.len());
        self.odd_key()?;
        Ok(Cow::Borrowed(key))
    }

    /// Whether the current key, read as `key`, is still in its escaped spelling. Unescaping would have made
    /// it shorter.
    #[inline]
    pub(in crate::json) fn is_as_spelled(&self, key: &str) -> bool {
        key.len() == self.top.len && key.contains('\\')
    }

    /// Reads the value of the current key into a field.
    ///
    /// # Errors
    ///
    /// Returns an error if the field cannot have a value of this kind.
    #[inline]
    pub(crate) fn field<F: Field>(&mut self) -> Result<F, DecodeError> {
        self.field_by(F::read)
    }

    /// Like [`field`](Self::field), for a value that need not be written back.
    #[inline]
    pub(crate) fn optional<T: Decode>(&mut self) -> Result<Option<T>, DecodeError> {
        self.field_by(super::field::optional)
    }

    #[inline]
    pub(in crate::json) fn field_by<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let start = self.begin_field();
        let value = read(self)?;
        if self.odd {
            self.note(start);
        }
        Ok(value)
    }

    /// The position of the current key's value.
    #[inline]
    pub(in crate::json) fn begin_field(&mut self) -> usize {
        if !self.top.known.is_none() {
            self.forget();
        }
        self.lexer.at
    }

    /// Keeps the spelling of the value from `start`, if the value does not preserve it.
    ///
    /// # Errors
    ///
    /// Returns an error if an object that keeps nothing would lose more than a spelling.
    #[inline]
    pub(in crate::json) fn end_field(
        &mut self,
        start: usize,
        keeps: bool,
    ) -> Result<(), DecodeError> {
        if !self.odd {
            Ok(())
        } else if keeps {
            self.note(start);
            Ok(())
        } else {
            self.unkept(start)
        }
    }

    /// How many objects and arrays are open.
    #[inline]
    pub(in crate::json) const fn depth(&self) -> usize {
        self.outer.len()
    }

    /// Keeps the value of an unknown key.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON.
    #[cold]
    pub(crate) fn keep(&mut self, key: &str) -> Result<(), DecodeError> {
        let why = if self.is_as_spelled(key) {
            Why::OddKey
        } else {
            Why::Unknown
        };
        let raw = self.raw()?;
        self.top.rest.push(key, RawJson::trusted(raw), why);
        Ok(())
    }

    /// Closes the object after its last key, and returns what it kept.
    pub(crate) fn end(&mut self) -> Rest {
        let closed = self.close();
        if closed.rest.is_none() && closed.known.is_none() {
            closed.rest
        } else {
            closed.rest.settled().with_known(closed.known)
        }
    }

    /// Unwraps a field that must be there.
    ///
    /// # Errors
    ///
    /// Returns an error if it was not.
    #[inline]
    pub(crate) fn require<T>(&self, field: &str, value: Option<T>) -> Result<T, DecodeError> {
        match value {
            Some(value) => Ok(value),
            None => Err(self.missing(field)),
        }
    }

    #[cold]
    pub(in crate::json) fn missing(&self, field: &str) -> DecodeError {
        let place = path(&self.lexer, self.outer.iter());
        if self.top.known.get(field).is_some() {
            DecodeError::empty(place, self.lexer.at, field)
        } else {
            DecodeError::missing(place, self.lexer.at, field)
        }
    }

    /// The error for an unknown key in a type that does not keep it.
    #[cold]
    pub(crate) fn unknown(&self, key: &str) -> DecodeError {
        DecodeError::unknown(path(&self.lexer, self.outer.iter()), self.lexer.at, key)
    }

    // Arrays.

    /// Opens an array.
    ///
    /// # Errors
    ///
    /// Returns an error for anything else.
    pub(crate) fn begin_list(&mut self) -> Result<(), DecodeError> {
        if self.lexer.peek() != Some(b'[') {
            return Err(self.expected("list"));
        }
        self.open(Frame::list())
    }

    /// Moves to the next item of the open array, which may be `null`; `false` closes the array.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON.
    #[inline]
    pub(crate) fn any_item(&mut self) -> Result<bool, DecodeError> {
        // The spelling of an item must not be attributed to the fields of the next one.
        if self.odd {
            self.odd = false;
            self.top.odd = true;
        }
        match (self.lexer.peek(), self.top.first) {
            (Some(b']'), _) => {
                self.lexer.at += 1;
                if self.close().odd {
                    self.had_odd_items();
                }
                return Ok(false);
            }
            (Some(_), true) => {}
            (Some(b','), false) => {
                self.lexer.at += 1;
                if self.lexer.peek() == Some(b']') {
                    return Err(self.fault("comma before the end"));
                }
            }
            (Some(_), false) => return Err(self.fault("array without a comma or its end")),
            (None, _) => return Err(self.fault("the end of the body in an array")),
        }
        self.top.first = false;
        self.top.at += 1;
        Ok(true)
    }

    fn open(&mut self, frame: Frame) -> Result<(), DecodeError> {
        if self.outer.len() >= DEEPEST {
            return Err(self.too_deep());
        }
        self.lexer.at += 1;
        self.outer.push(std::mem::replace(&mut self.top, frame));
        Ok(())
    }

    fn close(&mut self) -> Frame {
        let outer = self.outer.pop().unwrap_or(Frame::object());
        std::mem::replace(&mut self.top, outer)
    }

    #[cold]
    fn too_deep(&self) -> DecodeError {
        DecodeError::kind(self.path(), self.lexer.at, DEPTH, "more")
    }

    pub(crate) fn path(&self) -> String {
        path(&self.lexer, self.outer.iter().chain([&self.top]))
    }

    /// The error that the text here is not JSON.
    #[cold]
    fn fault(&self, found: &'static str) -> DecodeError {
        self.broken(Fault::new(found, self.lexer.at))
    }

    #[cold]
    fn broken(&self, fault: Fault) -> DecodeError {
        DecodeError::kind(self.path(), fault.at, VALID, fault.found)
    }
}
