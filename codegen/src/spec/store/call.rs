//! What a call does to what a store keeps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{super::Map, Follows, is_default};

/// What a call does to what the store keeps. Exactly one of the verbs is there.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// It lists the records of this collection.
    #[serde(default, skip_serializing)]
    pub list: Option<String>,
    /// It reads one.
    #[serde(default, skip_serializing)]
    pub get: Option<String>,
    /// It makes one, or one for each item of the body.
    #[serde(default, skip_serializing)]
    pub create: Option<String>,
    /// It changes one, or for each item of the body the one it names.
    #[serde(default, skip_serializing)]
    pub update: Option<String>,
    /// It makes or changes one for each item of the body.
    #[serde(default, skip_serializing)]
    pub upsert: Option<String>,
    /// It removes the one that the path names, or those that the filters match.
    #[serde(default, skip_serializing)]
    pub delete: Option<String>,
    /// The parameter of the path that holds the record's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Parameters of the path that hold keys of other records: the collection each is looked up in.
    /// A record belongs there when its field of that name holds the key.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub within: Map<String>,
    /// The fields by which `upsert` finds the record that is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<String>,
    /// Other records that must be there, by the name they have in expressions.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub reads: Map<Reads>,
    /// What refuses the call, each looked at in turn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refuses: Vec<Refuses>,
    /// Names for what is worked out first, in this order, and is then at hand in the whole call.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub lets: Map<serde_json::Value>,
    /// Fields of the record that are not simply taken from the body. One whose form gives nothing stays
    /// as it is. A field that the record's type does not have is kept and never shown.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub sets: Map<serde_json::Value>,
    /// Records of other collections that come into being with this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub makes: Vec<Makes>,
    /// What is then done to other records, or to this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Follows>,
    /// What `delete` sets instead of removing the record.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub archives: Map<serde_json::Value>,
    /// Whether a field of the body that its schema does not have is refused with 400.
    #[serde(default, skip_serializing_if = "is_default")]
    pub closed: bool,
    /// What is answered, where it is not the record: a form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<serde_json::Value>,
    /// The list is answered as a tree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nests: Option<Nests>,
    /// The page size when one of these is included.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub shrinks: Map<u32>,
    /// Whether the pages of a list come without links. It is odd, so a strict mock has them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unlinked: bool,
    /// The events that do not fire each time, or not with the record's kind and key alone.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub fires: Map<Fires>,
    /// What becomes of a batch of which one item is refused.
    #[serde(default, skip_serializing_if = "is_default")]
    pub batch: BatchRule,
}

impl Call {
    /// The verbs that are there, each with the collection it works on; one of a sound call.
    pub fn verbs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("list", &self.list),
            ("get", &self.get),
            ("create", &self.create),
            ("update", &self.update),
            ("upsert", &self.upsert),
            ("delete", &self.delete),
        ]
        .into_iter()
        .filter_map(|(verb, collection)| Some((verb, collection.as_deref()?)))
    }
}

/// A record that a call needs beside its own.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reads {
    /// The collection.
    pub from: String,
    /// The parameter of the path that holds its key.
    pub key: String,
}

/// A condition under which a call is refused.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Refuses {
    /// The condition: an expression.
    pub when: String,
    /// The status of the refusal.
    pub status: u16,
    /// The field it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What it says.
    pub says: String,
}

/// Records that come into being with another.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Makes {
    /// The collection.
    #[serde(rename = "in")]
    pub within: String,
    /// One for each of this list, which each is called `item` in `record`; one alone when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// Only when this holds: an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// What it holds: a form.
    pub gives: serde_json::Value,
}

/// How a list is answered as a tree.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Nests {
    /// The field that names the record above.
    pub under: String,
    /// The field of the answer that holds those below.
    pub into: String,
    /// The field that orders those below one record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The parameter of the query that says how deep it goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth: Option<String>,
}

/// When an event fires, and what it says.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fires {
    /// Only when this holds: an expression over `record` and `before`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Once for each of this list, which each is called `item`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// Whether it fires once for the whole batch, whose records are then called `records`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub batched: bool,
    /// The `data` of the delivery, as a form; the record's kind and key when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<serde_json::Value>,
    /// The same for hooks on one channel, where it is not the collection's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_channel: Option<serde_json::Value>,
}

/// What becomes of a batch of which one item is refused.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum BatchRule {
    /// Nothing is done, and the refusal is that of the item.
    #[default]
    Whole,
    /// Nothing is done, and the refusal has a list `batch_errors`.
    BatchErrors,
    /// The others are done, and a 207 says in `errors` what was refused, with a tally in `meta`.
    Partly,
    /// The others are done, and a 422 says in `batch_errors` what was refused.
    PartlyBatchErrors,
}
