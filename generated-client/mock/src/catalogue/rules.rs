//! What a store keeps and enforces, as the catalogue has it. What a key means is said where the
//! spec's format is described; these are the same facts, read.

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::forms::{Expr, Form};

type Forms = IndexMap<String, Form>;

/// All the rules.
#[derive(Debug, Default, Deserialize)]
pub struct Rules {
    /// The records, by the names of their collections.
    #[serde(default)]
    pub collections: IndexMap<String, Collection>,
    /// What each call does, by the endpoint's id.
    #[serde(default)]
    pub calls: IndexMap<String, Call>,
    /// The bodies of refusals: by group, then by status, `usual` for the others.
    #[serde(default)]
    pub refusals: IndexMap<String, IndexMap<String, RefusalBody>>,
}

/// Records of one kind.
#[derive(Debug, Deserialize)]
pub struct Collection {
    /// The group whose rules it stands among.
    pub group: String,
    /// The type of a record.
    pub holds: String,
    /// The field that names it.
    pub key: String,
    /// How keys are made.
    #[serde(default)]
    pub keys: Keys,
    /// The first number.
    #[serde(default)]
    pub first: Option<i64>,
    /// Sets of fields that no two records share.
    #[serde(default)]
    pub unique: Vec<Vec<String>>,
    /// The status when two would share them.
    #[serde(default)]
    pub clash: Option<u16>,
    /// Whether the case of letters is passed over in `unique`.
    #[serde(default)]
    pub folds_case: bool,
    /// Fields that hold keys of other records.
    #[serde(default)]
    pub refers: IndexMap<String, Refers>,
    /// What a new record has.
    #[serde(default)]
    pub starts: Forms,
    /// What follows from other fields.
    #[serde(default)]
    pub derives: Forms,
    /// What is worked out when shown.
    #[serde(default)]
    pub shows: Forms,
    /// The paths of links.
    #[serde(default)]
    pub links: IndexMap<String, String>,
    /// What filters, searches and orders look at.
    #[serde(default)]
    pub finds: Forms,
    /// What lists leave out.
    #[serde(default)]
    pub hides: Option<Expr>,
    /// What is not there for whoever asks.
    #[serde(default)]
    pub foreign: Option<Expr>,
    /// Whether times are shown with `Z`.
    #[serde(default)]
    pub zulu: bool,
    /// How events can be had for one channel.
    #[serde(default)]
    pub channel: Option<InChannel>,
    /// What follows a deletion.
    #[serde(default)]
    pub on_delete: Vec<Follows>,
    /// Odd spellings.
    #[serde(default)]
    pub quirks: Vec<Quirk>,
    /// What a new store is filled with.
    #[serde(default)]
    pub seeds: Option<Seeds>,
}

/// How keys are made.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// One number after the other.
    #[default]
    Count,
    /// A UUID.
    Uuid,
}

/// What a field refers to.
#[derive(Debug, Deserialize)]
pub struct Refers {
    /// The collection.
    pub to: String,
    /// Values that stand for none.
    #[serde(default)]
    pub none: Vec<Value>,
    /// The status of the refusal.
    #[serde(default)]
    pub status: Option<u16>,
}

/// How events are told to hooks on one channel.
#[derive(Debug, Deserialize)]
pub struct InChannel {
    /// The channel of the record.
    pub id: Expr,
    /// What it says there.
    pub data: Form,
}

/// What happens to other records.
#[derive(Debug, Deserialize)]
pub struct Follows {
    /// The collection.
    #[serde(rename = "in")]
    pub within: String,
    /// To which of them: all of which this holds.
    #[serde(rename = "where", default)]
    pub condition: Option<Expr>,
    /// To which of them: the one with this key.
    #[serde(default)]
    pub key: Option<Expr>,
    /// What they then have; nothing for being deleted.
    #[serde(default)]
    pub sets: Forms,
}

/// An odd spelling.
#[derive(Debug, Deserialize)]
pub struct Quirk {
    /// The field, by a path with dots.
    pub field: String,
    /// What is sent.
    pub sends: Value,
    /// In place of what; none for in place of nothing.
    #[serde(rename = "for", default, deserialize_with = "present")]
    pub instead_of: Option<Value>,
    /// Every so-many-th record.
    #[serde(default)]
    pub every: Option<i64>,
}

/// A value that is there, null included.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// What a new store is filled with.
#[derive(Debug, Deserialize)]
pub struct Seeds {
    /// When: lower ones first.
    #[serde(default)]
    pub rank: i64,
    /// How many.
    pub count: Expr,
    /// The call that makes one.
    #[serde(default)]
    pub by: Option<String>,
    /// The parameters of its path.
    #[serde(default)]
    pub path: Forms,
    /// The body.
    pub body: Form,
}

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

/// The form of a refusal's body.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum RefusalBody {
    /// `{"status", "title", "type", "errors"}`
    #[default]
    Problem,
    /// `[{"status", "message"}]`
    List,
    /// `{"errors": [{"status", "title", "type"}]}`
    Errors,
    /// A text.
    Text,
    /// Nothing.
    Empty,
}
