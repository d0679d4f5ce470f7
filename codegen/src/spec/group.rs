//! A capability group: one file of endpoints and of the schemas they use.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Argument, Endpoint, Map, Parameter, RefusalBody, Schema, template::Listed};

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
    /// The cargo feature with which the group is compiled, where that is not its own name. Groups of one
    /// area share one.
    #[serde(default)]
    pub feature: Option<String>,
    /// The group whose handle has a method that returns this group's handle.
    #[serde(default)]
    pub under: Option<String>,
    /// The method on that handle, with the parameters of the paths that it takes: `images(product_id)`.
    /// Endpoints whose paths have them all stand on that handle, the others on one of the client's own.
    #[serde(default)]
    pub handle: Option<String>,
    /// The parameter of the query by which this group's handle and those under it can be narrowed to a single
    /// thing, where each of some things has its own, such as each channel its settings.
    #[serde(default)]
    pub narrowed: Option<Narrowed>,
    /// The title as the docs show it.
    pub title: String,
    /// What the group is for, in a sentence or two.
    pub does: String,
    /// What a write here changes in the real store. A group that only reads needs none.
    #[serde(default)]
    pub warning: Option<String>,
    /// The generation of the API these endpoints belong to, as `service.yaml` names it.
    pub version: String,
    /// The server that these endpoints are on, as `service.yaml` names it, where it is not the one at
    /// `base_url`. Its token is an argument of the handle.
    #[serde(default)]
    pub server: Option<String>,
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
    /// The bodies of error responses by status, where they are not those of the generation.
    #[serde(default)]
    pub refusals: Map<RefusalBody>,
    /// The ids of official operations on the paths of this group that are left out on purpose.
    #[serde(default)]
    pub left_out: Vec<String>,
    /// The parameters that stand in this group's paths.
    #[serde(default)]
    pub path: Map<Parameter>,
    /// The endpoints, in the order the docs show them. Where `template` stands in the place of one, the
    /// endpoints of that template do.
    #[schemars(with = "Vec<Listed>")]
    pub endpoints: Vec<Endpoint>,
    /// Groups that are made from templates for the things of this one, by the name of the template: the
    /// values of its placeholders here, `without`, the endpoints that are not there, and `endpoints`, the keys of
    /// single endpoints that are other here.
    #[serde(default)]
    pub templates: Map<Map<serde_json::Value>>,
    /// In a file below `templates/` alone: what a use has to say, by name. In the values of that file
    /// `${name}` stands for it, and `${Name}` for the same as names of types are written. `${group}`,
    /// `${feature}`, `${scope}`, `${version}`, `${source}` and `${docs}` are those of the group that uses
    /// it, unless the use says another.
    #[serde(default)]
    pub arguments: Map<Argument>,
    /// Whether it stands for a provider, whose server BigCommerce calls.
    #[serde(skip)]
    pub inbound: bool,
    /// The use of a template that made this group.
    #[serde(skip)]
    pub made: Option<Made>,
    /// The schemas of this group.
    #[serde(default)]
    pub schemas: Map<Schema>,
    /// A question that an importer could not answer. Say the answer in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// A method of a handle that returns the same handle for one value of a parameter that its calls share. A
/// call that does not take the parameter is not sent by it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Narrowed {
    /// The method: `channel`.
    pub name: String,
    /// The parameter of the query, as it is sent: `channel_id`.
    pub by: String,
    /// What the calls are about then, and what they are about without it.
    pub does: String,
}

/// The use of a template.
#[derive(Clone, Debug)]
pub struct Made {
    /// The group whose file uses it.
    pub by: String,
    /// That file.
    pub file: String,
}

/// `shared.yaml`: schemas that several groups use.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// The schemas.
    #[serde(default)]
    pub schemas: Map<Schema>,
}
