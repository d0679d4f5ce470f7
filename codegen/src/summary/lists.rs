//! Comparing lists of objects by the name each has, and the lists that need no more than that: scopes,
//! events, and the facts of the service.

use serde_json::Value;

use super::{About, Line, Sign};

/// The objects of two lists, paired by what `key` says: removed, added, or in both and different.
pub(super) struct Pairs<'a> {
    pub removed: Vec<&'a Value>,
    pub added: Vec<&'a Value>,
    pub changed: Vec<(&'a Value, &'a Value)>,
}

/// Pairs two lists of objects by the text under `key`.
pub(super) fn pairs<'a>(old: &'a Value, new: &'a Value, key: &str) -> Pairs<'a> {
    let items = |list: &'a Value| list.as_array().map(Vec::as_slice).unwrap_or_default();
    let (old, new) = (items(old), items(new));
    let find = |list: &'a [Value], item: &Value| list.iter().find(|one| one[key] == item[key]);
    Pairs {
        removed: old
            .iter()
            .filter(|item| find(new, item).is_none())
            .collect(),
        added: new
            .iter()
            .filter(|item| find(old, item).is_none())
            .collect(),
        changed: new
            .iter()
            .filter_map(|item| Some((find(old, item)?, item)))
            .filter(|(old, new)| old != new)
            .collect(),
    }
}

/// The keys under which two objects differ, each with what it was and is where that is short.
pub(super) fn differences(old: &Value, new: &Value, but: &[&str]) -> Vec<String> {
    let keys = |value: &Value| -> Vec<String> {
        value
            .as_object()
            .map(|map| map.keys().cloned().collect())
            .unwrap_or_default()
    };
    let mut names = keys(new);
    names.extend(keys(old).into_iter().filter(|name| new.get(name).is_none()));
    names
        .iter()
        .filter(|name| !but.contains(&name.as_str()) && old[name.as_str()] != new[name.as_str()])
        .flat_map(|name| difference(name, &old[name.as_str()], &new[name.as_str()]))
        .collect()
}

/// What became of one value: the old and the new where they are short, else what is different in it.
fn difference(name: &str, old: &Value, new: &Value) -> Vec<String> {
    if let (Some(old), Some(new)) = (short(old), short(new)) {
        return vec![format!("{name} {old} -> {new}")];
    }
    match (old, new) {
        (Value::Object(_), Value::Object(_)) => differences(old, new, &[])
            .into_iter()
            .map(|inner| format!("{name}.{inner}"))
            .collect(),
        (Value::Array(old), Value::Array(new)) => vec![match come_and_gone(old, new) {
            Some(text) => format!("{name} {text}"),
            None => name.to_owned(),
        }],
        (Value::Null, Value::Object(_)) => vec![format!("{name} none -> some")],
        (Value::Object(_), Value::Null) => vec![format!("{name} some -> none")],
        _ => vec![name.to_owned()],
    }
}

/// `without a, b; with c`, where all items are short and they are not only in another order.
fn come_and_gone(old: &[Value], new: &[Value]) -> Option<String> {
    let gone = missing(old, new)?;
    let come = missing(new, old)?;
    let parts = [("without", gone), ("with", come)];
    let parts = parts.iter().filter(|(_, items)| !items.is_empty());
    let text: Vec<String> = parts
        .map(|(word, items)| format!("{word} {}", items.join(", ")))
        .collect();
    (!text.is_empty()).then(|| text.join(" and "))
}

/// The items of `these` that `those` lack.
fn missing(these: &[Value], those: &[Value]) -> Option<Vec<String>> {
    let items = these.iter().filter(|item| !those.contains(item));
    items.map(short).collect()
}

/// A value that fits into a line.
fn short(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("none".to_owned()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::String(text) if !text.contains(' ') => Some(text.clone()),
        Value::Array(items) if items.len() <= 4 => {
            let items: Option<Vec<_>> = items.iter().map(short).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        _ => None,
    }
}

pub(super) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("?")
}

/// The scopes themselves. Which endpoint needs which is told with the endpoints.
pub(super) fn scopes(old: &Value, new: &Value, lines: &mut Vec<Line>) {
    let pairs = pairs(&old["scopes"], &new["scopes"], "wire");
    let mut line = |sign, text: String| lines.push(Line::new(About::Scope, sign, text));
    let named = |scope: &Value| {
        format!(
            "{} ({}: {})",
            text(scope, "wire"),
            text(scope, "label"),
            text(scope, "level")
        )
    };
    for scope in pairs.removed {
        line(Sign::Removed, named(scope));
    }
    for scope in pairs.added {
        line(Sign::Added, named(scope));
    }
    for (old, new) in pairs.changed {
        // What an edit of an endpoint brings about here is told with that endpoint.
        let differences = differences(old, new, &["endpoints", "also_opens"]);
        let grants = old["satisfied_by"] != new["satisfied_by"] || old["writes"] != new["writes"];
        if !differences.is_empty() {
            let sign = if grants { Sign::Alarm } else { Sign::Changed };
            line(
                sign,
                format!("{}: {}", text(new, "wire"), differences.join("; ")),
            );
        }
    }
}

/// The events, and the scopes that subscribe to several.
pub(super) fn events(old: &Value, new: &Value, lines: &mut Vec<Line>) {
    for list in ["events", "wildcards"] {
        let pairs = pairs(&old[list], &new[list], "scope");
        let mut line = |sign, text: String| lines.push(Line::new(About::Event, sign, text));
        for event in pairs.removed {
            line(Sign::Removed, text(event, "scope").to_owned());
        }
        for event in pairs.added {
            line(Sign::Added, text(event, "scope").to_owned());
        }
        for (old, new) in pairs.changed {
            // Its payload is a type, and what fires it is told with the endpoint.
            let derived = ["json_schema", "triggered_by", "linked_by"];
            let differences = differences(old, new, &derived);
            if !differences.is_empty() {
                line(
                    Sign::Changed,
                    format!("{}: {}", text(new, "scope"), differences.join("; ")),
                );
            }
        }
    }
}

/// Groups and the facts of the service as a whole.
pub(super) fn service(old: &Value, new: &Value, lines: &mut Vec<Line>) {
    let mut line = |sign, text: String| lines.push(Line::new(About::Service, sign, text));
    let groups = pairs(&old["groups"], &new["groups"], "name");
    for group in groups.removed {
        line(Sign::Removed, format!("group {}", text(group, "name")));
    }
    for group in groups.added {
        line(Sign::Added, format!("group {}", text(group, "name")));
    }
    for (old, new) in groups.changed {
        let differences = differences(old, new, &["endpoints"]);
        if !differences.is_empty() {
            let name = text(new, "name");
            line(
                Sign::Changed,
                format!("group {name}: {}", differences.join("; ")),
            );
        }
    }
    let mut facts = differences(&old["service"], &new["service"], &[]);
    let told = [
        "service",
        "groups",
        "scopes",
        "events",
        "wildcards",
        "endpoints",
        "totals",
        "webhooks",
        "schemas",
    ];
    facts.extend(differences(old, new, &told));
    facts.extend(differences(
        &old["webhooks"],
        &new["webhooks"],
        &["json_schema"],
    ));
    for fact in facts {
        line(Sign::Changed, fact);
    }
}
