//! The position of a reader: one frame per open object or array. A frame contains only offsets, so it
//! costs nothing; the path is built when an error needs it.

use super::lexer::Lexer;
use super::rest::Rest;

/// An open object or array.
pub(super) struct Frame {
    /// For an array, how many items were started; for an object, where its current key begins.
    pub(super) at: usize,
    /// For an object, the length of its current key in the body.
    pub(super) len: usize,
    /// Whether it is an array.
    pub(super) list: bool,
    /// Nothing has been read from it yet.
    pub(super) first: bool,
    /// For an array, whether its exact spelling is lost, for example because a `null` was skipped.
    pub(super) odd: bool,
    /// Whether the object keeps what its type cannot represent, or is inside one that does.
    pub(super) keeps: bool,
    /// The unknown fields of the object.
    pub(super) rest: Rest,
    /// The values that its known fields cannot represent, and unusual spellings.
    pub(super) known: Rest,
}

impl Frame {
    pub(super) const fn object() -> Self {
        Self {
            at: 0,
            len: 0,
            list: false,
            first: true,
            odd: false,
            keeps: false,
            rest: Rest::NONE,
            known: Rest::NONE,
        }
    }

    pub(super) const fn list() -> Self {
        Self {
            at: 0,
            len: 0,
            list: true,
            first: true,
            odd: false,
            keeps: false,
            rest: Rest::NONE,
            known: Rest::NONE,
        }
    }

    /// The current key.
    pub(super) fn key(&self, lexer: &Lexer<'_>) -> String {
        let raw = lexer.between(self.at, self.at + self.len);
        let quoted = lexer.between(self.at.saturating_sub(1), self.at + self.len + 1);
        match Lexer::new(quoted).string() {
            Ok(key) => key.into_owned(),
            Err(_) => raw.to_owned(),
        }
    }
}

/// The path of the given frames.
#[cold]
pub(super) fn path<'f>(lexer: &Lexer<'_>, frames: impl Iterator<Item = &'f Frame>) -> String {
    use std::fmt::Write as _;

    let mut path = String::new();
    for frame in frames.filter(|frame| !frame.first) {
        if frame.list {
            let _ = write!(path, "[{}]", frame.at.saturating_sub(1));
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&frame.key(lexer));
        }
    }
    path
}
