//! The pull reader: it walks a body once, front to back, and hands out keys and values. It knows
//! where it stands, so that an error can name the place; it builds no tree.

use std::borrow::Cow;

use jiter::{Jiter, JiterError, NumberInt, Peek};

use super::frame::{Frame, path};
use super::{Decode, DecodeError, Field, Rest, Shape, syntax};
use crate::value::RawJson;

/// How deep arrays and objects may nest.
const DEEPEST: usize = 128;

/// Reads values from a body, one after the other.
///
/// A [`Decode`] implementation asks it for what it expects; see the models of this crate for how
/// an object is read.
pub struct Reader<'a> {
    text: &'a str,
    jiter: Jiter<'a>,
    frames: Vec<Frame>,
    /// The value read last was spelled in a way it does not remember itself.
    odd: bool,
    /// What [`read`](Self::read) failed with.
    failed: Option<DecodeError>,
}

/// A place in the body to come back to.
pub(crate) struct Mark<'a> {
    jiter: Jiter<'a>,
    frames: usize,
    odd: bool,
}

impl<'a> Reader<'a> {
    /// A reader over a body.
    ///
    /// # Errors
    ///
    /// Fails when the bytes are not UTF-8.
    pub fn new(body: &'a [u8]) -> Result<Self, DecodeError> {
        match std::str::from_utf8(body) {
            Ok(text) => Ok(Self::over(text)),
            Err(error) => Err(DecodeError::kind(
                String::new(),
                error.valid_up_to(),
                "valid JSON",
                "text that is not UTF-8",
            )),
        }
    }

    pub(crate) fn over(text: &'a str) -> Self {
        Self {
            text,
            jiter: Jiter::new(text.as_bytes()),
            frames: Vec::with_capacity(8),
            odd: false,
            failed: None,
        }
    }

