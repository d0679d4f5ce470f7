//! Values that a response inherits.

/// Where fields that are null or missing in a response get their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inherits {
    /// From the same call without this query parameter, as it is sent.
    Without(String),
    /// From another call of the group.
    From {
        /// Its method on the handle.
        call: String,
        /// Its variant of the `Endpoint` enumeration.
        variant: String,
    },
}
