//! The position of a page in a list of which the client only knows the path, and the request for that page.

use super::RawRequest;
use crate::page::Next;

/// Where a page is.
pub(super) enum Position {
    /// At the caller's starting point.
    First,
    /// At this number. It is `sure` if the previous page says that it exists.
    Number { page: i64, sure: bool },
    /// After or before a cursor, in the parameter with this name. It is `sure` if a link leads there.
    Cursor {
        name: &'static str,
        cursor: String,
        sure: bool,
    },
}

impl Position {
    /// Whether the previous page says that it exists.
    pub(super) const fn is_sure(&self) -> bool {
        matches!(
            self,
            Self::Number { sure: true, .. } | Self::Cursor { sure: true, .. }
        )
    }

    /// The target of a link.
    pub(super) fn at(next: Next) -> Option<Self> {
        match next {
            Next::After(cursor) => Some(Self::linked("after", cursor)),
            Next::Before(cursor) => Some(Self::linked("before", cursor)),
            _ => None,
        }
    }

    const fn linked(name: &'static str, cursor: String) -> Self {
        Self::Cursor {
            name,
            cursor,
            sure: true,
        }
    }

    /// The request for this page.
    pub(super) fn of(&self, request: &RawRequest) -> RawRequest {
        match self {
            Self::First => request.clone(),
            Self::Number { page, .. } => request.at("page", page.to_string()),
            Self::Cursor { name, cursor, .. } => request.at(name, cursor.clone()),
        }
    }
}
