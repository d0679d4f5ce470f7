//! A capability group: one file of endpoints and of the schemas they use.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Endpoint, Map, Parameter, RefusalBody, Schema};

/// One file below `groups/`: a capability group, its endpoints and the schemas beside them.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The file it was read from, such as `groups/brands.yaml`.
    #[serde(skip)]
    pub file: String,
    /// The name in code and in endpoint ids: the handle (`store.products()`), the module, the cargo
    /// feature and the file name.
    pub group: String,
    /// The title as the docs show it.
    pub title: String,
    /// What the group is for, in a sentence or two.
    pub does: String,
    /// What a write here changes in the real store. A group that only reads needs none.
    #[serde(default)]
    pub warning: Option<String>,
    /// The generation of the API these endpoints belong to, as `service.yaml` names it.
    pub version: String,
    /// The scope area of `scopes.yaml`: its read level is needed to read, its modify level to write.
    pub scope: String,
    /// The file of the official API description this group comes from.
    pub source: String,
    /// The page of the official documentation.
    #[serde(default)]
    pub docs: Option<String>,
    /// Traps and relations that concern the whole group.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The bodies of refusals by status, where they are not those of the generation.
    #[serde(default)]
    pub refusals: Map<RefusalBody>,
    /// The parameters that stand in this group's paths.
    #[serde(default)]
    pub path: Map<Parameter>,
    /// The endpoints, in the order the docs show them.
    pub endpoints: Vec<Endpoint>,
    /// The schemas of this group.
    #[serde(default)]
    pub schemas: Map<Schema>,
    /// Something an importer could not know. Remove it by answering it.
    #[serde(default)]
    pub todo: Option<String>,
}

/// `shared.yaml`: schemas that several groups use.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// The schemas.
    #[serde(default)]
    pub schemas: Map<Schema>,
}
