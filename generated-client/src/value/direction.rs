//! The sort direction.

use std::fmt;

/// The sort direction of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Ascending: smallest, oldest or alphabetically first items first.
    Asc,
    /// Descending: largest, newest or alphabetically last items first.
    Desc,
}

impl Direction {
    /// The API's spelling.
    ///
    /// ```
    /// use bigcommerce_client::Direction;
    ///
    /// // For a raw call, `.query("direction", Direction::Desc)` does the same.
    /// assert_eq!(Direction::Desc.as_str(), "desc");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asc => "asc",
            Self::Desc => "desc",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
