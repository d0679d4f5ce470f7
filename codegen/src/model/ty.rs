//! The type of a value: what a field, a parameter or a response holds.

use super::TypeId;

/// A type in a position.
#[derive(Clone, Debug, PartialEq)]
pub enum Ty {
    /// A 64-bit integer.
    Int,
    /// A string.
    Text,
    /// A boolean.
    Bool,
    /// An exact decimal.
    Number,
    DateTime,
    Date,
    Uuid,
    /// An integer or a string.
    Id,
    /// Any JSON.
    Json,
    /// One of [`Api::types`](super::Api::types).
    Named(TypeId),
    /// An array.
    List(Box<Ty>),
    /// An object with any keys.
    Map(Box<Ty>),
    /// An item of an array, or a value of an object with any keys, that may be null.
    Nullable(Box<Ty>),
    /// A link object or what it links to.
    Link(Box<Ty>),
    /// An object, or an array of them.
    OneOrMany(Box<Ty>),
}

impl Ty {
    /// The type it names, where it is no more than a name.
    #[must_use]
    pub const fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            _ => None,
        }
    }
}
