//! A parameter of a call: how it is sent, and why it is there.

use super::{Operator, Ty};
use crate::spec;

/// A parameter of a path or a query.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name on the wire: `id:in`.
    pub wire: String,
    /// The name in Rust: `id_in`.
    pub rust: String,
    /// The type of one value.
    pub ty: Ty,
    /// How values are sent.
    pub shape: Shape,
    /// Why it is there.
    pub role: Role,
    /// The call requires it.
    pub required: bool,
    /// Whether it is a filter that the API has been seen to ignore.
    pub doubtful: bool,
    /// What it does, if its name and role do not say it.
    pub does: Option<String>,
    /// The smallest and the largest value, as written.
    pub range: (Option<String>, Option<String>),
    /// The value used if it is absent, as written.
    pub default: Option<serde_json::Value>,
    /// The file name in examples.
    pub example: Option<String>,
    /// The types of a file that the API accepts; empty if not known.
    pub file_types: Vec<spec::FileType>,
    /// The maximum size of a file in bytes.
    pub max_bytes: Option<u64>,
    /// Values of its enumeration that the official description does not list.
    pub unlisted: Vec<String>,
    /// Since when and why it is deprecated, and what to use instead.
    pub deprecated: Option<spec::Deprecated>,
}

impl Parameter {
    /// An optional parameter without further facts.
    pub(super) fn new(wire: &str, rust: &str, ty: Ty, shape: Shape, role: Role) -> Self {
        Self {
            wire: wire.to_owned(),
            rust: rust.to_owned(),
            ty,
            shape,
            role,
            required: false,
            doubtful: false,
            does: None,
            range: (None, None),
            default: None,
            example: None,
            file_types: Vec::new(),
            max_bytes: None,
            unlisted: Vec::new(),
            deprecated: None,
        }
    }
}

/// How the values of a parameter are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    One,
    /// Several, with commas between them.
    Many,
    /// Several, each with its own name.
    Each,
    File,
    /// A boolean as 1 or 0.
    Flag,
}

/// The role of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// It identifies a resource in the path.
    Path,
    /// It is a filter on a field of the list.
    Filter {
        field: String,
        /// How it is compared.
        op: Operator,
    },
    /// It selects the page.
    Page(Turn),
    /// It adds sub-resources to the response.
    Include,
    /// It selects fields of the response.
    Select {
        /// Whether it excludes fields.
        excludes: bool,
    },
    Header,
    /// It is a part of a form.
    Form,
    /// Anything else.
    Plain,
}

/// How a parameter chooses the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// By its number, from 1.
    Number,
    /// By its number of items.
    Size,
    /// As the page after the item with a key.
    Behind,
    /// As the page after a cursor.
    After,
    /// As the page before a cursor.
    Before,
}
