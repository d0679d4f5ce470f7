//! Schemas: objects whose fields are written once for all their views, enumerations, and one-ofs.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Branch, Deprecated, Map, Member, Nullable, View};

/// An object with `fields`, an enumeration with `values`, or one of several types with `one_of`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// What one value of it is.
    pub does: String,
    /// The views of an object. `read` makes the type `Name` that responses decode to, `create` makes
    /// `NameCreate`, `update` makes `NameUpdate`, and `write` makes `NameInput` where creating and
    /// updating take the same. Left out, the object is only read. A one-of has views as an object does,
    /// unless all its branches are plain values.
    #[serde(default)]
    pub views: Vec<View>,
    /// The fields of an object, each written once for all views.
    #[serde(default)]
    pub fields: Option<Map<Field>>,
    /// The members of an enumeration: wire value to meaning. Members the API adds later are kept
    /// as unknown ones. Where two have one name in Rust, the meaning is written as a mapping with
    /// `does:` and `rust:`.
    #[serde(default)]
    pub values: Option<Map<Member>>,
    /// What the values of an enumeration are on the wire, where they are not strings: `int`.
    #[serde(rename = "type", default)]
    pub kind: Option<ValueType>,
    /// The branches of a one-of, each with its type. What is none of them is kept as it came. A branch
    /// is told by the value of the field that `by` names, which is then the branch's name; otherwise by
    /// the kind of JSON it is, and among several objects by a field that only it has: the one it is
    /// named after, or the one `has` names.
    #[serde(default)]
    pub one_of: Option<Map<Branch>>,
    /// The field whose value tells the branches of a one-of apart. It belongs to the one-of: the
    /// branches do not list it.
    #[serde(default)]
    pub by: Option<String>,
    /// Sets of fields of which a written value needs at least one.
    #[serde(default)]
    pub needs_one_of: FieldSets,
    /// Sets of fields that exclude each other: a written value has at most one of each.
    #[serde(default)]
    pub at_most_one_of: FieldSets,
    /// The field that names one value among all of its kind, where that is not `id`.
    #[serde(default)]
    pub key: Option<String>,
    /// Sets of fields that no two values share. Case does not count, and neither does an empty value.
    #[serde(default)]
    pub unique: Vec<Vec<String>>,
    /// Values of its key that are the same in every store, with what each stands for. Fields that hold one
    /// name the schema by `values_of`.
    #[serde(default)]
    pub known_values: Map<KnownValue>,
    /// The name of the schema in the official description.
    #[serde(default)]
    pub official: Option<String>,
    /// Where the facts come from, when that is not the group's source.
    #[serde(default)]
    pub source: Option<String>,
    /// Traps worth knowing, beyond what a single field says.
    #[serde(default)]
    pub notes: Vec<String>,
    /// A question that an importer could not answer. Say the answer in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// A value that is the same in every store.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownValue {
    /// Its name.
    pub name: String,
    /// What it means, as a sentence.
    pub does: String,
}

/// What the values of an enumeration are, where they are not strings.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// Integers.
    Int,
}

/// Sets of fields, by view.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldSets {
    /// When creating.
    #[serde(default)]
    pub create: Vec<Vec<String>>,
    /// When updating.
    #[serde(default)]
    pub update: Vec<Vec<String>>,
    /// When doing either.
    #[serde(default)]
    pub write: Vec<Vec<String>>,
}

impl FieldSets {
    /// The sets of a view; nothing is asked of a value that is read.
    pub fn of(&self, view: View) -> &[Vec<String>] {
        match view {
            View::Read => &[],
            View::Create => &self.create,
            View::Update => &self.update,
            View::Write => &self.write,
        }
    }
}

