//! A type that stands in Rust: an object with its fields, an enumeration, or one of several types.

use super::{Branch, GroupId, Home, Ty, TypeId};
use crate::spec;

/// A type that stands in Rust.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Where it is declared.
    pub home: Home,
    /// Its name in Rust and in `takes` and `returns`.
    pub name: String,
    /// The schema it is a view of.
    pub schema: String,
    /// The side it shows; `None` for what is the same from every side, as enumerations are.
    pub view: Option<spec::View>,
    /// What one value of it is.
    pub does: String,
    /// Traps.
    pub notes: Vec<String>,
    /// The name in the official description.
    pub official: Option<String>,
    /// The field that names one value among all of its kind, where that is not `id`.
    pub key: Option<String>,
    /// Sets of fields that no two values share.
    pub unique: Vec<Vec<String>>,
    /// Values of its key that are the same in every store.
    pub known: Vec<KnownValue>,
    /// What it is made of.
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
    /// What it means.
    pub does: String,
}

/// When a type is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Always: several groups use it.
    Always,
    /// With the feature of the one group that uses it.
    Feature(GroupId),
}

/// What a type is made of.
#[derive(Clone, Debug)]
pub enum Kind {
    Object {
        /// Its fields, in the spec's order.
        fields: Vec<Field>,
        /// Of each list, a written value needs at least one.
        needs_one_of: Vec<Vec<String>>,
        /// Of each list, a written value has at most one.
        at_most_one_of: Vec<Vec<String>>,
        /// Whether what is required is named one after the other when a value is made, because as
        /// arguments side by side two of them could be exchanged unnoticed.
        named_in_turn: bool,
    },
    /// An open enumeration of strings.
    Choice(Vec<Member>),
    /// An open enumeration of integers.
    Integers(Vec<Member>),
    /// One of several types, or something that is not known yet.
    OneOf {
        /// The field whose value tells the branches apart.
        by: Option<String>,
        /// Whether some branch holds a secret, so that `Debug` shows nothing of an unknown one.
        secret: bool,
        /// The branches, in the spec's order.
        branches: Vec<Branch>,
    },
}

impl Kind {
    /// The types that it is made of.
    pub fn parts(&self) -> impl Iterator<Item = &Ty> {
        let branches: &[Branch] = match self {
            Self::OneOf { branches, .. } => branches,
            Self::Choice(_) | Self::Integers(_) | Self::Object { .. } => &[],
        };
        let fields = self.fields().iter().map(|field| &field.ty);
        fields.chain(branches.iter().map(|branch| &branch.ty))
    }

    /// The fields of an object; none of anything else.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Object { fields, .. } => fields,
            Self::Choice(_) | Self::Integers(_) | Self::OneOf { .. } => &[],
        }
    }

    /// The fields of each set of which a written value needs at least one.
    pub fn needed(&self) -> Vec<Vec<&Field>> {
        let Self::Object {
            fields,
            needs_one_of,
            ..
        } = self
        else {
            return Vec::new();
        };
        let sets = needs_one_of.iter().map(|names| {
            let fields = names.iter().filter_map(|name| {
                let mut fields = fields.iter();
                fields.find(|field| field.wire == *name)
            });
            fields.collect()
        });
        sets.collect()
    }

    /// The members of an enumeration; none of anything else.
    pub fn members(&self) -> &[Member] {
        match self {
            Self::Choice(members) | Self::Integers(members) => members,
            Self::Object { .. } | Self::OneOf { .. } => &[],
        }
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

/// A field of an object, as one view has it.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// The name in Rust.
    pub rust: String,
    /// The type.
    pub ty: Ty,
    /// The spelling on the wire, where it is not the usual one.
    pub spelling: Option<spec::Wire>,
    /// Whether it is always there (read) or must be given (written).
    pub required: bool,
    /// Whether null is a value of its own.
    pub nullable: bool,
    /// Whether it only comes from the API, although its object can be written.
    pub read_only: bool,
    /// Whether it is a secret, which `Debug` does not show.
    pub secret: bool,
    /// The type whose key it is, or whose keys they are.
    pub refers_to: Option<TypeId>,
    /// The type that lists the values it has.
    pub values_of: Option<TypeId>,
    /// What becomes of a value when what it refers to is deleted.
    pub on_delete: Option<spec::OnDelete>,
    /// Whether what a written list or mapping leaves out stays, where that is said.
    pub merges: Option<bool>,
    /// Whether a box breaks a cycle of types here.
    pub boxed: bool,
    /// What it means, where its name does not tell.
    pub does: Option<String>,
    /// The unit or the kind of string.
    pub unit: Option<String>,
    /// What must hold so that a response has it; `None` where nothing need.
    pub when: Option<When>,
    /// What an empty string stands for in the place of its value.
    pub empty: Option<String>,
    /// The value taken when it is left out.
    pub default: Option<serde_json::Value>,
    /// What an example in the docs gives it.
    pub example: Option<serde_json::Value>,
    /// Smallest and largest length, number or count of items, where stated.
    pub limits: Limits,
    /// Since when and why it is deprecated, and what to use instead.
    pub deprecated: Option<spec::Deprecated>,
}

impl Field {
    /// Whether there is no value of the object in which it is absent or null.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        self.required && !self.nullable
    }
}

/// What must hold so that a response has a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// A parameter of the query asks for it, as `include=videos` does.
    Asked(String),
    /// A condition, in words that can stand behind "when".
    Holds(String),
}

impl When {
    /// As the spec has it: a parameter is a name and a value with nothing around them.
    pub(super) fn of(text: &str) -> Self {
        if text.contains('=') && !text.contains(char::is_whitespace) {
            Self::Asked(text.to_owned())
        } else {
            Self::Holds(text.to_owned())
        }
    }

    /// The text of the spec.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Asked(text) | Self::Holds(text) => text,
        }
    }
}

/// What bounds a value.
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
    /// Of a string, by what kind of string it is.
    pub format: Option<spec::Format>,
}
