//! A capability group: one file with endpoints and the schemas they use.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Argument, Endpoint, Map, Parameter, RefusalBody, Schema, template::Listed};

/// One file below `groups/`: a capability group with its endpoints and schemas.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The file it was read from, such as `groups/brands.yaml`.
    #[serde(skip)]
    pub file: String,
    /// The name in code and in endpoint ids: the handle (`store.products()`), the module, the cargo
    /// feature and the file name.
    pub group: String,
    /// The cargo feature that enables the group, if that is not its name. The groups of one area share a
    /// feature.
    #[serde(default)]
    pub feature: Option<String>,
    /// The group whose handle has a method that returns this group's handle.
    #[serde(default)]
    pub under: Option<String>,
    /// The method on that handle, with the path parameters that it takes: `images(product_id)`. Endpoints
    /// whose paths have all of them are on the nested handle, the others on a handle of the client.
    #[serde(default)]
    pub handle: Option<String>,
    /// The query parameter that narrows this group's handle and the handles under it to a single resource,
    /// such as the settings of one channel.
    #[serde(default)]
    pub narrowed: Option<Narrowed>,
    /// The title as the docs show it.
    pub title: String,
    /// What the group is for, in a sentence or two.
    pub does: String,
    /// What a write changes in a live store. A group that only reads needs none.
    #[serde(default)]
    pub warning: Option<String>,
    /// The generation of the API these endpoints belong to, as `service.yaml` names it.
    pub version: String,
    /// The server of these endpoints, as `service.yaml` names it, if it is not the one at `base_url`. Its
    /// token is an argument of the handle.
    #[serde(default)]
    pub server: Option<String>,
    /// The scope area in `scopes.yaml`: reads require its level `read`, and writes its level `modify`.
    pub scope: String,
    /// The file of the official API description; one of those that `official.yaml` lists, if there is such a file.
    pub source: String,
    /// The page of the official documentation.
    #[serde(default)]
    pub docs: Option<String>,
    /// Pitfalls and relations that concern the whole group.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The bodies of error responses by status, if they differ from those of the generation.
    #[serde(default)]
    pub refusals: Map<RefusalBody>,
    /// The ids of official operations on the paths of this group that are left out on purpose.
    #[serde(default)]
    pub left_out: Vec<String>,
    /// The parameters in this group's paths.
    #[serde(default)]
    pub path: Map<Parameter>,
    /// The endpoints, in the order of the docs. An item with `template` is replaced by the endpoints of that
    /// template.
    #[schemars(with = "Vec<Listed>")]
    pub endpoints: Vec<Endpoint>,
    /// Groups that templates make for the resources of this group, by the name of the template: the values of
    /// its arguments, the endpoints to leave out (`without`), and the keys of endpoints that differ here
    /// (`endpoints`).
    #[serde(default)]
    pub templates: Map<Map<serde_json::Value>>,
    /// Only in files below `templates/`: the arguments that a use sets, by name. In the values of the file,
    /// `${name}` is replaced by the argument, and `${Name}` by the argument in upper camel case. `${group}`,
    /// `${feature}`, `${scope}`, `${version}`, `${source}` and `${docs}` are those of the group that uses the
    /// template, unless the use sets them.
    #[serde(default)]
    pub arguments: Map<Argument>,
    /// Whether it represents a provider, whose server BigCommerce calls.
    #[serde(skip)]
    pub inbound: bool,
    /// The use of a template that made this group.
    #[serde(skip)]
    pub made: Option<Made>,
    /// The schemas of this group.
    #[serde(default)]
    pub schemas: Map<Schema>,
    /// A question that the import left open. Answer it in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// A method of a handle that returns the same handle for one value of a query parameter. The narrowed handle
/// does not send calls without that parameter.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Narrowed {
    /// The method: `channel`.
    pub name: String,
    /// The query parameter, as it is sent: `channel_id`.
    pub by: String,
    /// What the calls apply to with it, and without it.
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
