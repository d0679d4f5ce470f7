//! A group's page: its endpoints, and the schemas they use.

use serde::Serialize;

use super::{
    Links, Output, all_prose, diagrams,
    endpoint::{self, EndpointView},
    nesting, reach,
    types::{self, Schema},
};
use crate::{
    model::{Group, Home, TypeId},
    render::text::prose,
};

/// A capability group.
#[derive(Debug, Serialize)]
pub(in super::super) struct GroupView {
    pub name: String,
    pub title: String,
    /// The family at the start of its title, and the title without it.
    pub family: Option<String>,
    pub short: String,
    pub does: String,
    pub warning: String,
    pub notes: Vec<String>,
    /// The facts of each of its endpoints that states no others.
    pub usual: String,
    pub version: String,
    pub href: String,
    pub total: usize,
    /// The page of the official documentation.
    pub docs: Option<String>,
    /// The cargo feature that enables it.
    pub feature: String,
    /// Its module and its handles in the documentation of the client, as links.
    pub in_rust: Vec<String>,
    /// The addresses behind the links to sources.
    pub sources: Vec<String>,
    pub endpoints: Vec<EndpointView>,
    /// The groups that are inside this one.
    pub inside: Option<diagrams::Nesting>,
    pub schemas: Vec<Schema>,
}

/// A group with everything on its page.
pub(in super::super) fn view(links: &Links<'_>, group: &Group) -> GroupView {
    let mut view = summary(links, group);
    let ids = own_types(links, group);
    view.schemas = types::schemas(links, &ids);
    if links.output == Output::Site {
        let endpoints = links.api.endpoints_of(group).iter();
        let roots = endpoints.flat_map(endpoint::type_ids);
        let roots: Vec<TypeId> = roots.collect();
        view.schemas = nesting::nested(view.schemas, &roots);
    }
    view
}

/// A group with its endpoints, without its schemas.
pub(in super::super) fn summary(links: &Links<'_>, group: &Group) -> GroupView {
    let endpoints = links.api.endpoints_of(group);
    GroupView {
        name: group.name.clone(),
        title: prose(&group.title),
        family: group.family().map(prose),
        short: prose(group.short_title()),
        does: prose(&group.does),
        warning: prose(&group.warning),
        notes: all_prose(&group.notes),
        usual: links.words().usual(),
        version: links.api.generation(group.generation).0.to_owned(),
        href: links.file(&group.name),
        total: endpoints.len(),
        docs: group.docs.clone(),
        feature: group.feature.clone(),
        in_rust: in_rust(links, group),
        sources: links.sources(group),
        endpoints: endpoints
            .iter()
            .map(|one| endpoint::view(links, one))
            .collect(),
        inside: diagrams::inside(links, group),
        schemas: Vec::new(),
    }
}

fn in_rust(links: &Links<'_>, group: &Group) -> Vec<String> {
    let module = links.api.documented_module(&group.name);
    let all = module
        .into_iter()
        .chain(links.api.documented_handles(group));
    all.map(|one| format!("[`{}`]({})", one.name, one.address))
        .collect()
}

/// The types on a group's page: all of its own, and the shared ones it uses. Those of other groups are links.
fn own_types(links: &Links<'_>, group: &Group) -> Vec<TypeId> {
    let api = links.api;
    let own = |id: &TypeId| api.ty(*id).home == Home::Group(group.id);
    let used = api.endpoints_of(group).iter().flat_map(endpoint::type_ids);
    let mut ids = reach::reachable(api, used.collect());
    // Those that only endpoints of other groups use, and their parts.
    let others = (0..api.types.len()).map(TypeId).filter(own);
    let others: Vec<TypeId> = others.filter(|id| !ids.contains(id)).collect();
    let parts = reach::reachable(api, others);
    ids.extend(
        parts
            .into_iter()
            .filter(|id| !ids.contains(id))
            .collect::<Vec<_>>(),
    );
    ids.retain(|id| own(id) || api.ty(*id).home == Home::Shared);
    ids
}
