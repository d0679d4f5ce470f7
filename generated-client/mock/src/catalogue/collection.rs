//! The records that a store keeps, as the catalogue has it.

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::rules::Forms;
use crate::forms::{Expr, Form};

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
    /// Whether a filter's date without a time gets the time of day.
    #[serde(default)]
    pub fills_time: bool,
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
    /// What is sent; nothing when neither this nor `copies` is there.
    #[serde(default, deserialize_with = "present")]
    pub sends: Option<Value>,
    /// The field beside it that is sent once more.
    #[serde(default)]
    pub copies: Option<String>,
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
