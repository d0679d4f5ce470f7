//! Gives groups and endpoints the scopes that their paths need, as far as they are known.

use indexmap::IndexMap;

use super::{
    draft::DraftGroup,
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
        if let Some(area) = facts.scope(&endpoint.path) {
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
        return;
    }
    for endpoint in &mut group.endpoints {
        let Some(name) = facts.scope(&endpoint.path) else {
            endpoint.todo.push(UNKNOWN.to_owned());
            continue;
        };
        let reads = endpoint.method == "get";
        let level = facts
            .area(name)
            .map(|area| match (&area.read, &area.modify) {
                (Some(_), None) => "read",
                (Some(_), Some(_)) if reads => "read",
                _ => "modify",
            });
        let usual = if reads { "read" } else { "modify" };
        let level = level.unwrap_or(usual);
        if name != group.scope || level != usual {
            endpoint.scope = Some(format!("{name}.{level}"));
        }
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
        let own = group
            .endpoints
            .iter()
            .filter_map(|endpoint| endpoint.scope.as_deref());
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
