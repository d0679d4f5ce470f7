//! The text of a policy as a tree in which every value knows its place, and how JSON becomes one.

use super::error::{PolicyError, PolicyProblem};
use crate::json::{DecodeError, Reader};

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) at: Place,
    pub(super) value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    /// A number, a truth value or null, as it is spelled.
    Word(String),
    Map(Vec<Entry>),
    List,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) at: Place,
    pub(super) value: Node,
}

pub(super) fn from_json(text: &str) -> Result<Node, PolicyError> {
    let mut reader = Reader::over(text);
    let read = node(&mut reader, text).and_then(|root| reader.finish().map(|()| root));
    read.map_err(|error| {
        let Place { line, column } = place(text, error.offset());
        PolicyError::new(vec![PolicyProblem {
            line,
            column,
            path: error.path().to_owned(),
            message: format!("expected {}, found {}", error.expected(), error.found()),
        }])
    })
}

fn node(r: &mut Reader<'_>, text: &str) -> Result<Node, DecodeError> {
    let first = r.peek()?;
    let at = place(text, r.offset());
    let value = match first {
        b'"' => Value::Text(r.text("text")?.to_owned()),
        b'{' => {
            let mut entries = Vec::new();
            r.begin()?;
            while let Some(key) = r.key()? {
                let (key, at) = (key.into_owned(), place(text, r.key_offset()));
                let value = node(r, text)?;
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

/// The line and the column of an offset in bytes.
fn place(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    Place {
        line: before.matches('\n').count() + 1,
        column: before[start..].chars().count() + 1,
    }
}
