//! JSON as its leaves: values without fields, with the names that lead to them. Null is not a leaf, because
//! a setting that is null is not set.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The names that lead to a leaf.
pub type Path = Vec<String>;
pub type Leaves = BTreeMap<Path, Value>;

/// The maximum length of a value on a line.
const SHOWN: usize = 60;

pub fn of(value: &Value) -> Leaves {
    let mut leaves = Leaves::new();
    gather(value, &mut Path::new(), &mut leaves);
    leaves
}

fn gather(value: &Value, path: &mut Path, leaves: &mut Leaves) {
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                path.push(name.clone());
                gather(value, path, leaves);
                path.pop();
            }
        }
        leaf => {
            leaves.insert(path.clone(), leaf.clone());
        }
    }
}

/// The object that has these leaves.
pub fn joined(leaves: Leaves) -> Value {
    let mut whole = Map::new();
    for (path, leaf) in leaves {
        put(&mut whole, &path, leaf);
    }
    Value::Object(whole)
}

fn put(object: &mut Map<String, Value>, path: &[String], leaf: Value) {
    match path {
        [] => {}
        [last] => drop(object.insert(last.clone(), leaf)),
        [name, rest @ ..] => {
            let below = object.entry(name.clone()).or_insert(Value::Null);
            if !below.is_object() {
                *below = Value::Object(Map::new());
            }
            if let Value::Object(below) = below {
                put(below, rest, leaf);
            }
        }
    }
}

/// A value on one line, truncated if it is long.
pub fn shown(value: Option<&Value>) -> String {
    let Some(value) = value else {
        return "(none)".to_owned();
    };
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        None => text,
        Some((end, _)) => format!("{}... ({} characters)", &text[..end], text.chars().count()),
    }
}
