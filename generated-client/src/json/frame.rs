//! Where a reader stands: one frame per open object or array. A frame holds positions only, so
//! keeping it costs nothing; a path is spelled when an error asks for one.

use super::lexer::Lexer;
use super::rest::Rest;

/// An open object or array.
pub(super) struct Frame {
    /// For an array, how many items were begun; for an object, where its current key starts.
    pub(super) at: usize,
    /// For an object, the length of its current key as it is spelled in the body.
    pub(super) len: usize,
    /// Whether it is an array.
    pub(super) list: bool,
    /// Nothing was read of it yet.
    pub(super) first: bool,
    /// For an array, whether it does not remember how it was spelled, as where a `null` was passed over.
    pub(super) odd: bool,
    /// Whether the object keeps what its type cannot hold, or is in one that does.
    pub(super) keeps: bool,
    /// The fields of the object that its type does not know.
    pub(super) rest: Rest,
    /// What its known fields cannot hold, and how they were spelled.
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

/// Spells the place that `frames` lead to.
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
