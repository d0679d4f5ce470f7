//! The sides from which an object is seen.

use schemars::JsonSchema;
use serde::Deserialize;

/// A side from which an object is seen.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// As the API returns it.
    Read,
    /// As a create call takes it.
    Create,
    /// As an update call takes it.
    Update,
    /// As both create and update calls take it.
    Write,
}
