//! The importer's proposal: the spec's own structures, with room for open questions. [`super::write`] writes
//! it.

use indexmap::IndexMap;
use serde_json::{Map, Value};

/// A file of the spec.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftGroup {
    pub name: String,
    /// The cargo feature, if it is not its own name.
    pub feature: Option<String>,
    /// Its parent group, and the handle there.
    pub under: Option<(String, String)>,
    pub title: String,
    pub version: String,
    /// Its server, if that is not the store's.
    pub server: Option<String>,
    /// The scope area, empty if it is unknown.
    pub scope: String,
    pub source: String,
    pub todo: Vec<String>,
    pub path: IndexMap<String, DraftParameter>,
    pub endpoints: Vec<DraftEndpoint>,
    /// Groups that templates make.
    pub templates: Vec<DraftUse>,
    pub schemas: Vec<DraftSchema>,
}

/// The use of a template.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftUse {
    pub template: String,
    /// The values of its arguments.
    pub says: Vec<(String, String)>,
    /// The endpoints to leave out.
    pub without: Vec<String>,
    /// The keys it sets for single endpoints, by their ids.
    pub endpoints: Vec<(String, Map<String, Value>)>,
    /// The ids of its endpoints, for a template of endpoints.
    pub ids: Vec<String>,
    /// Their methods.
    pub methods: Vec<&'static str>,
}

impl DraftGroup {
    /// Sets the description of everything, by its position.
    pub(crate) fn come_from(&mut self, home: usize) {
        self.endpoints
            .iter_mut()
            .for_each(|endpoint| endpoint.home = home);
        let own = self.endpoints.iter_mut();
        let own = own.flat_map(|endpoint| endpoint.own_path.values_mut());
        own.chain(self.path.values_mut())
            .for_each(|parameter| parameter.home = home);
    }

    /// Merges in the same group from another description.
    pub(crate) fn join(&mut self, other: Self) {
        for question in other.todo {
            if !self.todo.contains(&question) {
                self.todo.push(question);
            }
        }
        let mut endpoints = other.endpoints;
        for (name, parameter) in other.path {
            match self.path.get(&name) {
                Some(known) if known.kind != parameter.kind => {
                    let inside = format!("{{{name}}}");
                    let users = endpoints.iter_mut();
                    for endpoint in users.filter(|one| one.path.contains(&inside)) {
                        let own = endpoint.own_path.entry(name.clone());
                        own.or_insert_with(|| parameter.clone());
                    }
                }
                Some(_) => {}
                None => {
                    self.path.insert(name, parameter);
                }
            }
        }
        self.endpoints.extend(endpoints);
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct DraftEndpoint {
    /// The position of its description.
    pub home: usize,
    /// The use of a template that replaces this and other endpoints.
    pub used: Option<DraftUse>,
    pub id: String,
    /// The possible ids, the best first.
    pub wishes: Vec<String>,
    pub method: &'static str,
    pub path: String,
    /// It is about the group's resource, not about a part of that.
    pub top: bool,
    /// Its path has no single resource, as other paths of the group do.
    pub outside: bool,
    /// The generation, empty if it is the group's.
    pub version: String,
    /// The description, empty if it is the group's.
    pub source: String,
    /// Path parameters with another type than in the group.
    pub own_path: IndexMap<String, DraftParameter>,
    pub operation: String,
    /// What it does, if that follows from its method and its path.
    pub does: Option<String>,
    pub acts_on: String,
    /// The scopes on the wire that its description states, each sufficient on its own.
    pub stated_scopes: Vec<String>,
    /// The scope, if it is not the group's.
    pub scope: Option<String>,
    /// The scope of another area that is sufficient instead.
    pub or_scope: Option<String>,
    pub page: Option<String>,
    pub limit: Option<DraftLimit>,
    pub filters: IndexMap<String, DraftFilter>,
    pub needs_filter: bool,
    pub query: Vec<(String, DraftParameter)>,
    pub headers: Vec<(String, DraftParameter)>,
    pub include: Option<String>,
    pub select: Vec<String>,
    pub sort: Option<DraftSort>,
    pub takes: Option<String>,
    /// The parts of a form, instead of `takes`.
    pub form: Vec<(String, DraftParameter)>,
    pub optional_body: bool,
    /// The description does not say whether the body is required, but its contents are.
    pub body_read_as_required: bool,
    pub batch: Option<String>,
    /// The name of the call for any number of items.
    pub all: Option<String>,
    pub returns: String,
    /// The media type of a returned file.
    pub media_type: Option<String>,
    /// A 207 returns a list of what is returned.
    pub partial: bool,
    pub envelope: Option<&'static str>,
    pub success: Vec<u16>,
    pub errors: Vec<u16>,
    pub deprecated: bool,
    pub todo: Vec<String>,
}

/// The page size of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftLimit {
    pub default: String,
    pub max: String,
    /// Whether a part of it comes from the defaults of lists.
    pub unstated: bool,
}

/// The sort order of a list.
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
    pub explode: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct DraftParameter {
    pub kind: String,
    pub required: bool,
    pub default: Option<Value>,
    pub range: Option<String>,
    pub explode: bool,
    /// It is already in the file.
    pub kept: bool,
    /// The position of its description.
    pub home: usize,
}

/// An object, an enumeration or a one-of.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftSchema {
    pub name: String,
    pub does: String,
    /// Whether it is a whole response or body.
    pub root: bool,
    pub views: Vec<&'static str>,
    pub official: Option<String>,
    pub fields: Vec<DraftField>,
    /// The members of an enumeration.
    pub values: Vec<String>,
    /// Whether they are integers.
    pub integers: bool,
    /// The field whose value identifies the branch of a one-of.
    pub by: Option<String>,
    /// The branches of a one-of, each with its type.
    pub one_of: Vec<(String, String)>,
    pub todo: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct DraftField {
    pub name: String,
    /// The type, empty if the field has its own values, unless they are integers.
    pub kind: String,
    pub values: Vec<String>,
    pub views: Vec<&'static str>,
    pub types: Vec<(&'static str, String)>,
    pub required: Vec<&'static str>,
    pub nullable: bool,
    pub default: Option<Value>,
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
