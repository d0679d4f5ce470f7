//! The endpoints that a use of a template made: their places, and what the use sets for them.

use super::{ENDPOINTS, Use, nodes::get};
use crate::{
    diagnostic::Segment,
    load::{convert::Findings, node::Node},
    spec::Endpoint,
};

/// Gives the endpoints of a template their places in it, without those that its use leaves out.
pub(in super::super) fn finish(endpoints: &mut Vec<Endpoint>, one: &Use<'_>) {
    place(endpoints);
    say(endpoints, one);
    endpoints.retain(|endpoint| !one.without.contains(&endpoint.id));
    for endpoint in endpoints {
        endpoint.without.clone_from(&one.without);
    }
}

/// Gives each endpoint its place in the file.
pub(in super::super) fn place(endpoints: &mut [Endpoint]) {
    for (place, endpoint) in endpoints.iter_mut().enumerate() {
        endpoint.place = place;
    }
}

/// Records what the use of a template sets for its endpoints.
fn say(endpoints: &mut [Endpoint], one: &Use<'_>) {
    for (id, said) in &one.said {
        let mut endpoints = endpoints.iter_mut();
        if let Some(endpoint) = endpoints.find(|endpoint| endpoint.id == *id) {
            endpoint.said = Some(said.clone());
        }
    }
}

/// Maps findings in the keys that a use sets to where they are written.
pub(in super::super) fn relocate(findings: &mut Findings, one: &Use<'_>) {
    let places = findings.diagnostics.iter_mut().map(|found| &mut found.at);
    for at in places.chain(&mut findings.stand_ins) {
        let [Segment::Key(list), Segment::Index(index), below @ ..] = &*at.segments else {
            continue;
        };
        let Some(Segment::Key(key)) = below.first() else {
            continue;
        };
        let said = one
            .said
            .iter()
            .find(|(id, _)| list == ENDPOINTS && id_at(&one.node, *index) == Some(id));
        let Some((_, said)) = said else { continue };
        let given = said.given.iter().find(|(own, _)| below.starts_with(own));
        let way = said.way.iter().cloned();
        if said.keys.contains(key) {
            let way: Vec<Segment> = way.chain(said.own.iter().cloned()).collect();
            at.segments.splice(..2, way);
        } else if let Some((own, given)) = given {
            let way: Vec<Segment> = way.chain([Segment::Key(given.clone())]).collect();
            at.segments.splice(..2 + own.len(), way);
        } else {
            continue;
        }
        at.file.clone_from(&said.file);
    }
}

/// The id of the endpoint at this place.
fn id_at<'n>(group: &'n Node<'_>, index: usize) -> Option<&'n str> {
    match get(group, ENDPOINTS)? {
        Node::List(list) => match get(list.get(index)?, "id")? {
            Node::Text(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}
