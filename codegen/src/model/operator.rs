//! The condition of a filter on a field.

/// How the value of a filter is compared with that of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The value itself.
    Eq,
    /// One of several values.
    In,
    /// None of several values.
    NotIn,
    /// Any other value.
    Not,
    /// The value or a greater one.
    Min,
    /// The value or a smaller one.
    Max,
    /// A greater value.
    Greater,
    /// A smaller value.
    Less,
    /// Contains the value.
    Like,
}

impl Operator {
    pub const ALL: [Self; 9] = [
        Self::Eq,
        Self::In,
        Self::NotIn,
        Self::Not,
        Self::Min,
        Self::Max,
        Self::Greater,
        Self::Less,
        Self::Like,
    ];

    /// Its name in a spec.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::In => "in",
            Self::NotIn => "not_in",
            Self::Not => "not",
            Self::Min => "min",
            Self::Max => "max",
            Self::Greater => "greater",
            Self::Less => "less",
            Self::Like => "like",
        }
    }

    /// The one with this name in a spec.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}
