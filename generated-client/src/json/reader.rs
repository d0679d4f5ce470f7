//! The pull reader: it walks a body once, front to back, and hands out keys and values. It knows
//! where it stands, so that an error can name the place; it builds no tree.

use std::borrow::Cow;

use super::frame::{Frame, path};
use super::lexer::{Fault, Lexer, depth};
use super::{Decode, DecodeError, Field, Rest, Shape};
use crate::value::RawJson;

/// How deep arrays and objects may nest.
const DEEPEST: usize = 128;

/// Reads values from a body, one after the other.
///
/// A [`Decode`] implementation asks it for what it expects:
///
/// ```
/// use bigcommerce_client::json::{self, Decode, DecodeError, Reader, Rest};
///
/// struct Point {
///     x: i64,
///     y: Option<i64>,
///     rest: Rest,
/// }
///
/// impl Decode for Point {
///     const KIND: &'static str = "object";
///
///     fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
///         let (mut x, mut y) = (None, None);
///         r.begin()?;
///         while let Some(key) = r.key()? {
///             match &*key {
///                 "x" => r.read(&mut x),
///                 "y" => r.read(&mut y),
///                 _ => r.keep(&key)?,
///             }
///         }
///         Ok(Self { x: r.require("x", x)?, y, rest: r.end() })
///     }
/// }
///
/// let point: Point = json::from_slice(br#"{"x": "3", "z": null}"#)?;
/// assert_eq!((point.x, point.y), (3, None));
/// assert!(point.rest.get("z").is_some());
/// # Ok::<(), DecodeError>(())
/// ```
pub struct Reader<'a> {
    lexer: Lexer<'a>,
    /// The innermost object or array.
    top: Frame,
    /// Those around it, from the outermost.
    outer: Vec<Frame>,
    /// The value read last was spelled in a way it does not remember itself.
    odd: bool,
    /// What [`read`](Self::read) failed with.
    failed: Option<DecodeError>,
    /// The text that had escapes.
    scratch: String,
}

