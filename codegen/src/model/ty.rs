//! The type of a value: that of a field, a parameter or a response.

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
    /// An item of an array, or a value of a mapping, that may be null.
    Nullable(Box<Ty>),
    /// A link object or what it links to.
    Link(Box<Ty>),
    /// An object, or an array of them.
    OneOrMany(Box<Ty>),
}

impl Ty {
    /// The named type, if it is just a name.
    #[must_use]
    pub const fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            _ => None,
        }
    }
}
