//! What an importer proposes: the spec's own notions, with room for what is left to find out.
//! [`super::write`] spells it.

use indexmap::IndexMap;

/// A file of the spec.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftGroup {
    pub name: String,
    pub title: String,
    pub version: String,
    pub source: String,
    pub path: IndexMap<String, DraftParameter>,
    pub endpoints: Vec<DraftEndpoint>,
    pub schemas: Vec<DraftSchema>,
}

/// An endpoint.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftEndpoint {
    pub id: String,
    pub method: &'static str,
    pub path: String,
    pub operation: String,
    pub acts_on: String,
    pub page: Option<String>,
    pub limit: Option<(String, String)>,
    pub filters: IndexMap<String, DraftFilter>,
    pub needs_filter: bool,
    pub query: Vec<(String, DraftParameter)>,
    pub include: Option<String>,
    pub select: Vec<String>,
    pub sort: Option<DraftSort>,
    pub takes: Option<String>,
    pub batch: Option<String>,
    pub returns: String,
    pub envelope: Option<&'static str>,
    pub success: Vec<u16>,
    pub errors: Vec<u16>,
    pub deprecated: bool,
    pub todo: Vec<String>,
}

/// The order of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftSort {
    pub by: String,
    pub joined: bool,
    pub default: Option<String>,
}

/// A condition on a field.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftFilter {
    pub kind: String,
    pub ops: Vec<String>,
    pub required: Vec<String>,
}

/// A parameter.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftParameter {
    pub kind: String,
    pub required: bool,
    pub default: Option<serde_json::Value>,
    pub range: Option<String>,
}

/// An object or an enumeration.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftSchema {
    pub name: String,
    pub views: Vec<&'static str>,
    pub official: Option<String>,
    pub fields: Vec<DraftField>,
    /// The members of an enumeration.
    pub values: Vec<String>,
    pub todo: Vec<String>,
}

/// A field.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftField {
    pub name: String,
    /// The type, empty where the field has members of its own.
    pub kind: String,
    pub values: Vec<String>,
    pub views: Vec<&'static str>,
    pub types: Vec<(&'static str, String)>,
    pub required: Vec<&'static str>,
    pub nullable: bool,
    pub default: Option<serde_json::Value>,
    pub length: Option<String>,
    pub range: Option<String>,
    pub items: Option<String>,
    pub pattern: Option<String>,
    pub format: Option<&'static str>,
    pub unit: Option<&'static str>,
    pub wire: Option<&'static str>,
    pub deprecated: bool,
    pub todo: Vec<String>,
}
