//! The direction of an order.

use std::fmt;

/// Which way a list is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest, oldest or first in the alphabet first.
    Asc,
    /// Largest, newest or last in the alphabet first.
    Desc,
}

impl Direction {
    /// How the API spells it.
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
        f.write_str(self.as_str())
    }
}
