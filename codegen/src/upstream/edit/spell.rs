//! Writes a value as YAML, in flow style or over several lines.

use serde_json::Value;

use crate::import::yaml::scalar;

/// A value in flow style.
pub(super) fn flowing(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Null => String::new(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flowing).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| entry(key, value));
            let entries = entries.collect::<Vec<_>>().join(", ");
            format!("{{ {} }}", entries.trim_end())
        }
        other => other.to_string(),
    }
}

/// An entry of a flow mapping; a key without a value keeps its distance from the comma.
pub(super) fn entry(key: &str, value: &Value) -> String {
    format!("{}: {}", scalar(key), flowing(value))
}

/// A value after its key: long values and those with mappings below it, the rest in flow style.
pub(super) fn blocked(value: &Value, column: usize) -> String {
    let is_deep = |list: &Vec<Value>| list.len() > 1 || list.iter().any(Value::is_object);
    let deep = |value: &Value| value.is_object() || value.as_array().is_some_and(is_deep);
    let lines = |lines: Vec<String>| format!("\n{}", lines.join("\n"));
    match value {
        Value::Object(entries) if entries.values().any(deep) || entries.contains_key("about") => {
            lines(
                entries
                    .iter()
                    .map(|(key, value)| {
                        format!(
                            "{:column$}{}:{}",
                            "",
                            scalar(key),
                            blocked(value, column + 2)
                        )
                    })
                    .collect(),
            )
        }
        Value::Array(items)
            if items
                .iter()
                .any(|one| one.as_str().is_some_and(|t| t.contains(' ')) || deep(one)) =>
        {
            let item =
                |one: &Value| format!("{:column$}- {}", "", blocked(one, column + 2).trim_start());
            lines(items.iter().map(item).collect())
        }
        Value::Null => String::new(),
        value => format!(" {}", flowing(value)),
    }
}
