//! A value in an example.

use serde_json::{Number, Value};

use super::{Branch, Field, Member, TypeDef};

/// A value in an example.
#[derive(Clone, Debug)]
pub enum Sample<'a> {
    Null,
    /// A boolean.
    Bool(bool),
    Number(Number),
    /// A string.
    Text(String),
    /// A string in a path.
    Id(String),
    /// A string for a parameter that requires an owned one.
    Owned(String),
    /// A date-time, as it is sent.
    DateTime(&'static str),
    /// A date, as it is sent.
    Date(&'static str),
    /// A value of any JSON.
    Json(Value),
    /// A file by its name.
    File(String),
    /// A mapping, by its keys.
    Map(Vec<(&'a str, Self)>),
    List(Vec<Self>),
    /// A list for a parameter that requires a vector.
    Vec(Vec<Self>),
    /// A value that may be null.
    Some(Box<Self>),
    /// A value that is converted into the required one.
    Into(Box<Self>),
    /// A member of an enumeration.
    Member(&'a TypeDef, &'a Member),
    /// A branch of a one-of and its value; `None` for an unknown branch.
    Branch(&'a TypeDef, Option<&'a Branch>, Box<Self>),
    Object(Made<'a>),
    /// The order from the last to the first.
    Descending,
}

/// An object in an example.
#[derive(Clone, Debug)]
pub struct Made<'a> {
    /// Its type.
    pub ty: &'a TypeDef,
    /// The fields that are set, the required ones first.
    pub fields: Vec<(&'a Field, Sample<'a>)>,
}

impl Sample<'_> {
    /// The same for a parameter that requires an owned string.
    pub(super) fn owned(self) -> Self {
        match self {
            Self::Text(text) => Self::Owned(text),
            other => other,
        }
    }
}
