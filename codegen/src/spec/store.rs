//! What a store keeps and enforces beyond the shapes of what is sent: which records there are, what
//! is unique, what refers to what, how things begin and what follows from a write. A mock store is
//! made of this; the client knows nothing of it.
//!
//! A *form* is a value that is worked out. A text is an expression over what is at hand
//! (`record.sale_price or record.price`), a mapping gives an object whose values are forms, a mapping
//! of `each`, `as` and `give` makes a list out of a list, and anything else stands for itself.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Map;

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
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Collection {
    /// The schema of a record, as answers show it.
    pub holds: String,
    /// The field by which a record is named.
    pub key: String,
    /// How new keys are made.
    #[serde(default)]
    pub keys: Keys,
    /// The first number that is given out.
    #[serde(default)]
    pub first: Option<i64>,
    /// Sets of fields that no two records share. Empty values do not count.
    #[serde(default)]
    pub unique: Vec<Vec<String>>,
    /// Whether texts that differ only in the case of letters count as the same in `unique`.
    #[serde(default)]
    pub folds_case: bool,
    /// Fields that hold keys of other records, or lists of them.
    #[serde(default)]
    pub refers: Map<Refers>,
    /// What a new record has where nothing was sent.
    #[serde(default)]
    pub starts: Map<serde_json::Value>,
    /// What follows from the other fields, worked out after every write, in this order.
    #[serde(default)]
    pub derives: Map<serde_json::Value>,
    /// What is worked out whenever a record is shown.
    #[serde(default)]
    pub shows: Map<serde_json::Value>,
    /// The paths of fields that are links unless they are included, with fields of the record in braces.
    #[serde(default)]
    pub links: Map<String>,
    /// What filters, searches and orders of lists look at, where it is not the field of that name.
    #[serde(default)]
    pub finds: Map<serde_json::Value>,
    /// What holds of records that lists leave out unless a filter asks for them: an expression.
    #[serde(default)]
    pub hides: Option<String>,
    /// What is done to other records when one is deleted.
    #[serde(default)]
    pub on_delete: Vec<Follows>,
    /// What the live API sends in odd spellings. A strict mock leaves them out.
    #[serde(default)]
    pub quirks: Vec<Quirk>,
    /// What a new store is filled with.
    #[serde(default)]
    pub seeds: Option<Seeds>,
}

/// How keys of new records are made.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// One number after the other.
    #[default]
    Count,
    /// A random UUID.
    Uuid,
}

/// What a field of keys refers to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refers {
    /// The collection whose keys these are.
    pub to: String,
    /// Values that stand for no record.
    #[serde(default)]
    pub none: Vec<serde_json::Value>,
    /// The status of the refusal when there is no such record; 422 when left out.
    #[serde(default)]
    pub status: Option<u16>,
}

/// What happens to the records of another collection.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Follows {
    /// The collection.
    #[serde(rename = "in")]
    pub within: String,
    /// What holds of the records it happens to: an expression over `record`, the one that was
    /// deleted, and `other`, one of the collection.
    #[serde(rename = "where")]
    pub condition: String,
    /// What they then have. Left out, they are deleted too.
    #[serde(default)]
    pub sets: Map<serde_json::Value>,
}

/// A spelling that the live API is known to use.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quirk {
    /// The number of the fact.
    pub fact: u32,
    /// The field; fields inside others are joined by dots, and a dot goes through lists too.
    pub field: String,
    /// What is sent.
    pub sends: serde_json::Value,
    /// The value in whose place it is sent; when left out, in the place of a field that is not there.
    #[serde(rename = "for", default)]
    pub instead_of: Option<QuirkFor>,
    /// Only every so-many-th record shows it, so that both spellings are met.
    #[serde(default)]
    pub every: Option<i64>,
}

/// A value, which may be null, in whose place a quirk stands.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct QuirkFor(pub serde_json::Value);

/// What a new store is filled with.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seeds {
    /// How many: an expression over `products`, the number that was asked for.
    pub count: String,
    /// The call of the group that makes one; left out, records are made directly.
    #[serde(default)]
    pub by: Option<String>,
    /// Where that call's path needs them: forms of its parameters.
    #[serde(default)]
    pub path: Map<serde_json::Value>,
    /// The body, as forms over `n`, which counts from 1.
    pub body: serde_json::Value,
}

