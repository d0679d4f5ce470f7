//! The parameters of a call.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Deprecated, FileType};

/// A parameter of the path, the query or a header.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The type: in a form `file`; `int`, `string`, `bool`, `flag` (sent as 1 or 0), `decimal`, `datetime`, `uuid`,
    /// the name of an enumeration, or `[T]` for a comma-separated list.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it does, if the name does not say it.
    #[serde(default)]
    pub does: Option<String>,
    /// Whether the call requires it.
    #[serde(default)]
    pub required: bool,
    /// The value that the API uses if it is omitted.
    #[serde(default)]
    pub default: Option<serde_json::Value>,
    /// The smallest and the largest allowed number: `1..250`.
    #[serde(default)]
    pub range: Option<String>,
    /// The types of a file that the API accepts, if a source lists all of them. The client does not send a file
    /// that is certainly of another type.
    #[serde(default)]
    pub file_types: Vec<FileType>,
    /// The maximum size of a file in bytes.
    #[serde(default)]
    pub max_bytes: Option<u64>,
    /// The file name in examples: `theme.zip`.
    #[serde(default)]
    pub example: Option<String>,
    /// Whether a list repeats its name for each value: `id=1&id=2` instead of `id=1,2`.
    #[serde(default)]
    pub explode: bool,
    /// The name in Rust, if the name on the wire cannot be used.
    #[serde(default)]
    pub rust: Option<String>,
    /// Since when and why it is deprecated, and what to use instead.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// A question that the import left open. Answer it in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// A filter on a field of a list.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// The type of its values, as for a parameter. It may differ from the type of the field.
    #[serde(rename = "type")]
    pub kind: String,
    /// The operators, as the generation in `service.yaml` names them.
    pub ops: Vec<String>,
    /// Whether an operator that accepts a list repeats its name for each value: `id:in=1&id:in=2` instead of
    /// `id:in=1,2`.
    #[serde(default)]
    pub explode: bool,
    /// Operators that the call requires.
    #[serde(default)]
    pub required: Vec<String>,
    /// Whether the API has been seen to ignore it. It does not satisfy `needs_filter`.
    #[serde(default)]
    pub doubtful: bool,
    /// What it does, if the name does not say it.
    #[serde(default)]
    pub does: Option<String>,
    /// The name in Rust, if the name on the wire cannot be used.
    #[serde(default)]
    pub rust: Option<String>,
    /// Since when and why it is deprecated, and what to use instead.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// A question that the import left open. Answer it in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}
