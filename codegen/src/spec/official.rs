//! What the official descriptions have, ours or not.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Map;

/// `official.yaml`: every operation of the official descriptions. A spec may do without it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// What is said of operations that are neither here nor left out. Without it, such an operation is
    /// an error.
    #[serde(default)]
    pub later: Option<String>,
    /// Descriptions that are left out on purpose.
    #[serde(default)]
    pub out: Vec<LeftOut>,
    /// The descriptions by their files, without ending; each has its paths with their methods,
    /// such as `GET POST`. What is on another server than the store's has the address in front, and
    /// `DELETE?id:in,name` needs one of these parameters.
    pub files: Map<Map<String>>,
}

impl Official {
    /// The file of the list.
    pub const FILE: &str = "official.yaml";
}

/// Descriptions that are left out on purpose.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// What they are.
    pub title: String,
    /// Why they are left out.
    pub why: String,
    /// Their files, as under `files`.
    pub files: Vec<String>,
}
