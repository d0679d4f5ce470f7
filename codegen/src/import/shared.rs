//! Finds out which schemas several groups need, so that each is written once: beside the endpoints
//! that use it, or in the shared file.

use std::collections::{BTreeSet, HashMap};

use super::draft::{DraftEndpoint, DraftGroup, DraftSchema};

/// Gives each group the schemas that only it needs, and answers those that several need.
pub(crate) fn distribute(groups: &mut [DraftGroup], schemas: Vec<DraftSchema>) -> Vec<DraftSchema> {
    let mut users: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    let by_name: HashMap<&str, &DraftSchema> = schemas
        .iter()
        .map(|schema| (schema.name.as_str(), schema))
        .collect();
    for (place, group) in groups.iter().enumerate() {
        let mut waiting = Vec::new();
        for (_, parameter) in &group.path {
            named(&parameter.kind, &by_name, &mut waiting);
        }
        for endpoint in &group.endpoints {
            used(endpoint, &by_name, &mut waiting);
        }
        while let Some(schema) = waiting.pop() {
            if !users.entry(&schema.name).or_default().insert(place) {
                continue;
            }
            for field in &schema.fields {
                named(&field.kind, &by_name, &mut waiting);
                for (_, kind) in &field.types {
                    named(kind, &by_name, &mut waiting);
                }
            }
        }
    }
    let homes: Vec<Option<usize>> = schemas
        .iter()
        .map(|schema| {
            let users = users.get(schema.name.as_str());
            let mut users = users.into_iter().flatten();
            match (users.next(), users.next()) {
                (Some(only), None) => Some(*only),
                _ => None,
            }
        })
        .collect();
    let unused = |name: &str| !users.contains_key(name);
    let keep: Vec<bool> = schemas.iter().map(|schema| !unused(&schema.name)).collect();
    let mut shared = Vec::new();
    for ((schema, home), keep) in schemas.into_iter().zip(homes).zip(keep) {
        match home.and_then(|place| groups.get_mut(place)) {
            Some(group) => group.schemas.push(schema),
            None if keep => shared.push(schema),
            None => {}
        }
    }
    shared
}

fn used<'s>(
    endpoint: &DraftEndpoint,
    by_name: &HashMap<&str, &'s DraftSchema>,
    found: &mut Vec<&'s DraftSchema>,
) {
    let mut kinds: Vec<&str> = vec![&endpoint.returns];
    kinds.extend(endpoint.takes.as_deref());
    kinds.extend(endpoint.include.as_deref());
    kinds.extend(endpoint.sort.as_ref().map(|sort| sort.by.as_str()));
    kinds.extend(endpoint.filters.values().map(|filter| filter.kind.as_str()));
    kinds.extend(
        endpoint
            .query
            .iter()
            .map(|(_, parameter)| parameter.kind.as_str()),
    );
    for kind in kinds {
        named(kind, by_name, found);
    }
}

/// The schema that a type names, with or without the suffix of a view.
fn named<'s>(
    kind: &str,
    by_name: &HashMap<&str, &'s DraftSchema>,
    found: &mut Vec<&'s DraftSchema>,
) {
    let name = kind
        .trim_start_matches("link ")
        .trim_matches(['[', ']', '{', '}']);
    let name = name
        .trim_start_matches("link ")
        .trim_matches(['[', ']', '{', '}']);
    let bare = ["", "Create", "Update"]
        .into_iter()
        .filter_map(|end| name.strip_suffix(end));
    if let Some(schema) = bare.filter_map(|name| by_name.get(name)).next() {
        found.push(schema);
    }
}
