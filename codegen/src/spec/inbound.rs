//! Calls in the other direction: BigCommerce makes them, and a server of the developer responds.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Deprecated, Map, Parameter, Schema};

/// One file below `inbound/`: a provider whose server BigCommerce calls, with the endpoints and schemas of
/// that server. No client code is generated for it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inbound {
    /// The file it was read from, such as `inbound/tax_provider.yaml`.
    #[serde(skip)]
    pub file: String,
    /// The name in ids: that of the file, and not that of a group.
    pub group: String,
    /// The title as the docs show it.
    pub title: String,
    /// What the provider is for, in a sentence or two.
    pub does: String,
    /// The server that responds, and how BigCommerce learns its base URL.
    pub server: String,
    /// The root of the paths, as in the official description, with placeholders in braces for what the
    /// developer chooses.
    pub base_url: String,
    /// How BigCommerce authenticates.
    pub auth: InboundAuth,
    /// Where the credentials come from, or how else the server recognizes BigCommerce.
    pub credentials: String,
    /// The file of the official API description; one of those that `official.yaml` lists, if there is such a file.
    pub source: String,
    /// The page of the official documentation.
    #[serde(default)]
    pub docs: Option<String>,
    /// Pitfalls that concern every call.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The parameters in the paths.
    #[serde(default)]
    pub path: Map<Parameter>,
    /// The endpoints of the provider's server, in the order of the docs.
    pub endpoints: Vec<InboundCall>,
    /// The schemas of this file. They have no views.
    #[serde(default)]
    pub schemas: Map<Schema>,
    /// A question that the import left open. Answer it in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

impl Inbound {
    /// The id of a call.
    #[must_use]
    pub fn id_of(&self, call: &InboundCall) -> String {
        format!("{}.{}", self.group, call.id)
    }
}

/// How BigCommerce authenticates with a provider's server.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum InboundAuth {
    /// HTTP Basic authentication.
    Basic,
    /// No authentication that the API documents.
    #[default]
    None,
}

/// A call that BigCommerce makes.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InboundCall {
    /// Its name; with the provider in front it is the call's id (`tax_provider.estimate`).
    pub id: String,
    /// `GET` this path, below the base URL.
    #[serde(default)]
    pub get: Option<String>,
    /// `POST` to this path.
    #[serde(default)]
    pub post: Option<String>,
    /// `PUT` to this path.
    #[serde(default)]
    pub put: Option<String>,
    /// `PATCH` this path.
    #[serde(default)]
    pub patch: Option<String>,
    /// `DELETE` this path.
    #[serde(default)]
    pub delete: Option<String>,
    /// The operation id in the official description.
    pub operation: String,
    /// What BigCommerce requests, as one sentence in the imperative.
    pub does: String,
    /// When it calls, and what to know before responding.
    #[serde(default)]
    pub note: Option<String>,
    /// Query parameters.
    #[serde(default)]
    pub query: Map<Parameter>,
    /// Headers of the call, other than those of HTTP and of authentication.
    #[serde(default)]
    pub headers: Map<Parameter>,
    /// The type of the request body that BigCommerce sends.
    #[serde(default)]
    pub takes: Option<String>,
    /// The request body is optional.
    #[serde(default)]
    pub optional_body: bool,
    /// The type of the provider's response, or `none`.
    pub returns: String,
    /// The statuses that mean success.
    pub success: Vec<u16>,
    /// The error statuses that the official description declares.
    #[serde(default)]
    pub errors: Vec<u16>,
    /// Since when and why it is deprecated, and what to use instead.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// Facts about this call on which the sources disagree.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
    /// A question that the import left open. Answer it in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

impl InboundCall {
    /// Its methods, with their keys and paths; a valid call has one.
    pub fn methods(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("get", &self.get),
            ("post", &self.post),
            ("put", &self.put),
            ("patch", &self.patch),
            ("delete", &self.delete),
        ]
        .into_iter()
        .filter_map(|(key, path)| Some((key, path.as_deref()?)))
    }
}
