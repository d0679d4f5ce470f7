//! What a call does, as the catalogue has it.

use indexmap::IndexMap;
use serde::Deserialize;

use super::collection::Follows;
use super::rules::Forms;
use crate::forms::{Expr, Form};

/// What a call does.
#[derive(Debug, Deserialize)]
pub struct Call {
    /// The verb.
    #[serde(rename = "do")]
    pub verb: Verb,
    /// The collection.
    pub collection: String,
    /// The parameter of the path that holds the key.
    #[serde(default)]
    pub key: Option<String>,
    /// Parameters that hold keys of other records.
    #[serde(default)]
    pub within: IndexMap<String, String>,
    /// The fields by which `upsert` finds a record.
    #[serde(default)]
    pub matches: Vec<String>,
    /// Other records that must be there.
    #[serde(default)]
    pub reads: IndexMap<String, Reads>,
    /// What refuses the call.
    #[serde(default)]
    pub refuses: Vec<Refuses>,
    /// Whether fields that cannot be written are refused.
    #[serde(default)]
    pub closed: bool,
    /// Names for what is worked out first.
    #[serde(default)]
    pub lets: Forms,
    /// Fields that are not simply taken from the body.
    #[serde(default)]
    pub sets: Forms,
    /// What happens to other records afterwards.
    #[serde(default)]
    pub then: Vec<Follows>,
    /// Records that come into being with it.
    #[serde(default)]
    pub makes: Vec<Makes>,
    /// What `delete` sets instead of removing.
    #[serde(default)]
    pub archives: Forms,
    /// What is answered.
    #[serde(default)]
    pub answers: Option<Form>,
    /// The list is a tree.
    #[serde(default)]
    pub nests: Option<Nests>,
    /// The page size by what is included.
    #[serde(default)]
    pub shrinks: IndexMap<String, usize>,
    /// Whether pages come without links.
    #[serde(default)]
    pub unlinked: bool,
    /// Events that do not simply fire.
    #[serde(default)]
    pub fires: IndexMap<String, Fires>,
    /// What becomes of a batch.
    #[serde(default)]
    pub batch: BatchRule,
}

/// A verb.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Many are read.
    List,
    /// One is read.
    Get,
    /// One is made, or several.
    Create,
    /// One is changed, or several.
    Update,
    /// Each is made or changed.
    Upsert,
    /// One is removed, or those that filters match.
    Delete,
}

/// Another record that must be there.
#[derive(Debug, Deserialize)]
pub struct Reads {
    /// The collection.
    pub from: String,
    /// The parameter of the path with its key.
    pub key: String,
}

/// A condition that refuses.
#[derive(Debug, Deserialize)]
pub struct Refuses {
    /// The condition.
    pub when: Expr,
    /// The status.
    pub status: u16,
    /// The field.
    #[serde(default)]
    pub field: Option<String>,
    /// The sentence.
    pub says: String,
}

/// Records that come with another.
#[derive(Debug, Deserialize)]
pub struct Makes {
    /// The collection.
    #[serde(rename = "in")]
    pub within: String,
    /// One for each of these.
    #[serde(default)]
    pub each: Option<Expr>,
    /// Only when this holds.
    #[serde(default)]
    pub when: Option<Expr>,
    /// What it holds.
    pub gives: Form,
}

/// How a list is a tree.
#[derive(Debug, Deserialize)]
pub struct Nests {
    /// The field that names the one above.
    pub under: String,
    /// The field with those below.
    pub into: String,
    /// The field that orders siblings.
    #[serde(default)]
    pub order: Option<String>,
    /// The parameter with the depth.
    #[serde(default)]
    pub depth: Option<String>,
}

/// When an event fires.
#[derive(Debug, Deserialize)]
pub struct Fires {
    /// Only when this holds.
    #[serde(default)]
    pub when: Option<Expr>,
    /// Once for each of these.
    #[serde(default)]
    pub each: Option<Expr>,
    /// Once for the whole batch, with `records`.
    #[serde(default)]
    pub batched: bool,
    /// What it says.
    #[serde(default)]
    pub data: Option<Form>,
    /// What it says to hooks on one channel.
    #[serde(default)]
    pub in_channel: Option<Form>,
}

/// What becomes of a batch with a bad item.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum BatchRule {
    /// Nothing is done.
    #[default]
    Whole,
    /// Nothing is done, told in `batch_errors`.
    BatchErrors,
    /// The others are done, told by a 207.
    Partly,
    /// The others are done, told by a 422 with `batch_errors`.
    PartlyBatchErrors,
}
