//! JSON as a person reviews it: what fits on a line stays on one line, the order is kept, and the
//! same value always gives the same bytes.

use serde_json::Value;

const WIDTH: usize = 100;

/// The text of a JSON value, with a line end behind it.
pub(super) fn print(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, 0, 0);
    out.push('\n');
    out
}

/// Writes `value` at `indent`; `taken` columns of the line are already used.
fn write(out: &mut String, value: &Value, indent: usize, taken: usize) {
    let start = out.len();
    if inline(out, value, start + WIDTH.saturating_sub(taken)) {
        return;
    }
    out.truncate(start);
    match value {
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                line(out, at, indent + 2);
                write(out, item, indent + 2, indent + 3);
            }
            end(out, indent, ']');
        }
        Value::Object(map) => {
            out.push('{');
            for (at, (key, item)) in map.iter().enumerate() {
                line(out, at, indent + 2);
                let start = out.len();
                scalar(out, &Value::String(key.clone()));
                out.push_str(": ");
                let used = out.len() - start;
                write(out, item, indent + 2, indent + used + 3);
            }
            end(out, indent, '}');
        }
        other => scalar(out, other),
    }
}

fn line(out: &mut String, at: usize, indent: usize) {
    out.push_str(if at == 0 { "\n" } else { ",\n" });
    out.extend(std::iter::repeat_n(' ', indent));
}

fn end(out: &mut String, indent: usize, close: char) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
    out.push(close);
}

/// Writes `value` on one line; false as soon as the text grows beyond `limit`.
fn inline(out: &mut String, value: &Value, limit: usize) -> bool {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                if !inline(out, item, limit) {
                    return false;
                }
            }
            out.push(']');
        }
        Value::Object(map) if map.is_empty() => out.push_str("{}"),
        Value::Object(map) => {
            out.push_str("{ ");
            for (at, (key, item)) in map.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                scalar(out, &Value::String(key.clone()));
                out.push_str(": ");
                if !inline(out, item, limit) {
                    return false;
                }
            }
            out.push_str(" }");
        }
        other => scalar(out, other),
    }
    out.len() <= limit
}

fn scalar(out: &mut String, value: &Value) {
    out.push_str(&value.to_string());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_fits_stays_on_one_line_and_the_rest_is_spread() {
        let long = "x".repeat(90);
        let value = json!({ "a": [1, 2, {}], "b": { "c": long, "d": [] }, "e": "é\n" });
        let text = print(&value);
        let expected = format!(
            "{{\n  \"a\": [1, 2, {{}}],\n  \"b\": {{\n    \"c\": \"{long}\",\n    \"d\": []\n  }},\n  \
             \"e\": \"é\\n\"\n}}\n"
        );
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        assert_eq!(print(&json!({ "a": 1 })), "{ \"a\": 1 }\n");
    }
}
