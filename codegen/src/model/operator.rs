//! The condition of a filter on a field, and how generations spell it.

use crate::spec;

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

/// A filter operator of a generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelled {
    pub operator: Operator,
    /// The name of the parameter, with `{}` for the field.
    pub spelling: String,
    /// Whether it accepts a list.
    pub lists: bool,
}

impl Spelled {
    /// The operators of a generation, in the spec's order; unknown ones are reported by a rule.
    pub(super) fn of(generation: &spec::Generation) -> Vec<Self> {
        let known = generation.operators.iter().filter_map(|(name, spelling)| {
            Some(Self {
                operator: Operator::named(name)?,
                spelling: spelling.clone(),
                lists: generation.list_operators.iter().any(|list| list == name),
            })
        });
        known.collect()
    }

    /// The parameter that compares a field in this way.
    #[must_use]
    pub fn on(&self, field: &str) -> String {
        self.spelling.replace("{}", field)
    }
}
