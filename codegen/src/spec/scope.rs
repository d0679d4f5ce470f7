//! OAuth scopes, by the area of the store they open.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Map};

/// `scopes.yaml`
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scopes {
    /// How scopes work, in general.
    pub does: String,
    /// Scopes that BigCommerce puts into every grant by itself. Nobody asks for them, and no call needs them.
    #[serde(default)]
    pub granted_unasked: Vec<String>,
    /// The areas, by the name endpoints refer to.
    pub areas: Map<Area>,
}

/// An area of the store and the scopes that open it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// The name in the control panel.
    pub label: String,
    /// What of the store it opens.
    pub covers: String,
    /// The scopes, by level. `read` and `modify` are what a group's endpoints need by default;
    /// other levels are named by the endpoints that need them.
    pub levels: Map<Scope>,
    /// Where sources disagree about this area.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
}

/// One scope.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The scope as a token carries it.
    pub wire: String,
    /// The level as the control panel shows it.
    pub level: String,
    /// Whether it lets a caller write.
    pub writes: bool,
    /// Levels of the same area that this one includes.
    #[serde(default)]
    pub includes: Vec<String>,
}
