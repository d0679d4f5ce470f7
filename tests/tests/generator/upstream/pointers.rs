//! Edits of a description by JSON pointers.

use serde_json::Value;

fn split(pointer: &str) -> (Vec<String>, String) {
    let keys = pointer.split('/').skip(1);
    let mut keys: Vec<String> = keys
        .map(|key| key.replace("~1", "/").replace("~0", "~"))
        .collect();
    let last = keys.pop().unwrap();
    (keys, last)
}

/// The place in a list of the item with this value or this name.
fn position(list: &[Value], key: &str) -> Option<usize> {
    let is = |item: &Value| item == key || item.get("name").is_some_and(|name| name == key);
    list.iter().position(is).or_else(|| key.parse().ok())
}

fn owner<'v>(document: &'v mut Value, keys: &[String]) -> &'v mut Value {
    keys.iter().fold(document, |here, key| match here {
        Value::Array(list) => {
            let at = position(list, key).unwrap();
            &mut list[at]
        }
        here => here
            .get_mut(key)
            .unwrap_or_else(|| panic!("there is no {key}")),
    })
}

/// Puts a value where the pointer leads; `-` adds to a list, and a name finds the item that has it.
pub(super) fn put(document: &mut Value, pointer: &str, value: Value) {
    let (keys, last) = split(pointer);
    match owner(document, &keys) {
        Value::Array(list) if last == "-" => list.push(value),
        Value::Array(list) => {
            let at = position(list, &last).unwrap();
            list[at] = value;
        }
        here => here[last.as_str()] = value,
    }
}

/// Takes the value away.
pub(super) fn take(document: &mut Value, pointer: &str) -> Value {
    let (keys, last) = split(pointer);
    match owner(document, &keys) {
        Value::Array(list) => {
            let at = position(list, &last).unwrap();
            list.remove(at)
        }
        here => here.as_object_mut().unwrap().shift_remove(&last).unwrap(),
    }
}
