//! The text of a policy as a tree in which every value has its position, and the JSON parser for it.

use super::error::{PolicyError, PolicyProblem};
use crate::json::{DecodeError, Reader};

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineColumn {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A value and its position.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) at: LineColumn,
    pub(super) value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    /// A number, a boolean or null, in its original spelling.
    Word(String),
    Map(Vec<Entry>),
    List,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) at: LineColumn,
    pub(super) value: Node,
}

pub(super) fn from_json(text: &str) -> Result<Node, PolicyError> {
    let (mut reader, mut places) = (Reader::over(text), Places::over(text));
    let read = node(&mut reader, &mut places);
    read.and_then(|root| reader.finish().map(|()| root))
        .map_err(|error| {
            let LineColumn { line, column } = places.of(error.offset());
            PolicyError::new(vec![PolicyProblem {
                line,
                column,
                path: error.path().to_owned(),
                message: format!("expected {}, found {}", error.expected(), error.found()),
            }])
        })
}

fn node(r: &mut Reader<'_>, places: &mut Places<'_>) -> Result<Node, DecodeError> {
    let first = r.peek()?;
    let at = places.of(r.offset());
    let value = match first {
        b'"' => Value::Text(r.text("text")?.to_owned()),
        b'{' => {
            let mut entries = Vec::new();
            r.begin()?;
            while let Some(key) = r.key()? {
                let (key, at) = (key.into_owned(), places.of(r.key_offset()));
                let value = node(r, places)?;
                entries.push(Entry { key, at, value });
            }
            r.end();
            Value::Map(entries)
        }
        b'[' => {
            r.raw()?;
            Value::List
        }
        _ => Value::Word(r.raw()?.to_owned()),
    };
    Ok(Node { at, value })
}

/// Converts byte offsets into lines and columns. It continues from the last offset, so that the text is
/// scanned once however many offsets are converted in order.
struct Places<'t> {
    text: &'t str,
    offset: usize,
    at: LineColumn,
}

impl<'t> Places<'t> {
    const START: LineColumn = LineColumn { line: 1, column: 1 };

    fn over(text: &'t str) -> Self {
        Self {
            text,
            offset: 0,
            at: Self::START,
        }
    }

    fn of(&mut self, offset: usize) -> LineColumn {
        if offset < self.offset {
            (self.offset, self.at) = (0, Self::START);
        }
        for c in self
            .text
            .get(self.offset..offset)
            .unwrap_or_default()
            .chars()
        {
            if c == '\n' {
                self.at.line += 1;
                self.at.column = 1;
            } else {
                self.at.column += 1;
            }
        }
        self.offset = offset;
        self.at
    }
}
