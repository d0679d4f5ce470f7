//! What a store keeps and enforces beyond the shapes of what is sent: which records there are, what
//! is unique, what refers to what, how things begin and what follows from a write. A mock store is
//! made of this; the client knows nothing of it.
//!
//! A *form* is a value that is worked out. A text is an expression over what is at hand
//! (`record.sale_price or record.price`), a mapping gives an object whose values are forms, a mapping
//! of `each`, `as` and `give` makes a list out of a list, and anything else stands for itself.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::Map;

mod call;

pub use call::*;

/// One file below `store/`: what a store keeps for a group, and what its calls do to it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StoreRules {
    /// The file it was read from, such as `store/brands.yaml`.
    #[serde(skip)]
    pub file: String,
    /// The group whose calls these are.
    pub group: String,
    /// The records that the store keeps.
    #[serde(default)]
    pub collections: Map<Collection>,
    /// What each call does, by the endpoint's id in the group. A call that is not here is not modelled.
    #[serde(default)]
    pub calls: Map<Call>,
    /// The body of a refusal by status, where it is not the generation's own.
    #[serde(default)]
    pub refusals: Map<RefusalBody>,
}

/// Records of one kind.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Collection {
    /// The schema of a record, as answers show it.
    pub holds: String,
    /// The field by which a record is named.
    pub key: String,
    /// How new keys are made.
    #[serde(default, skip_serializing_if = "is_default")]
    pub keys: Keys,
    /// The first number that is given out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<i64>,
    /// Sets of fields that no two records share. Empty values do not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unique: Vec<Vec<String>>,
    /// The status of the refusal when two would share them; 409 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clash: Option<u16>,
    /// Whether texts that differ only in the case of letters count as the same in `unique`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub folds_case: bool,
    /// Fields that hold keys of other records, or lists of them.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub refers: Map<Refers>,
    /// What a new record has where nothing was sent.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub starts: Map<serde_json::Value>,
    /// What follows from the other fields, worked out after every write, in this order.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub derives: Map<serde_json::Value>,
    /// What is worked out whenever a record is shown.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub shows: Map<serde_json::Value>,
    /// The paths of fields that are links unless they are included, with fields of the record in braces.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub links: Map<String>,
    /// What filters, searches and orders of lists look at, where it is not the field of that name. A
    /// whole parameter, such as `name:in`, comes before the bare field.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub finds: Map<serde_json::Value>,
    /// What holds of records that lists leave out unless a filter asks for them: an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hides: Option<String>,
    /// What holds of records that are not there at all for whoever asks: an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign: Option<String>,
    /// Whether times are shown with `Z` and not with `+00:00`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub zulu: bool,
    /// How events about a record can be had for one channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<InChannel>,
    /// Whether a date without a time, in a filter, means the time of day at which it is asked. It is
    /// odd, so a strict mock takes it for the beginning of the day.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fills_time: bool,
    /// What is done to other records when one is deleted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_delete: Vec<Follows>,
    /// What the live API sends in odd spellings. A strict mock leaves them out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quirks: Vec<Quirk>,
    /// What a new store is filled with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seeds: Option<Seeds>,
}

/// How events about a record are told to hooks on `store/channel/{id}/...`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct InChannel {
    /// The channel of the record: an expression.
    pub id: String,
    /// The `data` of the delivery there, as a form.
    pub data: serde_json::Value,
}

/// How keys of new records are made.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// One number after the other.
    #[default]
    Count,
    /// A random UUID.
    Uuid,
}

/// What a field of keys refers to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Refers {
    /// The collection whose keys these are.
    pub to: String,
    /// Values that stand for no record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<serde_json::Value>,
    /// The status of the refusal when there is no such record; 422 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

/// What happens to the records of another collection.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Follows {
    /// The collection.
    #[serde(rename = "in")]
    pub within: String,
    /// What holds of the records it happens to: an expression over `record`, the one that the call is
    /// about, and `other`, one of the collection. This or `key`.
    #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// The key of the one record it happens to: an expression. It is found at once, where `where` has to
    /// look at all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What they then have. Left out, they are deleted too.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub sets: Map<serde_json::Value>,
}

/// A spelling that the live API is known to use.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Quirk {
    /// The number of the fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<u32>,
    /// The field; fields inside others are joined by dots, and a dot goes through lists too.
    pub field: String,
    /// What is sent; nothing at all when neither this nor `copies` is there.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub sends: Option<serde_json::Value>,
    /// The field beside it whose value is sent once more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<String>,
    /// The value in whose place it is sent, as an answer spells it; when left out, in the place of a
    /// field that is not there.
    #[serde(
        rename = "for",
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub instead_of: Option<serde_json::Value>,
    /// Only every so-many-th record shows it, so that both spellings are met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<i64>,
}

/// What a new store is filled with.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Seeds {
    /// When it is their turn: those of lower numbers come first, those of one in the order of the files.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rank: i64,
    /// How many: an expression over `products`, the number that was asked for.
    pub count: String,
    /// The call of the group by whose rules one is made; left out, by the collection's alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Where that call's path needs them: forms of its parameters.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub path: Map<serde_json::Value>,
    /// The body, as forms over `n`, which counts from 1.
    pub body: serde_json::Value,
}

/// The form of a refusal's body.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum RefusalBody {
    /// An object with `status`, `title`, `type` and `errors`.
    #[default]
    Problem,
    /// A list of one object with `status` and `message`.
    List,
    /// An object whose `errors` is a list of one object with `status`, `title` and `type`.
    Errors,
    /// A plain text.
    Text,
    /// No body.
    Empty,
}

/// A value that is there even when it is null.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<serde_json::Value>, D::Error> {
    serde_json::Value::deserialize(from).map(Some)
}

/// Whether a key that may be left out says nothing.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
