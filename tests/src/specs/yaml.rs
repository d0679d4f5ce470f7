//! Writes a JSON value as the YAML of a spec: keys in blocks, every string in double quotes.

use std::fmt::Write as _;

use serde_json::Value;

/// The YAML of an object.
pub(super) fn text(value: &Value) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    out
}

fn block(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, value) in fields {
                let _ = write!(out, "{:indent$}{}:", "", name(key), indent = depth * 2);
                inside(value, depth, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                let _ = write!(out, "{:indent$}-", "", indent = depth * 2);
                inside(item, depth, out);
            }
        }
        plain => {
            let _ = writeln!(out, "{:indent$}{plain}", "", indent = depth * 2);
        }
    }
}

/// A value after its key: on the same line if it is small, and otherwise in a block below.
fn inside(value: &Value, depth: usize, out: &mut String) {
    let is_block = match value {
        Value::Object(fields) => fields
            .values()
            .any(|value| value.is_object() || value.is_array()),
        Value::Array(items) => items.iter().any(|item| item.is_object() || item.is_array()),
        _ => false,
    };
    if is_block {
        out.push('\n');
        block(value, depth + 1, out);
    } else {
        let _ = writeln!(out, " {}", flow(value));
    }
}

fn flow(value: &Value) -> String {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let pairs: Vec<_> = fields
                .iter()
                .map(|(key, value)| format!("{}: {value}", name(key)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(ToString::to_string).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}

/// A key: bare if it is a word, and otherwise quoted.
fn name(key: &str) -> String {
    let is_word = key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(&key);
    if is_word {
        key.to_owned()
    } else {
        Value::from(key).to_string()
    }
}
