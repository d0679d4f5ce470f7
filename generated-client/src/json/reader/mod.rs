//! The pull reader: it walks a body once, front to back, and hands out keys and values. It knows
//! where it stands, so that an error can name the place; it builds no tree.

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
    /// The first `null` of a list or map that was passed over and not kept yet.
    lost: Option<DecodeError>,
    /// What the types could not hold.
    oddities: Vec<DecodeError>,
    /// Whether that is an error.
    strict: bool,
    /// The text that had escapes.
    scratch: String,
}

impl<'a> Reader<'a> {
    /// A reader over a body.
    ///
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(b"77")?;
    /// assert_eq!(r.integer()?, 77);
    /// assert!(Reader::new(b"\xff").is_err(), "not UTF-8");
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
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
            failed: None,
            lost: None,
            oddities: Vec::new(),
            strict: false,
            scratch: String::new(),
        }
    }

    /// Checks that nothing follows the value, and that none of it was lost.
    ///
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(br#"77 80"#)?;
    /// r.integer()?;
    /// assert!(r.finish().is_err(), "there is more");
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails when there is more text, and when a `null` among the items of a list was passed over that
    /// no field remembers.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        if let Some(error) = self.failed.take().or_else(|| self.lost.take()) {
            return Err(error);
        }
        match self.lexer.peek() {
            None => Ok(()),
            Some(_) => Err(self.fault("more text after the value")),
        }
    }

    /// How many bytes lie before what is read next.
    pub(crate) const fn offset(&self) -> usize {
        self.lexer.at
    }

    /// How many bytes lie before the current key.
    pub(crate) const fn key_offset(&self) -> usize {
        self.top.at.saturating_sub(1)
    }

    // Objects.

    /// Opens an object.
    ///
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(br#"[]"#)?;
    /// let error = r.begin().unwrap_err();
    /// assert_eq!(error.to_string(), "at the top: expected an object, found a list");
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
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
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(br#"{"id": 7}"#)?;
    /// r.begin()?;
    /// assert_eq!(r.key()?.as_deref(), Some("id"));
    /// assert_eq!(r.integer()?, 7);
    /// assert_eq!(r.key()?, None);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
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
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(br#"{"is_visible": "1", "date": ""}"#)?;
    /// r.begin()?;
    /// r.key()?;
    /// assert!(r.field::<bool>()?);
    /// r.key()?;
    /// let date: Option<bigcommerce_client::DateTime> = r.field()?;
    /// assert_eq!(date, None, "so the API spells that there is none");
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
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
    ///
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(br#"{"id": {}}"#)?;
    /// let mut id = 0_i64;
    /// r.begin()?;
    /// r.key()?;
    /// r.read(&mut id);
    /// let error = r.key().unwrap_err();
    /// assert_eq!(error.path(), "id");
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
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

    /// Where the value of the current key begins.
    #[inline]
    pub(in crate::json) fn begin_field(&mut self) -> usize {
        if !self.top.known.is_none() {
            self.forget();
        }
        self.lexer.at
    }

    /// Keeps how the value from `start` was spelled, where the value does not remember it.
    ///
    /// # Errors
    ///
    /// Fails when an object that keeps nothing would lose more than a spelling.
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
            self.unkept()
        }
    }

    /// How many objects and arrays are open.
    #[inline]
    pub(in crate::json) const fn depth(&self) -> usize {
        self.outer.len()
    }

    /// Keeps the value of a key that is not known.
    ///
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(br#"{"new_field": [1, 2]}"#)?;
    /// r.begin()?;
    /// while let Some(key) = r.key()? {
    ///     r.keep(&key)?;
    /// }
    /// let rest = r.end();
    /// assert_eq!(rest.get("new_field").map(|json| json.get()), Some("[1, 2]"));
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails on text that is not JSON.
    #[cold]
    pub fn keep(&mut self, key: &str) -> Result<(), DecodeError> {
        let raw = self.raw()?;
        self.top.rest.push(key, RawJson::trusted(raw), Why::Unknown);
        Ok(())
    }

    /// Closes the object whose keys have all been read, and hands over what it kept.
    ///
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(br#"{}"#)?;
    /// r.begin()?;
    /// assert_eq!(r.key()?, None);
    /// assert!(r.end().is_empty());
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn end(&mut self) -> Rest {
        let closed = self.close();
        if closed.rest.is_none() && closed.known.is_none() {
            closed.rest
        } else {
            closed.rest.settled().with_known(closed.known)
        }
    }

    /// Unwraps a field that must be there.
    ///
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(br#"{}"#)?;
    /// r.begin()?;
    /// r.key()?;
    /// let error = r.require::<i64>("id", None).unwrap_err();
    /// assert_eq!(error.to_string(), "at the top: the field `id` is missing");
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
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
    pub(in crate::json) fn missing(&self, field: &str) -> DecodeError {
        let place = path(&self.lexer, self.outer.iter());
        if self.top.known.get(field).is_some() {
            DecodeError::empty(place, self.lexer.at, field)
        } else {
            DecodeError::missing(place, self.lexer.at, field)
        }
    }

    /// The error for a key that the type does not know and cannot keep.
    ///
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(br#"{"colour": 1}"#)?;
    /// r.begin()?;
    /// let key = r.key()?.unwrap_or_default();
    /// assert!(r.unknown(&key).to_string().ends_with("the field `colour` is not known"));
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    #[cold]
    pub fn unknown(&self, key: &str) -> DecodeError {
        DecodeError::unknown(path(&self.lexer, self.outer.iter()), self.lexer.at, key)
    }

    // Arrays.

    /// Opens an array.
    ///
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(br#"[7]"#)?;
    /// r.begin_list()?;
    /// assert!(r.item()?);
    /// assert_eq!(r.integer()?, 7);
    /// assert!(!r.item()?, "it was the last");
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
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
    /// A `null` among the items is passed over; the field that holds the array remembers it, and
    /// without such a field [`finish`](Self::finish) fails.
    ///
    /// ```
    /// use bigcommerce_client::json::Reader;
    ///
    /// let mut r = Reader::new(br#"[7, null, 9]"#)?;
    /// let mut ids = Vec::new();
    /// r.begin_list()?;
    /// while r.item()? {
    ///     ids.push(r.integer()?);
    /// }
    /// assert_eq!(ids, [7, 9]);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails on text that is not JSON.
    pub fn item(&mut self) -> Result<bool, DecodeError> {
        loop {
            if !self.any_item()? {
                return Ok(false);
            }
            if !self.lexer.word("null") {
                return Ok(true);
            }
            self.pass_null();
        }
    }

    /// As [`item`](Self::item), but `null` is an item like others.
    #[inline]
    pub(crate) fn any_item(&mut self) -> Result<bool, DecodeError> {
        match (self.lexer.peek(), self.top.first) {
            (Some(b']'), _) => {
                self.lexer.at += 1;
                if self.close().nulls {
                    self.had_nulls();
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

    fn path(&self) -> String {
        path(&self.lexer, self.outer.iter().chain([&self.top]))
    }

    /// The error that this place is not JSON.
    #[cold]
    fn fault(&self, found: &'static str) -> DecodeError {
        self.broken(Fault::new(found, self.lexer.at))
    }

    #[cold]
    fn broken(&self, fault: Fault) -> DecodeError {
        DecodeError::kind(self.path(), fault.at, VALID, fault.found)
    }
}
