//! Which groups are about parts of what another group is about: variants of a product, refunds of an
//! order.

use std::collections::HashMap;

use super::{Api, Group, GroupId};

impl Api {
    /// The groups that are about parts of what this one is about, in the docs' order.
    pub fn inside<'a>(&'a self, group: &Group) -> impl Iterator<Item = &'a Group> {
        let mut ids = (0..self.groups.len()).map(GroupId);
        let own = ids.find(|id| self.group(*id).name == group.name);
        let groups = self.groups.iter();
        groups.filter(move |other| own.is_some() && other.outer == own)
    }
}

/// For each group the one whose things have those of this one as parts: the one whose handle it stands on and takes
/// the id of a thing, else the one of which a path to a single thing begins its own.
pub(super) fn outer(api: &Api) -> Vec<Option<GroupId>> {
    let mut things: HashMap<&str, GroupId> = HashMap::new();
    for one in &api.endpoints {
        if one.path.ends_with('}') {
            things.entry(&one.path).or_insert(one.group);
        }
    }
    let of = |(at, group): (usize, &Group)| {
        if let Some(nested) = group.nested.as_ref().filter(|it| !it.takes.is_empty()) {
            return Some(nested.under);
        }
        let path = &api.endpoints_of(group).first()?.path;
        let ends = path.match_indices('/').map(|(end, _)| &path[..end]);
        let mut found = ends.filter_map(|start| things.get(start).copied());
        found.rfind(|id| *id != GroupId(at))
    };
    api.groups.iter().enumerate().map(of).collect()
}
