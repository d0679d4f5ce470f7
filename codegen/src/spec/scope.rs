//! OAuth scopes, by the area of the store that they grant access to.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Map};

/// `scopes.yaml`
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scopes {
    /// How scopes work, in general.
    pub does: String,
    /// Scopes that BigCommerce adds to every grant. No app requests them.
    #[serde(default)]
    pub granted_unasked: Vec<String>,
    /// The areas, by the name endpoints refer to.
    pub areas: Map<Area>,
}

/// An area of the store and the scopes that grant access to it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// The name in the control panel.
    pub label: String,
    /// What of the store it covers.
    pub covers: String,
    /// The scopes, by level. A group's endpoints require `read` or `modify` by default; endpoints that
    /// require another level name it.
    pub levels: Map<Scope>,
    /// Facts about this area on which the sources disagree.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
}

/// One scope.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The scope as in a token.
    pub wire: String,
    /// The level as in the control panel.
    pub level: String,
    /// Whether it allows writes.
    pub writes: bool,
    /// Levels of the same area that this one includes.
    #[serde(default)]
    pub includes: Vec<String>,
}
