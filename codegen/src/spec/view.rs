//! The sides from which an object is seen.

use schemars::JsonSchema;
use serde::Deserialize;

/// A view of an object.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// As the API returns it.
    Read,
    /// As in a create request.
    Create,
    /// As in an update request.
    Update,
    /// As in both create and update requests.
    Write,
}
