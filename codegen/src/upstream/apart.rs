//! The schemas of endpoints whose descriptions are not among those compared. Such a description may declare fields
//! that the others lack, so here they are not known to be unofficial.

use std::collections::HashSet;

use super::ours::{Home, Ours, Spec};
use crate::{
    index::{self, EndpointAt},
    spec::View,
};

/// Schemas, each in one of its views.
pub(super) type Schemas<'a> = HashSet<(Home, &'a str, View)>;

/// The schemas in the request bodies and responses of endpoints.
pub(super) fn schemas<'a>(spec: &Spec<'a>, endpoints: &[EndpointAt<'a>]) -> Schemas<'a> {
    let mut found = Schemas::new();
    for one in endpoints {
        let index::Home::Group(group) = one.home else {
            continue;
        };
        let bodies = [
            one.spec.takes.as_deref(),
            Some(one.spec.returns.as_str()),
            one.spec.partial.as_deref(),
            one.spec.events.as_deref(),
        ];
        for text in bodies.into_iter().flatten() {
            reach(spec, &spec.written(text, Home::Group(group.0)), &mut found);
        }
    }
    found
}

fn reach<'a>(spec: &Spec<'a>, ours: &Ours<'a>, found: &mut Schemas<'a>) {
    match ours {
        Ours::List(inner) | Ours::Map(inner) | Ours::Link(inner) => reach(spec, inner, found),
        Ours::Object(seen) => {
            if found.insert((seen.home, seen.name, seen.view)) {
                for (name, field) in seen.fields() {
                    reach(spec, &spec.field(seen, name, field), found);
                }
            }
        }
        Ours::OneOf(seen) => {
            if found.insert((seen.home, seen.name, seen.view)) {
                for (_, _, branch) in spec.branches(seen) {
                    reach(spec, &branch, found);
                }
            }
        }
        Ours::Prim(_) | Ours::Choice(_) | Ours::Unknown(_) => {}
    }
}
