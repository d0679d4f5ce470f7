//! The operations of the official descriptions, whether the spec has them or not.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Map;

/// `official.yaml`: every operation of the official descriptions. The file is optional.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// What the docs say about operations that are neither endpoints nor left out. Without it, such an
    /// operation is an error.
    #[serde(default)]
    pub later: Option<String>,
    /// Descriptions that are left out on purpose.
    #[serde(default)]
    pub out: Vec<LeftOut>,
    /// The descriptions by file, without the extension; each has its paths with their methods, such as `GET
    /// POST`. A path on another server than the store's starts with the address, and `DELETE?id:in,name`
    /// requires one of these parameters.
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