/// A place in the body to come back to.
pub(crate) struct Mark {
    at: usize,
    depth: usize,
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
            lexer: Lexer::new(text),
            top: Frame::object(),
            outer: Vec::new(),
            odd: false,
            failed: None,
            scratch: String::new(),
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
        match self.lexer.peek() {
            None => Ok(()),
            Some(_) => Err(self.fault("more text after the value")),
        }
    }

    // Objects.

    /// Opens an object.
    ///
    /// # Errors
    ///
    /// Fails when something else stands here.
    pub fn begin(&mut self) -> Result<(), DecodeError> {
        if self.lexer.peek() != Some(b'{') {
            return Err(self.expected("object"));
        }
        self.open(Frame::object())
    }

    /// The next key of the open object; `None` at its end.
    ///
    /// # Errors
    ///
    /// Fails on text that is not JSON, and with what a [`read`](Self::read) failed with.
    pub fn key(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        if self.failed.is_some() {
            return self.failed.take().map_or(Ok(None), Err);
        }
        match (self.lexer.peek(), self.top.first) {
            (Some(b'"'), true) => {}
            (Some(b','), false) => {
                self.lexer.at += 1;
                match self.lexer.peek() {
                    Some(b'"') => {}
                    Some(b'}') => return Err(self.fault("comma before the end")),
                    Some(_) => return Err(self.fault("key that is no string")),
                    None => return Err(self.fault("the end of the body in an object")),
                }
            }
            (Some(b'}'), _) => {
                self.lexer.at += 1;
                return Ok(None);
            }
            (Some(_), true) => return Err(self.fault("key that is no string")),
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

    #[cold]
    fn escaped_key(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        self.lexer.string().map_err(|fault| self.broken(fault))
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
        let start = self.lexer.at;
        let value = read(self)?;
        if self.odd || !self.top.rest.is_empty() {
            self.note(start);
        }
        Ok(value)
    }

    /// Keeps how the value from `start` was spelled, or forgets how it was spelled before.
    #[cold]
    fn note(&mut self, start: usize) {
        let key = self.top.key(&self.lexer);
        self.top.rest.forget(&key);
        if std::mem::take(&mut self.odd) {
            let raw = self.lexer.since(start).trim_ascii_start();
            self.top.rest.push(&key, RawJson::trusted(raw), true);
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
        self.top.rest.push(key, RawJson::trusted(raw), false);
        Ok(())
    }

    /// Closes the object whose keys have all been read, and hands over what it kept.
    pub fn end(&mut self) -> Rest {
        let closed = self.close();
        if closed.is_empty() {
            closed
        } else {
            closed.settled()
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
        let place = path(&self.lexer, self.outer.iter());
        if self.top.rest.get(field).is_some() {
            DecodeError::empty(place, self.lexer.at, field)
        } else {
            DecodeError::missing(place, self.lexer.at, field)
        }
    }

    /// The error for a key that the type does not know and cannot keep.
    #[cold]
    pub fn unknown(&self, key: &str) -> DecodeError {
        DecodeError::unknown(path(&self.lexer, self.outer.iter()), self.lexer.at, key)
    }

    // Arrays.

    /// Opens an array.
    ///
    /// # Errors
    ///
    /// Fails when something else stands here.
    pub fn begin_list(&mut self) -> Result<(), DecodeError> {
        if self.lexer.peek() != Some(b'[') {
            return Err(self.expected("list"));
        }
        self.open(Frame::list())
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
            match (self.lexer.peek(), self.top.first) {
                (Some(b']'), _) => {
                    self.lexer.at += 1;
                    self.close();
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
            if !self.lexer.word("null") {
                return Ok(true);
            }
            self.odd = true;
        }
    }

    // Values.

    /// A text; a number is taken as it is spelled.
    ///
    /// # Errors
    ///
    /// Fails when something else stands here; the error says that a `kind` was expected.
    #[inline]
    pub fn text(&mut self, kind: &'static str) -> Result<&str, DecodeError> {
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
            Some(b'"') => match self.lexer.string() {
                Ok(text) => {
                    self.scratch = text.into_owned();
                    Ok(&self.scratch)
                }
                Err(fault) => Err(self.broken(fault)),
            },
            Some(b'-' | b'0'..=b'9') => {
                self.odd = true;
                self.number()
            }
            _ => Err(self.expected(kind)),
        }
    }

    /// A text of its own.
    #[inline]
    pub(super) fn string(&mut self) -> Result<String, DecodeError> {
        if self.lexer.peek() == Some(b'"')
            && let Some(text) = self.lexer.plain_string()
        {
            return Ok(text.to_owned());
        }
        self.odd_text("string").map(str::to_owned)
    }

    /// A number, as it is spelled.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<&'a str, DecodeError> {
        self.lexer.peek();
        self.lexer.number().map_err(|fault| self.broken(fault))
    }

    /// An integer; `"7"` and `7.0` are read as 7.
    ///
    /// # Errors
    ///
    /// Fails when something else stands here, or a number that has a fraction or does not fit.
    #[inline]
    pub fn integer(&mut self) -> Result<i64, DecodeError> {
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
            Some(b'"') => super::scalars::integer(self.text("integer")?),
            Some(b'-' | b'0'..=b'9') => {
                let text = self.number()?;
                // 19 digits that fit are an ordinary integer.
                if text != "-0"
                    && let Ok(value) = text.parse()
                {
                    return Ok(value);
                }
                super::scalars::integer(text)
            }
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
            Some(b'"') => super::scalars::boolean(self.text("boolean")?),
            Some(b'0' | b'1') => super::scalars::boolean(self.number()?),
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

    // What the rest of the codec needs.

    /// Passes over `null` and over what stands for no value in a position of this shape.
    #[inline]
    pub(super) fn absent(&mut self, shape: Shape) -> Result<bool, DecodeError> {
        let Some(next) = self.lexer.peek() else {
            return Ok(false);
        };
        let fits = match shape {
            Shape::Text => next == b'"',
            Shape::Scalar => match next {
                b'"' => self.lexer.second() != Some(b'"'),
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
        let empty = match next {
            b'n' => return Ok(self.lexer.word("null")),
            b'"' => shape != Shape::Text && self.lexer.second() == Some(b'"'),
            b'{' | b'[' => self.lexer.is_empty_pair(),
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
        self.lexer.peek() == Some(b'{')
            && self.lexer.second() != Some(b'"')
            && self.lexer.is_empty_pair()
    }

    /// Notes that the value just read does not remember its spelling.
    #[inline]
    pub(crate) fn mark_odd(&mut self) {
        self.odd = true;
    }

    /// The first byte of the next value.
    #[inline]
    pub(crate) fn peek(&mut self) -> Result<u8, DecodeError> {
        match self.lexer.peek() {
            Some(next) => Ok(next),
            None => Err(self.fault("the end of the body")),
        }
    }

    /// Remembers this place.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            at: self.lexer.at,
            depth: self.outer.len(),
            odd: self.odd,
        }
    }

    /// Goes back to a place that was remembered inside the frames still open.
    pub(crate) fn back(&mut self, mark: Mark) {
        self.lexer.at = mark.at;
        while self.outer.len() > mark.depth {
            self.close();
        }
        self.odd = mark.odd;
    }

    /// Reads a value, or comes back to where it begins.
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
        let found = match self.lexer.peek() {
            None => return self.fault("the end of the body"),
            Some(b'n') => "null",
            Some(b't') => "true",
            Some(b'f') => "false",
            Some(b'"') => "string",
            Some(b'[') => "list",
            Some(b'{') => "object",
            Some(_) => "number",
        };
        let at = self.lexer.at;
        // What begins like a value need not be one.
        if !matches!(found, "list" | "object")
            && let Err(fault) = self.lexer.clone().skip()
        {
            return self.broken(fault);
        }
        DecodeError::kind(self.path(), at, kind, found)
    }

    fn open(&mut self, frame: Frame) -> Result<(), DecodeError> {
        if self.outer.len() >= DEEPEST {
            return Err(self.too_deep());
        }
        self.lexer.at += 1;
        self.outer.push(std::mem::replace(&mut self.top, frame));
        Ok(())
    }

    fn close(&mut self) -> Rest {
        let outer = self.outer.pop().unwrap_or(Frame::object());
        std::mem::replace(&mut self.top, outer).rest
    }

    #[cold]
    fn too_deep(&self) -> DecodeError {
        DecodeError::kind(self.path(), self.lexer.at, "at most 128 levels", "more")
    }

    fn path(&self) -> String {
        path(&self.lexer, self.outer.iter().chain([&self.top]))
    }

    /// The error that this place is not JSON.
    #[cold]
    fn fault(&self, found: &'static str) -> DecodeError {
        self.broken(Fault {
            found,
            at: self.lexer.at,
        })
    }

    #[cold]
    fn broken(&self, fault: Fault) -> DecodeError {
        DecodeError::kind(self.path(), fault.at, "valid JSON", fault.found)
    }
}
