//! Schemas: objects, whose fields are written once for all views, enumerations, and one-ofs.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Branch, Deprecated, Map, Member, Nullable, View};

/// An object with `fields`, an enumeration with `values`, or one of several types with `one_of`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// What one value of it is.
    pub does: String,
    /// The views of an object. `read` makes the type `Name` of responses, `create` makes `NameCreate`,
    /// `update` makes `NameUpdate`, and `write` makes `NameInput`, for creating and updating alike. The
    /// default is `read`. A one-of has views like an object, unless all its branches are plain values.
    #[serde(default)]
    pub views: Vec<View>,
    /// The fields of an object, each written once for all views.
    #[serde(default)]
    pub fields: Option<Map<Field>>,
    /// The values of an enumeration, each with its meaning. Values that the API adds later are kept as
    /// unknown. If two have the same name in Rust, write the meaning as a mapping with `does:` and `rust:`.
    #[serde(default)]
    pub values: Option<Map<Member>>,
    /// The type of the values of an enumeration, if they are not strings: `int`.
    #[serde(rename = "type", default)]
    pub kind: Option<ValueType>,
    /// The branches of a one-of, each with its type. A value that matches none is kept as received. With
    /// `by`, the value of that field is the name of the branch. Otherwise the JSON type identifies the
    /// branch, and among several objects a field that only it has: the one it is named after, or the one in
    /// `has`.
    #[serde(default)]
    pub one_of: Option<Map<Branch>>,
    /// The field whose value identifies the branch of a one-of. It belongs to the one-of: the branches do not
    /// list it.
    #[serde(default)]
    pub by: Option<String>,
    /// Sets of fields of which a request requires at least one.
    #[serde(default)]
    pub needs_one_of: FieldSets,
    /// Sets of fields that exclude each other: a request has at most one of each.
    #[serde(default)]
    pub at_most_one_of: FieldSets,
    /// The field that identifies a value, if it is not `id`.
    #[serde(default)]
    pub key: Option<String>,
    /// Sets of fields that are unique together, ignoring case and empty values.
    #[serde(default)]
    pub unique: Vec<Vec<String>>,
    /// Values of its key that are the same in every store, with their meanings. Fields that contain one name
    /// the schema in `values_of`.
    #[serde(default)]
    pub known_values: Map<KnownValue>,
    /// For a schema with an `update` view but no `read` view: the schema of the records that it changes. In Rust
    /// the update can then be built from two states of such a record.
    #[serde(default)]
    pub updates: Option<String>,
    /// The name of the schema in the official description.
    #[serde(default)]
    pub official: Option<String>,
    /// The source of the facts, as a file or in words, if it is not the group's.
    #[serde(default)]
    pub source: Option<String>,
    /// Pitfalls that concern more than a single field.
    #[serde(default)]
    pub notes: Vec<String>,
    /// A question that the import left open. Answer it in the spec and remove this.
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

/// The type of the values of an enumeration, if they are not strings.
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
    /// When creating or updating.
    #[serde(default)]
    pub write: Vec<Vec<String>>,
}

impl FieldSets {
    /// The sets of a view; a value that is read has none.
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
    /// The type: `int`, `string`, `bool`, `decimal` (exact, never a float), `datetime`, `date`, `uuid`, `id`
    /// (integer or string), `json` (anything), the name of a schema, `[T]` for a list of T, `{T}` for a
    /// mapping from names to T, `[T?]` and `{T?}` if their items or values may be null, or `link T` for a
    /// value that the API sends either as a link object or embedded.
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    /// The values of an enumeration that only this field has (instead of `type`; with `type: int`, its values
    /// are integers). The type is named after the schema and the field.
    #[serde(rename = "enum", default)]
    pub values: Option<Map<Member>>,
    /// What the field means, if its name and the other facts do not say it: a pitfall, the default behaviour,
    /// a special value, what an id refers to.
    #[serde(default)]
    pub does: Option<String>,
    /// The views that have the field. The default is all views of the schema.
    #[serde(rename = "in", default)]
    pub views: Option<Vec<View>>,
    /// The views in which the type differs, each with its type.
    #[serde(default)]
    pub types: Map<String>,
    /// The views in which the field is always present (`read`) or required (the others).
    #[serde(default)]
    pub required: Vec<View>,
    /// Whether the field may be null: `true`, or the views in which it may, such as `[read]`.
    #[serde(default)]
    pub nullable: Nullable,
    /// The value that the API uses if the field is omitted.
    #[serde(default)]
    pub default: Option<serde_json::Value>,
    /// The value in the examples of the docs, if a generated one would mislead. An example of an update sets
    /// a field that has one.
    #[serde(default)]
    pub example: Option<serde_json::Value>,
    /// The length of a string in characters: `1..255`, `..255` or `1..`.
    #[serde(default)]
    pub length: Option<String>,
    /// The smallest and the largest allowed number: `0..100`, `0..` or `..100`.
    #[serde(default)]
    pub range: Option<String>,
    /// How many items a list may have: `1..10`.
    #[serde(default)]
    pub items: Option<String>,
    /// A regular expression the string must match.
    #[serde(default)]
    pub pattern: Option<String>,
    /// The format of the string. An empty string means no value, unless `length` excludes it.
    #[serde(default)]
    pub format: Option<Format>,
    /// The unit or the kind of string: `seconds`, `percent`, `the store's weight unit`, `HTML`.
    #[serde(default)]
    pub unit: Option<String>,
    /// The schema whose key this field contains. 0 means none.
    #[serde(default)]
    pub refers_to: Option<String>,
    /// The schema whose `known_values` lists values of this field. Other values are possible.
    #[serde(default)]
    pub values_of: Option<String>,
    /// What happens to a value when the record it refers to is deleted. The default is nothing.
    #[serde(default)]
    pub on_delete: Option<OnDelete>,
    /// What an update does with the items of a list or mapping that it omits: `true` if they are kept or no
    /// source says that they are removed, `false` if they are removed. The default is `true` for a list of
    /// records with keys, and `false` otherwise. With `true`, the client reports items that an update cannot
    /// remove.
    #[serde(default)]
    pub merges: Option<bool>,
    /// The format on the wire, if it is not the usual one of the type.
    #[serde(default)]
    pub wire: Option<Wire>,
    /// The condition under which the field is returned: a parameter that requests it, such as
    /// `include=variants`, or words that can follow "when", such as `the job was an upload`.
    #[serde(default)]
    pub when: Option<String>,
    /// The meaning of an empty string for a field that is not a string, such as `no end` for a date.
    #[serde(default)]
    pub empty: Option<String>,
    /// Whether the value is a secret, such as a password or a link that grants access. `Debug` and recordings
    /// hide it.
    #[serde(default)]
    pub secret: bool,
    /// The name in Rust, if the name on the wire cannot be used.
    #[serde(default)]
    pub rust: Option<String>,
    /// Since when and why it is deprecated, and what to use instead.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// The source of the fact, as a file or in words, if it is not the schema's.
    #[serde(default)]
    pub source: Option<String>,
    /// A question that the import left open. Answer it in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// A string format that can be validated without the store.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// An absolute URL.
    Url,
    /// An ISO 4217 currency code, in upper or lower case.
    Currency,
    /// An ISO 3166-1 alpha-2 country code.
    Country,
    /// An email address.
    Email,
    /// An event scope or a wildcard of `events.yaml`.
    EventScope,
}

/// What happens to a value when the record it refers to is deleted.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum OnDelete {
    /// It is deleted too.
    Delete,
    /// Its reference is cleared.
    Clear,
}

/// A format on the wire.
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