/// What a call does to what the store keeps. Exactly one of the verbs is there.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// It lists the records of this collection.
    #[serde(default)]
    pub list: Option<String>,
    /// It reads one.
    #[serde(default)]
    pub get: Option<String>,
    /// It makes one, or one for each item of the body.
    #[serde(default)]
    pub create: Option<String>,
    /// It changes one, or for each item of the body the one it names.
    #[serde(default)]
    pub update: Option<String>,
    /// It makes or changes one for each item of the body.
    #[serde(default)]
    pub upsert: Option<String>,
    /// It removes the one that the path names, or those that the filters match.
    #[serde(default)]
    pub delete: Option<String>,
    /// The parameter of the path that holds the record's key.
    #[serde(default)]
    pub key: Option<String>,
    /// Parameters of the path that hold keys of other records: the collection each is looked up in.
    /// A record belongs there when its field of that name holds the key.
    #[serde(default)]
    pub within: Map<String>,
    /// The fields by which `upsert` finds the record that is there.
    #[serde(default)]
    pub matches: Vec<String>,
    /// Other records that must be there, by the name they have in expressions.
    #[serde(default)]
    pub reads: Map<Reads>,
    /// What refuses the call, each looked at in turn.
    #[serde(default)]
    pub refuses: Vec<Refuses>,
    /// Fields of the record that are not simply taken from the body.
    #[serde(default)]
    pub sets: Map<serde_json::Value>,
    /// Records of other collections that come into being with this one.
    #[serde(default)]
    pub makes: Vec<Makes>,
    /// What `delete` sets instead of removing the record.
    #[serde(default)]
    pub archives: Map<serde_json::Value>,
    /// What is answered, where it is not the record: a form.
    #[serde(default)]
    pub answers: Option<serde_json::Value>,
    /// The list is answered as a tree.
    #[serde(default)]
    pub nests: Option<Nests>,
    /// The page size when one of these is included.
    #[serde(default)]
    pub shrinks: Map<u32>,
    /// The events that do not fire each time, or not with the record's kind and key alone.
    #[serde(default)]
    pub fires: Map<Fires>,
    /// What becomes of a batch of which one item is refused.
    #[serde(default)]
    pub batch: BatchRule,
}

/// A record that a call needs beside its own.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reads {
    /// The collection.
    pub from: String,
    /// The parameter of the path that holds its key.
    pub key: String,
}

/// A condition under which a call is refused.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refuses {
    /// The condition: an expression.
    pub when: String,
    /// The status of the refusal.
    pub status: u16,
    /// The field it is about.
    #[serde(default)]
    pub field: Option<String>,
    /// What it says.
    pub says: String,
}

/// Records that come into being with another.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Makes {
    /// The collection.
    #[serde(rename = "in")]
    pub within: String,
    /// One for each of this list, which each is called `item` in `record`; one alone when left out.
    #[serde(default)]
    pub each: Option<String>,
    /// Only when this holds: an expression.
    #[serde(default)]
    pub when: Option<String>,
    /// What it holds, as forms.
    pub gives: Map<serde_json::Value>,
}

/// How a list is answered as a tree.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nests {
    /// The field that names the record above.
    pub under: String,
    /// The field of the answer that holds those below.
    pub into: String,
    /// The parameter of the query that says how deep it goes.
    #[serde(default)]
    pub depth: Option<String>,
}

/// When an event fires, and what it says.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fires {
    /// Only when this holds: an expression over `record` and `before`.
    #[serde(default)]
    pub when: Option<String>,
    /// Once for each of this list, which each is called `item`.
    #[serde(default)]
    pub each: Option<String>,
    /// The `data` of the delivery, as a form; the record's kind and key when left out.
    #[serde(default)]
    pub data: Option<serde_json::Value>,
}

/// What becomes of a batch of which one item is refused.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
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

/// The form of a refusal's body.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum RefusalBody {
    /// An object with `status`, `title`, `type` and `errors`.
    #[default]
    Problem,
    /// A list of one object with `status` and `message`.
    List,
    /// A plain text.
    Text,
    /// No body.
    Empty,
}
