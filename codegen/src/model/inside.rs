//! Which groups are about parts of what another group is about: variants of a product, refunds of an
//! order.

use super::{Api, Group, GroupId};

impl Api {
    /// The groups that are about parts of what this one is about, in the docs' order.
    pub fn inside<'a>(&'a self, group: &'a Group) -> impl Iterator<Item = &'a Group> {
        let within = move |other: &&Group| {
            let outer = self.outer(other).map(|id| self.group(id));
            outer.is_some_and(|outer| outer.name == group.name)
        };
        self.groups.iter().filter(within)
    }

    /// The group whose things have those of this one as parts: the one on whose handle it stands, else the one of
    /// which a path to a single thing begins its own.
    pub fn outer(&self, group: &Group) -> Option<GroupId> {
        if let Some(nested) = &group.nested {
            return Some(nested.under);
        }
        let path = &self.endpoints_of(group).first()?.path;
        let mut best: Option<(usize, GroupId)> = None;
        for (at, other) in self.groups.iter().enumerate() {
            if other.name == group.name {
                continue;
            }
            for one in self.endpoints_of(other) {
                let begins = one.path.ends_with('}')
                    && path
                        .strip_prefix(&one.path)
                        .is_some_and(|rest| rest.starts_with('/'));
                let length = one.path.len();
                if begins && best.is_none_or(|(longest, _)| length > longest) {
                    best = Some((length, GroupId(at)));
                }
            }
        }
        best.map(|(_, id)| id)
    }
}
