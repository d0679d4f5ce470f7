//! What changed about endpoints: which there are, which scope they need, their parameters and the rest
//! of their facts.

use serde_json::Value;

use super::{
    About, Line, Sign,
    lists::{differences, pairs, text},
};

/// Compares the endpoints of two catalogues.
pub(super) fn compare(old: &Value, new: &Value, lines: &mut Vec<Line>) {
    let pairs = pairs(&old["endpoints"], &new["endpoints"], "id");
    for endpoint in pairs.removed {
        lines.push(Line::new(About::Endpoint, Sign::Removed, call(endpoint)));
    }
    for endpoint in pairs.added {
        let named = format!("{}, {}", call(endpoint), text(endpoint, "scope"));
        lines.push(Line::new(About::Endpoint, Sign::Added, named));
    }
    for (old, new) in pairs.changed {
        let id = text(new, "id");
        scope(id, old, new, lines);
        parameters(id, old, new, lines);
        // What is told elsewhere: scopes and parameters above, schemas with the types.
        let told = [
            "scope",
            "satisfied_by",
            "parameters",
            "json_schema",
            "rust",
            "sort",
        ];
        let mut differences = differences(old, new, &told);
        differences.extend(rust(&old["rust"], &new["rust"]));
        if !differences.is_empty() {
            let changed = format!("{id}: {}", differences.join("; "));
            lines.push(Line::new(About::Endpoint, Sign::Changed, changed));
        }
    }
}

fn call(endpoint: &Value) -> String {
    format!(
        "{} ({} {})",
        text(endpoint, "id"),
        text(endpoint, "method"),
        text(endpoint, "path")
    )
}

/// Another scope is a matter of security, whatever else stays.
fn scope(id: &str, old: &Value, new: &Value, lines: &mut Vec<Line>) {
    let (was, is) = (text(old, "scope"), text(new, "scope"));
    let changed = if was != is {
        format!("{id} needs {is} instead of {was}")
    } else if old["satisfied_by"] != new["satisfied_by"] {
        let granted = |endpoint: &Value| {
            let scopes = endpoint["satisfied_by"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            let names: Vec<&str> = scopes.iter().filter_map(Value::as_str).collect();
            if names.is_empty() {
                "nothing else".to_owned()
            } else {
                names.join(", ")
            }
        };
        format!(
            "{id} is granted by {} as well, before by {}",
            granted(new),
            granted(old)
        )
    } else {
        return;
    };
    lines.push(Line::new(About::Scope, Sign::Alarm, changed));
}

fn parameters(id: &str, old: &Value, new: &Value, lines: &mut Vec<Line>) {
    let pairs = pairs(&old["parameters"], &new["parameters"], "name");
    let mut line = |sign, text: String| lines.push(Line::new(About::Parameter, sign, text));
    for parameter in pairs.removed {
        line(Sign::Removed, format!("{id} {}", text(parameter, "name")));
    }
    for parameter in pairs.added {
        line(Sign::Added, format!("{id} {}", text(parameter, "name")));
    }
    for (old, new) in pairs.changed {
        let differences = differences(old, new, &[]);
        line(
            Sign::Changed,
            format!("{id} {}: {}", text(new, "name"), differences.join("; ")),
        );
    }
}

/// The types of the body and the response. The example call follows from them.
fn rust(old: &Value, new: &Value) -> Vec<String> {
    let name = |key: &str| match key {
        "request" => "takes",
        _ => "answers",
    };
    ["request", "response"]
        .into_iter()
        .filter(|key| old[*key] != new[*key])
        .map(|key| {
            let path = |value: &Value| value.as_str().unwrap_or("nothing").to_owned();
            format!("{} {} -> {}", name(key), path(&old[key]), path(&new[key]))
        })
        .collect()
}
