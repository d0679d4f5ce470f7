//! Calls that go the other way: BigCommerce makes them, and a server of the developer's responds.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Deprecated, Map, Parameter, Schema};

/// One file below `inbound/`: a provider whose server BigCommerce calls, the endpoints of that server and the
/// schemas beside them. No client code is made of it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inbound {
    /// The file it was read from, such as `inbound/tax_provider.yaml`.
    #[serde(skip)]
    pub file: String,
    /// The name in ids, which is that of the file and of no group of ours.
    pub group: String,
    /// The title as the docs show it.
    pub title: String,
    /// What the provider is for, in a sentence or two.
    pub does: String,
    /// The server that responds, and how BigCommerce comes to know its base URL.
    pub server: String,
    /// The root of the paths, as the official description spells it; what stands in braces is the
    /// developer's.
    pub base_url: String,
    /// How BigCommerce signs in.
    pub auth: InboundAuth,
    /// Where the credentials come from, or what else tells that BigCommerce calls.
    pub credentials: String,
    /// The file of the official API description this comes from.
    pub source: String,
    /// The page of the official documentation.
    #[serde(default)]
    pub docs: Option<String>,
    /// Traps that concern every call.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The parameters that stand in the paths.
    #[serde(default)]
    pub path: Map<Parameter>,
    /// The endpoints of the provider's server, in the order the docs show them.
    pub endpoints: Vec<InboundCall>,
    /// The schemas of this file. They have no views: each is as it goes over the wire.
    #[serde(default)]
    pub schemas: Map<Schema>,
    /// A question that an importer could not answer. Say the answer in the spec and remove this.
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

/// How BigCommerce signs in to a provider's server.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum InboundAuth {
    /// HTTP Basic authentication.
    Basic,
    /// By nothing that the API knows of.
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
    /// What BigCommerce asks for, as one sentence in the imperative.
    pub does: String,
    /// When it calls, and what to know before responding.
    #[serde(default)]
    pub note: Option<String>,
    /// Parameters of the query.
    #[serde(default)]
    pub query: Map<Parameter>,
    /// Headers of the call, beside those of HTTP and of signing in.
    #[serde(default)]
    pub headers: Map<Parameter>,
    /// The type of the request body, which BigCommerce sends.
    #[serde(default)]
    pub takes: Option<String>,
    /// The call may come without its request body.
    #[serde(default)]
    pub optional_body: bool,
    /// The type of the response, or `none`, which the provider sends.
    pub returns: String,
    /// The statuses that mean success.
    pub success: Vec<u16>,
    /// The error statuses that the official description declares.
    #[serde(default)]
    pub errors: Vec<u16>,
    /// Since when and why it is deprecated, and what to use instead.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// Where sources disagree about this call.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
    /// A question that an importer could not answer. Say the answer in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

impl InboundCall {
    /// The methods it names, with their keys and paths; one of a sound call.
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