    /// Checks that nothing follows the value.
    ///
    /// # Errors
    ///
    /// Fails when there is more text.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.jiter.finish().map_err(|error| self.broken(&error))
    }

    // Objects.

    /// Opens an object.
    ///
    /// # Errors
    ///
    /// Fails when something else stands here.
    pub fn begin(&mut self) -> Result<(), DecodeError> {
        if self.peek()? != b'{' {
            return Err(self.expected("object"));
        }
        self.push(Frame::object())
    }

    /// The next key of the open object; `None` at its end.
    ///
    /// # Errors
    ///
    /// Fails on text that is not JSON.
    pub fn key(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let from = self.jiter.current_index();
        let first = self.frames.last().is_some_and(|frame| frame.first);
        let key = if first {
            self.jiter.next_object_bytes()
        } else {
            self.jiter.next_key_bytes()
        };
        let len = match key {
            Ok(Some(key)) => key.len(),
            Ok(None) => return Ok(None),
            Err(error) => return Err(self.broken(&error)),
        };
        let skipped = self.text.as_bytes().get(from..).unwrap_or_default();
        let start = from
            + 1
            + skipped
                .iter()
                .position(|byte| *byte == b'"')
                .unwrap_or_default();
        if let Some(frame) = self.frames.last_mut() {
            frame.first = false;
            frame.at = start;
            frame.len = len;
        }
        Ok(Some(syntax::unescape(self.text, start, len)))
    }

    /// Reads the value of the current key into a field.
    ///
    /// # Errors
    ///
    /// Fails when the value is of a kind that cannot stand here.
    #[inline]
    pub fn field<F: Field>(&mut self) -> Result<F, DecodeError> {
        self.field_by(F::read)
    }

    /// As [`field`](Self::field), into a place that stands ready.
    ///
    /// A failure comes out of the next [`key`](Self::key), so that a model with many fields has one
    /// way out of its loop and not one for each of them.
    #[inline]
    pub fn read<F: Field>(&mut self, into: &mut F) {
        match self.field() {
            Ok(value) => *into = value,
            Err(error) => self.fail(error),
        }
    }

    #[cold]
    fn fail(&mut self, error: DecodeError) {
        self.failed.get_or_insert(error);
    }

    /// As [`field`](Self::field), for a value that need not be written back.
    #[inline]
    pub(crate) fn optional<T: Decode>(&mut self) -> Result<Option<T>, DecodeError> {
        self.field_by(super::field::optional)
    }

    #[inline]
    fn field_by<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let start = self.jiter.current_index();
        let value = read(self)?;
        if self.odd
            || self
                .frames
                .last()
                .is_some_and(|frame| !frame.rest.is_empty())
        {
            self.note(start);
        }
        Ok(value)
    }

    /// Keeps how the value from `start` was spelled, or forgets how it was spelled before.
    #[cold]
    fn note(&mut self, start: usize) {
        let raw = self.slice(start).trim_ascii_start();
        let odd = std::mem::take(&mut self.odd);
        if let Some(frame) = self.frames.last_mut() {
            let key = syntax::unescape(self.text, frame.at, frame.len);
            frame.rest.forget(&key);
            if odd {
                frame.rest.push(&key, RawJson::trusted(raw), true);
            }
        }
    }

    /// Keeps the value of a key that is not known.
    ///
    /// # Errors
    ///
    /// Fails on text that is not JSON.
    #[cold]
    pub fn keep(&mut self, key: &str) -> Result<(), DecodeError> {
        let raw = self.raw()?;
        if let Some(frame) = self.frames.last_mut() {
            frame.rest.push(key, RawJson::trusted(raw), false);
        }
        Ok(())
    }

    /// Closes the object whose keys have all been read, and hands over what it kept.
    pub fn end(&mut self) -> Rest {
        match self.frames.pop() {
            Some(frame) => frame.rest.settled(),
            None => Rest::NONE,
        }
    }

    /// Unwraps a field that must be there.
    ///
    /// # Errors
    ///
    /// Fails when it was not.
    #[inline]
    pub fn require<T>(&self, field: &str, value: Option<T>) -> Result<T, DecodeError> {
        match value {
            Some(value) => Ok(value),
            None => Err(self.missing(field)),
        }
    }

    #[cold]
    fn missing(&self, field: &str) -> DecodeError {
        let (frame, outer) = match self.frames.split_last() {
            Some((frame, outer)) => (Some(frame), outer),
            None => (None, self.frames.as_slice()),
        };
        let place = path(self.text, outer);
        match frame {
            Some(frame) if frame.rest.get(field).is_some() => {
                DecodeError::empty(place, self.position(), field)
            }
            _ => DecodeError::missing(place, self.position(), field),
        }
    }

    /// The error for a key that the type does not know and cannot keep.
    #[cold]
    pub fn unknown(&self, key: &str) -> DecodeError {
        let outer = self.frames.split_last().map_or(&[][..], |(_, outer)| outer);
        DecodeError::unknown(path(self.text, outer), self.position(), key)
    }

    // Arrays.

    /// Opens an array.
    ///
    /// # Errors
    ///
    /// Fails when something else stands here.
    pub fn begin_list(&mut self) -> Result<(), DecodeError> {
        if self.peek()? != b'[' {
            return Err(self.expected("list"));
        }
        self.push(Frame::list())
    }

    /// Moves to the next item of the open array; `false` closes the array.
    ///
    /// A `null` among the items is passed over; the field that holds the array remembers it.
    ///
    /// # Errors
    ///
    /// Fails on text that is not JSON.
    pub fn item(&mut self) -> Result<bool, DecodeError> {
        loop {
            let first = self.frames.last().is_some_and(|frame| frame.first);
            let step = if first {
                self.jiter.known_array()
            } else {
                self.jiter.array_step()
            };
            let peek = match step {
                Ok(Some(peek)) => peek,
                Ok(None) => {
                    self.frames.pop();
                    return Ok(false);
                }
                Err(error) => return Err(self.broken(&error)),
            };
            if let Some(frame) = self.frames.last_mut() {
                frame.first = false;
                frame.at += 1;
            }
            if peek != Peek::Null {
                return Ok(true);
            }
            self.jiter
                .known_null()
                .map_err(|error| self.broken(&error))?;
            self.odd = true;
        }
    }

    // Values.

    /// A text; a number is taken as it is spelled.
    ///
    /// # Errors
    ///
    /// Fails when something else stands here; the error says that a `kind` was expected.
    pub fn text(&mut self, kind: &'static str) -> Result<&str, DecodeError> {
        match self.peek()? {
            b'"' => {}
            b'-' | b'0'..=b'9' => {
                self.odd = true;
                return self.raw();
            }
            _ => return Err(self.expected(kind)),
        }
        let Self {
            jiter,
            text,
            frames,
            ..
        } = self;
        jiter
            .known_str()
            .map_err(|error| broken(&error, text, frames))
    }

    /// An integer; `"7"` and `7.0` are read as 7.
    ///
    /// # Errors
    ///
    /// Fails when something else stands here, or a number that has a fraction or does not fit.
    pub fn integer(&mut self) -> Result<i64, DecodeError> {
        let peek = match self.jiter.peek() {
            Ok(peek) => peek,
            Err(error) => return Err(self.broken(&error)),
        };
        match self.jiter.known_int(peek) {
            Ok(NumberInt::Int(value)) => {
                if value == 0 && peek == Peek::Minus {
                    self.odd = true;
                }
                Ok(value)
            }
            _ => self.odd_integer(),
        }
    }

    #[cold]
    fn odd_integer(&mut self) -> Result<i64, DecodeError> {
        let mark = self.mark();
        let value = match self.peek()? {
            b'"' => super::scalars::integer(self.text("integer")?),
            b'-' | b'0'..=b'9' => super::scalars::integer(self.raw()?),
            _ => None,
        };
        match value {
            Some(value) => {
                self.odd = true;
                Ok(value)
            }
            None => {
                self.back(mark);
                Err(self.expected("integer"))
            }
        }
    }

    /// A truth value; 1, 0 and the words in quotes are read as one.
    ///
    /// # Errors
    ///
    /// Fails when something else stands here.
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        let peek = match self.jiter.peek() {
            Ok(peek) => peek,
            Err(error) => return Err(self.broken(&error)),
        };
        match peek {
            Peek::True | Peek::False => self
                .jiter
                .known_bool(peek)
                .map_err(|error| self.broken(&error)),
            _ => self.odd_boolean(),
        }
    }

    #[cold]
    fn odd_boolean(&mut self) -> Result<bool, DecodeError> {
        let mark = self.mark();
        let value = match self.peek()? {
            b'"' => super::scalars::boolean(self.text("boolean")?),
            b'0' | b'1' => super::scalars::boolean(self.raw()?),
            _ => None,
        };
        match value {
            Some(value) => {
                self.odd = true;
                Ok(value)
            }
            None => {
                self.back(mark);
                Err(self.expected("boolean"))
            }
        }
    }

    /// Any value, as it is spelled.
    ///
    /// # Errors
    ///
    /// Fails on text that is not JSON, and on a value that nests too deep.
    pub fn raw(&mut self) -> Result<&'a str, DecodeError> {
        self.peek()?;
        let start = self.jiter.current_index();
        if let Err(error) = self.jiter.next_skip() {
            return Err(self.broken(&error));
        }
        let raw = self.slice(start);
        if raw.starts_with(['{', '[']) && self.frames.len() + syntax::depth(raw) > DEEPEST {
            return Err(self.too_deep());
        }
        Ok(raw)
    }

    // What the rest of the codec needs.

    /// Passes over `null` and over what stands for no value in a position of this shape.
    #[inline]
    pub(super) fn absent(&mut self, shape: Shape) -> Result<bool, DecodeError> {
        let next = self.peek()?;
        let fits = match shape {
            Shape::Text => next == b'"',
            Shape::Scalar => match next {
                b'"' => self.text.as_bytes().get(self.position() + 1) != Some(&b'"'),
                _ => matches!(next, b'-' | b'0'..=b'9' | b't' | b'f'),
            },
            Shape::Object => next == b'{',
            Shape::List => next == b'[',
            Shape::Any => next != b'n',
        };
        if fits {
            Ok(false)
        } else {
            self.odd_absent(shape, next)
        }
    }

    #[inline(never)]
    fn odd_absent(&mut self, shape: Shape, next: u8) -> Result<bool, DecodeError> {
        if next == b'n' {
            return match self.jiter.known_null() {
                Ok(()) => Ok(true),
                Err(error) => Err(self.broken(&error)),
            };
        }
        let after = self
            .text
            .as_bytes()
            .get(self.jiter.current_index() + 1..)
            .unwrap_or_default();
        let empty = match next {
            b'"' => shape != Shape::Text && after.first() == Some(&b'"'),
            b'{' => after.trim_ascii_start().first() == Some(&b'}'),
            b'[' => after.trim_ascii_start().first() == Some(&b']'),
            _ => false,
        };
        if empty {
            self.raw()?;
            self.odd = true;
        }
        Ok(empty)
    }

    /// Whether an object without fields comes next.
    #[inline]
    pub(super) fn empty_object(&mut self) -> bool {
        let rest = self
            .text
            .as_bytes()
            .get(self.jiter.current_index()..)
            .unwrap_or_default();
        rest.first() == Some(&b'{') && rest[1..].trim_ascii_start().first() == Some(&b'}')
    }

    /// Notes that the value just read does not remember its spelling.
    #[inline]
    pub(crate) fn mark_odd(&mut self) {
        self.odd = true;
    }

    /// The first byte of the next value.
    #[inline]
    pub(crate) fn peek(&mut self) -> Result<u8, DecodeError> {
        match self.jiter.peek() {
            Ok(peek) => Ok(peek.into_inner()),
            Err(error) => Err(self.broken(&error)),
        }
    }

    /// Remembers this place.
    pub(crate) fn mark(&self) -> Mark<'a> {
        Mark {
            jiter: self.jiter.clone(),
            frames: self.frames.len(),
            odd: self.odd,
        }
    }

    /// Goes back to a place that was remembered inside the frames still open.
    pub(crate) fn back(&mut self, mark: Mark<'a>) {
        self.jiter = mark.jiter;
        self.frames.truncate(mark.frames);
        self.odd = mark.odd;
    }

    /// Reads a value of another kind from the same place and comes back.
    pub(crate) fn try_decode<T: Decode>(&mut self) -> Option<T> {
        let mark = self.mark();
        match T::decode(self) {
            Ok(value) => Some(value),
            Err(_) => {
                self.back(mark);
                None
            }
        }
    }

    /// The error that another kind of value stands here than expected.
    #[cold]
    pub(crate) fn expected(&mut self, kind: &'static str) -> DecodeError {
        let found = match self.jiter.peek() {
            Err(error) => return self.broken(&error),
            Ok(Peek::Null) => "null",
            Ok(Peek::True) => "true",
            Ok(Peek::False) => "false",
            Ok(Peek::String) => "string",
            Ok(Peek::Array) => "list",
            Ok(Peek::Object) => "object",
            Ok(peek) if matches!(peek.into_inner(), b'-' | b'0'..=b'9') => "number",
            Ok(_) => {
                return DecodeError::kind(
                    self.path(),
                    self.position(),
                    "valid JSON",
                    "something that is not JSON",
                );
            }
        };
        DecodeError::kind(self.path(), self.position(), kind, found)
    }

    fn push(&mut self, frame: Frame) -> Result<(), DecodeError> {
        if self.frames.len() >= DEEPEST {
            return Err(self.too_deep());
        }
        self.frames.push(frame);
        Ok(())
    }

    #[cold]
    fn too_deep(&self) -> DecodeError {
        DecodeError::kind(self.path(), self.position(), "at most 128 levels", "more")
    }

    fn slice(&self, start: usize) -> &'a str {
        self.text
            .get(start..self.jiter.current_index())
            .unwrap_or_default()
    }

    fn position(&self) -> usize {
        self.jiter.current_index()
    }

    fn path(&self) -> String {
        path(self.text, &self.frames)
    }

    #[cold]
    fn broken(&self, error: &JiterError) -> DecodeError {
        broken(error, self.text, &self.frames)
    }
}

#[cold]
fn broken(error: &JiterError, text: &str, frames: &[Frame]) -> DecodeError {
    let (expected, found, at) = syntax::describe(error);
    DecodeError::kind(path(text, frames), at, expected, found)
}
