//! A type in Rust: an object with its fields, an enumeration, or one of several types.

use super::{Branch, GroupId, Home, Ty, TypeId, sets};
use crate::spec;

/// A type in Rust.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// The file that declares it.
    pub home: Home,
    /// Its name in Rust and in `takes` and `returns`.
    pub name: String,
    /// The schema it is a view of.
    pub schema: String,
    /// Its view; `None` if it is the same in every view, like enumerations.
    pub view: Option<spec::View>,
    /// What one value of it is.
    pub does: String,
    /// Traps.
    pub notes: Vec<String>,
    /// The name in the official description.
    pub official: Option<String>,
    /// The field that identifies a value, if it is not `id`.
    pub key: Option<String>,
    /// Sets of fields that are unique together.
    pub unique: Vec<Vec<String>>,
    /// Values of its key that are the same in every store.
    pub known: Vec<KnownValue>,
    /// The read type of the records that it changes, if it is an update and they have another schema.
    pub updates: Option<TypeId>,
    /// Its contents.
    pub kind: Kind,
    /// When it is compiled.
    pub gate: Gate,
}

/// A value of a key that is the same in every store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownValue {
    /// The value on the wire.
    pub wire: String,
    pub name: String,
    /// The name of its constant in Rust.
    pub rust: String,
    /// What it means.
    pub does: String,
}

/// When a type is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Always: several groups use it.
    Always,
    /// With the feature of the only group that uses it.
    Feature(GroupId),
}

/// The contents of a type.
#[derive(Clone, Debug)]
pub enum Kind {
    Object {
        /// Its fields, in the spec's order.
        fields: Vec<Field>,
        /// Of each set of positions in `fields`, a request requires at least one.
        needs_one_of: Vec<Vec<usize>>,
        /// Of each set of positions in `fields`, a request has at most one.
        at_most_one_of: Vec<Vec<usize>>,
        /// Whether required fields are set by name, one after the other, because two of them could be swapped
        /// unnoticed as positional arguments.
        named_in_turn: bool,
    },
    /// An open enumeration of strings.
    Choice(Vec<Member>),
    /// An open enumeration of integers.
    Integers(Vec<Member>),
    /// One of several types, or an unknown one.
    OneOf {
        /// The field whose value identifies the branch.
        by: Option<String>,
        /// Whether some branch contains a secret, in which case `Debug` hides an unknown one.
        secret: bool,
        /// The branches, in the spec's order.
        branches: Vec<Branch>,
    },
}

impl Kind {
    /// The types in it.
    pub fn parts(&self) -> impl Iterator<Item = &Ty> {
        let branches: &[Branch] = match self {
            Self::OneOf { branches, .. } => branches,
            Self::Choice(_) | Self::Integers(_) | Self::Object { .. } => &[],
        };
        let fields = self.fields().iter().map(|field| &field.ty);
        fields.chain(branches.iter().map(|branch| &branch.ty))
    }

    /// The fields of an object; none for anything else.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Object { fields, .. } => fields,
            Self::Choice(_) | Self::Integers(_) | Self::OneOf { .. } => &[],
        }
    }

    /// The fields of each set of which a request requires at least one.
    pub fn needed(&self) -> Vec<Vec<&Field>> {
        let Self::Object {
            fields,
            needs_one_of,
            ..
        } = self
        else {
            return Vec::new();
        };
        let sets = needs_one_of.iter();
        sets.map(|set| sets::items(fields, set).collect()).collect()
    }

    /// The fields of each set of which a request has at most one.
    pub fn excluded(&self) -> Vec<Vec<&Field>> {
        let Self::Object {
            fields,
            at_most_one_of,
            ..
        } = self
        else {
            return Vec::new();
        };
        let sets = at_most_one_of.iter();
        sets.map(|set| sets::items(fields, set).collect()).collect()
    }

    /// The values of an enumeration; none for anything else.
    pub fn members(&self) -> &[Member] {
        match self {
            Self::Choice(members) | Self::Integers(members) => members,
            Self::Object { .. } | Self::OneOf { .. } => &[],
        }
    }

    /// The member that an example in the spec is.
    #[must_use]
    pub fn told_member(&self, told: &serde_json::Value) -> Option<&Member> {
        let wire = match told {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Number(number) => number.to_string(),
            _ => return None,
        };
        self.members().iter().find(|member| member.wire == wire)
    }
}

