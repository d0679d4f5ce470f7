//! Deprecations in the catalogue.

use schemars::JsonSchema;
use serde::Serialize;

use crate::spec;

/// A deprecation.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Deprecated<'a> {
    /// The date of the deprecation.
    since: Option<&'a str>,
    /// What to use instead.
    #[serde(rename = "use")]
    instead: Option<&'a str>,
    /// Why.
    why: Option<&'a str>,
}

impl<'a> Deprecated<'a> {
    pub(super) fn of(deprecated: Option<&'a spec::Deprecated>) -> Option<Self> {
        deprecated.map(|deprecated| Self {
            since: deprecated.since.as_deref(),
            instead: deprecated.instead.as_deref(),
            why: deprecated.why.as_deref(),
        })
    }
}