/// A field of an object.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The type: `int`, `string`, `bool`, `decimal` (exact, never a float), `datetime`, `date`,
    /// `uuid`, `id` (integer or string), `json` (anything), the name of a schema, `[T]` a list of T,
    /// `{T}` a mapping from names to T, `[T?]` and `{T?}` those whose items and
    /// values may be null, or `link T` for what the
    /// API sends either as a link object or embedded.
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    /// The members of an enumeration of this field's own (instead of `type`; with `type: int` its
    /// values are integers). The type is named after the schema and the field.
    #[serde(rename = "enum", default)]
    pub values: Option<Map<Member>>,
    /// What the field means where its name and the other facts do not tell: the trap, the default
    /// behaviour, the sentinel, what an id refers to.
    #[serde(default)]
    pub does: Option<String>,
    /// The views that have the field. Left out, all of the schema's views.
    #[serde(rename = "in", default)]
    pub views: Option<Vec<View>>,
    /// Views in which the type differs, and how.
    #[serde(default)]
    pub types: Map<String>,
    /// The views in which the field is always there (read) or must be given (the others).
    #[serde(default)]
    pub required: Vec<View>,
    /// Null is a value of its own when writing, and may come when reading: `true`, or the views in
    /// which it is, such as `[read]`.
    #[serde(default)]
    pub nullable: Nullable,
    /// The value the API takes when the field is left out.
    #[serde(default)]
    pub default: Option<serde_json::Value>,
    /// What the examples in the docs give it, where one of its type would mislead. A field that has
    /// one is what an example of an update sets.
    #[serde(default)]
    pub example: Option<serde_json::Value>,
    /// Length of a string in characters: `1..255`, `..255` or `1..`.
    #[serde(default)]
    pub length: Option<String>,
    /// Smallest and largest number, both allowed: `0..100`, `0..` or `..100`.
    #[serde(default)]
    pub range: Option<String>,
    /// How many items a list may have: `1..10`.
    #[serde(default)]
    pub items: Option<String>,
    /// A regular expression the string must match.
    #[serde(default)]
    pub pattern: Option<String>,
    /// The format of the string, where not every string will do. An empty one stands for none, unless
    /// `length` excludes it.
    #[serde(default)]
    pub format: Option<Format>,
    /// The unit or the kind of string: `seconds`, `percent`, `the store's weight unit`, `HTML`.
    #[serde(default)]
    pub unit: Option<String>,
    /// The schema whose key this is, or these are. 0 stands for none.
    #[serde(default)]
    pub refers_to: Option<String>,
    /// The schema that lists the values this has by `known_values`. Others may come.
    #[serde(default)]
    pub values_of: Option<String>,
    /// What becomes of a value when what it refers to is deleted; nothing when left out.
    #[serde(default)]
    pub on_delete: Option<OnDelete>,
    /// What an update makes of the list or mapping: `true` where what it leaves out stays, or no source says that it
    /// goes, and `false` where the list is replaced. Left out, a list of records that have keys counts as the former,
    /// and any other as the latter. Where something may stay, the client does not take it out unnoticed.
    #[serde(default)]
    pub merges: Option<bool>,
    /// How the value is spelled on the wire when that is not the type's usual spelling.
    #[serde(default)]
    pub wire: Option<Wire>,
    /// Only there when this holds: a parameter that asks for it, such as `include=variants`, or a condition in words
    /// that can stand behind "when", such as `the job was an upload`.
    #[serde(default)]
    pub when: Option<String>,
    /// What an empty string stands for in the place of a value of another type, such as `no end` of a date.
    #[serde(default)]
    pub empty: Option<String>,
    /// The value is a secret, such as a password or a link that opens something: no `Debug` shows it,
    /// and no recording keeps it.
    #[serde(default)]
    pub secret: bool,
    /// The name in Rust, where the wire's own cannot be used.
    #[serde(default)]
    pub rust: Option<String>,
    /// Since when and why it is deprecated, and what to use instead.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// Where the fact comes from, when that is not the schema's source.
    #[serde(default)]
    pub source: Option<String>,
    /// A question that an importer could not answer. Say the answer in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// A format of strings that can be judged without the store.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A whole address, protocol included.
    Url,
    /// The code of a currency by ISO 4217, in either case.
    Currency,
    /// The code of a country by ISO 3166-1 alpha-2.
    Country,
    /// An e-mail address.
    Email,
    /// An event scope or a wildcard of `events.yaml`.
    EventScope,
}

/// What becomes of a value when what it refers to is deleted.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum OnDelete {
    /// It is deleted too.
    Delete,
    /// It refers to nothing from then on.
    Clear,
}

/// A spelling on the wire.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Wire {
    /// A decimal as a string: `"62.6793"`.
    Text,
    /// A date as RFC 2822: `Tue, 05 Mar 2019 21:40:11 +0000`.
    Rfc2822,
    /// A date as seconds since 1970.
    Unix,
    /// A boolean as 1 or 0.
    OneZero,
}
