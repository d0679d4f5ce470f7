//! Which groups are about parts of the resources of another group: variants of a product, refunds of an
//! order; and which belong to one family.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::{Api, Group, GroupId};

/// The separator between the family of a group and its own name, in its title.
const DASH: &str = " — ";

impl Group {
    /// The family that its title starts with, such as the catalog.
    #[must_use]
    pub fn family(&self) -> Option<&str> {
        let (family, _) = self.title.rsplit_once(DASH)?;
        Some(family)
    }

    /// Its title without the family.
    #[must_use]
    pub fn short_title(&self) -> &str {
        let parts = self.title.rsplit_once(DASH);
        parts.map_or(&*self.title, |(_, own)| own)
    }
}

impl Api {
    /// The family with the most groups (the first of several), and those of its groups that are inside no
    /// other.
    #[must_use]
    pub fn largest_family(&self) -> Option<(&str, Vec<&Group>)> {
        let mut families: IndexMap<&str, Vec<&Group>> = IndexMap::new();
        for group in &self.groups {
            if let Some(family) = group.family() {
                families.entry(family).or_default().push(group);
            }
        }
        let most = families.values().map(Vec::len).max()?;
        let mut families = families.into_iter();
        let (family, mut groups) = families.find(|(_, groups)| groups.len() == most)?;
        groups.retain(|group| group.outer.is_none());
        Some((family, groups))
    }

    /// The groups about parts of this one's resources, in the docs' order.
    pub fn inside<'a>(&'a self, group: &Group) -> impl Iterator<Item = &'a Group> {
        let own = group.id;
        let groups = self.groups.iter();
        groups.filter(move |other| other.outer == Some(own))
    }
}

/// For each group, the one whose resources have this group's as parts: the parent of its handle if that takes
/// an id, otherwise the group whose path to a single resource is the prefix of its own.
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
