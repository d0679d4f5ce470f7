//! The uses of templates among the endpoints of a group.

use std::cmp::Reverse;

use super::{
    ENDPOINTS, TEMPLATE,
    nodes::{at, entries, get, items},
};
use crate::{
    diagnostic::{Focus, Segment, SpecPath, suggest},
    load::{GROUPS, convert::Findings, node::Node},
    spec::{Endpoint, Group},
};

/// An item of a group's endpoints that is a use of a template.
pub(super) struct Listing<'n, 'a> {
    pub place: usize,
    /// The key with the name of the template, which may be misspelled.
    pub key: &'n str,
    pub name: &'n Node<'a>,
    /// Its other keys.
    pub says: Node<'a>,
}

/// The uses of templates among the endpoints of a group.
pub(super) fn uses_among<'n, 'a>(group: &'n Node<'a>) -> Vec<Listing<'n, 'a>> {
    let listed = items(get(group, ENDPOINTS)).iter().enumerate();
    let uses = listed.filter_map(|(place, item)| {
        let keys = entries(item);
        let is_endpoint = get(item, "id").is_some();
        let meant = |key: &str| !is_endpoint && suggest(key, [TEMPLATE]).is_some();
        let exact = keys.iter().find(|(key, _)| key == TEMPLATE);
        let (key, name) = exact.or_else(|| keys.iter().find(|(key, _)| meant(key)))?;
        let says = keys.iter().filter(|(other, _)| other != key);
        Some(Listing {
            place,
            key,
            name,
            says: Node::Map(says.cloned().collect()),
        })
    });
    uses.collect()
}

/// Drops what was found in a use as if it were an endpoint.
pub(in super::super) fn pass_over(file: &str, group: &Node<'_>, findings: &mut Findings) {
    if !file.starts_with(GROUPS) {
        return;
    }
    let uses = uses_among(group).into_iter().map(|one| one.place);
    let uses: Vec<usize> = uses.collect();
    let is_in_use = |at: &SpecPath| match at.segments.as_slice() {
        [Segment::Key(list), Segment::Index(index), ..] => {
            list == ENDPOINTS && uses.contains(index)
        }
        _ => false,
    };
    findings.diagnostics.retain(|found| !is_in_use(&found.at));
    findings.stand_ins.retain(|at| !is_in_use(at));
}

/// Replaces the uses among the endpoints of a group by their endpoints, each with its file and its place.
pub(in super::super) fn list(groups: &mut [Group], mut made: Vec<(&str, usize, Vec<Endpoint>)>) {
    // From the last one on, so that the positions before it do not change.
    made.sort_by_key(|(_, place, _)| Reverse(*place));
    for (file, place, endpoints) in made {
        let group = groups.iter_mut().find(|group| group.file == file);
        if let Some(group) = group.filter(|group| place < group.endpoints.len()) {
            group.endpoints.splice(place..=place, endpoints);
        }
    }
}

/// The place of an item of `endpoints`.
pub(in super::super) fn item(file: &str, place: usize) -> SpecPath {
    let mut at = at(file, &[ENDPOINTS], Focus::Value);
    at.segments.push(Segment::Index(place));
    at
}
