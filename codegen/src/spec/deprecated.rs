//! That something is deprecated.

use schemars::JsonSchema;
use serde::Deserialize;

/// A deprecation.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deprecated {
    /// The date of the deprecation.
    #[serde(default)]
    pub since: Option<String>,
    /// What to use instead.
    #[serde(rename = "use", default)]
    pub instead: Option<String>,
    /// Why.
    #[serde(default)]
    pub why: Option<String>,
}
