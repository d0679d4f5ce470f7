//! That something is deprecated.

use schemars::JsonSchema;
use serde::Deserialize;

/// A deprecation.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deprecated {
    /// The date of the deprecation: `2025-08-11`. Anything less exact belongs in `why`.
    #[serde(default)]
    pub since: Option<String>,
    /// What to use instead: the id of an endpoint with its group, for a field the name of another field, or a
    /// description in words.
    #[serde(rename = "use", default)]
    pub instead: Option<String>,
    /// Why.
    #[serde(default)]
    pub why: Option<String>,
}
