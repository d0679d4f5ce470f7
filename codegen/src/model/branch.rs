//! A branch of a one-of, and what distinguishes it from the others.

use super::Ty;
use crate::spec;

#[derive(Clone, Debug)]
pub struct Branch {
    /// Its name in the spec.
    pub name: String,
    /// The variant in Rust.
    pub rust: String,
    /// The type.
    pub ty: Ty,
    /// What distinguishes it from the others.
    pub told: Told,
    /// What it means.
    pub does: Option<String>,
    /// Since when and why it is deprecated, and what to use instead.
    pub deprecated: Option<spec::Deprecated>,
}

/// What distinguishes a branch of a one-of from the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// This value of the field that identifies the branch.
    Value(String),
    /// It is an object with this field.
    Field(String),
    Kind(JsonKind),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    Object,
    /// An array.
    List,
    String,
    Number,
    /// True or false.
    Boolean,
}

impl JsonKind {
    /// Its name, with the article.
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::List => "an array",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
        }
    }
}
