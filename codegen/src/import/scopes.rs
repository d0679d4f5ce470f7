//! Gives groups and endpoints the scopes that they need: those that their descriptions state, or else those of their
//! paths, as far as they are known.

use indexmap::IndexMap;

use super::{
    draft::{DraftEndpoint, DraftGroup},
    facts::Facts,
    known::KnownGroup,
    yaml::{Flow, scalar},
};

/// The doubt if the scope is unknown.
const UNKNOWN: &str = "the scope";

/// Sets the scope area of a group and, if it differs, that of an endpoint.
pub(crate) fn settle(group: &mut DraftGroup, there: Option<&KnownGroup>, facts: &Facts) {
    let mut times: IndexMap<&str, usize> = IndexMap::new();
    for endpoint in &group.endpoints {
        if let Some((area, _)) = needed(endpoint, facts) {
            *times.entry(area).or_default() += 1;
        }
    }
    let most = times.values().copied().max().unwrap_or_default();
    let usual = times.into_iter().find(|(_, count)| *count == most);
    let usual = usual.map(|(area, _)| area.to_owned()).unwrap_or_default();
    group.scope = there.map_or(usual, |there| there.spec.scope.clone());
    if group.scope.is_empty() {
        if group.version.is_empty() {
            // Another server has another authentication.
            return;
        }
        group.todo.push(UNKNOWN.to_owned());
        let stated = group.endpoints.iter_mut();
        for endpoint in stated.filter(|endpoint| !endpoint.stated_scopes.is_empty()) {
            let open = question(endpoint);
            endpoint.todo.push(open);
        }
        return;
    }
    for endpoint in &mut group.endpoints {
        let Some((name, level)) = needed(endpoint, facts) else {
            let open = question(endpoint);
            endpoint.todo.push(open);
            continue;
        };
        if name != group.scope || level != usual_level(endpoint) {
            endpoint.scope = Some(format!("{name}.{level}"));
        }
        let mut others = endpoint.stated_scopes.iter();
        let other = others.find_map(|wire| facts.level(wire).filter(|(area, _)| *area != name));
        endpoint.or_scope = other.map(|(area, level)| format!("{area}.{level}"));
    }
}

/// The area and the level that an endpoint needs. A stated scope that no area has is not replaced by a guess.
fn needed<'f>(endpoint: &DraftEndpoint, facts: &'f Facts) -> Option<(&'f str, &'static str)> {
    if let Some(wire) = endpoint.stated_scopes.first() {
        return facts.level(wire);
    }
    let name = facts.scope(&endpoint.path)?;
    let usual = usual_level(endpoint);
    let level = facts
        .area(name)
        .map(|area| match (&area.read, &area.modify) {
            (Some(_), None) => "read",
            (Some(_), Some(_)) => usual,
            _ => "modify",
        });
    Some((name, level.unwrap_or(usual)))
}

/// The level that an endpoint has in the spec without a scope of its own.
fn usual_level(endpoint: &DraftEndpoint) -> &'static str {
    if endpoint.method == "get" {
        "read"
    } else {
        "modify"
    }
}

/// The question that an endpoint leaves open.
fn question(endpoint: &DraftEndpoint) -> String {
    match endpoint.stated_scopes.first() {
        Some(wire) => format!("{UNKNOWN} is `{wire}`"),
        None => UNKNOWN.to_owned(),
    }
}

/// The areas that the groups need and `spec`, the text of the spec's scopes, lacks.
pub(crate) fn missing(
    groups: &[DraftGroup],
    spec: &str,
    facts: &Facts,
) -> Result<Vec<String>, serde_yaml::Error> {
    let read: serde_yaml::Value = serde_yaml::from_str(spec)?;
    let known = read.get("areas").and_then(serde_yaml::Value::as_mapping);
    let mut needed: IndexMap<&str, ()> = IndexMap::new();
    for group in groups {
        let own = group.endpoints.iter().flat_map(|endpoint| {
            let scopes = [&endpoint.scope, &endpoint.or_scope];
            scopes.into_iter().filter_map(|scope| scope.as_deref())
        });
        let own = own.filter_map(|scope| Some(scope.split_once('.')?.0));
        needed.extend(own.chain([group.scope.as_str()]).map(|area| (area, ())));
    }
    let missing = needed
        .keys()
        .filter(|name| known.is_none_or(|known| !known.contains_key(**name)));
    Ok(missing.filter_map(|name| area(name, facts)).collect())
}

/// An area in the format of the spec.
fn area(name: &str, facts: &Facts) -> Option<String> {
    let area = facts.area(name)?;
    let mut out = format!("  {}:\n", scalar(name));
    out.push_str(&format!("    label: {}\n", scalar(&area.label)));
    let covers = format!("What the control panel calls {}.", area.label);
    out.push_str(&format!("    covers: {}\n    levels:\n", scalar(&covers)));
    if let Some(wire) = &area.read {
        let mut flow = Flow::default();
        flow.text("wire", wire)
            .text("level", "read-only")
            .raw("writes", "false");
        out.push_str(&flow.line(6, "read"));
    }
    if let Some(wire) = &area.modify {
        let mut flow = Flow::default();
        flow.text("wire", wire)
            .text("level", "modify")
            .raw("writes", "true");
        flow.list(
            "includes",
            if area.read.is_some() { &["read"] } else { &[] },
        );
        out.push_str(&flow.line(6, "modify"));
    }
    Some(out)
}
