//! What an importer proposes: the spec's own notions, with room for what is left to find out.
//! [`super::write`] spells it.

use indexmap::IndexMap;
use serde_json::{Map, Value};

/// A file of the spec.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftGroup {
    pub name: String,
    /// The cargo feature, where that is not its own name.
    pub feature: Option<String>,
    /// The group that it stands under, and the handle there.
    pub under: Option<(String, String)>,
    pub title: String,
    pub version: String,
    /// The server that it is on, where that is not the store's.
    pub server: Option<String>,
    /// The scope area, empty where it is not known.
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
    /// What its arguments are.
    pub says: Vec<(String, String)>,
    /// The endpoints that are not there.
    pub without: Vec<String>,
    /// What it says of single endpoints, by their ids.
    pub endpoints: Vec<(String, Map<String, Value>)>,
    /// The ids of its endpoints, where it is one of endpoints.
    pub ids: Vec<String>,
    /// Their methods.
    pub methods: Vec<&'static str>,
}

impl DraftGroup {
    /// Marks everything as coming from the description at a position.
    pub(crate) fn come_from(&mut self, home: usize) {
        self.endpoints
            .iter_mut()
            .for_each(|endpoint| endpoint.home = home);
        let own = self.endpoints.iter_mut();
        let own = own.flat_map(|endpoint| endpoint.own_path.values_mut());
        own.chain(self.path.values_mut())
            .for_each(|parameter| parameter.home = home);
    }

    /// Takes in what another description has for the same group.
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
    /// The position of the description it comes from.
    pub home: usize,
    /// The use of a template that takes the place of this and other endpoints.
    pub used: Option<DraftUse>,
    pub id: String,
    /// What the id might be, the best first.
    pub wishes: Vec<String>,
    pub method: &'static str,
    pub path: String,
    /// It is about what the group is about, not about a part of that.
    pub top: bool,
    /// It leads through no single thing, as other paths of the group do.
    pub outside: bool,
    /// The generation, empty where it is the group's.
    pub version: String,
    /// The description, empty where it is the group's.
    pub source: String,
    /// Parameters of the path that are of another type than in the group.
    pub own_path: IndexMap<String, DraftParameter>,
    pub operation: String,
    /// What it does, where that follows from its method and its path.
    pub does: Option<String>,
    pub acts_on: String,
    /// The scope, where it is not the group's.
    pub scope: Option<String>,
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
    /// The parts of a form, in place of `takes`.
    pub form: Vec<(String, DraftParameter)>,
    pub optional_body: bool,
    /// The description leaves open whether the body is required, and what it holds is.
    pub body_read_as_required: bool,
    pub batch: Option<String>,
    /// The name of the call that takes any number of items.
    pub all: Option<String>,
    pub returns: String,
    /// The media type of a file that comes back.
    pub media_type: Option<String>,
    /// A 207 carries a list of what is returned.
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
    /// Whether a part of it is what lists have in general.
    pub unstated: bool,
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
    pub explode: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct DraftParameter {
    pub kind: String,
    pub required: bool,
    pub default: Option<Value>,
    pub range: Option<String>,
    pub explode: bool,
    /// It stands in the file already.
    pub kept: bool,
    /// The position of the description it comes from.
    pub home: usize,
}

/// An object, an enumeration or a one-of.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftSchema {
    pub name: String,
    pub does: String,
    /// Whether a response or a body is one.
    pub root: bool,
    pub views: Vec<&'static str>,
    pub official: Option<String>,
    pub fields: Vec<DraftField>,
    /// The members of an enumeration.
    pub values: Vec<String>,
    /// The field whose value tells the branches of a one-of apart.
    pub by: Option<String>,
    /// The branches of a one-of, each with its type.
    pub one_of: Vec<(String, String)>,
    pub todo: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct DraftField {
    pub name: String,
    /// The type, empty where the field has members of its own, unless they are integers.
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