/// A member of an enumeration.
#[derive(Clone, Debug)]
pub struct Member {
    /// The value on the wire.
    pub wire: String,
    /// The variant in Rust.
    pub rust: String,
    /// What it means.
    pub does: Option<String>,
    /// Since when and why it is deprecated, and what to use instead.
    pub deprecated: Option<spec::Deprecated>,
}

/// A field of an object, in one view.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// The name in Rust.
    pub rust: String,
    /// The type.
    pub ty: Ty,
    /// The format on the wire, if it is not the usual one.
    pub spelling: Option<spec::Wire>,
    /// Whether it is always present (in responses) or required (in requests).
    pub required: bool,
    /// Whether null is a distinct value.
    pub nullable: bool,
    /// Whether it is read-only in an object that can be written.
    pub read_only: bool,
    /// Whether it is a secret, which `Debug` hides.
    pub secret: bool,
    /// The type whose key or keys it contains.
    pub refers_to: Option<TypeId>,
    /// The type that lists its values.
    pub values_of: Option<TypeId>,
    /// What happens to a value when the record it refers to is deleted.
    pub on_delete: Option<spec::OnDelete>,
    /// Whether items that a written list or mapping omits are kept, if stated.
    pub merges: Option<bool>,
    /// Whether a box breaks a cycle of types here.
    pub boxed: bool,
    /// What it means, if its name does not say it.
    pub does: Option<String>,
    /// The unit or the kind of string.
    pub unit: Option<String>,
    /// The condition under which a response has it; `None` if there is none.
    pub when: Option<When>,
    /// The meaning of an empty string instead of its value.
    pub empty: Option<String>,
    /// The value used if it is omitted.
    pub default: Option<serde_json::Value>,
    /// Its value in an example of the docs.
    pub example: Option<serde_json::Value>,
    /// The smallest and the largest length, number or count of items, if stated.
    pub limits: Limits,
    /// Since when and why it is deprecated, and what to use instead.
    pub deprecated: Option<spec::Deprecated>,
}

impl Field {
    /// Whether the object always has a value for it, never absent or null.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        self.required && !self.nullable
    }
}

/// The condition under which a response has a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// A query parameter requests it, like `include=videos`.
    WithParameter(String),
    /// The same, with more in words behind it.
    WithParameterAnd {
        /// Both.
        text: String,
        /// The parameter with its value.
        parameter: String,
        /// The words.
        more: String,
    },
    /// A condition, in words that can follow "when".
    Holds(String),
}

impl When {
    /// As in the spec: a parameter is just a name and a value.
    pub(super) fn of(text: &str) -> Self {
        let is_parameter = |text: &str| text.contains('=') && !text.contains(char::is_whitespace);
        match text.split_once(", ") {
            _ if is_parameter(text) => Self::WithParameter(text.to_owned()),
            Some((parameter, more)) if is_parameter(parameter) => Self::WithParameterAnd {
                text: text.to_owned(),
                parameter: parameter.to_owned(),
                more: more.to_owned(),
            },
            _ => Self::Holds(text.to_owned()),
        }
    }

    /// The text of the spec.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::WithParameter(text) | Self::WithParameterAnd { text, .. } | Self::Holds(text) => {
                text
            }
        }
    }
}

/// The limits of a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Of a string, in characters.
    pub length: (Option<u64>, Option<u64>),
    /// Of a number, as written.
    pub range: (Option<String>, Option<String>),
    /// Of an array.
    pub items: (Option<u64>, Option<u64>),
    /// Of a string, as a regular expression.
    pub pattern: Option<String>,
    /// Of a string, by its format.
    pub format: Option<spec::Format>,
}
