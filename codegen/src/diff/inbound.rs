//! Changes of the calls that BigCommerce makes to the servers of providers. They are compared like
//! endpoints, but no client code is generated for them: a change affects those who respond, not those who
//! call.

use super::{
    Change, Comparison, Kind, Place, Side, endpoints, kinds, service, spell::Renamed, types, units,
};
use crate::{
    model::{Api, Inbound},
    spec,
};

/// What no provider has: names in Rust, handles and features.
const OURS: &[&Kind] = &[
    &kinds::GROUP_FEATURE,
    &kinds::GROUP_HANDLE,
    &kinds::ENDPOINT_HANDLE,
    &kinds::ENDPOINT_WRITES,
];

/// Compares them.
pub(super) fn compare(old: &Api, new: &Api, changes: &mut Vec<Change>) {
    match (&old.inbound, &new.inbound) {
        (None, None) => {}
        (Some(gone), None) => changes.extend(gone.providers().map(|(group, _)| {
            let text = with("is removed", group.endpoints.len());
            let place = Place::Group(Side::Old, group.name.clone());
            Change::new(&kinds::INBOUND_REMOVED, &group.name, text, place)
        })),
        (None, Some(come)) => changes.extend(come.providers().map(|(group, _)| {
            let text = with("is new", group.endpoints.len());
            let place = Place::Group(Side::New, group.name.clone());
            Change::new(&kinds::INBOUND_ADDED, &group.name, text, place)
        })),
        (Some(old), Some(new)) => both(old, new, changes),
    }
}

fn with(what: &str, calls: usize) -> String {
    let calls = match calls {
        1 => "its call".to_owned(),
        count => format!("its {count} calls"),
    };
    format!("{what}, with {calls}")
}

fn both(old: &Inbound, new: &Inbound, changes: &mut Vec<Change>) {
    let renamed = units::renamed(&old.api, &new.api);
    let events = Renamed::new();
    let mut comparison = Comparison {
        old: &old.api,
        new: &new.api,
        renamed: &renamed,
        events: &events,
        changes: Vec::new(),
    };
    service::groups(&mut comparison);
    endpoints::compare(&mut comparison);
    types::compare(&mut comparison);
    let told = comparison.changes.into_iter();
    // Types that both sides share are reported with the client's.
    let told = told.filter(|change| !OURS.contains(&change.kind) && !is_shared(&change.place));
    changes.extend(told.map(|change| Change {
        kind: of_provider(&change),
        // A provider has no scopes.
        requires: None,
        ..change
    }));
    for (group, is) in new.providers() {
        let Some((_, was)) = old.providers().find(|(it, _)| it.name == group.name) else {
            continue;
        };
        let place = Place::Group(Side::New, group.name.clone());
        let mut tell = |kind, text: &str| {
            changes.push(Change::new(kind, &group.name, text, place.clone()));
        };
        if was.base_url != is.base_url {
            tell(&kinds::INBOUND_CHANGED, "is called at another address");
        }
        if was.auth != is.auth {
            tell(
                &kinds::INBOUND_CHANGED,
                "is called with another authentication method",
            );
        }
        let prose = |it: &spec::Inbound| format!("{} {}", it.server, it.credentials);
        if prose(was) != prose(is) {
            tell(&kinds::PROSE, "has a new description");
        }
    }
}

fn is_shared(place: &Place) -> bool {
    match place {
        Place::Type(_, module, _) | Place::Part(_, module, ..) => {
            ["shared", "events"].contains(&module.as_str())
        }
        _ => false,
    }
}

/// What a change means for those who respond.
fn of_provider(change: &Change) -> &'static Kind {
    let of_a_part = matches!(change.place, Place::Part(..));
    if [&kinds::GROUP_ADDED, &kinds::ENDPOINT_ADDED].contains(&change.kind) {
        &kinds::INBOUND_ADDED
    } else if [&kinds::GROUP_REMOVED, &kinds::ENDPOINT_REMOVED].contains(&change.kind) {
        &kinds::INBOUND_REMOVED
    } else if change.kind == &kinds::PROSE || change.kind == &kinds::FACTS && !of_a_part {
        change.kind
    } else {
        &kinds::INBOUND_CHANGED
    }
}
