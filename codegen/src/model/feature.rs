//! The areas of the API: groups that one cargo feature enables.

use indexmap::IndexMap;

use super::{Group, GroupId};

/// Groups that one cargo feature enables.
#[derive(Clone, Debug)]
pub struct Feature {
    pub name: String,
    /// The group of the same name, whose title it has in the docs; `None` if it only has its name.
    pub titled_by: Option<GroupId>,
    /// Its groups, in the docs' order.
    pub groups: Vec<GroupId>,
}

/// Each feature once, in the order of their first groups.
pub(super) fn all(groups: &[Group]) -> Vec<Feature> {
    let mut features: IndexMap<&str, Vec<GroupId>> = IndexMap::new();
    for (at, group) in groups.iter().enumerate() {
        features
            .entry(&group.feature)
            .or_default()
            .push(GroupId(at));
    }
    let features = features.into_iter().map(|(name, own)| Feature {
        name: name.to_owned(),
        titled_by: groups
            .iter()
            .position(|group| group.name == name)
            .map(GroupId),
        groups: own,
    });
    features.collect()
}
