//! Matches the official alternatives with the branches of a one-of.

use super::{
    members::texts,
    ours::{Seen, suffix},
};
use crate::import::shape::{Object, Property};

/// A branch in the spec that is an object.
pub(super) struct Branch<'a> {
    pub name: &'a str,
    /// The field that only this branch has, if the presence of a field identifies the branches.
    pub tells: Option<&'a str>,
    pub seen: Seen<'a>,
}

impl Branch<'_> {
    pub(super) fn has(&self, field: &str) -> bool {
        self.seen.fields().any(|(name, _)| name == field)
    }

    /// Whether an official alternative has the name of the branch.
    fn is_called(&self, object: &Object) -> bool {
        let plain = |name: &str| name.replace('_', "").to_lowercase();
        let theirs = object.official.as_deref();
        theirs.is_some_and(|theirs| plain(theirs) == plain(self.name))
    }

    /// Whether an official alternative has a name of the branch's schema.
    fn is_named(&self, object: &Object) -> bool {
        let Seen {
            name, schema, view, ..
        } = &self.seen;
        let written = format!("{name}{}", suffix(*view));
        let theirs = object.official.as_deref();
        theirs.is_some_and(|theirs| {
            let mut official = schema.official.iter().flat_map(|all| all.split(", "));
            theirs == *name || theirs == written || official.any(|name| name == theirs)
        })
    }

    /// Whether an official alternative has the field that only the branch has.
    fn is_told(&self, object: &Object) -> bool {
        self.tells
            .is_some_and(|tells| object.property(tells).is_some())
    }

    /// How many fields both have, and how many the two have in total, counting shared ones twice.
    fn overlap(&self, object: &Object, by: Option<&str>) -> (usize, usize) {
        let names = object.properties.keys();
        let names: Vec<&String> = names.filter(|name| Some(name.as_str()) != by).collect();
        let shared = names.iter().filter(|name| self.has(name)).count();
        (shared, self.seen.fields().count() + names.len())
    }
}

/// Each alternative with its branch, by position: matched by the value of the identifying field, by name, by
/// the field that only one of them has, and the rest by how much they share. Several branches may match one
/// alternative that has the values of all of them.
pub(super) fn pairs(
    theirs: &[Object],
    ours: &[Branch<'_>],
    by: Option<&str>,
) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (place, object) in theirs.iter().enumerate() {
        let values = by.map_or_else(Vec::new, |by| values(object, by));
        let all = ours.iter().enumerate();
        let valued = all.filter(|(_, branch)| values.iter().any(|value| value == branch.name));
        pairs.extend(valued.map(|(own, _)| (place, own)));
    }
    let rules: [fn(&Branch<'_>, &Object) -> bool; 3] = [
        |branch, object| branch.is_called(object),
        |branch, object| branch.is_named(object),
        |branch, object| branch.is_told(object),
    ];
    for is in rules {
        for (place, object) in theirs.iter().enumerate() {
            if pairs.iter().any(|(one, _)| *one == place) {
                continue;
            }
            let left = left(ours, &pairs);
            let fitting: Vec<usize> = left
                .filter(|(_, branch)| is(branch, object))
                .map(|(own, _)| own)
                .collect();
            if let [only] = fitting.as_slice() {
                pairs.push((place, *only));
            }
        }
    }
    while let Some(pair) = most_alike(theirs, ours, by, &pairs) {
        pairs.push(pair);
    }
    pairs.sort_unstable();
    pairs
}

/// The branches that match no alternative yet.
fn left<'b, 'a>(
    ours: &'b [Branch<'a>],
    pairs: &'b [(usize, usize)],
) -> impl Iterator<Item = (usize, &'b Branch<'a>)> {
    let all = ours.iter().enumerate();
    all.filter(move |(own, _)| !pairs.iter().any(|(_, one)| one == own))
}

/// The remaining alternative and branch that share most, if that is half of what they have. Objects that
/// share an id and little else are different.
fn most_alike(
    theirs: &[Object],
    ours: &[Branch<'_>],
    by: Option<&str>,
    pairs: &[(usize, usize)],
) -> Option<(usize, usize)> {
    let mut best: Option<((usize, usize), (usize, usize))> = None;
    for (place, object) in theirs.iter().enumerate() {
        if pairs.iter().any(|(one, _)| *one == place) {
            continue;
        }
        for (own, branch) in left(ours, pairs) {
            let (shared, all) = branch.overlap(object, by);
            let is_alike = shared > 0 && 4 * shared >= all;
            if is_alike && best.is_none_or(|(_, (most, of))| shared * of > most * all) {
                best = Some(((place, own), (shared, all)));
            }
        }
    }
    best.map(|(pair, _)| pair)
}

/// The values that identify an alternative, or its default.
fn values(object: &Object, by: &str) -> Vec<String> {
    let Some(Property { shape, .. }) = object.property(by) else {
        return Vec::new();
    };
    match texts(shape) {
        none if none.is_empty() => {
            let default = shape.default.as_ref().and_then(|value| value.as_str());
            default.map(str::to_owned).into_iter().collect()
        }
        values => values,
    }
}

/// The name of an alternative that the spec does not have.
pub(super) fn called(object: &Object, by: Option<&str>) -> String {
    let values = by.map_or_else(Vec::new, |by| values(object, by));
    let names: Vec<&str> = match (values.is_empty(), &object.official) {
        (false, _) => values.iter().map(String::as_str).collect(),
        (true, Some(official)) => vec![official.as_str()],
        (true, None) => {
            let fields: Vec<&str> = object.properties.keys().map(String::as_str).collect();
            return format!("a branch with `{}`", fields.join("`, `"));
        }
    };
    format!("branch `{}`", names.join("`, `"))
}

/// Whether an object has what identifies several branches: it is all of them merged.
pub(super) fn is_together(object: &Object, ours: &[Branch<'_>], by: Option<&str>) -> bool {
    let values = by.map_or_else(Vec::new, |by| values(object, by));
    let told = ours.iter().filter(|branch| {
        let has = |field: &str| object.property(field).is_some();
        values.iter().any(|value| value == branch.name) || branch.tells.is_some_and(has)
    });
    told.count() > 1
}
