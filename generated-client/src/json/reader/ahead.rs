//! What the rest of the codec asks the reader: what comes next, whether it represents no value, and how
//! to go back to an earlier position.

use super::{Decode, DecodeError, Reader};
use crate::json::Shape;

/// A position in the body to return to.
pub(crate) struct Mark {
    at: usize,
    depth: usize,
    odd: bool,
}

impl Reader<'_> {
    /// Skips `null` and anything that represents no value for this shape.
    #[inline]
    pub(in crate::json) fn absent(&mut self, shape: Shape) -> Result<bool, DecodeError> {
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

    /// Whether the next value is an object without fields.
    #[inline]
    pub(in crate::json) fn empty_object(&mut self) -> bool {
        self.lexer.peek() == Some(b'{')
            && self.lexer.second() != Some(b'"')
            && self.lexer.is_empty_pair()
    }

    /// Whether the next value is an empty array, object or string.
    #[cold]
    pub(in crate::json) fn is_empty_pair(&mut self) -> bool {
        match self.lexer.peek() {
            Some(b'"') => self.lexer.second() == Some(b'"'),
            Some(b'{' | b'[') => self.lexer.is_empty_pair(),
            _ => false,
        }
    }

    /// Records that the value just read does not preserve its spelling.
    #[inline]
    pub(crate) fn mark_odd(&mut self) {
        self.odd = true;
    }

    /// Records that the array or map that was just closed does not preserve its spelling, for example
    /// because of a `null` among its items. The items record their own oddities, so this happens only at
    /// its end, and at the end of an enclosing array.
    #[cold]
    pub(in crate::json) fn had_odd_items(&mut self) {
        if self.top.list {
            self.top.odd = true;
        } else {
            self.odd = true;
        }
    }

    /// Whether the value just read does not preserve its spelling; this resets the state.
    #[inline]
    pub(in crate::json) fn take_odd(&mut self) -> bool {
        std::mem::take(&mut self.odd)
    }

    /// The first byte of the next value.
    #[inline]
    pub(crate) fn peek(&mut self) -> Result<u8, DecodeError> {
        match self.lexer.peek() {
            Some(next) => Ok(next),
            None => Err(self.fault("the end of the body")),
        }
    }

    /// The whole body, if the open object is all of it or the first item of a list that is.
    pub(in crate::json) fn whole_body(&self) -> Option<&str> {
        match &*self.outer {
            [_] => Some(self.lexer.text()),
            [_, list] if list.list && list.at == 1 => Some(self.lexer.text()),
            _ => None,
        }
    }

    /// Whether the open object is the whole body or an item of it, and has fields that its type does not
    /// know.
    #[inline]
    pub(in crate::json) fn keeps_unknown(&self) -> bool {
        self.outer.len() <= 2 && !self.top.rest.is_none()
    }

    /// Saves this position.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            at: self.lexer.at,
            depth: self.outer.len(),
            odd: self.odd,
        }
    }

    /// What was read since a saved position.
    pub(crate) fn since(&self, mark: &Mark) -> &str {
        self.lexer.since(mark.at)
    }

    /// Returns to a saved position inside the frames that are still open.
    pub(crate) fn back(&mut self, mark: &Mark) {
        self.back_to(mark.at, mark.depth);
        self.odd = mark.odd;
    }

    /// Returns to the beginning of a value, and drops what was recorded about it.
    pub(super) fn back_to(&mut self, start: usize, depth: usize) {
        self.lexer.at = start;
        while self.outer.len() > depth {
            self.close();
        }
        self.odd = false;
        while self
            .oddities
            .last()
            .is_some_and(|last| last.offset() >= start)
        {
            self.oddities.pop();
        }
        self.lost.take_if(|lost| lost.offset() >= start);
        self.partly.take_if(|at| *at >= start);
    }

    /// Reads a value, or returns to its beginning.
    pub(crate) fn try_decode<T: Decode>(&mut self) -> Option<T> {
        let mark = self.mark();
        match T::decode(self) {
            Ok(value) => Some(value),
            Err(_) => {
                self.back(&mark);
                None
            }
        }
    }

    /// The error that the value here has the wrong kind.
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
        // The value may also be invalid JSON that merely begins like one.
        if !matches!(found, "list" | "object")
            && let Err(fault) = self.lexer.clone().skip()
        {
            return self.broken(fault);
        }
        DecodeError::kind(self.path(), at, kind, found)
    }
}
